"""From a draft to quotas that count, and back."""

from dataclasses import replace
from datetime import date

import pytest

from spm import money
from spm.calendar import Period, Span
from spm.company.queries import company_within
from spm.company.settings import DEFAULT_RAMP
from spm.errors import Refusal
from spm.intake.actions import undo
from spm.metrics.queries import Question, value, values
from spm.planning.allocation.quotas import Allocation, allocation
from spm.planning.allocation.roster import first_draft, gone_cents, person_key, plan_of
from spm.planning.baseline.course import Baseline
from spm.planning.baseline.queries import baseline_of
from spm.planning.draft import Draft, Terms
from spm.planning.publishing import actions, queries, summing
from spm.planning.scenarios.levers import Hires, Market
from spm.planning.scenarios.scenario import Scenario
from spm.store.change_sets import writing
from spm.store.opening import Store
from spm.store.tables import Person, Quota, Team
from spm.store.upkeep import refresh_totals
from tests.planning import sellers
from tests.planning.sellers import LEADER
from tests.stores import contents


def saved(store: Store, baseline: Baseline, draft: Draft | None = None) -> tuple[int, Allocation]:
    draft = draft or first_draft(baseline)
    found = allocation(plan_of(baseline, draft))
    return actions.save_plan(store, LEADER, baseline, draft, found, 0.5, 1), found


def published(store: Store, baseline: Baseline, draft: Draft | None = None) -> tuple[int, Allocation]:
    plan_id, found = saved(store, baseline, draft)
    actions.review(store, LEADER, plan_id, [int(person) for person in baseline.members["person_id"]], True)
    actions.finish_review(store, LEADER, plan_id)
    actions.publish(store, LEADER, plan_id)
    return plan_id, found


def test_published_quotas_feed_attainment_to_the_cent(store: Store, baseline: Baseline, quarter: Period) -> None:
    _, found = published(store, baseline)
    scene = sellers.scene(store)
    for row in baseline.members.itertuples():
        quota = found.quotas[person_key(int(row.person_id))]
        assert value(scene, "quota", quarter, rep=row.rep) == quota.amount_cents
    assert value(scene, "quota", quarter) == found.plan.target_cents
    by_month = values(scene, Question("quota", ("month",), span=quarter))
    assert by_month["value"].tolist() == list(found.quotas["company"].months_cents)
    by_team = values(scene, Question("quota", ("team",), span=quarter)).set_index("team")["value"]
    assert by_team["North"] == found.quotas["team North"].amount_cents


def test_a_draft_changes_no_quota(store: Store, baseline: Baseline, quarter: Period) -> None:
    saved(store, baseline)
    assert value(sellers.scene(store), "quota", quarter) is None


def test_a_mid_year_change_adds_a_version_and_leaves_the_months_before(store: Store) -> None:
    scene = sellers.scene(store)
    year = scene.standing.company.fiscal_calendar.period("2026")
    before = values(scene, Question("quota", ("rep", "month"), span=year)).set_index(["rep", "month"])["value"]
    baseline = baseline_of(scene, year)
    day = date(2026, 11, 1)
    kept = queries.kept_months(scene, year, day)
    draft = replace(first_draft(baseline), effective_on=day, kept_months=kept, target_cents=round(before.sum() * 1.05))
    published(store, baseline, draft)
    now = sellers.scene(store)
    after = values(now, Question("quota", ("rep", "month"), span=year)).set_index(["rep", "month"])["value"]
    past = [index for index in before.index if index[1] < "2026-11"]
    assert after[past].tolist() == pytest.approx(before[past].tolist(), abs=1.01)  # cut months are rounded to the cent
    assert after.sum() == pytest.approx(draft.target_cents, abs=0.01)
    assert [version.stage for version in queries.versions_of(now, year)] == ["published"]


def test_months_before_a_change_stay_as_they_were_whatever_the_plan_says_of_them(store: Store) -> None:
    """The plan shares its target over the whole year; of that only November and December are published."""
    scene = sellers.scene(store)
    year, day = scene.standing.company.fiscal_calendar.period("2026"), date(2026, 11, 1)
    baseline = baseline_of(scene, year)
    published(store, baseline, replace(first_draft(baseline), effective_on=day))
    spans = {(row["starts_on"], row["ends_before"]) for row in contents(store)["quota"]}
    assert spans == {(year.start, day), (day, date(2026, 12, 1)), (date(2026, 12, 1), year.end)}


def test_who_held_no_quota_before_a_change_carries_all_of_theirs_after_it(store: Store) -> None:
    """Di Fox has no quota of 2026: a plan from November on that gave her January would publish less than its target."""
    with writing(store, "edit", LEADER, ["facts"]) as open_set:
        people = {row["name"]: row["id"] for row in open_set.rows(Person, "id", "name")}
        held = open_set.rows(Quota, "id", "person_id")
        open_set.delete(Quota, [row["id"] for row in held if row["person_id"] == people["Di Fox"]])
        refresh_totals(open_set, company_within(open_set).working_calendar)
    scene = sellers.scene(store)
    year, day = scene.standing.company.fiscal_calendar.period("2026"), date(2026, 11, 1)
    baseline, kept = baseline_of(scene, year), queries.kept_months(scene, year, day)
    assert set(kept[person_key(people["Di Fox"])].values()) == {0}
    _, found = published(store, baseline, replace(first_draft(baseline), effective_on=day, kept_months=kept))
    after = values(sellers.scene(store), Question("quota", ("rep",), span=year)).set_index("rep")["value"]
    assert after["Di Fox"] == found.quotas[person_key(people["Di Fox"])].amount_cents
    assert after.sum() == pytest.approx(found.plan.target_cents, abs=0.01)


def test_a_plan_adds_up_to_its_target_with_what_somebody_carried_before_leaving(store: Store) -> None:
    """Bo Li's last day is in September: what he held until November stays his, and nothing after it."""
    with writing(store, "edit", LEADER, ["people"]) as open_set:
        (bo,) = (row["id"] for row in open_set.rows(Person, "id", "name") if row["name"] == "Bo Li")
        open_set.update(Person, [{"id": bo, "ended_on": date(2026, 9, 30)}])
    scene = sellers.scene(store)
    year, day = scene.standing.company.fiscal_calendar.period("2026"), date(2026, 11, 1)
    held = round(value(scene, "quota", Span(year.start, day), rep="Bo Li") or 0)
    baseline = baseline_of(scene, year)
    draft = replace(first_draft(baseline), effective_on=day, kept_months=queries.kept_months(scene, year, day),
                    target_cents=1_500_000_00)  # fmt: skip
    assert gone_cents(baseline, draft) == {bo: held}
    _, found = published(store, baseline, draft)
    assert found.plan.assigned_cents == 1_500_000_00 - held
    now = sellers.scene(store)
    assert value(now, "quota", year) == pytest.approx(1_500_000_00, abs=0.01)
    assert value(now, "quota", year, rep="Bo Li") == pytest.approx(held, abs=0.01)
    (version,) = queries.versions_of(now, year)
    sentences = summing.sentences(found, draft, {"Bo Li": held}, queries.held_cents(now, year, day), "USD")
    assert sentences[1].startswith(f"With the {money.full(held, 'USD')} that those who left carried before (Bo Li")
    assert len(sentences) == 2
    letter = queries.letters_of(now, version)[0]
    assert ("All quotas together", "$1,500,000.00") in letter.facts
    assert letter.steps[1] == ("Less what those who left carried", money.full(found.plan.assigned_cents, "USD"))


def test_what_teams_held_for_themselves_is_told(store: Store) -> None:
    """The North has 1,200,000 of its own for 2026, its reps 720,000: to the end of October that is more by what is said."""
    with writing(store, "edit", LEADER, ["facts"]) as open_set:
        (north,) = (row["id"] for row in open_set.rows(Team, "id", "name") if row["name"] == "North")
        open_set.insert(Quota, [{"key": "North | bookings", "team_id": north, "metric": "bookings", "amount_cents": 1_200_000_00,
                                 "starts_on": date(2026, 1, 1), "ends_before": date(2027, 1, 1)}])  # fmt: skip
        refresh_totals(open_set, company_within(open_set).working_calendar)
    scene = sellers.scene(store)
    year, day = scene.standing.company.fiscal_calendar.period("2026"), date(2026, 11, 1)
    baseline = baseline_of(scene, year)
    draft = replace(first_draft(baseline), effective_on=day, kept_months=queries.kept_months(scene, year, day),
                    target_cents=1_500_000_00)  # fmt: skip
    found = allocation(plan_of(baseline, draft))
    held = queries.held_cents(scene, year, day)
    assert held is not None
    more = held - summing.parts(found, draft).before_cents
    working = scene.standing.company.working_calendar
    share = working.working_days_count(Span(year.start, day)) / working.working_days_count(year)
    assert more == pytest.approx((1_200_000_00 - 720_000_00) * share, abs=10)
    (_, said) = summing.sentences(found, draft, {}, held, "USD")
    assert f"{money.full(more, 'USD')} more than the reps carried." in said


def test_a_first_plan_inside_its_period_says_what_is_published_for_nobody(store: Store) -> None:
    with writing(store, "edit", LEADER, ["facts"]) as open_set:
        open_set.delete(Quota, [row["id"] for row in open_set.rows(Quota, "id")])
        refresh_totals(open_set, company_within(open_set).working_calendar)
    scene = sellers.scene(store)
    year, day = scene.standing.company.fiscal_calendar.period("2026"), date(2026, 11, 1)
    baseline = baseline_of(scene, year)
    draft = replace(first_draft(baseline), effective_on=day)
    _, found = published(store, baseline, draft)
    known = summing.parts(found, draft)
    assert known.before_cents + known.to_come_cents == draft.target_cents
    assert value(sellers.scene(store), "quota", year) == pytest.approx(known.to_come_cents, abs=0.01)
    (said,) = summing.sentences(found, draft, {}, None, "USD")
    assert said.startswith(f"{money.full(known.before_cents, 'USD')} falls on the months before November 2026")
    assert summing.sentences(found, replace(draft, effective_on=year.start), {}, None, "USD") == []


def test_publishing_again_takes_the_place_of_the_version_before(
    store: Store, baseline: Baseline, quarter: Period
) -> None:
    published(store, baseline)
    _, second = published(store, baseline, replace(first_draft(baseline), over_assignment=1.1))
    scene = sellers.scene(store)
    assert value(scene, "quota", quarter) == second.plan.assigned_cents
    assert [(version.number, version.stage) for version in queries.versions_of(scene, quarter)] == [
        (1, "published"),
        (2, "published"),
    ]


def test_undoing_a_publication_brings_back_what_held(store: Store, baseline: Baseline) -> None:
    plan_id, _ = saved(store, baseline)
    actions.review(store, LEADER, plan_id, [int(person) for person in baseline.members["person_id"]], True)
    actions.finish_review(store, LEADER, plan_id)
    before = contents(store)
    actions.publish(store, LEADER, plan_id)
    last = max(row["created_in"] for row in contents(store)["quota"])
    undo(store, last, LEADER)
    assert {name: rows for name, rows in contents(store).items() if name != "change_set"} == {
        name: rows for name, rows in before.items() if name != "change_set"
    }


def test_nothing_is_published_that_nobody_accepted(store: Store, baseline: Baseline) -> None:
    plan_id, _ = saved(store, baseline)
    with pytest.raises(Refusal, match="is draft"):
        actions.publish(store, LEADER, plan_id)
    everyone = [int(person) for person in baseline.members["person_id"]]
    actions.review(store, LEADER, plan_id, everyone, True)
    actions.review(store, LEADER, plan_id, everyone[:1], False, "too much")
    with pytest.raises(Refusal, match="Ana Ruiz"):
        actions.finish_review(store, LEADER, plan_id)
    said = queries.reviews_of(sellers.scene(store), plan_id)
    assert (said[everyone[0]].is_accepted, said[everyone[0]].comment) == (False, "too much")
    assert said[everyone[1]].is_accepted


def test_an_older_version_is_not_published_over_a_newer_one(store: Store, baseline: Baseline) -> None:
    everyone = [int(person) for person in baseline.members["person_id"]]
    first, _ = saved(store, baseline)
    actions.review(store, LEADER, first, everyone, True)
    actions.finish_review(store, LEADER, first)
    published(store, baseline, replace(first_draft(baseline), over_assignment=1.1))
    with pytest.raises(Refusal, match="Version 2 is published"):
        actions.publish(store, LEADER, first)


def test_a_comment_needs_a_word(store: Store, baseline: Baseline) -> None:
    plan_id, _ = saved(store, baseline)
    with pytest.raises(Refusal):
        actions.review(store, LEADER, plan_id, [1], False, " ")


def test_a_draft_comes_back_as_it_was_saved(store: Store, baseline: Baseline, quarter: Period) -> None:
    key = person_key(int(baseline.members["person_id"].iloc[0]))
    draft = replace(
        first_draft(baseline),
        mix=(("history", 2.0), ("even", 1.0)),
        owner="Max Boss",
        terms={key: Terms(override_cents=0, reason="on leave", floor_cents=0)},
        kept_months={key: {date(2027, 1, 1): 12_00}},
    )
    plain = replace(draft, kept_months={})
    plan_id, found = saved(store, baseline, plain)
    (version,) = queries.versions_of(sellers.scene(store), quarter)
    assert version.draft == plain
    assert version.id == plan_id
    assert queries.planned(sellers.scene(store), plan_id).set_index("rep")["amount_cents"]["Ana Ruiz"] == 0
    assert found.quotas[key].amount_cents == 0


def test_scenarios_are_kept_in_versions(store: Store) -> None:
    start = date(2027, 1, 1)
    hires = Hires(name="two", starts_on=start, count=2, unit="North", ramp=DEFAULT_RAMP, monthly_cost_cents=8_000_00)
    first = Scenario("Hiring", (hires,))
    second = first.with_lever(Market(name="market", starts_on=start, change_share=0.1))
    assert actions.save_scenario(store, LEADER, first, copied_from="Plan B v1") == 1
    assert actions.save_scenario(store, LEADER, second, note="with a market") == 2
    with pytest.raises(Refusal, match="like this already"):
        actions.save_scenario(store, LEADER, second)
    one, other = queries.scenarios_of(sellers.scene(store))["Hiring"]
    assert (one.scenario, one.number, one.copied_from, one.author) == (first, 1, "Plan B v1", "Lea Leader")
    assert (other.scenario, other.note) == (second, "with a market")


def test_a_scenario_needs_a_name(store: Store) -> None:
    with pytest.raises(Refusal, match="needs a name"):
        actions.save_scenario(store, LEADER, Scenario(" "))
