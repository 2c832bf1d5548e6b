"""What a reader works on: the period, the draft of its quotas, the scenario. Kept in the browser's tab until it is saved."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from spm.calendar import Period
from spm.errors import Refusal
from spm.forecast.publishing.queries import latest_run
from spm.metrics.queries import Scene
from spm.planning.allocation.quotas import Allocation, allocation
from spm.planning.allocation.roster import first_draft, gone_cents, plan_of
from spm.planning.baseline.course import Baseline
from spm.planning.baseline.queries import baseline_of, plan_periods
from spm.planning.draft import Draft, as_plain, from_plain
from spm.planning.odds.plan_odds import SEED
from spm.planning.publishing import queries, summing
from spm.planning.publishing.model import Kept, Version
from spm.planning.scenarios import plain
from spm.planning.scenarios.outlook import Segment
from spm.planning.scenarios.scenario import Scenario
from spm.planning.segments.queries import split
from spm.ui import asking
from spm.ui.questions import Key

PERIOD, SCENARIO, SECTION = "plan", "scenario", "section"
BASELINE = "Baseline"
WORKED_ON, TURN = "quota plan drafts", "quota plan turn"


@dataclass(frozen=True, eq=False)
class Planning:
    """A plan as it stands on the page. `found` is None where `refused` says why its quotas can't be worked out.

    `waiting`: names of those for whom something is set by hand that counts once it has a reason.
    """

    period: Period
    baseline: Baseline
    draft: Draft
    found: Allocation | None
    refused: Refusal | None
    waiting: tuple[str, ...]
    scenario: Scenario
    versions: tuple[Version, ...]

    @property
    def currency(self) -> str:
        return self.baseline.currency


def periods() -> list[Period]:
    return asking.answer(plan_periods)


def chosen_period() -> Period:
    """The period that the link or the picker names, the next quarter where none."""
    known = {period.label: period for period in periods()}
    return known.get(st.session_state.get(PERIOD) or "", next(iter(known.values())))


def planning() -> Planning:
    """The plan in view. Raises Refusal where its period can't be projected."""
    period = chosen_period()
    baseline = _baseline(known(), period, asking.scene())
    versions = tuple(queries.versions_of(asking.scene(), period))
    draft = _worked_on(period) or (versions[-1].draft if versions else _begun(period, baseline))
    ready, waiting = _ready(draft, baseline)
    try:
        found, refused = _allocated(known(), period, json.dumps(as_plain(ready)), ready, baseline), None
    except Refusal as refusal:
        found, refused = None, refusal
    return Planning(period, baseline, draft, found, refused, waiting, chosen_scenario(), versions)


def under(plan: Planning, scenario: Scenario) -> Baseline:
    """The baseline as a scenario's levers act on it: split by the segments that they name."""
    if not scenario.segments:
        return plan.baseline
    return _split(known(), plan.period, scenario.segments, asking.scene(), plan.baseline)


@st.cache_data(max_entries=20, ttl="1h", show_spinner="Splitting the plan’s months by segment …")
def _split(
    known: tuple[Key, int | None], period: Period, segments: tuple[Segment, ...], _scene: Scene, _baseline: Baseline
) -> Baseline:
    return split(_scene, _baseline, segments)


def known() -> tuple[Key, int | None]:
    """What the numbers of this page rest on: the store as it is, and the forecast that was published last (None: none yet).

    How wide ranges are is measured with a forecast, which comes some time after the facts.
    """
    run = latest_run(asking.scene())
    return asking.state(), run.id if run else None


@st.cache_data(max_entries=50, ttl="1h", show_spinner="Projecting the plan’s months …")
def _baseline(known: tuple[Key, int | None], period: Period, _scene: Scene) -> Baseline:
    return baseline_of(_scene, period)


@st.cache_resource(max_entries=50, ttl="1h", show_spinner=False)
def _allocated(
    known: tuple[Key, int | None], period: Period, drafted: str, _draft: Draft, _baseline: Baseline
) -> Allocation:
    """The quotas of a draft, which is known by what is `drafted`. Nobody may change them."""
    return allocation(plan_of(_baseline, _draft))


def _begun(period: Period, baseline: Baseline) -> Draft:
    draft = first_draft(baseline)
    return replace(draft, kept_months=asking.answer(queries.kept_months, period, draft.effective_on))


def _ready(draft: Draft, baseline: Baseline) -> tuple[Draft, tuple[str, ...]]:
    """The draft without what is set by hand and has no reason yet, and for whom that is."""
    names = {f"person {row.person_id}": row.rep for row in baseline.members.itertuples()}
    waiting = [key for key, terms in draft.terms.items() if terms.is_waiting]
    for key in waiting:
        draft = draft.with_terms(key, replace(draft.of(key), override_cents=None, months_cents={}))
    return draft, tuple(names.get(key, key.removeprefix("team ")) for key in waiting)


def ready(plan: Planning) -> Draft:
    """The draft as its quotas are worked out."""
    return _ready(plan.draft, plan.baseline)[0]


def of_months_before(plan: Planning) -> list[str]:
    """How a plan that takes effect inside its period adds up; see `summing.sentences`."""
    if plan.found is None:
        return []
    people = asking.scene().org.people
    names = dict(zip(people["id"], people["rep"], strict=True))
    gone = {str(names[person]): cents for person, cents in gone_cents(plan.baseline, plan.draft).items()}
    held = asking.answer(queries.held_cents, plan.period, plan.draft.effective_on)
    return summing.sentences(plan.found, plan.draft, gone, held, plan.currency)


def _worked_on(period: Period) -> Draft | None:
    kept = st.session_state.get(WORKED_ON, {}).get(period.label)
    return from_plain(json.loads(kept)) if kept else None


def work_on(period: Period, draft: Draft) -> None:
    """Takes a draft as what this reader works on."""
    kept = {**st.session_state.get(WORKED_ON, {}), period.label: json.dumps(as_plain(draft))}
    st.session_state[WORKED_ON] = kept


def is_worked_on(period: Period) -> bool:
    """Whether there is something that is not saved."""
    return period.label in st.session_state.get(WORKED_ON, {})


def let_go(period: Period) -> None:
    """Forgets what was worked on: the last saved version stands again."""
    st.session_state[WORKED_ON] = {
        label: kept for label, kept in st.session_state.get(WORKED_ON, {}).items() if label != period.label
    }
    turn_over()


def turn_over() -> None:
    """Lets all fields take their values anew from the draft."""
    st.session_state[TURN] = st.session_state.get(TURN, 0) + 1


def key_of(name: str) -> str:
    """The key of a field that shows a part of the draft in view."""
    return f"{name}_{chosen_period().label}_{st.session_state.get(TURN, 0)}"


def changing(
    plan: Planning, field: str, key: str, read: Callable[[Any], Any] = lambda value: value
) -> Callable[[], None]:
    """What to do when the widget `key` changes: put what it says, as `read`, into a field of the draft."""

    def change() -> None:
        work_on(plan.period, replace(plan.draft, **{field: read(st.session_state[key])}))

    return change


def saved_scenarios() -> dict[str, list[Kept]]:
    return queries.scenarios_of(asking.scene())


def chosen_scenario() -> Scenario:
    """The scenario in view as the reader has it, the baseline's where none is chosen."""
    return scenario_called(st.session_state.get(SCENARIO) or BASELINE)


def scenario_called(name: str) -> Scenario:
    """A scenario as the reader has changed it, else as it was saved last; without levers where there is none."""
    changed = st.session_state.get("quota plan levers", {}).get(name)
    if changed:
        return plain.from_plain(json.loads(changed))
    kept = saved_scenarios().get(name)
    return kept[-1].scenario if kept else Scenario("" if name == BASELINE else name)


def change_levers(scenario: Scenario) -> None:
    """Takes a scenario as what this reader works on."""
    kept = st.session_state.get("quota plan levers", {})
    st.session_state["quota plan levers"] = {**kept, scenario.name: json.dumps(plain.as_plain(scenario))}


def forget_levers(name: str) -> None:
    kept = st.session_state.get("quota plan levers", {})
    st.session_state["quota plan levers"] = {known: text for known, text in kept.items() if known != name}


def scenario_names() -> list[str]:
    """Saved ones and those begun in this tab."""
    return list(dict.fromkeys([*saved_scenarios(), *st.session_state.get("quota plan levers", {})]))


def seed() -> int:
    return int(st.session_state.get("seed") or SEED)
