"""Days on which people are away."""
