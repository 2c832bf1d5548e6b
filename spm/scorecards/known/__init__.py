"""Scorecards as they were known on a day: with the facts, people, scorecards and settings of then."""
