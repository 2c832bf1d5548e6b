"""What should each one carry? A target down to teams, reps and months, adding up exactly."""
