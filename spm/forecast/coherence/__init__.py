"""Forecasts that add up: reps to teams, teams to the company."""
