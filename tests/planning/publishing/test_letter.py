"""A letter says how a quota came about, from the numbers of the plan."""

from dataclasses import replace

from spm import money
from spm.calendar import Period
from spm.planning.allocation.quotas import allocation
from spm.planning.allocation.roster import first_draft, person_key, plan_of
from spm.planning.baseline.course import Baseline
from spm.planning.draft import Terms
from spm.planning.publishing import actions, queries
from spm.reports.letter import html, pdf
from spm.store.opening import Store
from tests.planning import sellers
from tests.planning.sellers import LEADER


def letters(store: Store, baseline: Baseline, quarter: Period, **changes: object):  # type: ignore[no-untyped-def]
    draft = replace(first_draft(baseline), **changes)  # type: ignore[arg-type]
    found = allocation(plan_of(baseline, draft))
    actions.save_plan(store, LEADER, baseline, draft, found, 0.5, 1)
    scene = sellers.scene(store)
    (version,) = queries.versions_of(scene, quarter)
    return found, {letter.rep: letter for letter in queries.letters_of(scene, version)}


def test_months_and_last_step_are_the_quota(store: Store, baseline: Baseline, quarter: Period) -> None:
    found, sent = letters(store, baseline, quarter, over_assignment=1.1)
    for row in baseline.members.itertuples():
        quota = found.quotas[person_key(int(row.person_id))]
        letter = sent[row.rep]
        assert letter.amount == money.full(quota.amount_cents, "USD")
        assert letter.steps[-1] == (quota.steps[-1].text, letter.amount)
        assert [amount for _, amount in letter.months] == [money.full(cents, "USD") for cents in quota.months_cents]
        assert letter.months[0][0] == "January 2027"
    assert "All quotas together are 110 % of the company target." in sent["Ana Ruiz"].sentences


def test_an_override_says_its_reason(store: Store, baseline: Baseline, quarter: Period) -> None:
    ana = person_key(int(baseline.members.set_index("rep").loc["Ana Ruiz", "person_id"]))
    terms = {ana: Terms(override_cents=100_000_00, reason="a key account <moves> to Bo")}
    _, sent = letters(store, baseline, quarter, terms=terms)
    letter = sent["Ana Ruiz"]
    assert letter.amount == "$100,000.00"
    assert "It was set by hand: a key account <moves> to Bo." in letter.sentences
    assert "&lt;moves&gt;" in html(letter)
    assert "<moves>" not in html(letter)


def test_a_draft_is_not_taken_for_a_quota_that_counts(store: Store, baseline: Baseline, quarter: Period) -> None:
    _, sent = letters(store, baseline, quarter)
    assert sent["Bo Li"].status == "Version 1, a draft that is not in force; it would be from 1 January 2027."


def test_all_letters_make_one_pdf(store: Store, baseline: Baseline, quarter: Period) -> None:
    _, sent = letters(store, baseline, quarter)
    made = pdf(list(sent.values()))
    assert made.startswith(b"%PDF-")
    assert made.count(b"/Type /Page\n") == len(sent)


def test_a_quota_by_potential_names_its_column(store: Store, baseline: Baseline, quarter: Period) -> None:
    sizes = {"Ana Ruiz": "4,000", "Bo Li": "1000", "Cy Day": "3000", "Di Fox": "2000"}
    known = replace(baseline, reps=baseline.reps.assign(named_accounts=baseline.reps["rep"].map(sizes)))
    bo = person_key(int(baseline.members.set_index("rep").loc["Bo Li", "person_id"]))
    _, sent = letters(
        store,
        known,
        quarter,
        mix=(("potential", 1.0),),
        potential_from="named_accounts",
        terms={bo: Terms(potential=1500)},
    )
    assert sent["Ana Ruiz"].steps[-1][0] == "72.7 % of North by potential (named accounts)"
    assert ("Your potential, by the column “named accounts”", "4,000") in sent["Ana Ruiz"].facts
    assert ("Your potential, typed into the plan", "1,500") in sent["Bo Li"].facts


def test_a_quota_by_something_else_says_nothing_of_potential(store: Store, baseline: Baseline, quarter: Period) -> None:
    _, sent = letters(store, baseline, quarter)
    assert not any("potential" in label for label, _ in sent["Ana Ruiz"].facts)
