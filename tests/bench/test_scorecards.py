"""How long the scorecards of a thousand reps take, on the tables of totals alone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from sqlalchemy import text

from spm.calendar import FiscalCalendar, plus_months
from spm.metrics.queries import scene_of
from spm.people.roles import EXECUTIVE, MANAGER, REP, SDR
from spm.scorecards.model import Scorecard
from spm.scorecards.queries import live_of, results, scores
from spm.scorecards.starting import STARTING
from spm.store.change_sets import writing
from spm.store.opening import Store
from spm.store.rows import insert_rows
from spm.store.tables import Assignment, CoveredSpan, Person, Quota, TotalByDay, TotalByMonth
from spm.store.totals import add_up_company
from tests.bench.conftest import Measure
from tests.companies import TESTER, empty_store

REPS_COUNT, TEAM_SIZE, MONTHS_COUNT = 1_000, 20, 36
FIRST, TODAY = date(2023, 7, 1), date(2026, 7, 5)
QUARTER = FiscalCalendar().period("2026-Q2")
COUNTS = ("won_deals", "lost_deals", "opportunities_opened", "calls", "emails", "meetings", "demos", "qualified_leads")
AMOUNTS = ("won_value", "pipeline_added", "expansion_pipeline_added", "expansion_bookings")
ONE_MEASURE = (
    "SELECT person_id, SUM(value_e4) FROM total_by_month WHERE measure = 'won_value' GROUP BY person_id, month"
)


@pytest.fixture(scope="module")
def thousand(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A thousand reps in three roles under fifty managers, with 36 months of twelve measures and a quota each quarter.

    One in twenty gets another manager within the quarter, each on a day of their own.
    """
    store = empty_store(tmp_path_factory.mktemp("thousand"))
    luck = np.random.default_rng(7)
    months = [plus_months(FIRST, at) for at in range(MONTHS_COUNT)]
    reps = range(1, REPS_COUNT + 1)
    managers = range(REPS_COUNT + 1, REPS_COUNT + 1 + REPS_COUNT // TEAM_SIZE)
    with writing(store, "import", TESTER, ["facts", "people"]) as open_set:
        hired = [plus_months(FIRST, int(at)) for at in luck.integers(-40, 34, REPS_COUNT)]
        open_set.insert(Person, [{"key": f"r{at}", "name": f"Rep {at:04}", "started_on": day}
                                 for at, day in zip(reps, hired, strict=True)])  # fmt: skip
        open_set.insert(Person, [{"key": f"m{at}", "name": f"Manager {at}", "started_on": None} for at in managers])
        roles = (REP, SDR, EXECUTIVE, REP)
        stays = [{"person_id": at, "role": roles[at % 4], "manager_id": managers[at % len(managers)], "starts_on": None,
                  "ends_before": None} for at in reps]  # fmt: skip
        for nth, stay in enumerate(stays[::20]):
            day = QUARTER.start + timedelta(days=nth + 1)
            stays.append({**stay, "manager_id": managers[0], "starts_on": day})
            stay["ends_before"] = day
        open_set.insert(Assignment, stays)
        open_set.insert(Assignment, [{"person_id": at, "role": MANAGER} for at in managers])
        covered = [{"measure": key, "starts_on": FIRST, "ends_before": date(2026, 7, 1)} for key in (*COUNTS, *AMOUNTS)]
        open_set.insert(CoveredSpan, [*covered, {"measure": "quota", "starts_on": FIRST, "ends_before": QUARTER.end}])
        quarters = [day for day in months if day.month % 3 == 1]
        open_set.insert(Quota, [{"key": f"{at} {day}", "person_id": at, "starts_on": day,
                                 "ends_before": plus_months(day, 3), "amount_cents": 30_000_00}
                                for at in reps for day in quarters])  # fmt: skip
        rows = [
            {"measure": key, "month": month, "person_id": at, "value_e4": int(value) * scale}
            for keys, most, scale in (
                (COUNTS, 20, 10_000),
                (AMOUNTS, 2_000_000, 10_000),
                (("quota",), 1, 10_000_00 * 10_000),
            )
            for key in keys
            for month in months
            for at, value in zip(reps, luck.integers(1, most + 1, REPS_COUNT), strict=True)
        ]
        insert_rows(open_set.connection, TotalByMonth.metadata.tables["total_by_month"], rows)
        movers = {stay["person_id"] for stay in stays[::20]}
        by_day = [
            {name: row[name] for name in ("measure", "month", "person_id", "value_e4")} | {"day": row["month"]}
            for row in rows
            if row["person_id"] in movers and row["month"] >= QUARTER.start
        ]
        insert_rows(open_set.connection, TotalByDay.metadata.tables["total_by_day"], by_day)
        add_up_company(open_set.connection, [*COUNTS, *AMOUNTS, "quota"])
    yield store
    store.close()


def bare(store: Store) -> object:
    with store.reading() as connection:
        return connection.execute(text(ONE_MEASURE)).fetchall()


def test_a_thousand_scorecards_with_targets_of_their_own(thousand: Store, measure: Measure) -> None:
    drafts = {
        role: Scorecard(role, tuple(item if item.is_waiting else replace(item, target=item.target or 10.0)
                                    for item in scorecard.items))
        for role, scorecard in STARTING.items()
    }  # fmt: skip
    measured = measure(
        "1,000 reps' scorecards for a quarter, targets set (aim: 1 s), against the sums of one measure",
        lambda: live_of(scene_of(thousand, TODAY), QUARTER, drafts).results(),
        lambda: bare(thousand),
        20,
    )
    assert measured.ours_seconds > 0


def test_a_thousand_scorecards_with_every_target_suggested(thousand: Store, measure: Measure) -> None:
    found = scores(scene_of(thousand, TODAY), QUARTER, {})
    moved = sum(bool(part.stays) for one in results(scene_of(thousand, TODAY), QUARTER) for part in one.parts)
    assert moved == REPS_COUNT // 20
    assert len(found) == REPS_COUNT + REPS_COUNT // TEAM_SIZE
    assert found["score"].notna().mean() > 0.9
    measured = measure(
        "the same, each target suggested from the last 12 periods of everybody",
        lambda: scores(scene_of(thousand, TODAY), QUARTER, {}),
        lambda: bare(thousand),
        30,
    )
    assert measured.ours_seconds > 0
