"""Several as one: a team's items, a team of several roles, a role change."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spm.scorecards.bands import Band, Bands
from spm.scorecards.groups import Contribution, Part, Pooled, combined, pooled_ratio, pooled_sum

BANDS = Bands()


def test_members_without_a_contribution_are_in_it() -> None:
    pooled = pooled_sum([Contribution(10, 8), Contribution(10, 8), Contribution(10, 0), Contribution(10, 0)])
    assert pooled == Pooled(target=40, actual=16)
    assert pooled.actual / pooled.target == 0.4


def test_a_member_of_whom_a_value_is_missing_is_left_out_with_the_target() -> None:
    members = [Contribution(10, 8), Contribution(10, None), Contribution(None, 5)]
    assert pooled_sum(members) == Pooled(target=10, actual=8)


def test_a_starter_without_a_target_yet_still_contributes() -> None:
    assert pooled_sum([Contribution(10, 8), Contribution(0.0, 3)]) == Pooled(10, 11)


def test_nobody_known_is_no_group_score() -> None:
    assert pooled_sum([Contribution(10, None)]) == Pooled(None, None)
    assert pooled_ratio([]) == Pooled(None, None)


def test_a_ratio_is_a_sum_over_a_sum_against_the_weighted_target() -> None:
    # Won 6 of 20 against 0.40 and 4 of 5 against 0.60: 10 of 25 against (8 + 3) of 25.
    pooled = pooled_ratio([Contribution(0.40, 6, 20), Contribution(0.60, 4, 5)])
    assert (pooled.actual, pooled.target) == (pytest.approx(0.40), pytest.approx(0.44))


def test_a_member_who_closed_nothing_does_not_move_the_ratio() -> None:
    with_idle = pooled_ratio([Contribution(0.4, 6, 20), Contribution(0.6, 0, 0)])
    assert with_idle == Pooled(target=0.4, actual=0.3)
    assert pooled_ratio([Contribution(0.4, 0, 0)]).actual is None


@given(st.lists(st.tuples(st.floats(0.1, 1), st.integers(0, 50), st.integers(1, 50)), min_size=1, max_size=10))
def test_members_exactly_on_their_target_make_a_group_exactly_on_target(
    members: list[tuple[float, int, int]],
) -> None:
    pooled = pooled_ratio([Contribution(target, target * closed, closed) for target, _, closed in members])
    assert pooled.actual == pytest.approx(pooled.target)


def test_a_role_change_inside_a_period_is_the_mean_by_working_days() -> None:
    both = combined([Part("SDR", 1.1, 20), Part("Sales representative", 0.8, 40)], BANDS)
    assert (both.value, both.band) == (pytest.approx(0.9), Band.NEAR_TARGET)


def test_a_team_of_several_roles_is_weighted_by_head_days() -> None:
    parts = [Part("SDR", 1.2, 3 * 65), Part("Sales representative", 0.9, 6 * 65), Part("AE", None, 65)]
    team = combined(parts, BANDS)
    assert team.value == pytest.approx(1.0)
    assert team.band is Band.ON_TARGET
    assert team.parts == tuple(parts)


def test_no_part_with_a_score_is_no_score() -> None:
    nothing = combined([Part("SDR", None, 20)], BANDS)
    assert (nothing.value, nothing.band) == (None, None)
