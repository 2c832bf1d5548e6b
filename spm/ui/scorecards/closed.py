"""Scorecards, fourth tab: which periods are closed, what they would be now, close one, open one again."""

import pandas as pd
import streamlit as st

from spm.calendar import Grain, Period
from spm.company import actions as company_actions
from spm.scorecards import queries
from spm.scorecards.closing import actions
from spm.scorecards.closing.model import Closing, closing_of
from spm.scorecards.closing.queries import closings_of
from spm.ui import asking, saving, show, tables
from spm.ui.filters import View
from spm.ui.scorecards import known
from spm.ui.tables import Column

GRAINS = (Grain.QUARTER, Grain.MONTH, Grain.YEAR)


def closed(view: View) -> None:
    """The state of the period in view, every closing there was, and the rule by which periods close."""
    closings = asking.answer(closings_of)
    held = [closing for closing in closings if closing.is_closed]
    counted = (
        "No period is closed"
        if not held
        else "1 period is closed"
        if len(held) == 1
        else f"{len(held)} periods are closed"
    )
    show.headline(
        counted, "Scores of a closed period stay as they were: later sheets and scorecards don’t change them."
    )
    left, right = st.columns([3, 2])
    with left.container(border=True, height="stretch"):
        _this(view.period, closing_of(closings, view.period))
    with right.container(border=True, height="stretch"):
        _rule()
    _listed(closings)
    known.as_known(view.period, closings)


def _this(period: Period, closing: Closing | None) -> None:
    show.section(period.title)
    if closing is None:
        st.markdown("It is open: its scores follow what is known.")
        if asking.scene().today < period.last_day:
            st.caption(f"It can be closed once it is over, after {period.last_day:%-d %b %Y}.")
        elif st.button(f"Close {period.title}", type="primary", icon=":material/lock:"):
            with st.spinner("Keeping everyone’s scorecard …"):
                saving.save(
                    f"{period.title} is closed.", actions.close_period, asking.scene(), period, asking.real_today()
                )
        return
    st.markdown(show.plain(f"{closing.words}."))
    changed = asking.answer(queries.changed_since, closing)
    if changed.empty:
        st.caption("Nothing that came since would change a score.")
    else:
        st.caption(f"{len(changed)} of its scores would be others now.")
        columns = [Column("rep", "Name", is_pinned=True), Column("kept", "Kept", "score"),
                   Column("now", "Would now be", "score"), Column("words", "In words")]  # fmt: skip
        tables.table(changed, columns, "changed_since", "What would be different now", file_name="changed since close")
    with st.popover("Open it again", icon=":material/lock_open:"):
        reason = st.text_input("Why is it opened again?", key="reopen_reason")
        if st.button("Open it", type="primary"):
            saving.save(
                f"{period.title} is open again.", actions.reopen_period, closing.id, reason, asking.real_today()
            )


def _rule() -> None:
    company = asking.scene().standing.company
    show.section("When periods close")
    by_themselves = st.toggle("By themselves", company.close_after_days is not None, key="closes_by_itself")
    days = st.number_input("Days after their end", 0, 366, company.close_after_days or 10, disabled=not by_themselves)
    st.caption(
        "Months, quarters and years, once the sheets reach their last day; starting with the first that ends after the "
        "company was set up here. What was imported from before stays open until someone closes it."
    )
    chosen = int(days) if by_themselves else None
    if chosen != company.close_after_days and st.button("Save the rule", type="primary"):
        saving.save("The rule was saved.", company_actions.change_settings, close_after_days=chosen)


def _listed(closings: list[Closing]) -> None:
    if not closings:
        return
    show.section("Every closing")
    rows = pd.DataFrame(
        [
            (
                one.period.title,
                one.closed_on,
                "by itself" if one.is_automatic else one.author,
                one.reopened_on,
                one.reopen_reason or None,
            )
            for one in reversed(closings)
        ],
        columns=["period", "closed_on", "by", "reopened_on", "reason"],
        dtype=object,
    )
    columns = [Column("period", "Period", is_pinned=True), Column("closed_on", "Closed", "day"), Column("by", "By"),
               Column("reopened_on", "Opened again", "day"), Column("reason", "Why")]  # fmt: skip
    tables.table(rows.dropna(axis="columns", how="all"), columns, "closings", "Every closing of a period")
