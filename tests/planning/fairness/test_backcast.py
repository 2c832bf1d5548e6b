"""Proposed quotas held against last year's results."""

from dataclasses import replace

import pytest

from spm.planning.allocation.quotas import allocation
from spm.planning.allocation.roster import first_draft, plan_of
from spm.planning.baseline.course import Baseline
from spm.planning.fairness.backcast import SIZE, audit, cast, verdict


def test_attainment_is_last_years_bookings_on_the_new_quota(baseline: Baseline) -> None:
    found = allocation(plan_of(baseline, first_draft(baseline)))
    rows = cast(baseline, found).set_index("rep")
    ana = baseline.members.set_index("rep").loc["Ana Ruiz"]
    assert rows.loc["Ana Ruiz", "booked_cents"] == ana["past_cents"]
    assert rows.loc["Ana Ruiz", SIZE] == ana["earlier_cents"]
    assert rows.loc["Ana Ruiz", "attainment"] == pytest.approx(ana["past_cents"] / rows.loc["Ana Ruiz", "quota_cents"])


def test_who_did_not_sell_yet_is_not_held_against_it(baseline: Baseline) -> None:
    reps = baseline.reps.copy()
    reps.loc[reps["rep"] == "Bo Li", ["last_year_cents", "past_cents"]] = 0
    changed = replace(baseline, reps=reps)
    rows = cast(changed, allocation(plan_of(changed, first_draft(baseline))))
    assert audit(rows).reps_count == 3


def test_too_few_reps_are_not_tested(baseline: Baseline) -> None:
    found = audit(cast(baseline, allocation(plan_of(baseline, first_draft(baseline)))))
    assert found.biases == ()
    assert verdict(found).endswith("too few reps to test for a bias.")
