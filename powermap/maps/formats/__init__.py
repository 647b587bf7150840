"""The files that a map is written to."""
