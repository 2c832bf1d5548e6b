"""Deals that are open: how old, how many in which stage, which of them went stale or slipped."""
