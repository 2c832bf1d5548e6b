"""The frame of the quota plan: which period, the answer in words, the sections by question."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from urllib.parse import urlencode, urlsplit

import streamlit as st

from spm import money
from spm.calendar import Period
from spm.errors import Refusal
from spm.metrics.wording import percent, percent_change
from spm.planning.odds.plan_odds import hired_on, one_hire
from spm.planning.odds.wanted import hires_for, target_to_say
from spm.ui import asking, failures, show
from spm.ui.quota_plan import simulating, state
from spm.ui.quota_plan.state import Planning

WANTED = 0.8
FEW_HIRES = 10
SECTIONS = ("Scenarios", "Goal", "Allocation", "Odds", "Fairness", "Publish")


def pickers() -> None:
    """The period and the scenario that the page is about, both in the link."""
    known = {period.label: period for period in state.periods()}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.selectbox("Plan for", list(known), format_func=lambda label: _words(known[label]), key=state.PERIOD,
                     bind="query-params", width=150)  # fmt: skip
        names = [state.BASELINE, *state.scenario_names()]
        st.selectbox("Scenario", names, key=state.SCENARIO, bind="query-params", width=230,
                     help="What the odds, the goal and the projection are worked out under.")  # fmt: skip
        period = state.chosen_period()
        if state.is_worked_on(period):
            st.button("Drop my changes", icon=":material/undo:", type="tertiary", on_click=state.let_go, args=(period,),
                      help="Back to the last saved version, or to the first proposal.")  # fmt: skip
        with st.popover("Share", icon=":material/link:", type="tertiary"):
            st.caption("Whoever opens this link sees this plan as it was saved last.")
            asked = {state.PERIOD: _words(period), **_chosen(state.SCENARIO, state.SECTION)}
            address = urlsplit(st.context.url or "")
            st.code(address._replace(query=urlencode(asked)).geturl(), language=None, wrap_lines=True)


def section(draw: Mapping[str, Callable[[Planning], None]], plan: Planning) -> None:
    """Draws the section that is chosen."""
    chosen = st.segmented_control("Section", SECTIONS, default=SECTIONS[0], key=state.SECTION, bind="query-params",
                                  label_visibility="collapsed", required=True)  # fmt: skip
    if plan.waiting:
        st.info(
            f"Waiting for a reason: what is set by hand for {', '.join(plan.waiting)}.", icon=":material/edit_note:"
        )
    draw[chosen or SECTIONS[0]](plan)


def headline(plan: Planning) -> None:
    """How likely the plan is as it stands, and what would make it likelier."""
    target = money.short(plan.draft.target_cents, plan.currency)
    if plan.refused or plan.found is None:
        show.headline(f"{target} for {plan.period.title} can't be shared out like this", "")
        if plan.refused:
            st.warning(f"**{plan.refused.sentence}** {plan.refused.hint}", icon=":material/info:")
        return
    under = f" under “{plan.scenario.name}”" if plan.scenario.levers else " as it stands"
    try:
        likely = simulating.odds_of(plan).probability
    except Refusal as refusal:  # a lever acts on what is not there any more
        show.headline(f"{target} for {plan.period.title} can't be simulated{under}", "")
        failures.show_failure(refusal)
        return
    way = "" if likely >= WANTED else f"; {_way(plan)}"
    show.headline(f"{target} for {plan.period.title}: {percent(likely)} likely{under}{way}.", _rests_on(plan))


def planning() -> Planning | None:
    """The plan in view; None, with the reason shown, where its period can't be projected."""
    try:
        return state.planning()
    except Refusal as refused:
        show.empty(refused.sentence, refused.hint, "upload", "Upload sheets")
        return None


def nothing_yet() -> None:
    """The page of a store without bookings."""
    show.empty(
        "There is nothing to plan from yet.",
        "Bring deals or orders of at least one whole month: the projection of each rep is what a plan is held against.",
        "upload",
        "Upload sheets",
    )


def _way(plan: Planning) -> str:
    """The fewest hires that make it likely enough, else the target that would be."""
    found = simulating.odds_of(plan)
    target = target_to_say(found, WANTED)
    reached = money.short(target, plan.currency) if target > 0 else "no target above 0"
    less = f"{reached} would be {percent(WANTED)}"
    members = plan.baseline.members
    teams = members["team"].value_counts()
    crew = one_hire(plan.baseline, str(teams.index[0]))
    if not crew.expected_cents.sum() > 0:
        return less
    try:
        needed = hires_for(found, crew, WANTED, most=FEW_HIRES)
    except Refusal:
        return less
    hires = "one hire" if needed.count == 1 else f"{needed.count} hires"
    start, verb = hired_on(plan.baseline), "makes" if needed.count == 1 else "make"
    return f"{hires} by {start.day} {start:%b} {verb} it {percent(needed.probabilities[-1])}"


def _rests_on(plan: Planning) -> str:
    baseline = plan.baseline
    lands = baseline.landing.lands
    parts = [
        f"The projection lands at {money.short(lands.value, plan.currency)} "
        f"({money.short(lands.low_80, plan.currency)} to {money.short(lands.high_80, plan.currency)}, 80 % range)"
    ]
    last_year = baseline.members["last_year_cents"].sum(min_count=1)
    if baseline.days.last_year and last_year and plan.draft.target_cents:
        grown = plan.draft.target_cents / float(last_year) - 1
        part = ", partly projected" if baseline.days.projected_count else ""
        parts.append(f"the target is {percent_change(grown)} on {baseline.days.last_year.title}{part}")
    if not baseline.is_measured:
        parts.append("its range is as wide as usual: how far off landings are here is not measured yet")
    saved = plan.versions[-1].title if plan.versions else "Not saved yet"
    changed = ", with changes of yours" if plan.versions and state.is_worked_on(plan.period) else ""
    return f"{'; '.join(parts)}. {len(baseline.members)} reps. {saved}{changed}."


def _words(period: Period) -> str:
    return period.title if "Q" in period.label else f"Year {period.title}"


def _chosen(*keys: str) -> dict[str, str]:
    return {key: str(st.session_state[key]) for key in keys if st.session_state.get(key)}


def is_ready() -> bool:
    """Whether there is anything to plan from."""
    return asking.scene().covered_span() is not None and bool(state.periods())


def with_target(plan: Planning, target_cents: int) -> None:
    """Takes another target."""
    state.work_on(plan.period, replace(plan.draft, target_cents=target_cents))
    state.turn_over()
