"""What the server does beside drawing pages: getting ready, guarding its answers, and following the store."""
