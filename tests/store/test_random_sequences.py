"""After any sequence of imports, edits and undos the totals equal a full count, and an undo leaves nothing of its batch."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from spm.errors import UndoRefused
from spm.intake.actions import undo
from spm.metrics.actions import mark_filters
from spm.people.actions import merge_people
from spm.store import reading, totals
from spm.store.opening import Store
from tests.companies import TESTER, empty_store, imported
from tests.store.contents import LOGS, fingerprints

TODAY = date(2024, 6, 30)
TOTALS = {"total_by_day", "total_by_month"}
REPS = ("Ana", "Ben", "Cid", "")
HEADER = "Deal id,Owner,Product,Stage,Amount,Created on,Closed on,Region"

days = st.dates(date(2024, 1, 20), date(2024, 3, 10))
deals = st.builds(
    lambda number, owner, product, stage, amount, created, closed, region: (
        f"D{number},{owner},{product},{stage},{amount},{created},{closed},{region}"
    ),
    st.integers(1, 8), st.sampled_from(REPS), st.sampled_from(["Box", "Jar"]), st.sampled_from(["Won", "Lost", "Open"]),
    st.sampled_from(["", "0", "10", "-10", "25.50"]), days, days, st.sampled_from(["East", "West", ""]),
)  # fmt: skip
calls = st.builds(lambda day, owner: f"Call,{day},{owner}", days, st.sampled_from(REPS[:3]))


class Company(RuleBasedStateMachine):
    """A company to which things happen."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = TemporaryDirectory()
        self.store: Store = empty_store(Path(self._folder.name))
        self.batches: list[int] = []
        self.before: dict[int, Any] = {}

    def teardown(self) -> None:
        self.store.close()
        self._folder.cleanup()

    def contents(self) -> dict[str, tuple[int, str]]:
        with self.store.reading() as connection:
            return fingerprints(connection, LOGS)

    @rule(rows=st.lists(deals, min_size=1, max_size=6, unique_by=lambda row: row.split(",")[0]))
    def import_deals(self, rows: list[str]) -> None:
        self._import("deals.csv", "\n".join([HEADER, *rows]))

    @rule(rows=st.lists(calls, min_size=1, max_size=4))
    def import_calls(self, rows: list[str]) -> None:
        self._import("calls.csv", "\n".join(["Activity Type,Date,Assigned To", *rows]))

    def _import(self, name: str, content: str) -> None:
        before = self.contents()
        batch = imported(self.store, {name: content}, TODAY, accepted=frozenset({"Amount"})).batch
        if batch is not None:
            self.batches.append(batch)
            self.before = {batch: before}

    @precondition(lambda self: self.batches)
    @rule(choice=st.data())
    def undo_a_batch(self, choice: st.DataObject) -> None:
        batch = choice.draw(st.sampled_from(self.batches))
        held = self.contents()
        try:
            undo(self.store, batch, TESTER)
        except UndoRefused:
            assert self.contents() == held
            return
        self.batches.remove(batch)
        if batch in self.before:
            assert self.contents() == self.before[batch]
        self.before = {}

    @rule()
    def merge_two_people(self) -> None:
        people = list(reading.people(self.store)["id"])
        if len(people) > 1:
            merge_people(self.store, TESTER, people[0], people[1])
            self.before = {}

    @rule(keys=st.sets(st.sampled_from(["product", "region"])))
    def filter_by_other_columns(self, keys: set[str]) -> None:
        known = set(reading.attributes(self.store)["key"])
        if mark_filters(self.store, TESTER, keys & known) is not None:
            self.before = {}

    @invariant()
    def totals_equal_a_full_count(self) -> None:
        with self.store.engine.connect() as connection:
            kept = {name: told for name, told in fingerprints(connection).items() if name in TOTALS}
            totals.rebuild(connection)
            counted = {name: told for name, told in fingerprints(connection).items() if name in TOTALS}
            connection.rollback()
        assert kept == counted


class TestAnySequence(Company.TestCase):
    settings = settings(max_examples=8, stateful_step_count=8, deadline=None, suppress_health_check=list(HealthCheck))
