"""Levers as a reader says them."""

from dataclasses import fields, replace
from datetime import date

import pytest

from spm.planning.scenarios.lever import Lever
from spm.planning.scenarios.levers import KINDS, Leavers, Market, WinRate
from spm.planning.scenarios.words import CHANGES, rests_on, sentence, value_words
from tests.planning.outlooks import EACH_KIND, ENTERPRISE, IN_SEGMENTS

SAID = {
    "later": "season 1 month later from Jan 2026",
    "flat": "season flatter by 50 % in South from Jan 2026",
    "leavers": "1 rep leaves in North from Apr 2026",
    "attrition": "12 % of the reps leave a year from Jan 2026",
    "hires": "2 reps hired in North from Feb 2026",
    "market": "market +10 % from Jan 2026, over 5 months by and by",
    "territory": "territory potential +20 % in South from Jan 2026",
    "calls": "calls +20 % from Jan 2026",
    "win rate": "win rate +5 points from Jul 2026",
    "deals": "deal size −10 % from Jan 2026 to Jun 2026",
    "price": "price +5 % from Jan 2026",
    "new": "product launched at $10K a month in North from Mar 2026",
    "old": "product with 30 % of bookings dropped from Oct 2026",
    "cycle": "sales cycle 10 days longer from Jan 2026",
    "large ones": "win rate +3 points in segment Enterprise from Jan 2026",
    "small ones": "market −20 % in segment SMB of North from Jan 2026",
    "sooner": "sales cycle 20 days shorter in segment Enterprise from Mar 2026",
    "new for large ones": "product launched at $5K a month in segment Enterprise from Jan 2026",
}


@pytest.mark.parametrize("lever", EACH_KIND + IN_SEGMENTS, ids=lambda lever: lever.name)
def test_every_lever_is_a_sentence(lever: Lever) -> None:
    assert sentence(lever, "USD") == SAID[lever.name]


def test_every_kind_has_its_words() -> None:
    assert set(CHANGES) == set(KINDS)


def test_two_words_of_a_key_are_two_words() -> None:
    lever = Market(name="m", starts_on=date(2027, 2, 1), change_share=0.05, segment=("lead_source", "Web"))
    assert sentence(lever, "USD") == "market +5 % in lead source Web from Feb 2027"


def test_what_an_elasticity_rests_on_is_said() -> None:
    (price,) = (lever for lever in EACH_KIND if lever.name == "price")
    assert rests_on(price) == "Elasticity −0.40 (−0.80 to 0.00): typed in by Ana"
    assert rests_on(WinRate(name="w", starts_on=date(2026, 1, 1), change_points=0.1)) == ""


def test_values_are_said_in_their_unit() -> None:
    costly = Leavers(
        name="l", starts_on=date(2026, 4, 1), ends_on=date(2026, 7, 1), count=2, monthly_cost_cents=8_000_00
    )
    said = {field.name: value_words(costly, field.name, "USD") for field in fields(costly)}
    assert said == {
        "name": "l", "starts_on": "Apr 2026", "ends_on": "Jun 2026", "phase_in_months": "0", "unit": "none", "segment": "none",
        "monthly_cost_cents": "$8K", "count": "2",
    }  # fmt: skip
    points = WinRate(name="w", starts_on=date(2026, 1, 1), change_points=0.035, segment=ENTERPRISE)
    assert (value_words(points, "change_points", "USD"), value_words(points, "segment", "USD")) == (
        "3.5 %",
        "segment Enterprise",
    )
    (hires,) = (lever for lever in EACH_KIND if lever.name == "hires")
    assert value_words(replace(hires, ramp=(0.25, 1.0)), "ramp", "USD") == "25 %, 100 %"
