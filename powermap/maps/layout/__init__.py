"""Where people stand, and how much room a text takes."""
