"""How many reps a target needs by arithmetic alone, beside the odds: section 6 of the definitions."""

import numpy as np
import streamlit as st

from spm import money
from spm.errors import Refusal
from spm.planning.ramp import ramp_by_month
from spm.planning.scenarios.capacity import reps_needed
from spm.ui import failures, show
from spm.ui.quota_plan import state
from spm.ui.quota_plan.lever_form import cents_of
from spm.ui.quota_plan.state import Planning


def draw(plan: Planning) -> None:
    """Target ÷ what a rep brings, each part open to change."""
    show.section(
        "By capacity",
        "Reps needed = target ÷ (what a ramped rep brings × mean ramp × attainment × seats that are filled).",
    )
    places = st.columns(4)
    brings = places[0].number_input(f"A ramped rep brings, {plan.currency}", 0.0, value=_usual(plan), step=1_000.0,
                                    format="%.0f", key=state.key_of("capacity_brings"),
                                    help="In these months; to begin with, what the projection holds.")  # fmt: skip
    ramp, attainment, vacant = (
        place.number_input(label, 0.0, most, value, step=1.0, key=state.key_of(f"capacity_{label}"), help=help) / 100
        for place, (label, most, value, help) in zip(places[1:], (
            ("Mean ramp, %", 100.0, round(100 * _mean_ramp(plan), 1), "Of those who are there, in these months"),
            ("Attainment, %", 200.0, 100.0, "Below 100 where the first number is a quota, of which not all is reached"),
            ("Empty seats, %", 99.0, 0.0, None),
        ), strict=True)
    )  # fmt: skip
    target = plan.draft.target_cents
    try:
        needed = reps_needed(target, cents_of(brings, plan.currency) or 0, ramp, attainment, vacant)
    except Refusal as refusal:
        failures.show_failure(refusal)
        return
    there = len(plan.baseline.members)
    st.markdown(show.marked(
        f"**{needed} {'rep' if needed == 1 else 'reps'}** for {money.short(target, plan.currency)}; there are {there}."
    ))  # fmt: skip


def _mean_ramp(plan: Planning) -> float:
    """The mean share of a full rep over the plan's months, of those who carry a quota in it."""
    known = plan.baseline
    return float(np.mean([ramp_by_month(day or None, known.months, known.ramp) for day in known.members["started_on"]]))


def _usual(plan: Planning) -> float | None:
    """What the projection holds for each rep at full ramp; None where it holds nothing."""
    ramped = _mean_ramp(plan) * len(plan.baseline.members)
    each = plan.baseline.members["projection_cents"].sum() / ramped if ramped else np.nan
    return float(round(money.major(float(each), plan.currency))) if each > 0 else None
