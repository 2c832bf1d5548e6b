"""Exchange rates written by hand, and what they make of the amounts that are there."""
