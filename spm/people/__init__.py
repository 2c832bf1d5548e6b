"""Who counts, and since when: reps, roles, teams and managers over time."""
