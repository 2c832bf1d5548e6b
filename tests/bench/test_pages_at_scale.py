"""What a filter change costs on each page with a million deals, two million activities, 500 reps and 36 months.

The aim is 300 ms of the server's CPU time at the 95th percentile, and under 1 MB sent. Each change asks for another period,
team or rep, so that the page asks it for the first time: at once after an import, and by a reader who looks at each answer
for as long as the server takes to answer beside the pages what is likely to be asked next. Where a page fills up by itself, as
Scorecards does with earlier periods, it is run again as it then is.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import chain, cycle, islice

import pytest
import streamlit as st
from sqlalchemy import select, update

from spm.store.opening import Store, open_store
from spm.store.tables import Person, Revision, Team, TotalByMonth
from spm.ui import asking, questions, remembering
from spm.ui.questions import Asked, Key
from spm.ui.remembering import remembered
from spm.ui.server import answers
from spm.ui.server.answers import Likely
from tests.bench.big_company import big_company
from tests.bench.conftest import LAST_DAY, Changes, PageCost, RecordPage
from tests.bench.reruns import AGAIN, Change, Reader, Rerun

CHANGES_COUNT = 20
WEST: dict[str, object] = {"only": "region", "is": "West"}
QUARTERS = [
    f"{year}-Q{quarter}" for year in (2026, 2025, 2024) for quarter in (2, 1, 4, 3) if (year, quarter) < (2026, 3)
]
MONTHS = [f"{year}-{month:02}" for year in (2026, 2025, 2024) for month in range(6, 0, -1)]
PERIODS: list[Change] = [("period", label) for pair in zip(QUARTERS, MONTHS, strict=False) for label in pair]
METRICS: list[Change] = [("by", key) for key in ("bookings", "average_deal_size", "sales_cycle", "win_rate")]
SAME: list[Change] = [(AGAIN, None)]


@dataclass(frozen=True)
class Visit:
    """A page, or a tab of it, and what is changed on it in turn."""

    page: str
    chosen: dict[str, object] = field(default_factory=dict)
    changes: Sequence[str] = ("periods", "teams")

    @property
    def what(self) -> str:
        return " ".join([self.page, *(str(value) for value in self.chosen.values() if value != "the first")])


TABS = {
    "teams": ("teams_tab", ("What explains the change", "Funnel", "Open pipeline", "Where bookings come from", "Time and money"),
              ("periods", "teams")),
    "scorecards": ("scorecards_tab", ("Where everyone stands", "Shape a scorecard", "Targets per person", "Closed periods",
                                      "What reps say"), ("periods", "same", "teams", "same")),
    "benchmarks": ("benchmarks_tab", ("Industry", "Inside the company", "Pinned"), ("periods",)),
    "people": ("people_tab", ("Everybody", "Teams", "Change several", "Add someone"), ("same",)),
    "quota_plan": ("section", ("Scenarios", "Goal", "Allocation", "Odds", "Fairness", "Publish"), ("same",)),
    "definitions": ("definitions_tab", ("Metrics", "Columns of your own"), ("same",)),
    "settings": ("settings_tab", ("Company", "Changes"), ("same",)),
}  # fmt: skip
VISITS = [
    Visit("home"),
    Visit("teams", {"teams_level": "rep"}, ("periods",)),
    Visit("rep", {"rep": "the first"}, ("periods", "reps")),
    Visit("rep"),
    Visit("compare", changes=("periods", "teams", "metrics")),
    Visit("compare", {"level": "team"}, ("periods", "metrics")),
    *(Visit(page, WEST, ("periods", "teams")) for page in ("home", "teams", "compare")),
    Visit("rep", {"rep": "the first", **WEST}, ("periods", "reps")),
    Visit("forecast", changes=("periods",)),
    *(Visit(page, {key: tab}, changes) for page, (key, tabs, changes) in TABS.items() for tab in tabs),
    *(Visit(page, changes=("same",)) for page in ("upload", "imports")),
]


@dataclass(frozen=True)
class Big:
    """The big company, and what its filters can be set to."""

    url: str
    store: Store
    changes: dict[str, list[Change]]


class Beside:
    """Stands in for the process beside the pages: what it would have answered by now is, once somebody asks, on another
    thread than the page's, whose time alone is measured. What it answered of one state holds here for all: no fact changes."""

    def __init__(self, store: Store) -> None:
        self._store, self._elsewhere = store, ThreadPoolExecutor(1)
        self._answers: dict[bytes, bytes] = {}
        self._likely: Likely | None = None
        self._promised: set[bytes] = set()

    def gets_ready(self) -> None:
        key = asking.state_of(self._store)
        if self._likely is None or self._likely.key != key:
            self._likely, self._promised = Likely(key, *answers.can_be_chosen(key)), set()
        self._promised |= {wanted.content for wanted in iter(self._likely.next, None)}

    def remembered(self, wanted: Asked, key: Key) -> bytes | None:
        if (found := remembered(wanted, key)) is not None or wanted.content not in self._promised:
            return found
        if wanted.content not in self._answers:
            self._answers[wanted.content] = self._elsewhere.submit(answers.answer_of, key, wanted).result()
        return self._answers[wanted.content]


@pytest.fixture(scope="module")
def big() -> Iterator[Big]:
    url = f"sqlite:///{big_company()}"
    store = open_store(url)
    won_lately = select(TotalByMonth.person_id).where(
        TotalByMonth.measure == "won_value",
        TotalByMonth.month == LAST_DAY.replace(day=1),
    )
    with store.reading() as connection:
        teams = connection.execute(select(Team.name).order_by(Team.name)).scalars().all()
        reps = (
            connection.execute(select(Person.name).where(Person.id.in_(won_lately)).order_by(Person.id)).scalars().all()
        )
    changes = {
        "periods": PERIODS,
        "teams": [("team", name) for name in teams],
        "reps": [("rep", name) for name in reps[::11]],
        "metrics": METRICS,
        "same": SAME,
    }
    yield Big(url, store, changes)
    store.close()


@pytest.fixture(scope="module")
def beside(big: Big) -> Beside:
    return Beside(big.store)


@pytest.mark.parametrize("visit", VISITS, ids=lambda visit: visit.what)
def test_a_page(
    big: Big, beside: Beside, monkeypatch: pytest.MonkeyPatch, record_page: RecordPage, visit: Visit
) -> None:
    questions.forget()
    remembering.forget()
    st.cache_data.clear()
    st.cache_resource.clear()
    chosen = {key: big.changes["reps"][0][1] if value == "the first" else value for key, value in visit.chosen.items()}
    reader = Reader(monkeypatch, big.url, visit.page, **chosen)
    first = reader.run()
    _as_after_an_import(big.store)
    imported = reader.run()
    in_turn = chain.from_iterable(zip(*(cycle(big.changes[name]) for name in visit.changes), strict=False))
    changes = list(islice(in_turn, CHANGES_COUNT))
    cold = [reader.run(key, value) for key, value in changes]
    ready = _by_one_who_looks(reader, changes, big.store, beside, monkeypatch)
    most = max(one.sent_bytes for one in (first, imported, *cold, *ready))
    record_page(PageCost(visit.what, first.cpu_ms, imported.cpu_ms, _changes(cold), _changes(ready), most))
    assert changes


def _by_one_who_looks(
    reader: Reader, changes: Sequence[Change], store: Store, beside: Beside, monkeypatch: pytest.MonkeyPatch
) -> list[Rerun]:
    """The same changes by a reader who leaves the process beside the pages the time it takes."""
    questions.forget()
    monkeypatch.setattr(remembering, "remembered", beside.remembered)
    _as_after_an_import(store)
    reader.run()
    found = []
    for key, value in changes:
        beside.gets_ready()
        found.append(reader.run(key, value))
    return found


def _changes(reruns: Sequence[Rerun]) -> Changes:
    in_order = sorted(one.cpu_ms for one in reruns)
    middle, high = (in_order[round(share * (len(in_order) - 1))] for share in (0.5, 0.95))
    return Changes(middle, high)


def _as_after_an_import(store: Store) -> None:
    """What a page kept of the store is of an earlier state from here on."""
    with store.write_transaction() as connection:
        connection.execute(update(Revision).where(Revision.area == "facts").values(number=Revision.number + 1))
