"""How far a long job is, told while it runs."""

from collections.abc import Callable

Progress = Callable[[float, str], None]
"""Told how far a job is (0 to 1) and what it does; it may raise to stop the job, of which nothing is left then."""


def silent(share: float, doing: str) -> None:
    """Tells nobody."""
