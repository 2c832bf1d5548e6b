"""What is counted: measures (additive) and metrics (declared over measures)."""
