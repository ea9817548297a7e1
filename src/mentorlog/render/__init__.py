"""Text, tables and JSON made from values; never touches the store."""
