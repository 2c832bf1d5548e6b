"""Home: how we stand, who needs a look, and what waits for a decision."""
