"""From a table's cells to checked rows, and what is wrong with each cell."""
