"""Fairness as the year goes: the quotas that hold on the bookings so far."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from spm.calendar import Span
from spm.metrics.queries import Question, Scene, values
from spm.planning.fairness.backcast import SIZE, TENURE, audit
from spm.planning.fairness.queries import so_far
from spm.planning.fairness.so_far import season_share
from spm.planning.seasons import season_of
from tests.companies import empty_store, imported
from tests.planning import sellers


def test_each_rep_is_held_against_what_is_due_by_now(scene: Scene) -> None:
    found = so_far(scene)
    assert found is not None
    assert (found.span.start, found.span.last_day) == (
        date(2026, 1, 1),
        date(2026, 10, 20),
    )  # the last day that the sheets speak for
    rows = found.rows.set_index("rep")
    assert sorted(rows.index) == sorted(sellers.REPS)
    by_month = values(scene, Question("bookings", ("month",), span=Span(date(2024, 1, 1), date(2026, 10, 1))))
    calendar = scene.standing.company.fiscal_calendar
    season = season_of({calendar.period(row.month).start: row.value for row in by_month.itertuples()})
    year = Span(date(2026, 1, 1), date(2027, 1, 1))
    share = season_share(year, found.span, season, scene.standing.company.working_calendar)
    assert share == pytest.approx(sum(season.shares[:9]) + season.shares[9] * 14 / 22)  # of October's working days
    booked = values(scene, Question("bookings", ("rep",), span=found.span)).set_index("rep")["value"]
    for rep, size in sellers.REPS.items():
        assert rows.loc[rep, "quota_cents"] == pytest.approx(size * 1_200_000 * share)
        assert rows.loc[rep, "attainment"] == pytest.approx(booked[rep] / rows.loc[rep, "quota_cents"])
    assert rows.loc["Ana Ruiz", ["team", "manager", TENURE]].tolist() == ["North", "Max Boss", 72.0]


def test_size_is_of_the_year_before_and_nobody_jumps_from_no_quota(scene: Scene) -> None:
    found = so_far(scene)
    assert found is not None
    before = Question("bookings", ("rep",), span=Span(date(2025, 1, 1), date(2026, 1, 1)))
    earlier = values(scene, before).set_index("rep")["value"]
    assert found.rows.set_index("rep")[SIZE].to_dict() == earlier.to_dict()
    assert np.isnan(found.rows["last_quota_cents"].to_numpy(dtype=float)).all()  # the sheet of quotas begins with 2026
    assert audit(found.rows).jumped.empty


def test_without_quotas_there_is_nothing_to_hold_against(tmp_path: Path) -> None:
    store = empty_store(tmp_path)
    imported(store, {"people.csv": sellers.PEOPLE, "deals.csv": sellers.deals()})
    assert so_far(sellers.scene(store)) is None


def test_who_carries_a_quota_since_july_is_held_to_what_they_booked_since(tmp_path: Path) -> None:
    store = empty_store(tmp_path)
    since_july = sellers.QUOTAS.replace("Di Fox,120000,2026-01-01", "Di Fox,120000,2026-07-01")
    imported(store, {"people.csv": sellers.PEOPLE, "deals.csv": sellers.deals(), "quotas.csv": since_july})
    scene = sellers.scene(store)
    found = so_far(scene)
    assert found is not None
    booked = values(scene, Question("bookings", ("rep",), span=Span(date(2026, 7, 1), found.span.end)))
    rows = found.rows.set_index("rep")["booked_cents"]
    assert rows["Di Fox"] == booked.set_index("rep")["value"]["Di Fox"]
    assert rows["Bo Li"] > 2 * rows["Di Fox"]
