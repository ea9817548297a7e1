"""A mentoring journal for the command line."""
