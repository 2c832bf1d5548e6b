"""How likely is it? Bookings simulated rep by rep."""
