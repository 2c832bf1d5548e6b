"""Who carries a quota, in which team, with which drivers."""

import json
from dataclasses import replace

import pytest

from spm.errors import Refusal
from spm.planning.allocation.quotas import allocation
from spm.planning.allocation.roster import first_draft, person_key, person_of, plan_of, potential_columns, team_key
from spm.planning.baseline.course import NO_TEAM, Baseline
from spm.planning.draft import Draft, Terms, as_plain, from_plain


def test_the_first_draft_is_the_projection_rounded(baseline: Baseline) -> None:
    draft = first_draft(baseline)
    assert draft.target_cents == pytest.approx(baseline.landing.lands.value, rel=0.005)
    assert draft.mix == (("projection", 1.0),)
    assert draft.effective_on == baseline.period.start


def test_teams_hang_below_the_company_and_reps_in_them(baseline: Baseline) -> None:
    tree = plan_of(baseline, first_draft(baseline)).tree
    assert [owner.key for owner in tree.within(tree.top)] == ["team North", "team South"]
    assert [owner.name for owner in tree.within(tree.by_key["team North"])] == ["Ana Ruiz", "Bo Li"]


def test_teams_nest_as_they_do_on_people(baseline: Baseline) -> None:
    nested = replace(baseline, teams_above={"North": "Europe", "South": "Europe", "Europe": None})
    tree = plan_of(nested, first_draft(baseline)).tree
    assert [owner.key for owner in tree.within(tree.top)] == ["team Europe"]
    assert {owner.key for owner in tree.within(tree.by_key["team Europe"])} == {"team North", "team South"}


def test_without_teams_reps_are_directly_in_the_company(baseline: Baseline) -> None:
    flat = replace(baseline, reps=baseline.reps.assign(team=NO_TEAM))
    tree = plan_of(flat, first_draft(baseline)).tree
    assert len(tree.within(tree.top)) == 4


def test_who_did_not_sell_last_year_is_taken_at_the_teams_mean(baseline: Baseline) -> None:
    reps = baseline.reps.copy()
    reps.loc[reps["rep"] == "Bo Li", "last_year_cents"] = 0
    draft = replace(first_draft(baseline), mix=(("history", 1.0),))
    found = allocation(plan_of(replace(baseline, reps=reps), draft))
    quotas = {quota.owner.name: quota.amount_cents for quota in found.quotas.values()}
    assert quotas["Bo Li"] == pytest.approx(quotas["Ana Ruiz"], abs=1)
    within = allocation(plan_of(replace(baseline, reps=reps), replace(draft, change_share=2.0)))  # no limit on nothing
    assert {quota.owner.name: quota.amount_cents for quota in within.quotas.values()} == quotas


def test_terms_reach_their_owner(baseline: Baseline) -> None:
    key = person_key(int(baseline.members["person_id"].iloc[0]))
    draft = replace(first_draft(baseline), terms={key: Terms(override_cents=0, reason="leave")})
    assert allocation(plan_of(baseline, draft)).quotas[key].amount_cents == 0
    with pytest.raises(Refusal, match="no reason"):
        plan_of(baseline, replace(draft, terms={key: Terms(override_cents=0)}))


def test_nobody_to_carry_it_is_refused(baseline: Baseline) -> None:
    with pytest.raises(Refusal, match="Nobody carries a quota"):
        plan_of(replace(baseline, reps=baseline.reps.assign(is_member=False)), first_draft(baseline))


def test_keys_name_their_owner() -> None:
    assert person_of(person_key(12)) == 12
    assert person_of(team_key("North")) is None


def test_terms_that_say_nothing_are_dropped(baseline: Baseline) -> None:
    draft = first_draft(baseline).with_terms("team North", Terms(floor_cents=0))
    assert draft.of("team North") == Terms(floor_cents=0)
    assert draft.with_terms("team North", Terms()).terms == {}


def test_a_draft_is_plain_and_back(baseline: Baseline) -> None:
    draft: Draft = replace(first_draft(baseline), terms={"team North": Terms(locked_cents=5)}, change_share=0.2)
    assert from_plain(as_plain(draft)) == draft
    with pytest.raises(Refusal, match="another version"):
        from_plain({**as_plain(draft), "unknown": 1})


def test_months_set_by_hand_hold_and_ask_for_a_reason(baseline: Baseline) -> None:
    key, month = person_key(int(baseline.members["person_id"].iloc[0])), baseline.months[1]
    draft = replace(first_draft(baseline), terms={key: Terms(months_cents={month: 0}, reason="leave")})
    found = allocation(plan_of(baseline, draft)).quotas[key]
    assert found.months_cents[1] == 0
    assert sum(found.months_cents) == found.amount_cents > 0
    assert from_plain(json.loads(json.dumps(as_plain(draft)))) == draft
    with pytest.raises(Refusal, match=r"Months of .* are set without a reason"):
        plan_of(baseline, replace(draft, terms={key: Terms(months_cents={month: 0})}))


def test_what_was_published_holds_before_a_month_set_by_hand(baseline: Baseline) -> None:
    key, month = person_key(int(baseline.members["person_id"].iloc[0])), baseline.months[0]
    terms = {key: Terms(months_cents={month: 5_00}, reason="late")}
    draft = replace(first_draft(baseline), terms=terms, kept_months={key: {month: 7_00}})
    assert allocation(plan_of(baseline, draft)).quotas[key].months_cents[0] == 7_00


def test_months_that_ask_for_more_than_there_is_are_refused_with_the_reason(baseline: Baseline) -> None:
    key = person_key(int(baseline.members["person_id"].iloc[0]))
    terms = {key: Terms(months_cents={baseline.months[0]: 10**12}, reason="typo")}
    with pytest.raises(Refusal, match="is to be assigned, but limits, locks and overrides leave"):
        allocation(plan_of(baseline, replace(first_draft(baseline), terms=terms)))


def test_potential_is_what_a_column_of_people_says_and_what_is_typed_goes_before_it(baseline: Baseline) -> None:
    """Ana 300, Bo typed in at 100, Cy "1,200", Di without a number: the mean of her team, 1,200."""
    names = baseline.reps["rep"].map({"Ana Ruiz": "300", "Bo Li": "250", "Cy Day": "1,200", "Di Fox": "n/a"})
    with_column = replace(baseline, reps=baseline.reps.assign(accounts=names, region="North"))
    assert potential_columns(with_column, ["accounts", "region", "gone"]) == ["accounts"]
    bo = person_key(int(baseline.members.set_index("rep").loc["Bo Li", "person_id"]))
    draft = Draft(2_800_00, (("potential", 1.0),), baseline.period.start, potential_from="accounts",
                  terms={bo: Terms(potential=100)})  # fmt: skip
    found = allocation(plan_of(with_column, draft)).quotas.values()
    amounts = {quota.owner.name: quota.amount_cents for quota in found}
    assert [amounts[name] for name in ("Ana Ruiz", "Bo Li", "Cy Day", "Di Fox")] == [300_00, 100_00, 1_200_00, 1_200_00]
