"""What is set for one person: skill levels, and targets agreed in place of the calculated ones."""
