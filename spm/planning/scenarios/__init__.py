"""What if? Levers on the expected bookings, and what each of them brings."""
