"""The levers of the scenario in view: what each brings, moved by sliders; added, removed, saved, copied."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st

from spm import money
from spm.errors import Refusal
from spm.metrics.registry import Unit
from spm.metrics.wording import percent
from spm.planning.publishing import actions
from spm.planning.scenarios import words
from spm.planning.scenarios.contributions import Contributions, contributions
from spm.planning.scenarios.lever import Lever
from spm.planning.scenarios.outlook import Outlook
from spm.planning.scenarios.scenario import Scenario
from spm.planning.segments.profile import profile
from spm.ui import failures, opening, saving, show
from spm.ui.quota_plan import lever_form, state
from spm.ui.quota_plan.state import Planning

LABELS = {"starts_on": "from", "ends_on": "until", "unit": "team", "segment": "segment", "monthly_cost_cents": "cost a month",
          "phase_in_months": "months to full effect", "ramp": "ramp"}  # fmt: skip
WIDEST_SHARE, WIDEST_DAYS = 50.0, 90.0


def draw(plan: Planning) -> None:
    """The levers of the scenario in view; for the baseline, how to begin one."""
    if plan.scenario.name:
        with st.container(border=True):
            show.section(
                f"Levers of {plan.scenario.name}", "What each brings by itself; together they make the scenario."
            )
            _levers(plan)
            lever_form.draw(plan)
            _keep(plan)
    _begin()


def label_of(lever: Lever, field: str) -> str:
    """A field of a lever as a form names it."""
    asked = lever.asked()
    return asked[field].label.lower() if field in asked else LABELS.get(field, field.replace("_", " "))


def _levers(plan: Planning) -> None:
    if not plan.scenario.levers:
        st.caption("No lever yet: it is the baseline.")
        return
    try:
        outlook = state.under(plan, plan.scenario).outlook
        found = contributions(outlook, plan.scenario)
    except Refusal as refusal:
        failures.show_failure(refusal)
        found = None
    for at, lever in enumerate(plan.scenario.levers):
        with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
            brought = found.levers[at].alone_cents if found else None
            told = [words.sentence(lever, plan.currency), *_rests_on(lever, outlook if lever.segment else None)]
            st.markdown("  \n".join([f"**{show.plain(lever.name)}**", *(f":small[{show.plain(one)}]" for one in told)]),
                        width=330)  # fmt: skip
            _mover(plan, lever)
            if brought is not None:
                st.metric("By itself", show.plain(_signed(brought, plan.currency)), width=150)
            st.button("Remove", icon=":material/close:", type="tertiary", key=f"off_{plan.scenario.name}_{lever.name}",
                      on_click=state.change_levers, args=(plan.scenario.without(lever.name),))  # fmt: skip
    if found:
        st.caption(show.plain(_together(found, plan.currency)))


def _rests_on(lever: Lever, outlook: Outlook | None) -> list[str]:
    """By which elasticity bookings follow a lever on behaviour; of a segment how much it is, and how its deals go."""
    found = [words.rests_on(lever)]
    if outlook is not None:
        known = profile(outlook, lever.unit, lever.segment)
        parts = [f"{percent(known.share)} of the baseline"]
        parts += [] if known.win_rate is None else [f"win rate {percent(known.win_rate)}"]
        parts += [] if known.cycle_days is None else [f"cycle {known.cycle_days:.0f} days"]
        found.append(", ".join(parts))
    return [one for one in found if one]


def _together(found: Contributions, currency: str) -> str:
    whole = _signed(found.outcome_cents - found.baseline_cents, currency)
    if not found.interaction_cents:
        return f"Together {whole}, exactly what each brings by itself."
    return f"Together {whole}: {_signed(found.interaction_cents, currency)} of it comes of levers meeting, whatever their order."


def _signed(cents: float, currency: str) -> str:
    sign = "+" if cents > 0 else "−" if cents < 0 else "±"
    return f"{sign}{money.short(abs(cents), currency)}"


def _mover(plan: Planning, lever: Lever) -> None:
    """The slider of the lever's first number."""
    name, asked = next(iter(lever.asked().items()))
    key = f"move_{plan.scenario.name}_{lever.name}"
    value = getattr(lever, name)

    def moved(read: Callable[[Any], Any]) -> Callable[[], None]:
        def move() -> None:
            try:
                state.change_levers(plan.scenario.with_lever(replace(lever, **{name: read(st.session_state[key])})))
            except Refusal as refusal:
                failures.show_failure(refusal)

        return move

    match asked.unit:
        case Unit.SHARE:
            percent = round(100 * value, 2)
            least, most = (0.0, 100.0) if asked.is_part else (-WIDEST_SHARE, WIDEST_SHARE)
            st.slider(asked.label, min(least, percent), max(most, percent), percent, 0.5, key=key, width=300,
                      format="%g points" if asked.is_points else "%g %%",
                      on_change=moved(lambda percent: percent / 100))  # fmt: skip
        case Unit.DAYS:
            days = float(value)
            st.slider(asked.label, min(-WIDEST_DAYS, days), max(WIDEST_DAYS, days), days, 1.0, format="%g days",
                      key=key, width=300, on_change=moved(float))  # fmt: skip
        case Unit.MONEY:
            st.number_input(asked.label, 0.0, value=money.major(value, plan.currency), key=key, width=300,
                            on_change=moved(lambda amount: lever_form.cents_of(amount, plan.currency)))  # fmt: skip
        case _:
            fewest, highest = (-12, 12) if name == "by_months" else (0, 50)
            count = round(value)
            st.slider(asked.label, min(fewest, count), max(highest, count), count, key=key, width=300,
                      on_change=moved(int))  # fmt: skip


def _keep(plan: Planning) -> None:
    """Saving what was changed as the next version, and copying."""
    name = plan.scenario.name
    kept = state.saved_scenarios().get(name, [])
    is_changed = not kept or kept[-1].scenario != plan.scenario
    with st.container(horizontal=True, vertical_alignment="center"):
        label = f"Save as version {len(kept) + 1}" if kept else "Save scenario"
        if st.button(label, type="primary", disabled=not is_changed, icon=":material/save:", key=f"save_{name}"):
            saving.save(f"“{name}” is saved.", _saved, plan.scenario)
        if kept:
            st.caption(show.plain(kept[-1].title + (", with changes of yours" if is_changed else "")), width="content")
            if is_changed:
                st.button(
                    "Drop my changes", type="tertiary", on_click=state.forget_levers, args=(name,), key=f"drop_{name}"
                )
        with st.popover("Copy", icon=":material/content_copy:", type="tertiary"):
            copy = st.text_input("Name of the copy", f"{name} (copy)", key=f"copy_{name}")
            if st.button("Copy it", key=f"copy_it_{name}"):
                _copied(plan.scenario, copy.strip(), f"{name} v{len(kept)}" if kept else name)


def _saved(store: Any, author: Any, scenario: Scenario) -> None:
    actions.save_scenario(store, author, scenario)
    state.forget_levers(scenario.name)


def _copied(scenario: Scenario, name: str, origin: str) -> None:
    try:
        if name in state.scenario_names():
            raise Refusal(f"There is a scenario “{name}” already.", "Take another name.")
        actions.save_scenario(opening.store(), opening.author(), replace(scenario, name=name), copied_from=origin)
    except Refusal as refusal:
        failures.show_failure(refusal)
    else:
        st.session_state[saving.SAID] = f"“{name}” is a copy of {origin}: choose it above."
        st.rerun()


def _begin() -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input("New scenario", placeholder="Two hires in the West", key="scenario_new", width=300)
        st.button("Begin", icon=":material/add:", on_click=_begun, args=(name,), disabled=not name.strip())


def _begun(name: str) -> None:
    wanted = name.strip()
    if wanted and wanted != state.BASELINE and wanted not in state.scenario_names():
        state.change_levers(Scenario(wanted))
    st.session_state[state.SCENARIO] = wanted
    st.session_state["scenario_new"] = ""
