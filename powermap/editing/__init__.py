"""The everyday change, without a spreadsheet: said in a line, checked and noted like a row of a file."""
