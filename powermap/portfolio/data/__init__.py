"""What the questions about all accounts are asked of: columns, straight from the tables of a store, and kept beside it."""
