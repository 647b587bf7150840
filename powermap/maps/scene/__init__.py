"""What a map shows, as data, before anything is placed on a page."""
