"""Everything here that has a store runs on both databases."""

from tests.databases import database, postgresql, pytest_generate_tests

__all__ = ["database", "postgresql", "pytest_generate_tests"]
