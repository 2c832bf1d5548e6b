"""Is it fair? Quotas held against results."""
