"""How good the forecast is: the models side by side, and what earlier forecasts said against what came."""

import pandas as pd
import streamlit as st

from spm import charts
from spm.forecast.accuracy.selection import least_to_choose
from spm.forecast.outlook import words
from spm.forecast.outlook.histories import SEASONS
from spm.forecast.publishing import queries as publishing
from spm.forecast.publishing import record
from spm.metrics.registry import Unit
from spm.ui import asking, show, tables
from spm.ui.forecast import shape
from spm.ui.forecast.chosen import Chosen
from spm.ui.tables import Column


def past_forecasts(now: Chosen) -> None:
    """What was forecast of the last periods, a month, a quarter and a year before, and what came."""
    show.section(
        "What earlier forecasts said", "Each range is what was said on the eve of the period, the dot what came."
    )
    said = _said(now)
    if said.empty:
        st.caption("No forecast has come due yet.")
        return
    calendar = asking.scene().standing.company.fiscal_calendar
    eve = record.against(record.said_at(said, 1), now.history)
    eve = record.without_gaps(eve[eve["has_range"]], now.grain, calendar).tail(len(publishing.ORIGINS) + 1)
    if eve.empty:
        st.caption("No forecast that had a range has come due yet.")
        return
    frame = eve.rename(columns={"value": "said"}).assign(
        label=[calendar.period(label).title for label in eve["period"]]
    )
    frame = frame[["start", "label", "said", "low_80", "high_80", "low_95", "high_95", "came"]].rename(
        columns={"start": "period"}
    )
    unit = now.metric.unit
    if unit is Unit.MONEY:
        frame = show.major(frame, "said", "low_80", "high_80", "low_95", "high_95", "came")
    show.chart(
        frame, charts.said_and_came(unit.value, show.symbol()), "Earlier forecasts with their ranges, and what came"
    )
    st.markdown(show.plain(words.remembered(record.accuracy(eve, now.history, SEASONS[now.grain]), now.grain.value)))


def _leads(now: Chosen, said: pd.DataFrame) -> None:
    """The last complete period as it was seen a month, a quarter and a year before its end."""
    if now.history.empty or pd.isna(now.history["value"].iloc[-1]):
        return
    last, came = now.history["start"].iloc[-1], now.history["value"].iloc[-1]
    period = asking.scene().standing.company.fiscal_calendar.period_of(now.grain, last)
    st.markdown(show.plain(f"{words.opening(period.title)} came to {show.number(came, now.metric)}. It was forecast:"))
    for when, steps in record.LEADS[now.grain].items():
        held = record.against(record.said_at(said, steps), now.history)
        for row in held[held["start"] == last].to_dict("records"):
            amount = show.number(row["value"], now.metric)
            told = words.said_before(when, amount, row["off_share"], row["is_inside"], row["is_rebuilt"])
            st.caption(show.plain(told))
    st.caption("Rebuilt: what the forecast would have said, from the history up to then, where none was published.")


def _said(now: Chosen) -> pd.DataFrame:
    """Everything published of the member, and what would have been said where nothing was."""
    if now.is_nobodys:
        return pd.DataFrame()
    said = pd.DataFrame()
    if now.run is not None and not now.is_branch:
        said = asking.answer(publishing.published_of, now.level, now.member, now.run.id)
        if said["is_rebuilt"].any():
            return said
    with st.spinner("Looking at earlier forecasts …"):
        rebuilt = asking.answer(publishing.rebuilt, now.metric.key, now.series, now.grain)
    return pd.concat([said, rebuilt], ignore_index=True)


def how_good(now: Chosen) -> None:
    """How far off it is on average, and how often its ranges held, in words; then what was said of the last period."""
    show.section("How good is it?", "Measured on periods that were held out, in the order of time.")
    st.markdown(show.plain(now.good))
    held = words.ranges_held(now.score("coverage_80"), now.score("coverage_95"))
    if held and not now.is_divided and now.history["value"].count() >= least_to_choose(SEASONS[now.grain]):
        st.markdown(show.plain(held))
    said = _said(now)
    if len(said):
        _leads(now, said)


def league(now: Chosen) -> None:
    """Every model that was tried, the best first."""
    found = shape.explanation(now)
    if found is None or found.league["wape"].isna().all():
        return
    rows = found.league.assign(model=found.league["model"].map(words.opening))
    columns = [
        Column("model", "Model", is_pinned=True),
        Column("wape", "Off by", Unit.SHARE, "WAPE: Σ|came − projected| ÷ Σ came, on periods held out"),
        Column("value_added", "Gained", "points", "Against the simple rule's error: more is better"),
        Column("mase", "MASE", Unit.RATE, "Error ÷ that of taking the same period a year before; under 1 is better"),
        Column("coverage_80", "In the 80 % range", Unit.SHARE, "What came inside it"),
        Column("coverage_95", "In the 95 % range", Unit.SHARE, "What came inside it"),
        Column(
            "weight",
            "Counts for",
            Unit.SHARE,
            "Its part in the projection; below 0 where it errs as others do, only more. All add up to 100 %",
        ),
    ]
    with st.expander("Every model that was tried", icon=":material/leaderboard:"):
        if now.is_divided:
            st.caption(
                "On the ratio by itself, for comparison: none of them counts, as both of its sides are projected."
            )
            rows = rows.drop(columns="weight")
        tables.table(rows, columns, "league", "The models, the best first", is_downloadable=False, is_searchable=False)
