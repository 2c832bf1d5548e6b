"""What a benchmark needs: a stopwatch with a limit, and one table of all results at the end."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest

Stopwatch = Callable[[str, float], AbstractContextManager[None]]

RESULTS = pytest.StashKey[list[tuple[str, float, float]]]()


@pytest.fixture
def stopwatch(request: pytest.FixtureRequest) -> Stopwatch:
    """`with stopwatch(what, limit_seconds):` times its block and fails beyond the limit."""
    results = request.config.stash.setdefault(RESULTS, [])

    @contextmanager
    def timed(what: str, limit_seconds: float) -> Iterator[None]:
        started_at = time.perf_counter()
        yield
        taken_seconds = time.perf_counter() - started_at
        results.append((what, taken_seconds, limit_seconds))
        assert taken_seconds <= limit_seconds, f"{what}: {taken_seconds:.2f} s, at most {limit_seconds:g} s"

    return timed


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Prints what each block took, in the order in which they ran."""
    if results := config.stash.get(RESULTS, []):
        terminalreporter.section("seconds taken, and at most")
        for what, taken_seconds, limit_seconds in results:
            terminalreporter.write_line(f"{taken_seconds:8.2f} {limit_seconds:8g}  {what}")
