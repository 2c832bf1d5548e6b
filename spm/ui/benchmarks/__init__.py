"""The Benchmarks page: the company's own figures, and the industry's with their sources."""
