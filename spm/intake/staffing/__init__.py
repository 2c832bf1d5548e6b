"""Whom a sheet means, and what it does to the people."""
