"""The candidates: each makes the forecast of many histories at once."""
