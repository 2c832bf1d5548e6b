"""Where a running period lands, and what came in out of the range it was given."""
