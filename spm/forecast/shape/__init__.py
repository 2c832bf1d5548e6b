"""What a history shows: its season, levels that moved, huge values, and whether it shows anything."""
