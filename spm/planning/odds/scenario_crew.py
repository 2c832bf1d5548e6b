"""The crew of a scenario: what its levers make of each rep's projection, and its hires as reps of their own."""

import numpy as np
import pandas as pd

from spm.errors import Refusal
from spm.planning.scenarios.levers import Hires
from spm.planning.scenarios.outlook import Outlook
from spm.planning.scenarios.scenario import Scenario, outcome


def in_scenario(reps: pd.DataFrame, baseline: Outlook, scenario: Scenario, hire_error_share: float) -> pd.DataFrame:
    """The rows of `spm.planning.odds.crew.crew_of` under a scenario: `reps` with what the levers change, then the hires.

    `reps` has rep, unit (of the baseline), expected_cents (a list by month of the baseline) and error_cents, other columns
    stay. A rep's months go as their unit's go without hires, and the error with their sum. A hire brings what the lever
    adds in the scenario, with an error of `hire_error_share` of that (there is no own back-test), and has no quota yet.
    """
    hiring = [lever for lever in scenario.levers if isinstance(lever, Hires)]
    present = Scenario(scenario.name, tuple(lever for lever in scenario.levers if lever not in hiring))
    after = outcome(baseline, present)
    if lost := set(reps["unit"]) - set(baseline.units):
        raise Refusal(f"{min(lost)} is not in this plan's baseline.", "Choose a unit that is.")
    before = baseline.bookings_cents
    ratio = np.divide(after.bookings_cents, before, out=np.ones_like(before), where=before != 0)
    rows = [baseline.units.index(unit) for unit in reps["unit"]]
    expected = np.array(reps["expected_cents"].tolist(), dtype=float)
    changed = expected * ratio[rows]
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
    each = (hired.bookings_cents - present.bookings_cents).sum(axis=0) / lever.count
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
