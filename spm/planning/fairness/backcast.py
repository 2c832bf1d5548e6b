"""The proposed quotas held against results that are known already. Pure."""

import pandas as pd

from spm.metrics.wording import percent
from spm.planning.allocation.quotas import Allocation
from spm.planning.allocation.roster import HISTORY, POTENTIAL, person_key
from spm.planning.baseline.course import Baseline
from spm.planning.fairness.audit import Bias, Fairness, fairness
from spm.planning.ramp import tenure_months

SIZE, TENURE = "size of the territory", "tenure"
TRAITS = (SIZE, POTENTIAL, TENURE)


def cast(baseline: Baseline, found: Allocation) -> pd.DataFrame:
    """One row a rep with a quota: rep, team, manager, booked_cents (of the back-cast's months), quota_cents,
    last_quota_cents, the TRAITS, attainment.

    Size is bookings of the year *before* the one that is cast upon. Who did not sell yet in it has no bookings.
    """
    keys = [person_key(int(person)) for person in baseline.members["person_id"]]
    rows = baseline.members.assign(
        quota_cents=[found.quotas[key].amount_cents for key in keys],
        booked_cents=[
            None if found.quotas[key].owner.drivers[HISTORY] is None else cents
            for key, cents in zip(keys, baseline.members["past_cents"].astype(float), strict=True)
        ],
        **{
            SIZE: baseline.members["earlier_cents"].astype(float),
            TENURE: [
                float(tenure_months(started, baseline.period.start)) if started else float("nan")
                for started in baseline.members["started_on"]
            ],
            POTENTIAL: [found.quotas[key].owner.drivers.get(POTENTIAL) for key in keys],
        },
    )
    return attained(rows.astype({POTENTIAL: float, "booked_cents": float}))


def attained(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with their attainment, NaN where the quota is 0; columns as `cast` says."""
    rows = rows.assign(attainment=rows["booked_cents"] / rows["quota_cents"].where(rows["quota_cents"] > 0))
    return rows[["rep", "team", "manager", "booked_cents", "quota_cents", "last_quota_cents", *TRAITS, "attainment"]]


def audit(rows: pd.DataFrame) -> Fairness:
    """The audit of `cast`'s rows; see `spm.planning.fairness.audit.fairness`."""
    return fairness(rows, TRAITS)


def verdict(found: Fairness, is_past: bool = True) -> str:
    """What the audit says, in a sentence or two; `is_past`: of quotas that did not hold then."""
    if found.attainment is None:
        return "There is no year to hold these quotas against yet."
    share = f"{percent(found.within_of_all_share or 0)} of {found.reps_count} reps"
    within = f"{share} {'would have been' if is_past else 'are'} within ± 20 % of what all reached"
    if not found.biases:
        return f"{within}; too few reps to test for a bias."
    if not found.found:
        return f"{within}; no bias by {' or '.join(bias.trait for bias in found.biases)} shows."
    said = [f"{_side(bias)} {bias.trait} goes with higher attainment" for bias in found.found]
    return f"Not even-handed: {' and '.join(said)}; {within}."


def _side(bias: Bias) -> str:
    shorter, longer = ("shorter", "longer") if bias.trait == TENURE else ("smaller", "larger")
    return longer if bias.correlation > 0 else shorter
