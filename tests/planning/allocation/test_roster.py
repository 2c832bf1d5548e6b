"""Who carries a quota, in which team, with which drivers."""

from dataclasses import replace

import pytest

from spm.errors import Refusal
from spm.planning.allocation.quotas import allocation
from spm.planning.allocation.roster import first_draft, person_key, person_of, plan_of, team_key
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
