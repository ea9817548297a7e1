"""The command line: parse, load, compute, print."""
