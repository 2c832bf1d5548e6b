"""After any sequence of imports, edits and undos the totals equal a full count, and an undo leaves nothing of its batch.

On both databases; on PostgreSQL fewer sequences, since each starts with a database of its own.
"""

from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from spm.errors import UndoRefused
from spm.intake.actions import undo
from spm.intake.changes.gone import WholeTruth
from spm.intake.exchange.actions import change_rates
from spm.intake.exchange.queries import rates_of, revaluation
from spm.intake.exchange.rates import Rate
from spm.metrics.actions import mark_filters
from spm.people.merging.actions import merge_people
from spm.store import reading, totals
from spm.store.opening import Store
from tests.companies import TESTER, empty_store, imported
from tests.store.contents import LOGS, fingerprints

TODAY = date(2024, 6, 30)
TOTALS = {*(total.__tablename__ for total in totals.TOTALS), "first_purchase", "stage_stay", "company_stays"}
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
orders = st.builds(
    lambda number, line, owner, day, amount, currency: f"O{number},{line},{owner},{day},Box,{amount},{currency}",
    st.integers(1, 3), st.integers(1, 3), st.sampled_from(REPS), days, st.integers(-5, 50),
    st.sampled_from(["USD", "EUR"]),
)  # fmt: skip
states = st.builds(
    lambda number, stage, day: f"D{number},{stage},{day}",
    st.integers(1, 8), st.sampled_from(["Discovery", "Proposal", "Closed Lost", "Closed Won"]), days,
)  # fmt: skip
worths = st.sampled_from(["0.9", "1.1", "1.25"])
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

    @rule(rows=st.lists(states, min_size=1, max_size=6, unique_by=lambda row: tuple(row.split(",")[::2])))
    def import_how_deals_were(self, rows: list[str]) -> None:
        header = "Opportunity ID,Stage Name,Stage Entered Date"
        self._import(
            "stage history.csv",
            "\n".join([header, *rows]),
            layout="deal_history",
            columns={"Opportunity ID": "deal_key"},
        )

    @rule(rows=st.lists(orders, min_size=1, max_size=5, unique_by=lambda row: tuple(row.split(",")[:2])))
    def import_lines_of_orders(self, rows: list[str]) -> None:
        self._at_rate("1.1")
        header = "Order ID,Line,Sales rep,Order date,Product,Line total,Currency"
        self._import("lines.csv", "\n".join([header, *rows]), layout="order_lines", columns={"Order ID": "key"})

    @rule(worth=worths)
    def change_the_rate(self, worth: str) -> None:
        self._at_rate(worth)

    def _at_rate(self, worth: str) -> None:
        rates = [Rate("EUR", False, date(2024, month, 1), Decimal(worth)) for month in (1, 2, 3)]
        planned = revaluation(self.store, rates, None)
        if [rate.rate for rate in rates_of(self.store)] != [rate.rate for rate in rates]:
            change_rates(self.store, TESTER, planned)
            self.before = {}

    @rule(rows=st.lists(deals, min_size=1, max_size=4, unique_by=lambda row: row.split(",")[0]))
    def import_all_deals_that_there_are(self, rows: list[str]) -> None:
        self._import("deals.csv", "\n".join([HEADER, *rows]), whole_truth=WholeTruth.SHEET, confirms_gone=True)

    def _import(self, name: str, content: str, **choices: object) -> None:
        before = self.contents()
        choices = {"accepted": frozenset({"Amount"}), **choices}
        batch = imported(self.store, {name: content}, TODAY, **choices).batch
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


EXAMPLES = {"sqlite": 5, "postgresql": 2}


@pytest.mark.parametrize("database", EXAMPLES, indirect=True)
def test_any_sequence(database: str) -> None:
    tried = settings(max_examples=EXAMPLES[database], stateful_step_count=6,
                     suppress_health_check=list(HealthCheck))  # fmt: skip
    run_state_machine_as_test(Company, settings=tried)
