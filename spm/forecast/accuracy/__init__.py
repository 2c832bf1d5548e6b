"""How far off each candidate was, how much it counts for that, and how wide the ranges have to be."""
