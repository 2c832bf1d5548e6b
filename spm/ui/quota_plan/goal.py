"""The goal: what is to be reached, whether it is a goal at all, and what has to be done for it by each role."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pandas as pd
import streamlit as st

from spm import money
from spm.benchmarks.rates import CONFIDENCE
from spm.calendar import Span, plus_months
from spm.errors import Refusal
from spm.metrics import wording
from spm.metrics.registry import METRICS, Unit
from spm.people.roles import label_of
from spm.planning.allocation.roster import person_key
from spm.planning.goals.breakdown import RoleGoal, by_rep_and_month, smart
from spm.planning.goals.funnel import BOOKINGS, lands_at
from spm.planning.goals.queries import OF_COMPANY, role_ratios
from spm.planning.goals.roles import role_goals, with_targets
from spm.planning.scenarios.capacity import growth_target
from spm.scorecards.queries import bands_of
from spm.scorecards.versions.actions import save_versions
from spm.scorecards.versions.queries import scorecard_for
from spm.ui import asking, saving, show, tables
from spm.ui.quota_plan import page, simulating, state
from spm.ui.quota_plan.state import Planning
from spm.ui.tables import Column


def draw(plan: Planning) -> None:
    """The target with its four answers, then the breakdown by role."""
    left, right = st.columns(2)
    with left.container(border=True, height="stretch"):
        _target(plan)
    with right.container(border=True, height="stretch"):
        _smart(plan)
    if plan.found is None:
        return
    goals = _goals(plan)
    if not any(goal.needs for goal in goals):
        show.empty(
            "What has to be done for it can't be said yet.",
            "Deals or orders, and where there are any leads and activities, give each role its own ratios.",
            "upload",
            "Upload sheets",
        )
        return
    for goal in goals:
        if goal.needs:
            _broken_down(plan, goal)


def _target(plan: Planning) -> None:
    show.section("The goal", "Bookings of the company in the period.")
    key = state.key_of("target")
    st.number_input(
        f"Target, {plan.currency}", 0.0, value=money.major(plan.draft.target_cents, plan.currency), step=10_000.0, key=key,
        format="%.0f",
        on_change=state.changing(plan, "target_cents", key, lambda amount: money.cents(Decimal(str(amount or 0)), plan.currency)),
    )  # fmt: skip
    _from_last_year(plan)
    owner = state.key_of("owner")
    names = asking.scene().org.people["rep"].tolist()
    chosen = names.index(plan.draft.owner) if plan.draft.owner in names else None
    st.selectbox("Who answers for it", names, chosen, key=owner, placeholder="Choose",
                 on_change=state.changing(plan, "owner", owner, lambda name: name or ""))  # fmt: skip
    lands = plan.baseline.landing.lands
    if not plan.versions and not state.is_worked_on(plan.period):
        st.caption("A first proposal: the projection, rounded. About as likely as not, so no goal yet: set your own.")
    else:
        gap = plan.draft.target_cents - lands.value
        said = "above" if gap > 0 else "below"
        st.caption(show.plain(f"{money.short(abs(gap), plan.currency)} {said} the projection."))


def _from_last_year(plan: Planning) -> None:
    """The target as last year's bookings grown, with relief for who leaves; nothing where no sheet speaks for them."""
    days, last_year = plan.baseline.days.last_year, plan.baseline.members["last_year_cents"].sum(min_count=1)
    if days is None or pd.isna(last_year):
        return
    with st.popover("Work it out from last year", icon=":material/trending_up:", type="tertiary"):
        growth = st.number_input("Growth, %", -99.0, None, 10.0, step=1.0, key=state.key_of("growth"))
        relief = st.number_input("Relief for attrition, %", 0.0, 99.0, 0.0, step=1.0, key=state.key_of("relief"))
        target = round(growth_target(float(last_year), growth / 100, relief / 100))
        shown = [money.full(int(amount), plan.currency) for amount in (last_year, target)]
        less = f" × {1 - relief / 100:g}" if relief else ""
        st.markdown(show.plain(f"{days.title}: {shown[0]} × {1 + growth / 100:g}{less} = {shown[1]}"))
        st.button("Take it as the target", key="take_grown", on_click=page.with_target, args=(plan, target))


def _smart(plan: Planning) -> None:
    show.section("Is it a goal?", "Four things make a number a goal; all four are worked out, none is ticked by hand.")
    likely = simulating.odds_of(plan).probability if plan.found else None
    answers = smart(METRICS[BOOKINGS], plan.period.last_day, plan.draft.owner or None, likely)
    for answer in answers:
        mark = ":material/check_circle:" if answer.is_met else ":material/help:"
        st.markdown(f"{mark} **{answer.question}** {show.plain(answer.answer)}")


def _goals(plan: Planning) -> list[RoleGoal]:
    assert plan.found is not None
    members = plan.baseline.members
    quotas: dict[str, dict[str, Sequence[int]]] = {}
    for row in members.itertuples():
        months = plan.found.quotas[person_key(int(row.person_id))].months_cents
        quotas.setdefault(row.role, {})[row.rep] = months
    there = asking.scene().org.active(plan.period).drop_duplicates("person_id")
    others = {str(role): own["rep"].tolist() for role, own in there.groupby("role")}
    return role_goals(asking.answer(role_ratios, len(plan.baseline.months)), quotas, others)


def _broken_down(plan: Planning, goal: RoleGoal) -> None:
    working = asking.scene().standing.company.working_calendar
    months = plan.baseline.months
    days = [working.working_days_count(Span(month, plus_months(month, 1))) for month in months]
    with st.container(border=True):
        what = "bookings" if goal.of == BOOKINGS else METRICS[goal.of].label.lower()
        unit = METRICS[BOOKINGS].unit if goal.of == BOOKINGS else Unit.COUNT
        show.section(f"{label_of(goal.role)}: {wording.short(unit, round(goal.amount), plan.currency)} of {what}"
                     if goal.of == BOOKINGS else f"{label_of(goal.role)}: {goal.amount:,.0f} {what}")  # fmt: skip
        st.markdown("\n".join(f"- {show.plain(need.sentence(plan.currency))}" for need in goal.needs))
        st.caption(_ratios_from(goal))
        left, right = st.columns(2)
        with left:
            _reverse(plan, goal, days)
        with right:
            _to_scorecard(plan, goal)
        with show.folded(f"broken_{goal.role}", "By rep, month and working day") as is_open:
            if is_open:
                _table(by_rep_and_month(goal, months, days))


def _ratios_from(goal: RoleGoal) -> str:
    """Whose ratios they are, and of when."""
    borrowed = [need for need in goal.needs if need.ratio.source.startswith(OF_COMPANY)]
    own = [need.ratio.source for need in goal.needs if need not in borrowed]
    parts = [f"By the role’s own ratios, {own[0]}"] if own else []
    if borrowed:
        named = " and ".join(METRICS[need.metric].label.lower() for need in borrowed)
        parts.append(f"{'for' if own else 'For'} {named}, which others do, by those of {borrowed[0].ratio.source}")
    return f"{'; '.join(parts)}. Ranges at {100 * CONFIDENCE:.0f} %."


def _table(frame: pd.DataFrame) -> None:
    shown = frame.assign(
        metric=[METRICS[key].label for key in frame["metric"]], month=[f"{month:%b %Y}" for month in frame["month"]]
    )
    columns = [
        Column("rep", "Rep", is_pinned=True), Column("month", "Month"), Column("metric", "What"),
        Column("needed_count", "Needed", Unit.COUNT), Column("per_day_count", "A working day", Unit.DAYS),
        Column("low_count", "From", Unit.DAYS), Column("high_count", "To", Unit.DAYS),
    ]  # fmt: skip
    role = frame["role"].iloc[0]
    tables.table(shown.round(1), [replace(column, kind=Unit.COUNT) if column.kind is Unit.DAYS else column for column in columns],
               f"broken_{role}", "What a goal takes", file_name=f"goal {role}")  # fmt: skip


def _reverse(plan: Planning, goal: RoleGoal, days: Sequence[int]) -> None:
    """At this pace you land at …"""
    keys = [need.metric for need in goal.needs]
    usual = next((need for need in goal.needs if need.metric == "calls"), goal.needs[-1])
    with st.container(horizontal=True, vertical_alignment="bottom"):
        metric = st.selectbox("At a pace of", keys, keys.index(usual.metric), key=f"pace_of_{goal.role}",
                              format_func=lambda key: METRICS[key].label.lower(), width=190)  # fmt: skip
        need = next(one for one in goal.needs if one.metric == metric)
        each = need.needed.value / (sum(days) * len(goal.weights))
        pace = st.number_input("a rep and working day", 0.0, value=round(each, 2), step=0.1,
                               key=f"pace_{goal.role}_{metric}_{plan.period.label}", width=150)  # fmt: skip
    count = pace * sum(days) * len(goal.weights)
    if not count > 0:
        return
    found = lands_at(metric, count, goal.ratios, goal.of)
    unit = METRICS[BOOKINGS].unit if goal.of == BOOKINGS else Unit.COUNT
    said = [wording.short(unit, round(amount), plan.currency) for amount in (found.value, found.low, found.high)]
    st.markdown(show.plain(f"you land at {said[0]} ({said[1]} to {said[2]})"))


def _to_scorecard(plan: Planning, goal: RoleGoal) -> None:
    """The goal as targets of the role's scorecard, with one click."""
    scene = asking.scene()
    current = scorecard_for(scene, goal.role, plan.period.start)
    aimed = with_targets(current, goal, len(plan.baseline.months))
    changed = [new for old, new in zip(current.items, aimed.items, strict=True) if old != new]
    if not changed:
        is_counted = {item.metric for item in current.items} & goal.needed_counts.keys()
        st.caption("This role’s scorecard aims at the goal already." if is_counted else
                   "Nothing on this role’s scorecard counts what the goal takes.")  # fmt: skip
        return
    said = ", ".join(
        f"{METRICS[item.metric].label.lower()} {item.target:,.0f} a {item.period.value}" for item in changed
    )
    start = plan.period.start
    st.caption(show.plain(f"For a rep in a mean month, from {start.day} {start:%b %Y}: {said}."))
    if st.button("Set as scorecard targets", icon=":material/checklist:", key=f"to_card_{goal.role}"):
        derived = "; ".join(need.sentence(plan.currency) for need in goal.needs)
        reason = (
            f"Goal of {plan.period.title}: {derived}; ÷ {len(goal.weights)} reps and {len(plan.baseline.months)} months"
        )
        try:
            saving.save(f"The scorecard of {label_of(goal.role)} aims at the goal from {start.day} {start:%b %Y}.",
                        save_versions, [aimed], start, reason, bands_of(scene))  # fmt: skip
        except Refusal as refusal:
            st.warning(refusal.sentence)
