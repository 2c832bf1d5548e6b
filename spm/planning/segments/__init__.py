"""What part of a baseline is of which segment: of a value of an attribute that the sheets brought."""
