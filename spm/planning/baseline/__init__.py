"""What will come of the plan's months if nothing changes: the projection, rep by rep."""
