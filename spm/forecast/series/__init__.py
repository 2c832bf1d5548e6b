"""Histories as one matrix: periods in a row, gaps known."""
