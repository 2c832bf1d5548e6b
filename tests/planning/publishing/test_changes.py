"""What changed between two versions of a plan, in words and rep by rep."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from spm.planning.draft import Draft, Terms
from spm.planning.publishing.changes import asked_changes, quota_changes

JANUARY = date(2027, 1, 1)
DRAFT = Draft(1_000_000_00, (("projection", 1.0),), JANUARY)


def test_the_same_draft_has_not_changed() -> None:
    assert asked_changes(DRAFT, replace(DRAFT, terms={}), {}, "USD") == []


def test_what_was_asked_otherwise_is_said_with_both_values() -> None:
    terms = {
        "person 1": Terms(override_cents=90_000_00, reason="new region"),
        "person 2": Terms(months_cents={JANUARY: 0, date(2027, 3, 1): 5_00}, reason="leave"),
        "team South": Terms(ceiling_cents=0),
    }
    after = replace(DRAFT, target_cents=1_100_000_00, mix=(("history", 3.0), ("potential", 1.0)), over_assignment=1.05,
                    change_share=0.2, potential_from="accounts", scenario="Two hires", terms=terms)  # fmt: skip
    found = asked_changes(DRAFT, after, {"person 1": "Ana", "person 2": "Bo"}, "USD")
    assert [change.sentence for change in found] == [
        "Target: $1,000,000.00 → $1,100,000.00",
        "Shared out by: 100 % projection → 75 % last year and 25 % potential",
        "Potential from: not set → accounts",
        "Quotas against the target: 100 % → 105 %",
        "At most ± on last year: not set → 20 %",
        "Scenario: not set → Two hires",
        "Ana, set by hand: not set → $90,000.00",
        "Ana, reason: not set → new region",
        "Bo, months set by hand: not set → Jan 2027 $0.00, Mar 2027 $5.00",
        "Bo, reason: not set → leave",
        "South, at most: not set → $0.00",
    ]
    back = asked_changes(after, DRAFT, {}, "USD")
    assert [(change.what, change.before, change.after) for change in back][:2] == [
        ("Target", "$1,100,000.00", "$1,000,000.00"), ("Shared out by", "75 % last year and 25 % potential", "100 % projection")
    ]  # fmt: skip


def test_who_carries_another_quota_the_largest_difference_first() -> None:
    columns = ["person_id", "rep", "amount_cents"]
    before = pd.DataFrame([(1, "Ana", 100), (2, "Bo", 200), (3, "Cy", 300), (4, "Di", 0)], columns=columns)
    after = pd.DataFrame([(1, "Ana", 150), (2, "Bo", 200), (4, "Di", 10), (5, "Eve", 250)], columns=columns)
    found = quota_changes(before, after)
    assert found["rep"].tolist() == ["Cy", "Eve", "Ana", "Di"]
    assert found["change_cents"].tolist() == [-300, 250, 50, 10]
    assert found["change_share"].isna().tolist() == [True, True, False, True]  # gone, new, from 0
    assert found["change_share"][2] == pytest.approx(0.5)
    assert found["after_cents"].isna().tolist() == [True, False, False, False]
    assert quota_changes(before, before).empty
