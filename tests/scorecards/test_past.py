"""What past periods came to is asked once, and only of those who had the role on all of their days."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from math import nan

import numpy as np
import pandas as pd

from spm.calendar import FiscalCalendar, Grain, Period, Span
from spm.metrics.registry import METRICS, Timing
from spm.people import org
from spm.people.roles import MANAGER, REP, SDR
from spm.rows import Rows
from spm.scorecards.model import Item, Scope
from spm.scorecards.past import Past
from spm.scorecards.record import People, Source

CALENDAR = FiscalCalendar()
JANUARY, FEBRUARY, MARCH = CALENDAR.periods(Grain.MONTH, Span(date(2026, 1, 1), date(2026, 4, 1)))
CALLS, MEETINGS = Item("calls", 50, Timing.LEADING), Item("meetings", 50, Timing.LEADING)
HELD = pd.DataFrame(
    [
        (1, "Ana", REP, date(2026, 1, 1), date(2026, 4, 1)),
        (2, "Ben", SDR, date(2026, 1, 1), date(2026, 2, 15)),
        (2, "Ben", REP, date(2026, 2, 15), date(2026, 4, 1)),
    ],
    columns=["person_id", "rep", "role", "starts_on", "ends_before"],
)


class Company:
    """Ana has 10 calls a month, Ben 20; meetings nobody; with what was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[tuple[str, ...], tuple[str, ...], Span]] = []
        self.source = Source(
            metric=METRICS.__getitem__,
            answers=self.answers,
            below=lambda metrics, manager, span: {},
            is_covered=lambda metric, span: True,
            reach=lambda metric: None,
            active=lambda span: org.active(HELD, span),
            bookings_due=lambda period: 1.0,
            of_company=lambda metric, grain, periods: [],
        )

    def answers(self, metrics: Sequence[str], by: tuple[str, ...], span: Span, people: People) -> Mapping[str, Rows]:
        self.asked.append((tuple(metrics), by, span))
        who, grain = by
        names = {"rep": (("Ana", 10.0), ("Ben", 20.0)), "manager": (("Mia", 30.0),)}[who]
        told = [(name, one.label, value) for name, value in names for one in CALENDAR.periods(Grain(grain), span)]
        rows = Rows.of(pd.DataFrame(told, columns=[who, grain, "value"]), by)
        return {key: rows if key == "calls" else rows.plus({"value": np.full(len(rows), nan)}) for key in metrics}


def past_of(company: Company) -> Past:
    past = Past(company.source, CALENDAR)
    past.expect([CALLS, MEETINGS, replace(CALLS, metric="demos", target=3.0)])
    return past


def results(past: Past, role: str, *periods: Period) -> list[float]:
    return past.results(CALLS, role, periods)


def test_one_value_a_person_and_period_of_those_who_had_the_role_throughout() -> None:
    past = past_of(Company())
    assert results(past, REP, JANUARY, FEBRUARY, MARCH) == [10, 10, 10, 20]
    assert results(past, SDR, JANUARY, FEBRUARY, MARCH) == [20]
    assert results(past, MANAGER, JANUARY) == []


def test_each_period_is_asked_once_with_all_that_is_expected() -> None:
    company = Company()
    past = past_of(company)
    results(past, REP, FEBRUARY)
    results(past, SDR, JANUARY, FEBRUARY)
    assert past.results(MEETINGS, REP, [JANUARY, FEBRUARY]) == []
    expected = ("calls", "meetings")
    assert company.asked == [
        (expected, ("rep", "month"), Span(FEBRUARY.start, FEBRUARY.end)),
        (expected, ("rep", "month"), Span(JANUARY.start, JANUARY.end)),
    ]


def test_of_teams_whoever_leads_them_counts() -> None:
    past = past_of(Company())
    assert past.results(replace(CALLS, scope=Scope.TEAM), MANAGER, [JANUARY, MARCH]) == [30, 30]
