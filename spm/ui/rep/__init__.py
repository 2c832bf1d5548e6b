"""The page of a rep: who, how they stand, item by item, and what a coach talks about."""
