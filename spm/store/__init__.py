"""The only place that knows there is a database."""
