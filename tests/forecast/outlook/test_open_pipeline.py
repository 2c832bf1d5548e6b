"""What the open pipeline said at past origins: by hand, and nothing of it known only later."""

from datetime import date
from typing import Any

import pandas as pd
import pytest

from spm.calendar import FiscalCalendar, Grain, Period
from spm.forecast.outlook.open_pipeline import as_known, by_series

CALENDAR = FiscalCalendar()
MONTHS: list[Period] = [CALENDAR.period_of(Grain.MONTH, date(2026, at, 1)) for at in range(1, 7)]


def state(deal_id: int, known_on: date, **of: Any) -> dict[str, Any]:
    usual = {"person_id": 1, "superseded_on": None, "stage": "Offer", "amount_cents": 1000, "expected_close_on": None,
             "closed_on": None, "is_won": False}  # fmt: skip
    return {"deal_id": deal_id, "known_on": known_on, **usual, **of}


def closed(count: int, won_count: int, closed_on: date) -> list[dict[str, Any]]:
    """Deals that were in the stage Offer and are closed."""
    return [
        state(100 + at, date(2025, 1, 1), superseded_on=closed_on, closed_on=closed_on, is_won=at < won_count)
        for at in range(count)
    ]


def said(*states: dict[str, Any]) -> dict[tuple[date, date], float]:
    found = as_known(pd.DataFrame([*closed(20, 5, date(2025, 12, 1)), *states]), MONTHS)
    return {(row.origin, row.start): row.value for row in found.itertuples()}


def test_amounts_count_by_what_became_of_deals_of_their_stage() -> None:
    one = state(1, date(2026, 1, 5), expected_close_on=date(2026, 3, 20))
    found = said(one, state(2, date(2026, 2, 5), expected_close_on=date(2026, 3, 9), amount_cents=600))
    assert found == {
        (date(2026, 2, 1), date(2026, 3, 1)): 250.0,  # only the first is known
        (date(2026, 3, 1), date(2026, 3, 1)): 400.0,
    }


def test_a_later_amount_date_or_outcome_is_not_known_before() -> None:
    before = state(1, date(2026, 1, 5), superseded_on=date(2026, 2, 10), expected_close_on=date(2026, 3, 20),
                   closed_on=date(2026, 4, 2), is_won=True)  # fmt: skip
    after = {**before, "known_on": date(2026, 2, 10), "superseded_on": date(2026, 4, 2), "amount_cents": 9000,
             "expected_close_on": date(2026, 4, 20)}  # fmt: skip
    found = said(before, after)
    assert found[date(2026, 2, 1), date(2026, 3, 1)] == 250.0
    assert found[date(2026, 3, 1), date(2026, 4, 1)] == 2250.0
    assert (date(2026, 2, 1), date(2026, 4, 1)) not in found
    # its own win is known from May on: 6 of 21 deals of its stage were won by then
    late = state(2, date(2026, 1, 5), expected_close_on=date(2026, 6, 1))
    assert said(before, late)[date(2026, 5, 1), date(2026, 6, 1)] == pytest.approx(1000 * 6 / 21)


def test_a_stage_of_which_too_few_have_closed_says_nothing() -> None:
    one = state(1, date(2026, 1, 5), expected_close_on=date(2026, 3, 20))
    assert as_known(pd.DataFrame([*closed(19, 5, date(2025, 12, 1)), one]), MONTHS).empty


def test_persons_add_up_to_their_series() -> None:
    views = pd.DataFrame({"rep": ["Ana", "Bo"], "team": ["North", "North"], "value": [100.0, 50.0]})
    views = views.assign(origin=date(2026, 2, 1), start=date(2026, 3, 1))
    names = {
        "all": ((), ()),
        "north": (("team",), ("North",)),
        "bo": (("rep",), ("Bo",)),
        "box": (("product",), ("Box",)),
    }
    found = by_series(views, names).set_index("series")["value"]
    assert found.to_dict() == {"all": 150.0, "north": 150.0, "bo": 50.0}
