"""A scorecard that is not saved yet: what it would have made of a period, and what its targets could be."""
