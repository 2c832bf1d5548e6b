"""Closed periods: their scorecards are kept as they were, with items, targets, scores, role, team and version."""
