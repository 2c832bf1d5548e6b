"""What reps say of the items of their scorecard: whether each is fair, and within their reach."""
