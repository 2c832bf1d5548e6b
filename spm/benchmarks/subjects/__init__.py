"""Whom a comparison is about: reps, teams, roles or the organisation, and what each of them comes to."""
