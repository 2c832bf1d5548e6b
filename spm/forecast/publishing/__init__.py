"""Forecasts as they were published, and what became of them."""
