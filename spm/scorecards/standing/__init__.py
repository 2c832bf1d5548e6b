"""Where everybody stands: bands and scores of teams, roles, managers and the whole organisation, now and over time."""
