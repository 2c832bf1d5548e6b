"""The Imports page: what came in, when and from whom; and taking it back."""
