"""Teams or reps by metrics, and who of them can be told from the rest."""
