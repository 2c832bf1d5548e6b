"""What each one should carry: by what it is shared out, the table to edit, bottom-up beside it, the workbook."""

from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from spm import money
from spm.errors import Refusal
from spm.metrics.registry import Unit
from spm.metrics.wording import percent
from spm.planning.allocation.bottom_up import reconciled, stretched_cents
from spm.planning.allocation.drivers import EVEN, HEADCOUNT
from spm.planning.allocation.quotas import Allocation, allocation
from spm.planning.allocation.roster import HISTORY, POTENTIAL, PROJECTION, person_key, plan_of, potential_columns
from spm.planning.draft import Terms
from spm.reports.plan_workbook import edited_draft, plan_workbook
from spm.ui import asking, failures, show, tables
from spm.ui.quota_plan import months, simulating, state
from spm.ui.quota_plan.state import Planning
from spm.ui.tables import Column

DRIVERS = (
    (HISTORY, "Last year"),
    (PROJECTION, "Projection"),
    (POTENTIAL, "Potential"),
    (HEADCOUNT, "Headcount"),
    (EVEN, "Even"),
)


def draw(plan: Planning) -> None:
    """How it is shared, the reps, the teams and the gap to bottom-up."""
    with st.container(border=True):
        _terms(plan)
    found = plan.found or _without_terms(plan)
    if found is None:
        return
    _sum(plan, found)
    _reps(plan, found)
    months.draw(plan, found)
    with st.container(border=True):
        _reconciled(plan, found)
    _workbook(plan, found)


def _terms(plan: Planning) -> None:
    show.section(
        "By what it is shared out", "Weights of a mix: only their relation counts. A new rep ramps on top of it."
    )
    mix = dict(plan.draft.mix)
    places = st.columns(len(DRIVERS) + 2)
    for place, (driver, label) in zip(places, DRIVERS, strict=False):
        key = state.key_of(f"mix_{driver}")
        place.number_input(label, 0.0, 100.0, float(mix.get(driver, 0.0)), step=1.0, key=key, format="%.0f",
                           on_change=_weighted, args=(plan, driver, key))  # fmt: skip
    key = state.key_of("over_assignment")
    places[-2].number_input("% of target", 50.0, 200.0, 100 * plan.draft.over_assignment, step=5.0, key=key, format="%.0f",
                            help="Over-assignment: all quotas together against the company target. It changes how many reps "
                            "reach 100 %, not what they sell.",
                            on_change=state.changing(plan, "over_assignment", key, lambda percent: percent / 100))  # fmt: skip
    key = state.key_of("change_share")
    now = plan.draft.change_share
    places[-1].number_input("± % on last year", 0.0, None, None if now is None else 100 * now, step=5.0, key=key, format="%.0f",
                            help="Nobody carries more or less than last year by more than this. Empty: no limit.",
                            on_change=state.changing(plan, "change_share", key, _share))  # fmt: skip
    _potential_from(plan)


def _potential_from(plan: Planning) -> None:
    """Which column of people says how large a territory is, where there is any."""
    columns = potential_columns(plan.baseline, list(asking.scene().own_columns))
    if not columns:
        return
    key, now = state.key_of("potential_from"), plan.draft.potential_from
    st.selectbox("Potential from", ["", *columns], columns.index(now) + 1 if now in columns else 0, key=key, width=320,
                 format_func=lambda name: name.replace("_", " ").capitalize() or "Typed into the table",
                 help="A column of the people sheet that is a number; what is typed into the table goes before it.",
                 on_change=state.changing(plan, "potential_from", key))  # fmt: skip


def _share(percent: float | None) -> float | None:
    return None if percent is None else percent / 100


def _weighted(plan: Planning, driver: str, key: str) -> None:
    mix = {**dict(plan.draft.mix), driver: float(st.session_state[key] or 0.0)}
    state.work_on(plan.period, replace(plan.draft, mix=tuple((name, weight) for name, weight in mix.items() if weight)))


def _without_terms(plan: Planning) -> Allocation | None:
    """What would be without anything set for single owners, so that there is a table to loosen it in."""
    try:
        return allocation(plan_of(plan.baseline, replace(plan.draft, terms={}, change_share=None, kept_months={})))
    except Refusal as refusal:
        failures.show_failure(refusal)
        return None


def _sum(plan: Planning, found: Allocation) -> None:
    total = sum(found.quotas[person_key(int(person))].amount_cents for person in plan.baseline.members["person_id"])
    amount = money.full(total, plan.currency)
    if plan.found is None:
        st.warning("Shown without what is set for single owners, until it adds up.", icon=":material/warning:")
    elif total == found.plan.assigned_cents:
        over = plan.draft.over_assignment
        of = "the target" if over == 1 else f"{percent(over)} of the target"
        reached = simulating.odds_of(plan).share_of_reps(1.0)
        share = "" if reached is None else f" {percent(reached)} of reps can be expected to reach theirs."
        less = (
            f" less the {money.full(found.plan.gone_cents, plan.currency)} of who left" if found.plan.gone_cents else ""
        )
        st.markdown(show.plain(f"✓ The quotas add up to {amount}, {of}{less}, at each level and in each month.{share}"))
        for sentence in state.of_months_before(plan):
            st.caption(show.plain(sentence))


def _reps(plan: Planning, found: Allocation) -> None:
    frame = _rows(plan, found)
    key = state.key_of("allocation")
    digits = money.major(1, plan.currency)
    amount: dict[str, Any] = {"format": "localized", "step": 1.0 if digits == 1 else 0.01}
    columns: dict[str, Any] = {
        "team": st.column_config.TextColumn("Team", disabled=True, width=125),
        "rep": st.column_config.TextColumn("Rep", disabled=True, pinned=True, width=160),
        "last_year": st.column_config.NumberColumn("Last year", disabled=True, format="localized", width=85),
        "projection": st.column_config.NumberColumn("Projection", disabled=True, format="localized", width=88),
        "quota": st.column_config.NumberColumn("Proposed", disabled=True, format="localized", width=88),
        "change": st.column_config.NumberColumn("On last year", disabled=True, format="%+.0f %%", width=92),
        "is_locked": st.column_config.CheckboxColumn("Locked", width=85, help="Keeps the amount when others change"),
        "override": st.column_config.NumberColumn("Override", min_value=0.0, width=95, **amount,
                                                  help="Set by hand in place of the calculated one; it needs a reason"),
        "reason": st.column_config.TextColumn("Reason", width=100),
        "months": st.column_config.BarChartColumn("By month", y_min=0, width=88),
        "floor": st.column_config.NumberColumn("At least", min_value=0.0, width=90, **amount),
        "ceiling": st.column_config.NumberColumn("At most", min_value=0.0, width=90, **amount),
        "potential": st.column_config.NumberColumn("Potential", min_value=0.0, format="localized", width=90),
    }  # fmt: skip
    st.data_editor(frame.drop(columns="key"), key=key, hide_index=True, column_config=columns, num_rows="fixed", placeholder="",
                   column_order=list(columns), on_change=_edited, args=(plan, found, frame, key))  # fmt: skip


def _rows(plan: Planning, found: Allocation) -> pd.DataFrame:
    rows = []
    for row in plan.baseline.members.sort_values(["team", "rep"]).to_dict("records"):
        key = person_key(int(row["person_id"]))
        quota, terms = found.quotas[key], plan.draft.of(key)
        last_year = None if pd.isna(row["last_year_cents"]) else float(row["last_year_cents"])
        rows.append(
            {
                "key": key, "team": row["team"], "rep": row["rep"],
                "last_year": _major(last_year, plan), "projection": _major(row["projection_cents"], plan),
                "quota": _major(quota.amount_cents, plan),
                "change": 100 * (quota.amount_cents / last_year - 1) if last_year else None,
                "is_locked": terms.locked_cents is not None, "override": _major(terms.override_cents, plan),
                "reason": terms.reason, "months": [money.major(cents, plan.currency) for cents in quota.months_cents],
                "floor": _major(terms.floor_cents, plan), "ceiling": _major(terms.ceiling_cents, plan),
                "potential": quota.owner.drivers.get(POTENTIAL),
            }
        )  # fmt: skip
    whole = ["last_year", "projection", "quota"]
    numbers = ["last_year", "projection", "quota", "change", "override", "floor", "ceiling", "potential"]
    return pd.DataFrame(rows).astype(dict.fromkeys(numbers, float)).round(dict.fromkeys(whole, 0))


def _major(cents: Any, plan: Planning) -> float | None:
    return None if cents is None or pd.isna(cents) else money.major(float(cents), plan.currency)


def _edited(plan: Planning, found: Allocation, frame: pd.DataFrame, key: str) -> None:
    """Takes what was typed into the draft; the table then shows it as it is worked out."""
    draft = plan.draft
    for at, changed in st.session_state[key]["edited_rows"].items():
        owner = frame["key"].iloc[int(at)]
        draft = draft.with_terms(
            owner, _changed(draft.of(owner), changed, found.quotas[owner].amount_cents, plan.currency)
        )
    state.work_on(plan.period, draft)
    state.turn_over()


def _changed(terms: Terms, typed: dict[str, Any], quota_cents: int, currency: str) -> Terms:
    for name, value in typed.items():
        match name:
            case "is_locked":
                terms = replace(terms, locked_cents=quota_cents if value else None)
            case "reason":
                terms = replace(terms, reason=(value or "").strip())
            case "potential":
                terms = replace(terms, potential=value)
            case "override" | "floor" | "ceiling":
                cents = None if value is None else money.cents(Decimal(str(value)), currency)
                fields: dict[str, Any] = {f"{name}_cents": cents}
                terms = replace(terms, **fields)
    return terms


def _reconciled(plan: Planning, found: Allocation) -> None:
    left, right = st.columns([4, 1], vertical_alignment="bottom")
    with left:
        show.section("From the top and from below", "Bottom-up is each rep’s own projection × the stretch.")
    key = state.key_of("stretch")
    right.number_input("Stretch, %", -50.0, 100.0, round(100 * (plan.draft.stretch - 1), 1), step=1.0, key=key,
                       on_change=state.changing(plan, "stretch", key, lambda percent: 1 + percent / 100))  # fmt: skip
    own = {
        person_key(int(row.person_id)): stretched_cents(row.projection_cents, plan.draft.stretch)
        for row in plan.baseline.members.itertuples()
    }
    rows = reconciled(found, own)
    teams = rows[~rows["owner"].str.startswith("person ")]
    tree = found.plan.tree
    below = [[rep.last_year_cents for rep in tree.leaves(tree.by_key[key])] for key in teams["owner"]]
    teams = teams.assign(last_year_cents=[pd.Series(cents, dtype="Float64").sum(min_count=1) for cents in below])
    whole = teams[teams["owner"] == "company"].iloc[0]
    gap = whole["gap_cents"]
    if pd.notna(gap):
        said = "more than the reps’ projections hold" if gap > 0 else "less than the reps’ projections hold"
        st.markdown(show.plain(f"{money.short(abs(float(gap)), plan.currency)} {said}." if gap else "No gap."))
    tables.table(teams, [
        Column("name", "Team", is_pinned=True), Column("last_year_cents", "Last year", Unit.MONEY),
        Column("top_down_cents", "From the top", Unit.MONEY), Column("bottom_up_cents", "From below", Unit.MONEY),
        Column("gap_cents", "Gap", Unit.MONEY, "What nobody has signed up for"), Column("gap_share", "Gap, %", "change"),
        Column("missing_count", "Reps without a projection", Unit.COUNT),
    ], "reconciled", "Quotas from the top and from below")  # fmt: skip


def _workbook(plan: Planning, found: Allocation) -> None:
    """Out to a workbook that keeps its sums as formulas, and what was set in it back in."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button("Plan as a workbook", partial(_made, plan, found), f"quotas {plan.period.title}.xlsx", tables.XLSX,
                           icon=":material/download:", on_click="ignore")  # fmt: skip
        with st.popover("Bring it back", icon=":material/upload:"):
            file = st.file_uploader(
                "The workbook, with what was set in it", type=["xlsx"], key=state.key_of("workbook")
            )
            if file and st.button("Take what it says", type="primary"):
                _brought_back(plan, file.getvalue())


def _made(plan: Planning, found: Allocation) -> bytes:
    return plan_workbook(state.under(plan, plan.scenario), plan.draft, found, plan.scenario)


def _brought_back(plan: Planning, content: bytes) -> None:
    draft, wrong = edited_draft(content, plan.draft, plan.baseline)
    for sentence in wrong:
        st.warning(sentence, icon=":material/error:")
    if not wrong:
        state.work_on(plan.period, draft)
        state.turn_over()
        st.rerun()
