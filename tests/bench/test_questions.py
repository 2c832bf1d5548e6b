"""How long questions take on totals of 500 reps and 36 months, against the same sums on the bare table.

Nothing is remembered from one run to the next: each question is the first after an import.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pytest
from sqlalchemy import text

from spm.calendar import FiscalCalendar, plus_months
from spm.metrics.queries import Question, Scene, answers, scene_of, values
from spm.scorecards.queries import scores
from spm.store.change_sets import writing
from spm.store.opening import Store
from spm.store.readings import Readings
from spm.store.rows import insert_rows
from spm.store.tables import Assignment, Attribute, CoveredSpan, Person, Table, Team
from spm.store.totals import add_up_company
from tests.bench.conftest import LAST_DAY, Measure
from tests.companies import TESTER, empty_store

REPS_COUNT, TEAM_SIZE, MONTHS_COUNT, SLICES_COUNT, SLICES_A_MONTH = 500, 10, 36, 40, 8
FIRST, TODAY = date(2023, 7, 1), date(2026, 7, 5)
COUNTS = ("won_deals", "lost_deals", "opportunities_opened", "calls", "emails", "meetings", "demos")
AMOUNTS = ("won_value", "pipeline_added")
MANY = ("bookings", "won_deals", "win_rate", "average_deal_size", "opportunities_opened", "pipeline_added", "calls", "emails",
        "calls_and_emails", "meetings", "demos")  # fmt: skip
WHOLE = "SELECT {by}, SUM(value_e4) FROM total_by_month WHERE measure IN ({measures}) GROUP BY measure, {by}"
PART = (
    "SELECT {by}, SUM(t.value_e4) FROM total_by_slice t JOIN slice_value v ON v.slice_id = t.slice_id "
    "AND v.attribute = 'product' AND v.value = 'Product 1' "
    "WHERE t.measure IN ({measures}) GROUP BY t.measure, {by}"
)


@dataclass(frozen=True)
class Asked:
    """A question and the bare sum that it is held against: by these columns, of these measures."""

    what: str
    question: Question
    by: str
    measures: Sequence[str]

    @property
    def bare(self) -> str:
        measures = ", ".join(f"'{key}'" for key in self.measures)
        return (PART if self.question.where else WHOLE).format(by=self.by, measures=measures)


PRODUCT = (("product", "Product 1"),)
ASKED = (
    Asked("bookings by rep and month", Question("bookings", ("rep", "month")), "person_id, month", ["won_value"]),
    Asked("win rate by rep and month", Question("win_rate", ("rep", "month")), "person_id, month", ["won_deals", "lost_deals"]),
    Asked("bookings by team and month", Question("bookings", ("team", "month")), "person_id, month", ["won_value"]),
    Asked("bookings by rep and month, of one product", Question("bookings", ("rep", "month"), PRODUCT), "person_id, month",
          ["won_value"]),
    Asked("bookings by month", Question("bookings", ("month",)), "month", ["won_value"]),
)  # fmt: skip


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """500 reps in 50 teams, each fifth of whom changes team within a month; totals of nine measures by month and product."""
    store = empty_store(tmp_path_factory.mktemp("company"))
    luck = np.random.default_rng(7)
    months, reps = [plus_months(FIRST, at) for at in range(MONTHS_COUNT)], range(1, REPS_COUNT + 1)
    teams_count, change = REPS_COUNT // TEAM_SIZE, date(2025, 5, 15)
    with writing(store, "import", TESTER, ["facts", "people"]) as open_set:
        open_set.insert(Person, [{"key": f"r{at}", "name": f"Rep {at:04}"} for at in reps])
        open_set.insert(Team, [{"name": f"Team {at:02}"} for at in range(teams_count)])
        stays = [{"person_id": at, "team_id": at % teams_count + 1} for at in reps if at % 5]
        moves = [at for at in reps if not at % 5]
        open_set.insert(Assignment, stays)
        open_set.insert(
            Assignment, [{"person_id": at, "team_id": at % teams_count + 1, "ends_before": change} for at in moves]
        )
        open_set.insert(
            Assignment, [{"person_id": at, "team_id": (at + 1) % teams_count + 1, "starts_on": change} for at in moves]
        )
        open_set.insert(CoveredSpan, [{"measure": key, "starts_on": FIRST, "ends_before": date(2026, 7, 1)}
                                      for key in (*COUNTS, *AMOUNTS)])  # fmt: skip
        open_set.insert(Attribute, [{"key": "product", "label": "Product", "is_filter": True}])
        connection, sql = open_set.connection, Table.metadata.tables
        slices = range(1, SLICES_COUNT + 1)
        insert_rows(connection, sql["slice"], [{"id": at, "combination": str(at)} for at in slices])
        products = [{"slice_id": at, "attribute": "product", "value": f"Product {at % 8}"} for at in slices]
        insert_rows(connection, sql["slice_value"], products)
        for keys, most in ((COUNTS, 20), (AMOUNTS, 2_000_000)):
            for key in keys:
                by_month, by_slice = _totals(luck, key, most, months, reps)
                insert_rows(connection, sql["total_by_month"], by_month)
                insert_rows(connection, sql["total_by_slice"], by_slice)
        add_up_company(connection, [*COUNTS, *AMOUNTS])
    yield scene_of(store, TODAY)
    store.close()


def _totals(
    luck: np.random.Generator, key: str, most: int, months: Sequence[date], reps: Sequence[int]
) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """The totals of a measure by month, and by slice."""
    by_month: list[dict[str, object]] = []
    by_slice: list[dict[str, object]] = []
    for month in months:
        for person_id in reps:
            values_e4 = (luck.integers(1, most + 1, SLICES_A_MONTH) * 10_000).tolist()
            slices = luck.choice(SLICES_COUNT, SLICES_A_MONTH, replace=False).tolist()
            whole = {"measure": key, "month": month, "person_id": person_id}
            by_month.append(whole | {"value_e4": sum(values_e4)})
            by_slice += [
                whole | {"slice_id": at + 1, "value_e4": value} for at, value in zip(slices, values_e4, strict=True)
            ]
    return by_month, by_slice


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: asked.what)
def test_a_question(company: Scene, measure: Measure, asked: Asked) -> None:
    def ours() -> object:
        return values(_right_after_an_import(company), asked.question)

    measured = measure(f"{asked.what}, against the bare sum", ours, lambda: _bare(company.store, asked.bare), 3)
    assert measured.bare_seconds > 0


def test_many_metrics_of_everybody_take_one_reading(company: Scene, measure: Measure) -> None:
    quarter = FiscalCalendar().period("2026-Q2")
    bare = WHOLE.format(by="person_id", measures=", ".join(f"'{key}'" for key in (*COUNTS, *AMOUNTS)))
    bare = bare.replace("GROUP", "AND month >= '2026-04-01' AND month < '2026-07-01' GROUP")

    def ours() -> object:
        return answers(_right_after_an_import(company), MANY, ("rep",), span=quarter)

    assert set(answers(company, MANY, ("rep",), span=quarter)) == set(MANY)
    measure(
        f"{len(MANY)} metrics of 500 reps for a quarter, against the bare sum",
        ours,
        lambda: _bare(company.store, bare),
        3,
    )


def test_everybody_s_scorecard(sample_store: Store, measure: Measure) -> None:
    scene = scene_of(sample_store, LAST_DAY)
    quarter = FiscalCalendar().period("2026-Q1")
    measured = measure(
        "scores of 40 reps for a quarter, against one bare sum",
        lambda: scores(scene, quarter, {}),
        lambda: _bare(sample_store, ASKED[0].bare),
        300,
    )
    assert measured.ours_seconds > 0


def _right_after_an_import(scene: Scene) -> Scene:
    """The scene without what it has read before."""
    object.__setattr__(scene, "readings", Readings(scene.store))
    return scene


def _bare(store: Store, statement: str) -> object:
    with store.reading() as connection:
        return connection.execute(text(statement)).fetchall()
