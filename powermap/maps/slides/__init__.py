"""The map and its answers as slides that can be edited."""
