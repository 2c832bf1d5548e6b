"""Where the table is in a sheet, what it is, and which of its columns is which."""
