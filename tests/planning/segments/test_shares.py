"""What of a rep's month is of which kind, worked out by hand."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spm.calendar import plus_months
from spm.planning.segments.shares import Array, rep_shares, shrunk, team_shares

PLAN = [date(2026, 1, 1), date(2026, 12, 1)]


def past(count: int) -> list[date]:
    return [plus_months(date(2026, 1, 1), at - count) for at in range(count)]


def steady(by_rep: list[list[float]], months_count: int) -> Array:
    return np.repeat(np.array(by_rep, dtype=float)[:, :, None], months_count, axis=2)


def test_a_reps_share_is_drawn_towards_the_teams() -> None:
    """30 and 90 of 100: the team has 60 %. Ten deals of each weigh as much as the team does: 45 % and 75 %."""
    booked = steady([[3, 7], [9, 1]], 10)
    found = rep_shares(booked, np.ones((2, 10)), ["North", "North"], past(10), PLAN)
    assert found[:, 0] == pytest.approx(np.array([[0.45, 0.45], [0.75, 0.75]]))


def test_a_team_is_drawn_towards_the_company_and_who_never_sold_is_as_their_team() -> None:
    """North 100 of 100 by ten deals, South none of 100 by thirty; the company 50 %: North 75 %, South 12.5 %."""
    booked = steady([[10, 0], [0, 0], [0, 10]], 10)
    deals = np.array([[1.0], [0], [3]]) * np.ones(10)
    found = rep_shares(booked, deals, ["North", "North", "South"], past(10), PLAN)[:, 0, 0]
    assert found == pytest.approx([(1 + 0.75) / 2, 0.75, 10 * 0.125 / 40])


def test_the_last_twelve_months_say_what_somebody_sells() -> None:
    booked = np.concatenate([steady([[1, 0]], 12), steady([[0, 1]], 12)], axis=2)
    assert rep_shares(booked, np.ones((1, 24)), ["North"], past(24), PLAN)[0, :, 0].tolist() == [0, 1]


def test_a_month_of_the_year_has_its_own_share_where_three_years_are_alike() -> None:
    """Kind 0 is 6 of 10 in December and 1 of 10 else: 17 of 120 in a year, its December index 6 × 12 ÷ 17."""
    months = past(36)
    first = np.array([6.0 if month.month == 12 else 1.0 for month in months])
    booked = np.stack([first, 10 - first])[None]
    found = rep_shares(booked, np.ones((1, 36)), ["North"], months, PLAN)[0]
    assert found[0] == pytest.approx([0.1, 0.6])
    unknown = rep_shares(booked[:, :, 12:], np.ones((1, 24)), ["North"], months[12:], PLAN)[0]
    assert unknown[0] == pytest.approx([17 / 120, 17 / 120])


def test_one_kind_is_everything_exactly() -> None:
    booked = np.random.default_rng(1).uniform(0, 1e9, (5, 1, 36))
    found = rep_shares(booked, np.ones((5, 36)), list("aabbc"), past(36), PLAN)
    assert (found == 1.0).all()


@given(st.integers(0, 2**32 - 1), st.integers(1, 6), st.sampled_from([1, 12, 36]))
def test_the_shares_of_a_month_add_up(seed: int, kinds_count: int, months_count: int) -> None:
    luck = np.random.default_rng(seed)
    booked = luck.normal(0, 100, (4, kinds_count, months_count)) * (luck.random((4, kinds_count, 1)) < 0.7)
    found = rep_shares(booked, luck.integers(0, 5, (4, months_count)), list("aabb"), past(months_count), PLAN)
    assert found.min() >= 0
    assert found.sum(axis=1) == pytest.approx(np.ones((4, 2)))


def test_the_share_of_kinds_together_is_that_of_what_they_are() -> None:
    """Which values are told apart changes nothing of the others, where no season is."""
    luck = np.random.default_rng(2)
    booked, deals = luck.uniform(0, 100, (4, 3, 12)), luck.integers(1, 5, (4, 12))
    apart = rep_shares(booked, deals, list("aabb"), past(12), PLAN)
    two = np.stack([booked[:, 0], booked[:, 1:].sum(axis=1)], axis=1)
    assert rep_shares(two, deals, list("aabb"), past(12), PLAN)[:, 0] == pytest.approx(apart[:, 0])


def test_teams_share_what_they_closed() -> None:
    """10 of 40 and 30 of 60 are 40 % together: (10 + 4) ÷ 50 and (30 + 4) ÷ 70; nobody's are as the company's."""
    found = team_shares(np.array([[10, 30], [30, 30], [0, 0]]), np.array([40, 60, 0]))
    assert found[:, 0] == pytest.approx([14 / 50, 34 / 70, 0.4])


def test_what_was_taken_back_is_no_share() -> None:
    assert shrunk(np.array([-5.0, 10.0]), np.array(10.0), np.array([0.5, 0.5])) == pytest.approx([0.25, 0.75])
