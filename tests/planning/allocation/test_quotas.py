"""From a target to quotas: by hand, and that any plan adds up at every level and month or says why not."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from spm.errors import Refusal
from spm.planning.allocation.owners import Limits, Override, Owner
from spm.planning.allocation.plan import Plan
from spm.planning.allocation.quotas import Allocation, allocation
from spm.planning.seasons import Season
from tests.planning.plans import ANA, BEN, CARL, COMPANY, DORA, EVE, NORTH, SOUTH, YEAR, plan


def amounts(found: Allocation) -> dict[str, int]:
    return {key: quota.amount_cents for key, quota in found.quotas.items()}


def test_by_history_company_to_team_to_rep() -> None:
    assert amounts(allocation(plan())) == {
        "company": 1_000_00,
        "north": 400_00, "ana": 300_00, "ben": 100_00,
        "south": 600_00, "carl": 200_00, "dora": 200_00, "eve": 200_00,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("mix", "north", "ana"),
    [
        ({"history": 1}, 400_00, 300_00),
        ({"potential": 1}, 400_00, 100_00),
        ({"headcount": 1}, 400_00, 200_00),
        ({"even": 1}, 500_00, 250_00),
        ({"history": 3, "potential": 1, "even": 0}, 400_00, 250_00),  # ¾ of 75 % and ¼ of 25 %
    ],
)
def test_each_driver_and_a_mix(mix: dict[str, float], north: int, ana: int) -> None:
    found = amounts(allocation(plan(mix=mix)))
    assert (found["north"], found["ana"]) == (north, ana)


def test_a_team_may_go_by_a_mix_of_its_own() -> None:
    found = amounts(allocation(plan(own_mixes={"north": {"even": 1}})))
    assert (found["ana"], found["ben"], found["carl"]) == (200_00, 200_00, 200_00)


def test_a_missing_driver_is_the_mean_of_the_team_and_says_so() -> None:
    found = allocation(plan(1_000_00, replace(EVE, drivers={"history": None}), replace(DORA, drivers={"history": 400})))
    assert found.quotas["eve"].share == pytest.approx(300 / 900)
    assert found.quotas["eve"].steps[0].text == "33.3 % of South by last year (last year not known: the others' mean)"


def test_a_driver_of_0_is_a_value() -> None:
    found = amounts(allocation(plan(1_000_00, replace(EVE, drivers={"history": 0}))))
    assert found["eve"] == 0
    assert found["carl"] == found["dora"] == 250_00


def test_limits_locks_and_an_override_are_kept_and_the_rest_is_spread_again() -> None:
    """South, 600: Carl's ceiling of 150 gives 25 to each of the others; Dora's override of 300 leaves 150 to Eve."""
    found = allocation(
        plan(
            1_000_00,
            replace(CARL, limits=Limits(ceiling_cents=150_00)),
            replace(DORA, override=Override(300_00, "takes over two accounts")),
            replace(BEN, locked_cents=90_00),
        )
    )
    assert amounts(found) == {
        "company": 1_000_00,
        "north": 400_00, "ana": 310_00, "ben": 90_00,
        "south": 600_00, "carl": 150_00, "dora": 300_00, "eve": 150_00,
    }  # fmt: skip
    dora, eve = found.quotas["dora"], found.quotas["eve"]
    assert (dora.calculated_cents, eve.calculated_cents) == (225_00, 225_00)
    assert [(step.text, step.amount_cents) for step in dora.steps] == [
        ("33.3 % of South by last year", 200_00),
        ("Limits and locks, the rest spread again", 225_00),
        ("Set by hand: takes over two accounts", 300_00),
    ]
    assert [step.text for step in found.quotas["ben"].steps][1:] == ["Locked"]
    assert eve.steps[-1].text == "Overrides of others, the rest spread again"


def test_an_override_of_0_is_a_quota_of_0_and_empty_is_calculated() -> None:
    found = allocation(plan(1_000_00, replace(ANA, override=Override(0, "on leave all year")), BEN))
    assert amounts(found)["ana"] == 0
    assert found.quotas["ana"].months_cents == (0,) * 12
    assert amounts(found)["ben"] == 400_00
    assert found.quotas["ana"].calculated_cents == 300_00


def test_an_override_goes_beyond_the_limits_of_its_owner() -> None:
    limited = replace(ANA, limits=Limits(ceiling_cents=200_00), override=Override(350_00, "asked for it"))
    found = allocation(plan(1_000_00, limited))
    assert (amounts(found)["ana"], found.quotas["ana"].calculated_cents) == (350_00, 200_00)


def test_a_team_with_a_lock_of_its_own_leaves_the_rest_to_the_others() -> None:
    found = amounts(allocation(plan(1_000_00, replace(NORTH, locked_cents=100_00))))
    assert (found["north"], found["ana"], found["ben"], found["south"]) == (100_00, 75_00, 25_00, 900_00)


def test_the_reps_limits_hold_what_their_team_can_take() -> None:
    """North's reps may grow by 10 % on 300 and 50, so North takes 385 of its 400 and South the rest."""
    grown = Limits(change_share=0.1)
    reps = (
        replace(ANA, last_year_cents=300_00, limits=grown),
        replace(BEN, last_year_cents=50_00, limits=grown),
    )
    found = amounts(allocation(plan(1_000_00, *reps)))
    assert (found["north"], found["ana"], found["ben"], found["south"]) == (385_00, 330_00, 55_00, 615_00)


def test_over_assignment_is_on_top_and_named() -> None:
    found = allocation(plan(1_000_00, over_assignment=1.25))
    assert amounts(found)["company"] == 1_250_00
    assert [step.text for step in found.quotas["company"].steps] == ["Company target", "Over-assignment, 1.25 × target"]


def test_ramp_takes_from_the_share_and_from_the_first_months() -> None:
    """Eve ramps in the first half, at half: ¾ of a full quota; South's 600 by 200 : 200 : 150 of 200 each."""
    ramping = replace(EVE, ramp=(0.5,) * 6 + (1.0,) * 6)
    found = allocation(plan(1_000_00, ramping, own_mixes={"company": {"history": 1}}))
    south = amounts(found)["south"]  # North's 400 against South's 600 at 11/12 ramp: 400 : 550
    assert south == 578_95
    assert amounts(found)["eve"] == 157_89
    months = found.quotas["eve"].months_cents
    assert sum(months) == 157_89
    assert months[0] == 8_77
    assert months[11] == 17_54
    assert [step.text for step in found.quotas["eve"].steps][1:] == ["Ramp, 75 % of a full quota"]
    assert found.quotas["dora"].steps[-1].text == "Taken over from those who ramp"


def test_months_follow_the_season_and_keep_a_locked_one() -> None:
    season = Season((0.04,) * 5 + (0.08,) + (0.12,) * 6)
    found = allocation(plan(1_000_00, replace(ANA, locked_months={date(2026, 6, 1): 0}), season=season))
    months = found.quotas["ana"].months_cents
    assert months[5] == 0
    assert months[:5] == (13_05, 13_05, 13_04, 13_04, 13_04)  # 300 × 4 ÷ 92 = 13.043; two cents go to the first two
    assert found.quotas["ben"].months_cents == (4_00,) * 5 + (8_00,) + (12_00,) * 6
    assert sum(months) == 300_00


def test_a_plan_of_one_quarter_has_three_months() -> None:
    found = allocation(plan(1_000_00, months=YEAR[3:6]))
    assert found.quotas["ana"].months_cents == (100_00, 100_00, 100_00)
    assert found.quotas["ben"].months_cents == (33_34, 33_33, 33_33)
    assert found.quotas["company"].months_cents == (333_35, 333_34, 333_31)  # what is below, added up


@pytest.mark.parametrize(
    ("instead", "sentence"),
    [
        (
            [replace(NORTH, locked_cents=100_00), replace(ANA, locked_cents=120_00)],
            "North would carry $120.00 at least and $100.00 at most.",
        ),
        (
            [replace(rep, limits=Limits(ceiling_cents=150_00)) for rep in (ANA, BEN, CARL, DORA, EVE)],
            "$1,000.00 is to be assigned, but limits, locks and overrides leave $0.00 to $750.00.",
        ),
        (
            [replace(ANA, limits=Limits(floor_cents=90_00, ceiling_cents=80_00))],
            "Ana would carry $90.00 at least and $80.00 at most.",
        ),
        (
            [replace(ANA, drivers={"history": 0}), replace(BEN, drivers={"history": 0})],
            "Nobody of Ana, Ben has a history above 0 to share by.",
        ),
        (
            [replace(ANA, locked_cents=0, locked_months={YEAR[0]: 5_00})],
            "Ana would carry $5.00 at least and $0.00 at most.",
        ),
    ],
)
def test_what_cannot_add_up_says_who_and_how_much(instead: list[Owner], sentence: str) -> None:
    with pytest.raises(Refusal) as refused:
        allocation(plan(1_000_00, *instead))
    assert refused.value.sentence == sentence
    assert refused.value.hint


def test_a_mix_without_weight_is_refused() -> None:
    with pytest.raises(Refusal, match="needs a driver"):
        allocation(plan(mix={"history": 0}))


def test_a_team_whose_quotas_are_all_given_needs_no_driver() -> None:
    given_reps = [replace(ANA, drivers={}, locked_cents=250_00), replace(BEN, drivers={}, locked_cents=150_00)]
    found = allocation(plan(1_000_00, *given_reps, replace(NORTH, drivers={"history": 400})))
    assert (amounts(found)["ana"], amounts(found)["ben"]) == (250_00, 150_00)
    assert found.quotas["ana"].steps[0].text == "50 % of North by equal parts"


def test_the_frame_has_a_row_an_owner() -> None:
    frame = allocation(plan(1_000_00, replace(ANA, last_year_cents=280_00, locked_cents=310_00))).frame()
    ana = frame.set_index("owner").loc["ana"]
    assert (ana["last_year_cents"], ana["quota_cents"], ana["is_kept"]) == (280_00, 310_00, True)
    assert frame["quota_cents"].dtype == "Int64"
    assert frame["last_year_cents"].isna().sum() == 7


cents = st.integers(0, 4_000_00)
optional_cents = st.none() | cents


def seldom(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """None three times in four, so that a plan with many owners still has room."""
    return st.integers(0, 3).flatmap(lambda at: values if at == 3 else st.none())


@st.composite
def owner(draw: st.DrawFn, key: str, within: str) -> Owner:
    is_rep = key.startswith("rep")
    last_year = draw(optional_cents)
    locked_month = draw(seldom(st.tuples(st.sampled_from(YEAR), st.integers(0, 100_00)))) if is_rep else None
    return Owner(
        key,
        key,
        within,
        drivers={"history": draw(st.none() | st.integers(0, 99)), "potential": draw(st.integers(1, 9))}
        if is_rep
        else {},
        last_year_cents=last_year,
        limits=Limits(
            draw(seldom(st.integers(0, 1_000_00))),
            draw(seldom(seldom(st.integers(5_000_00, 60_000_00)))),
            draw(seldom(seldom(st.floats(0.2, 2)))),
        ),
        ramp=tuple(draw(st.lists(st.sampled_from([0.0, 0.5, 1.0]), min_size=12, max_size=12))) if is_rep else (),
        locked_cents=draw(seldom(seldom(cents))),
        locked_months=dict([locked_month]) if locked_month else {},
        override=draw(seldom(seldom(st.builds(Override, cents, st.just("why"))))),
    )


@st.composite
def tree(draw: st.DrawFn) -> list[Owner]:
    teams = [draw(owner(f"team {at}", "company")) for at in range(draw(st.integers(1, 3)))]
    reps = [draw(owner(f"rep {team.key} {at}", team.key)) for team in teams for at in range(draw(st.integers(1, 4)))]
    return [COMPANY, *teams, *reps]


def attempted(asked: Plan) -> Allocation | Refusal:
    try:
        return allocation(asked)
    except Refusal as refused:
        return refused


@settings(max_examples=250)
@given(
    tree(),
    st.integers(0, 30_000_00),
    st.sampled_from([1.0, 1.1, 1.25]),
    st.sampled_from(["history", "potential", "even"]),
)
def test_every_allocation_adds_up_or_says_why_not(
    owners: list[Owner], target: int, over_assignment: float, driver: str
) -> None:
    asked = plan(target, owners=owners, over_assignment=over_assignment, mix={driver: 2, "headcount": 1})
    found = attempted(asked)
    event(type(found).__name__)
    if isinstance(found, Refusal):
        assert found.sentence
        assert found.hint
        return
    quotas = found.quotas
    assert quotas["company"].amount_cents == asked.assigned_cents
    for each in owners:
        quota = quotas[each.key]
        assert sum(quota.months_cents) == quota.amount_cents
        assert quota.steps[-1].amount_cents == quota.amount_cents
        if members := [quotas[one.key] for one in owners if one.within == each.key]:
            assert sum(member.amount_cents for member in members) == quota.amount_cents
            assert [sum(month) for month in zip(*(m.months_cents for m in members), strict=True)] == list(
                quota.months_cents
            )
        _assert_kept(asked.months, each, quota.amount_cents, quota.months_cents)


def _assert_kept(months: tuple[date, ...], each: Owner, amount: int, by_month: tuple[int, ...]) -> None:
    for month, locked in each.locked_months.items():
        assert by_month[months.index(month)] == locked
    if each.override:
        assert amount == each.override.amount_cents
    elif each.locked_cents is not None:
        assert amount == each.locked_cents
    else:
        least, most = each.limits.bounds_cents(each.last_year_cents)
        assert least <= amount
        assert most is None or amount <= most


@settings(max_examples=100)
@given(st.lists(st.integers(0, 500_00), min_size=5, max_size=5), st.integers(0, 2_500_00))
def test_locks_that_leave_room_are_never_refused(locks: list[int], target: int) -> None:
    """One rep is free, so that any target at or above the locks can be met."""
    reps = [replace(rep, locked_cents=lock) for rep, lock in zip((ANA, BEN, CARL, DORA), locks[1:], strict=True)]
    whole = sum(locks[1:]) + target
    found = amounts(allocation(plan(whole, *reps)))
    assert [found[rep.key] for rep in reps] == locks[1:]
    assert found["eve"] == target


def test_a_company_of_500_reps_takes_no_time() -> None:
    teams = [replace(SOUTH, key=f"team {at}", name=f"Team {at}") for at in range(30)]
    reps = [
        Owner(
            f"rep {at}", f"Rep {at}", f"team {at % 30}", {"history": 1000 + at}, limits=Limits(ceiling_cents=300_000_00)
        )
        for at in range(500)
    ]
    found = allocation(plan(123_456_789_01, owners=[COMPANY, *teams, *reps]))
    assert sum(found.quotas[rep.key].amount_cents for rep in reps) == 123_456_789_01
