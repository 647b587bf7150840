"""What the store remembers: what was recorded since, and what was believed then."""
