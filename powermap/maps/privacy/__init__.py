"""Who may see what of a map."""
