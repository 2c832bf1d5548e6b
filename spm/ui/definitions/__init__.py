"""The Definitions page: every metric, and those a company adds."""
