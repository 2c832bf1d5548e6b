"""The answer in words."""

import pandas as pd
import pytest

from spm.benchmarks.growth import Growth
from spm.benchmarks.headline import parts, result
from spm.calendar import FiscalCalendar

Q2 = FiscalCalendar().period("2017-Q2")
Q1 = FiscalCalendar().period("2017-Q1")


@pytest.mark.parametrize(
    ("booked", "attainment", "before", "is_to_date", "landing", "landing_share", "rank", "words"),
    [
        (None, None, None, False, None, None, None, "No sheet speaks for Q2 2017 yet."),
        (100.0, 0.4, 90.0, True, 250.0, 0.97, None, "Q2 2017 is on course for 97 % of quota: $1 booked so far."),
        (110.0, None, 100.0, True, 250.0, None, None, "Q2 2017 stands at $1, 10 % above Q1 2017 at the same point."),
        (110.0, None, None, True, None, None, None, "Q2 2017 stands at $1."),
        (400.0, 0.9999, 100.0, False, None, None, (1, 9), "Q2 2017 closed at 99 % of quota, with $4 booked."),
        (400.0, None, 100.0, False, None, None, (1, 9), "Q2 2017 closed at $4, the best yet, 300 % above Q1 2017."),
        (400.0, None, 100.0, False, None, None, (1, 2), "Q2 2017 closed at $4, 300 % above Q1 2017."),
        (400.0, None, 401.0, False, None, None, None, "Q2 2017 closed at $4, level with Q1 2017."),
    ],
)
def test_how_a_period_stands(booked, attainment, before, is_to_date, landing, landing_share, rank, words) -> None:  # type: ignore[no-untyped-def]
    growth = Growth(booked, before, Q1 if before else None, is_to_date)
    assert result(Q2, booked, attainment, growth, landing, landing_share, rank, "USD") == words


def standings(*rows: tuple[str | None, float, float | None, float | None]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["name", "bookings", "attainment", "change_share"])


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([], ""),
        ([("North", 5.0, 1.0, None)], ""),
        ([("North", 5.0, 1.0, None), (None, 9.0, None, None)], ""),  # what is nobody's is no part
        (
            [("North", 6.0, 0.8, None), ("South", 4.0, 1.1999, None)],
            "South is furthest ahead at 119 %, North furthest behind at 80 %.",
        ),
        (
            [("North", 6.0, None, 0.1), ("South", 4.0, None, -0.25)],
            "North brings 60 % of it; South fell most, by 25 %.",
        ),
        ([("North", 6.0, None, 0.1), ("South", 4.0, None, 0.5)], "North brings 60 % of it; South grew most, by 50 %."),
        ([("North", 6.0, None, None), ("South", 4.0, None, 0.5)], "North brings 60 % of it."),
    ],
)
def test_who_makes_it_so(rows: list[tuple[str | None, float, float | None, float | None]], words: str) -> None:
    assert parts(standings(*rows)) == words
