"""What an upload says of the company itself: its currency, and all that it decided and made in the app before."""
