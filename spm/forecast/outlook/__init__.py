"""A metric projected for the company and its parts, and told in sentences."""
