"""The crew of a plan: the baseline's reps under a scenario, its hires as reps of their own, the quotas of an allocation. Pure."""

from datetime import date

import numpy as np
import pandas as pd

from spm.calendar import plus_months
from spm.errors import Refusal
from spm.planning.allocation.quotas import Allocation
from spm.planning.allocation.roster import person_key
from spm.planning.baseline.course import Baseline
from spm.planning.odds.crew import Crew, crew_of, expected_before_zero
from spm.planning.scenarios.levers import Hires
from spm.planning.scenarios.outlook import Cells, Outlook
from spm.planning.scenarios.scenario import Scenario, outcome

UNKNOWN_ERROR_SHARE = 0.5  # of what a hire brings, where nobody's projection has an error to learn from
SEED = 1


def hire_error_share(baseline: Baseline) -> float:
    """How far off a hire may be, as a share of what they bring: as the median rep is."""
    expected = baseline.reps["expected_cents"].map(sum).to_numpy(dtype=float)
    known = baseline.reps["error_cents"].to_numpy(dtype=float)[expected > 0] / expected[expected > 0]
    known = known[known > 0]
    return float(np.median(known)) if len(known) else UNKNOWN_ERROR_SHARE


def crew_in(baseline: Baseline, scenario: Scenario, found: Allocation | None = None) -> Crew:
    """Everybody who books, as the simulation takes them; quotas where `found` has them, reference: last year's quota.

    Expectations are those of the projection once nobody books less than nothing (see `expected_before_zero`).
    """
    reps = baseline.reps.rename(columns={"team": "unit"})[["rep", "unit", "manager", "expected_cents", "error_cents"]]
    quotas = {} if found is None else {key: quota.amount_cents for key, quota in found.quotas.items()}
    keys = [None if pd.isna(person) else person_key(int(person)) for person in baseline.reps["person_id"]]
    reps = reps.assign(
        quota_cents=[quotas.get(key or "", np.nan) for key in keys],
        reference_cents=baseline.reps["last_quota_cents"].astype(float),
    )
    frame = in_scenario(reps, baseline.outlook, scenario, hire_error_share(baseline), baseline.part_shares)
    whole = frame["expected_cents"].map(sum).to_numpy(dtype=float)
    before = expected_before_zero(whole, frame["error_cents"].to_numpy(dtype=float))
    scale = np.divide(before, whole, out=np.ones_like(whole), where=whole > 0)
    expected = [
        np.asarray(months, dtype=float) * share for months, share in zip(frame["expected_cents"], scale, strict=True)
    ]
    return crew_of(frame.assign(expected_cents=expected, team=frame["unit"]))


def in_scenario(
    reps: pd.DataFrame, baseline: Outlook, scenario: Scenario, hire_error_share: float, part_shares: Cells | float = 1.0
) -> pd.DataFrame:
    """The rows of `crew_of` under a scenario: `reps` with what the levers change, then the hires.

    `reps` has rep, unit (of the baseline), expected_cents (a list by month of the baseline) and error_cents, other columns
    stay. A rep keeps their share of each part of their unit without hires (`part_shares`: reps × parts × months), and the
    error goes with the sum of their months. A hire brings what the lever adds in the scenario, with an error of
    `hire_error_share` of that (there is no own back-test), and has no quota yet.
    """
    hiring = [lever for lever in scenario.levers if isinstance(lever, Hires)]
    present = Scenario(scenario.name, tuple(lever for lever in scenario.levers if lever not in hiring))
    after = outcome(baseline, present)
    if lost := set(reps["unit"]) - set(baseline.units):
        raise Refusal(f"{min(lost)} is not in this plan's baseline.", "Choose a unit that is.")
    rows = [baseline.units.index(unit) for unit in reps["unit"]]
    expected = np.array(reps["expected_cents"].tolist(), dtype=float)
    before = baseline.bookings_cents
    ratio = np.divide(after.bookings_cents, before, out=np.ones_like(before), where=before != 0)
    changed = (expected[:, None] * part_shares * ratio[rows]).sum(axis=1)
    grown = np.divide(
        changed.sum(axis=1), expected.sum(axis=1), out=np.ones(len(reps)), where=expected.sum(axis=1) != 0
    )
    found = reps.assign(expected_cents=list(changed), error_cents=reps["error_cents"] * grown, is_hire=False)
    hired = [
        row
        for lever in hiring
        for row in _hired(lever, outcome(baseline, present.with_lever(lever)), after, hire_error_share)
    ]
    return pd.concat([found, pd.DataFrame(hired)], ignore_index=True) if hired else found


def _hired(lever: Hires, hired: Outlook, present: Outlook, error_share: float) -> list[dict[str, object]]:
    """One row a hire: what the lever adds, by month, in equal parts."""
    each = (hired.bookings_cents - present.bookings_cents).sum(axis=(0, 1)) / lever.count
    return [
        {
            "rep": f"{lever.name} {number}",
            "unit": lever.unit or present.units[0],
            "expected_cents": each,
            "error_cents": float(each.sum()) * error_share,
            "is_hire": True,
        }
        for number in range(1, lever.count + 1)
    ]


def hired_on(baseline: Baseline) -> date:
    """The first day on which somebody who is hired now can start: the plan's first, or the next month's where it runs."""
    return max(baseline.period.start, plus_months(baseline.today, 1))


def one_hire(baseline: Baseline, team: str) -> Crew:
    """A crew of one: somebody who starts in a team on `hired_on`, with the company's ramp and productivity."""
    lever = Hires(name="hire", starts_on=hired_on(baseline), count=1, unit=team, ramp=baseline.ramp)
    before, after = baseline.outlook, outcome(baseline.outlook, Scenario("", (lever,)))
    brings = (after.bookings_cents - before.bookings_cents).sum(axis=(0, 1))
    error = float(brings.sum()) * hire_error_share(baseline)
    return crew_of(pd.DataFrame([{"rep": "hire", "expected_cents": brings, "error_cents": error, "is_hire": True}]))
