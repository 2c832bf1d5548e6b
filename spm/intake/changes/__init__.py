"""What an upload would change, how that is told, and what has to be asked."""
