"""What explains a change: of a period against another, or of a rep against the peers."""
