"""What each lever does to a baseline, by hand."""

from datetime import date

import numpy as np
import pytest

from spm.company.settings import DEFAULT_RAMP
from spm.errors import Refusal
from spm.metrics.registry import Unit
from spm.planning.ranges import Range
from spm.planning.scenarios.lever import Lever
from spm.planning.scenarios.levers import (
    KINDS,
    Activity,
    Attrition,
    Cycle,
    DealSize,
    Drop,
    Hires,
    Launch,
    Leavers,
    Market,
    Price,
    SeasonFlattening,
    SeasonShift,
    WinRate,
)
from spm.planning.scenarios.outlook import outlook_of
from spm.planning.seasons import Season
from tests.planning.outlooks import EACH_KIND, ELASTICITY, SEASON, START, baseline, cells

LATER = date(2026, 4, 1)


def north(lever: Lever, **known: object) -> list[float]:
    """North's bookings by month in thousands: 100 a month and 1,300 in December without a lever."""
    return (lever.applied(baseline(**known)).bookings_cents[0, 0] / 1_000_00).round(6).tolist()


def test_growth_from_a_month_on_until_another_in_one_team() -> None:
    lever = Market(name="m", starts_on=date(2026, 3, 1), ends_on=date(2026, 5, 1), unit="North", change_share=0.1)
    assert north(lever) == [100, 100, 110, 110, *[100] * 7, 1300]
    assert lever.applied(baseline()).bookings_cents[1].tolist() == baseline().bookings_cents[1].tolist()


def test_growth_that_comes_in_by_and_by() -> None:
    lever = Market(name="m", starts_on=date(2026, 1, 1), change_share=0.2, phase_in_months=3)
    assert north(lever)[:5] == [105, 110, 115, 120, 120]


def test_win_rate_goes_through_the_funnel() -> None:
    """25 % + 5 points are 30 %: as many opportunities, a fifth more deals and bookings."""
    lever = WinRate(name="w", starts_on=START, change_points=0.05)
    after = lever.applied(baseline())
    assert (after.closed_deals[0, 0, 0], after.won_deals[0, 0, 0]) == (400, pytest.approx(120))
    assert after.bookings_cents[0, 0, 0] == pytest.approx(120_000_00)


def test_a_win_rate_ends_at_100_percent() -> None:
    assert north(WinRate(name="w", starts_on=START, change_points=0.9))[0] == 400


@pytest.mark.parametrize("known", [float("nan"), 0])
def test_a_win_rate_that_is_not_known_is_refused(known: float) -> None:
    with pytest.raises(Refusal, match="not known"):
        WinRate(name="w", starts_on=START, change_points=0.05).applied(baseline(won_deals=known))


def test_a_win_rate_of_who_books_nothing_need_not_be_known() -> None:
    lever = WinRate(name="w", starts_on=START, change_points=0.05)
    assert sum(north(lever, won_deals=float("nan"), bookings_cents=0)) == 0


def test_deal_size_leaves_the_number_of_deals() -> None:
    after = DealSize(name="d", starts_on=START, change_share=0.1).applied(baseline())
    assert (after.bookings_cents[0, 0, 0], after.won_deals[0, 0, 0]) == (pytest.approx(110_000_00), 100)


def test_bookings_follow_an_activity_by_its_elasticity() -> None:
    lever = Activity(name="a", starts_on=START, change_share=0.2, elasticity=ELASTICITY)
    assert north(lever)[0] == pytest.approx(100 * 1.2**0.3, abs=1e-6)
    low, high = lever.leaning() or (lever, lever)
    assert (north(low)[0], north(high)[0]) == (
        pytest.approx(100 * 1.2**0.1, abs=1e-6),
        pytest.approx(100 * 1.2**0.5, abs=1e-6),
    )


@pytest.mark.parametrize("elasticity", [None, Range(1, 1, 1), Range(1, 0, 2, " ")])
@pytest.mark.parametrize("kind", [Activity, Price])
def test_a_lever_on_behaviour_without_an_elasticity_and_its_source_is_refused(
    kind: type[Activity], elasticity: Range | None
) -> None:
    with pytest.raises(Refusal, match="how bookings follow"):
        kind(name="a", starts_on=START, change_share=0.2, elasticity=elasticity)


def test_price_changes_each_deal_and_how_many_there_are() -> None:
    after = Price(name="p", starts_on=START, change_share=0.1, elasticity=Range(-1, -1, -1, "typed in")).applied(
        baseline()
    )
    assert after.bookings_cents[0, 0, 0] == pytest.approx(100_000_00)  # a tenth dearer, a tenth fewer
    assert after.won_deals[0, 0, 0] == pytest.approx(100 / 1.1)


def test_hires_bring_their_ramp_and_the_season() -> None:
    """50,000 a mean month, of which a normal one is half: 25,000 × 0/25/50/75/100 % and 325,000 in December."""
    lever = Hires(
        name="h", starts_on=date(2026, 8, 1), count=2, unit="North", ramp=DEFAULT_RAMP, monthly_cost_cents=8_000_00
    )
    assert north(lever) == [*[100] * 7, 100, 112.5, 125, 137.5, 1300 + 2 * 325]
    after = lever.applied(baseline()).frame().query("unit == 'North'")
    assert after["headcount"].tolist() == [4] * 7 + [6] * 5
    assert after["ramped_headcount"].tolist() == [4] * 7 + [4, 4.5, 5, 5.5, 6]
    assert after["cost_cents"].tolist() == [0] * 7 + [16_000_00] * 5
    assert after["capacity_cents"].iloc[8] == 4.5 * 25_000_00


def test_hires_need_a_team_and_what_they_bring() -> None:
    with pytest.raises(Refusal, match="where the hires go"):
        Hires(name="h", starts_on=START, count=1, ramp=DEFAULT_RAMP).applied(baseline())
    unknown = baseline(productivity_cents=None)
    with pytest.raises(Refusal, match="what a hire brings"):
        Hires(name="h", starts_on=START, count=1, unit="North", ramp=DEFAULT_RAMP).applied(unknown)
    stated = Hires(name="h", starts_on=START, count=1, unit="North", ramp=(1.0,), monthly_productivity_cents=40_000_00)
    assert stated.applied(unknown).bookings_cents[0, 0, 0] == 120_000_00


def test_a_leaver_takes_a_reps_share() -> None:
    lever = Leavers(name="l", starts_on=date(2026, 12, 1), count=1, unit="North")
    assert north(lever)[-2:] == [100, 975]
    assert lever.applied(baseline()).headcount[0, -1] == 3


def test_leavers_of_no_team_are_spread_by_heads() -> None:
    after = Leavers(name="l", starts_on=START, count=3).applied(baseline())
    assert after.headcount[:, 0].tolist() == [2, 1]


def test_more_leavers_than_reps_are_refused() -> None:
    with pytest.raises(Refusal, match="more leavers"):
        Leavers(name="l", starts_on=START, count=5, unit="North").applied(baseline())


def test_attrition_is_its_yearly_share_after_a_year() -> None:
    after = Attrition(name="a", starts_on=START, yearly_share=0.2).applied(baseline())
    assert after.headcount[0, -1] == pytest.approx(3.2)
    assert after.bookings_cents[0, 0, -1] == pytest.approx(0.8 * 1_300_000_00)


def test_a_season_shifts_and_flattens_and_keeps_the_year() -> None:
    assert north(SeasonShift(name="s", starts_on=START, by_months=-2)) == [*[100] * 9, 1300, 100, 100]
    assert north(SeasonFlattening(name="s", starts_on=START, share=0.5)) == [150] * 11 + [750]
    assert sum(north(SeasonFlattening(name="s", starts_on=START, share=1))) == pytest.approx(2400)


def test_a_part_of_a_year_is_filled_up_by_the_companys_season() -> None:
    """100 a month from January to March of a year of 2,400, 1,300 of it in December: that is what January gets."""
    season = Season(tuple(share / 24 for share in SEASON))
    quarter = outlook_of(cells().query("month < @LATER"), season)
    shifted = SeasonShift(name="s", starts_on=START, by_months=1).applied(quarter)
    assert shifted.bookings_cents[0, 0] / 1_000_00 == pytest.approx([1300, 100, 100])
    flat = SeasonFlattening(name="f", starts_on=START, share=0.5).applied(quarter)
    assert flat.bookings_cents[0, 0] / 1_000_00 == pytest.approx([150, 150, 150])


def test_a_longer_cycle_moves_bookings_to_later_months() -> None:
    """Half a month longer: half of each month comes a month later, half of December after the year."""
    half = 365.25 / 24
    assert north(Cycle(name="c", starts_on=START, change_days=half)) == [50, *[100] * 10, 700]
    later = Cycle(name="c", starts_on=date(2026, 11, 1), change_days=half)
    assert north(later) == [*[100] * 10, 50, 700]


def test_a_shorter_cycle_takes_in_what_follows_the_plan() -> None:
    """Half of each month comes a month sooner, in December half of next January, taken at this one's."""
    lever = Cycle(name="c", starts_on=START, change_days=-365.25 / 24)
    assert north(lever) == [150, *[100] * 9, 700, 700]


def test_a_launch_ramps_up_and_takes_from_the_others() -> None:
    lever = Launch(
        name="n",
        starts_on=date(2026, 3, 1),
        monthly_bookings_cents=10_000_00,
        taken_share=0.2,
        unit="North",
        ramp=DEFAULT_RAMP,
    )
    assert north(lever)[:8] == [100, 100, 100, 102, 104, 106, 108, 108]


def test_a_launch_everywhere_is_one_launch() -> None:
    lever = Launch(name="n", starts_on=START, monthly_bookings_cents=10_000_00, ramp=(1.0,))
    assert lever.applied(baseline()).total_cents - baseline().total_cents == 120_000_00


def test_a_dropped_product_keeps_what_moves_to_the_others() -> None:
    assert north(Drop(name="d", starts_on=date(2026, 11, 1), product_share=0.4, kept_share=0.25))[-2:] == [70, 910]


def test_one_cost_is_one_cost_in_all_units_together() -> None:
    costly = Market(name="fair", starts_on=date(2026, 6, 1), change_share=0.1, monthly_cost_cents=5_000_00)
    found = costly.applied(baseline()).frame().groupby("month")["cost_cents"].sum()
    assert found.tolist() == [0] * 5 + [5_000_00] * 7
    assert baseline().frame()["cost_cents"].isna().all()


def test_a_unit_that_is_not_there_is_refused() -> None:
    with pytest.raises(Refusal, match="not in this plan"):
        Market(name="m", starts_on=START, change_share=0.1, unit="West").applied(baseline())


def test_every_kind_says_what_it_asks() -> None:
    assert {type(lever) for lever in EACH_KIND} == set(KINDS)
    assert all(kind.label and kind.asked() for kind in KINDS)
    assert [(asked.label, asked.unit) for asked in Activity.asked().values()] == [
        ("Change", Unit.SHARE),
        ("Elasticity", Unit.TIMES),
    ]


def test_a_baseline_needs_every_month_of_every_unit() -> None:
    with pytest.raises(Refusal, match="South has no projection"):
        outlook_of(cells().iloc[:-1])
    with pytest.raises(Refusal, match="once"):
        outlook_of(cells().iloc[[0, 0]])
    assert np.isnan(outlook_of(cells().drop(columns=["won_deals"])).won_deals).all()
