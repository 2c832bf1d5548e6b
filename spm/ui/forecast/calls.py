"""Calls: what people expect of a period, beside what the projection says, and how good either has been."""

from datetime import date

import pandas as pd
import streamlit as st

from spm import money
from spm.calendar import Grain, Period
from spm.forecast import actions
from spm.forecast.publishing import queries as publishing
from spm.forecast.publishing import record
from spm.metrics.registry import Unit
from spm.ui import asking, saving, show, tables
from spm.ui.forecast import landing as forecast_landing
from spm.ui.forecast.chosen import Chosen
from spm.ui.tables import Column

BOOKINGS = "bookings"
SPAN = ["starts_on", "ends_before"]


def calls(now: Chosen) -> None:
    """The form to enter a call, what was called for the periods to come, and the record of callers and projection."""
    show.section("Calls", "What a rep or manager commits to. Every call is kept, and held against what came.")
    saving.confirmation()
    if now.metric.key != BOOKINGS or (now.by and now.level not in ("team", "rep")):
        st.caption("Calls are of the bookings of the company, a team or a rep.")
        return
    scene = asking.scene()
    found = publishing.calls_of(scene, now.level, now.member)
    _form(now)
    if found.empty:
        st.caption(show.plain(f"Nobody has called for {now.name} yet."))
    else:
        held = publishing.calls_and_results(scene, now.level, now.member)
        _every(found, held)
        _record(held)


def _periods() -> list[Period]:
    """The running quarter, month and year, or the next where one ends today, and the quarter after."""
    running = [forecast_landing.running(grain) for grain in (Grain.QUARTER, Grain.MONTH, Grain.YEAR)]
    return [*running, asking.scene().standing.company.fiscal_calendar.after(running[0])]


def _form(now: Chosen) -> None:
    of = show.currency()
    with st.form("call", border=False):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            period = st.selectbox("Period", _periods(), format_func=lambda one: one.title, key="call_period", width=150)
            commit = st.number_input(f"Commit, in {of}", 0, None, None, 1000, key="call_commit", width=170,
                                     placeholder="to bet on")  # fmt: skip
            best = st.number_input(f"Best case, in {of}", 0, None, None, 1000, key="call_best", width=170,
                                   placeholder="if all goes well")  # fmt: skip
            note = st.text_input("Why", key="call_note", placeholder="what it hangs on", width=220)
            is_called = st.form_submit_button(f"Call for {now.name}", type="primary", icon=":material/campaign:")
        if is_called:
            if commit is None:
                st.warning("Say an amount to commit to.")
                return
            landing = forecast_landing.landing_of(period, now.where)
            lands = None if landing is None else round(landing.lands.value)
            minor = 10 ** money.minor_digits(of)
            saving.save(
                f"Called {money.short(commit * minor, of)} for {period.title}.",
                actions.enter_call, now.level, now.member, period, commit * minor, best and best * minor, lands,
                asking.scene().today, note, publishing.member_ids(asking.scene(), now.level).get(now.member),
            )  # fmt: skip


def _every(found: pd.DataFrame, held: pd.DataFrame) -> None:
    """Every call, the latest first, beside what the projection said at that moment, and what came of periods that are over."""
    columns = [
        Column("period", "Period", width=110),
        Column("caller", "Who", width=130),
        Column("commit_cents", "Commit", Unit.MONEY, width=90),
        Column("best_case_cents", "Best case", Unit.MONEY, width=90),
        Column(
            "landing_cents", "Projection then", Unit.MONEY, "Where the projection saw it land at that moment", width=120
        ),
        Column("came", "Came", Unit.MONEY, "Empty while the period is not over", width=90),
        Column("called_on", "On", "day", width=100),
        Column("note", "Why"),
    ]
    came = held[[*SPAN, "came"]].drop_duplicates(SPAN)
    spans = zip(found["starts_on"], found["ends_before"], strict=True)
    rows = found.merge(came, on=SPAN, how="left").assign(period=[_title(start, end) for start, end in spans])
    tables.table(rows, columns, "calls", "Calls, the latest first", is_downloadable=False)


def _title(start: date, end: date) -> str:
    """What a period from one day up to another is called."""
    calendar = asking.scene().standing.company.fiscal_calendar
    named = (calendar.period_of(grain, start) for grain in (Grain.MONTH, Grain.QUARTER, Grain.YEAR))
    return next((one.title for one in named if (one.start, one.end) == (start, end)), f"{start:%-d %b %Y}")


def _record(held: pd.DataFrame) -> None:
    """How far off each caller has been, and the projection at the same moments."""
    if held.empty:
        st.caption(
            "No period that was called is over yet: then each caller's record stands here, beside the projection's."
        )
        return
    columns = [
        Column("caller", "Who", width=150),
        Column("calls_count", "Periods", Unit.COUNT, width=80),
        Column("wape", "Off by", Unit.SHARE, "Σ|came − committed| ÷ Σ came", width=80),
        Column("model_wape", "Projection off by", Unit.SHARE, "At the moments of the same calls", width=130),
        Column("over_count", "Fell short", Unit.COUNT, "How often less came than was committed", width=90),
    ]
    tables.table(record.accuracy_of_calls(held), columns, "callers", "How good calls have been", is_downloadable=False)
