"""Scenarios side by side, and what became of each; the levers of the one in view are in `quota_plan_levers`."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

import pandas as pd
import streamlit as st

from spm import charts, money
from spm.errors import Refusal
from spm.metrics.registry import Unit
from spm.planning.scenarios import words
from spm.planning.scenarios.lever import Lever
from spm.planning.scenarios.outlook import Outlook
from spm.planning.scenarios.scenario import Change, Scenario, by_month, changes, outcome
from spm.ui import failures, show, tables
from spm.ui.quota_plan import levers, simulating, state
from spm.ui.quota_plan.state import Planning
from spm.ui.tables import Column

MOST_BESIDE, A_ROW = 4, 3


def draw(plan: Planning) -> None:
    """Pictures on one scale, the levers of the one in view, the table that compares them."""
    shown = _beside(plan)
    try:
        _pictures(plan, shown)
        _table(plan, shown)
    except Refusal as refusal:
        failures.show_failure(refusal)
    levers.draw(plan)
    _versions(plan)


def _beside(plan: Planning) -> list[Scenario]:
    """The baseline and up to four scenarios: the one in view, and those that the reader puts beside it."""
    names = state.scenario_names()
    others = [name for name in names if name != plan.scenario.name]
    room = MOST_BESIDE - (plan.scenario.name in names)
    usual = [name for name in names if name not in others[room:]]
    if len(names) > 1:
        names = st.multiselect("Beside the baseline", names, usual, max_selections=MOST_BESIDE,
                               key=f"beside_{plan.scenario.name}_{len(names)}")  # fmt: skip
    else:
        names = usual
    return [Scenario(""), *(state.scenario_called(name) for name in names)]


def _pictures(plan: Planning, shown: Sequence[Scenario]) -> None:
    frames = [by_month(state.under(plan, scenario).outlook, scenario, plan.baseline.ranges) for scenario in shown]
    top = max(float(frame[["bookings_cents", "high_cents"]].max().max()) for frame in frames)
    rows = [st.columns(min(len(shown), A_ROW)) for _ in range(0, len(shown), A_ROW)]
    for place, scenario, frame in zip(chain(*rows), shown, frames, strict=False):
        with place.container(border=True):
            total = money.short(float(frame["bookings_cents"].sum()), plan.currency)
            show.section(f"{scenario.name or state.BASELINE}: {total}", "The band holds 80 % of outcomes.")
            drawn = frame.rename(columns=lambda name: name.removesuffix("_cents")).assign(
                top=top, label=[f"{month:%B %Y}" for month in frame["month"]]
            )
            show.chart(show.major(drawn, "bookings", "low", "high", "baseline", "top"), charts.scenario(show.symbol()),
                       f"Bookings by month in {scenario.name or 'the baseline'}, with their range")  # fmt: skip


def _table(plan: Planning, shown: Sequence[Scenario]) -> None:
    rows = [_row(plan, scenario) for scenario in shown]
    before = rows[0]["bookings_cents"]
    frame = pd.DataFrame(rows)
    frame["change"] = (frame["bookings_cents"] / before - 1).where(frame.index > 0) if before else None
    columns = [
        Column("name", "Scenario", is_pinned=True),
        Column("probability", "Reaches the plan", Unit.SHARE, "Of 10,000 simulated runs", width=130),
        Column("bookings_cents", "Bookings", Unit.MONEY),
        Column("change", "On the baseline", "change"),
        Column("headcount", "Reps at the end", Unit.COUNT),
        Column("capacity_cents", "Capacity", Unit.MONEY, "Ramped reps × productivity × season"),
        Column("cost_cents", "Cost", Unit.MONEY, "What the levers cost, where it was entered"),
    ]
    kept = [column for column in columns if frame[column.name].notna().any()]
    tables.table(frame, kept, "scenarios", "Scenarios side by side")


def _row(plan: Planning, scenario: Scenario) -> dict[str, object]:
    after = outcome(state.under(plan, scenario).outlook, scenario)
    rows = after.frame()
    last = rows[rows["month"] == after.months[-1]]
    return {
        "name": scenario.name or state.BASELINE,
        "bookings_cents": after.total_cents,
        "probability": simulating.odds_of(plan, scenario).probability,
        "headcount": round(last["headcount"].sum(min_count=1), 1),
        "capacity_cents": rows["capacity_cents"].sum(min_count=1),
        "cost_cents": _cost(after, rows),
    }


def _cost(after: Outlook, rows: pd.DataFrame) -> float | None:
    return float(rows["cost_cents"].sum()) if rows["cost_cents"].notna().any() else None


def _versions(plan: Planning) -> None:
    """What changed between two saved versions of the scenario in view."""
    kept = state.saved_scenarios().get(plan.scenario.name, [])
    if len(kept) < 2:
        return
    with st.expander(f"What changed between versions of {plan.scenario.name}", icon=":material/difference:"):
        titles = [one.title for one in kept]
        left, right = st.columns(2)
        before = left.selectbox("From", titles, len(titles) - 2, key=f"from_{plan.scenario.name}")
        after = right.selectbox("To", titles, len(titles) - 1, key=f"to_{plan.scenario.name}")
        one, other = kept[titles.index(before)].scenario, kept[titles.index(after)].scenario
        found = changes(replace(one, name=""), replace(other, name=""))
        if not found:
            st.caption("Nothing.")
        for change in found:
            was, is_now = (
                next((lever for lever in each.levers if lever.name == change.lever), None) for each in (one, other)
            )
            st.markdown(f"**{show.plain(change.lever)}**, {show.plain(_change_words(plan, change, was, is_now))}")


def _change_words(plan: Planning, change: Change, was: Lever | None, is_now: Lever | None) -> str:
    """What differs of one lever between two versions."""
    if change.field and was and is_now:
        before, after = (words.value_words(lever, change.field, plan.currency) for lever in (was, is_now))
        return f"{levers.label_of(is_now, change.field)}: {before} → {after}"
    told = [words.sentence(lever, plan.currency) if lever else "" for lever in (was, is_now)]
    return f"removed: {told[0]}" if is_now is None else f"added: {told[1]}" if was is None else " → ".join(told)
