"""What a benchmark needs: our way and a bare one in turn, medians of both, and one table of ratios at the end.

Nothing is asserted about time: machines are shared and noisy, so a table is to be read, with the ratio beside its aim.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from spm.sample.actions import load_sample
from spm.store.opening import Store
from tests.companies import TESTER, empty_store

RUNS_COUNT = 5
LAST_DAY = date(2026, 6, 30)


@dataclass(frozen=True)
class Measured:
    """Medians in seconds, and how often the bare way fits into ours; `at_most` is the aim for that ratio."""

    what: str
    ours_seconds: float
    bare_seconds: float
    at_most: float

    @property
    def ratio(self) -> float:
        return self.ours_seconds / self.bare_seconds


@dataclass(frozen=True)
class Changes:
    """CPU time of filter changes."""

    median_ms: float
    p95_ms: float


@dataclass(frozen=True)
class PageCost:
    """CPU time of a page's first run, of the one right after an import, and of filter changes: before anything of the new
    state was answered, and with what the server answers beside the pages; the most that a page sends."""

    what: str
    first_ms: float
    after_import_ms: float
    cold: Changes
    ready: Changes
    sent_bytes: int


Measure = Callable[[str, Callable[[], object], Callable[[], object], float], Measured]
Record = Callable[[str, list[float], list[float], float], Measured]
RecordPage = Callable[[PageCost], None]
RESULTS = pytest.StashKey[list[Measured]]()
PAGES = pytest.StashKey[list[PageCost]]()


def timed(way: Callable[[], object]) -> float:
    """The seconds that something takes."""
    started_at = time.perf_counter()
    way()
    return time.perf_counter() - started_at


@pytest.fixture(scope="session")
def record(request: pytest.FixtureRequest) -> Record:
    """`record(what, ours, bare, at_most)` keeps the medians of seconds measured in turn for the table."""
    results = request.config.stash.setdefault(RESULTS, [])

    def recorded(what: str, ours: list[float], bare: list[float], at_most: float) -> Measured:
        results.append(Measured(what, statistics.median(ours), statistics.median(bare), at_most))
        return results[-1]

    return recorded


@pytest.fixture(scope="session")
def record_page(request: pytest.FixtureRequest) -> RecordPage:
    """`record_page(cost)` keeps what a page costs for the table."""
    return request.config.stash.setdefault(PAGES, []).append


@pytest.fixture
def measure(record: Record) -> Measure:
    """`measure(what, ours, bare, at_most)` runs both in turn, after a warm-up, and keeps the medians for the table."""

    def measured(what: str, ours: Callable[[], object], bare: Callable[[], object], at_most: float) -> Measured:
        runs = [(timed(ours), timed(bare)) for _ in range(RUNS_COUNT + 1)][1:]
        return record(what, [mine for mine, _ in runs], [other for _, other in runs], at_most)

    return measured


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The sample company of 40 reps and 36 months."""
    store = empty_store(Path(tmp_path_factory.mktemp("sample")))
    load_sample(store, TESTER, LAST_DAY)
    yield store
    store.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """The tables: our seconds, the bare ones, their ratio and its aim; and what pages cost."""
    if results := config.stash.get(RESULTS, []):
        terminalreporter.section(f"medians of {RUNS_COUNT} runs")
        terminalreporter.write_line("    ours     bare    ratio    aim")
        for one in results:
            terminalreporter.write_line(
                f"{one.ours_seconds:8.3f} {one.bare_seconds:8.3f} {one.ratio:8.2f} {one.at_most:6g}  {one.what}"
            )
    if pages := config.stash.get(PAGES, []):
        terminalreporter.section("pages: CPU ms (aim: 300 at the 95th percentile), kB sent (aim: 1000)")
        terminalreporter.write_line("   first   import   median      p95  ready median  p95       kB")
        for page in pages:
            terminalreporter.write_line(
                f"{page.first_ms:8.0f} {page.after_import_ms:8.0f} {page.cold.median_ms:8.0f} {page.cold.p95_ms:8.0f} "
                f"{page.ready.median_ms:8.0f} {page.ready.p95_ms:8.0f} {page.sent_bytes / 1000:8.0f}  {page.what}"
            )
