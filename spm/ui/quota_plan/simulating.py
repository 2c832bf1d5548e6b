"""Simulations of a plan: run once for a state of the store, with a bar that moves meanwhile, and kept for all readers."""

import json
from collections.abc import Callable
from typing import Any, TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from spm.planning.draft import as_plain
from spm.planning.odds.plan_odds import crew_in
from spm.planning.odds.simulation import RUNS, Odds, Progress, odds
from spm.planning.odds.tornado import Effect, tornado
from spm.planning.scenarios import plain
from spm.planning.scenarios.scenario import Scenario
from spm.ui.quota_plan import state
from spm.ui.quota_plan.state import Planning

Found = TypeVar("Found")


def odds_of(plan: Planning, scenario: Scenario | None = None) -> Odds:
    """The odds of the plan under a scenario (None: the one in view), from 10,000 seeded runs. Nobody may change them."""
    under = plan.scenario if scenario is None else scenario

    def simulated(progress: Progress) -> Odds:
        crew = crew_in(state.under(plan, under), under, plan.found)
        assumed = plan.draft.assumptions(plan.baseline.correlation)
        return odds(crew, plan.draft.target_cents, assumed, state.seed(), progress=progress)

    return _once("odds", plan, under, f"Simulating the plan {RUNS:,} times …", simulated)


def effects_of(plan: Planning) -> list[Effect]:
    """The odds with one assumption at either end, under the scenario in view."""

    found = odds_of(plan)

    def tried(progress: Progress) -> list[Effect]:
        return tornado(crew_in(state.under(plan, plan.scenario), plan.scenario, plan.found), found, progress=progress)

    return _once("effects", plan, plan.scenario, "Trying each assumption …", tried)


def _once(what: str, plan: Planning, under: Scenario, says: str, work: Callable[[Progress], Found]) -> Found:
    """What `work` gives, told by a bar while it goes on.

    The bar's place is there on every run: what follows would else be a place further, and what is open in it closed.
    """
    place = st.empty()
    asked = json.dumps([as_plain(plan.draft), plain.as_plain(under)])
    slot: list[Any] = _slot(what, repr(state.known()), plan.period.label, asked, state.seed())
    if not slot:
        try:
            slot.append(work(lambda share: _told(place, share, says)))
        finally:
            place.empty()
    found: Found = slot[0]
    return found


def _told(place: DeltaGenerator, share: float, says: str) -> None:
    place.progress(share, says)


@st.cache_resource(max_entries=250, ttl="1h", show_spinner=False)
def _slot(what: str, known: str, period: str, asked: str, seed: int) -> list[Any]:
    """Where one simulation's result is put once it is there: a cached function could draw no bar of its own."""
    return []
