"""What the projection rests on: a typical year, the parts of the history, and what stands out in it."""

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from spm import charts
from spm.forecast import queries
from spm.forecast.outlook import queries as reading
from spm.forecast.outlook import words
from spm.forecast.outlook.explanation import Explanation
from spm.forecast.outlook.histories import SEASONS
from spm.metrics.registry import Unit
from spm.ui import asking, show
from spm.ui.forecast.chosen import WITHOUT, Chosen, as_with

PARTS = {"trend": "Trend", "season": "Season", "rest": "What neither explains"}

SPECIAL = {"huge value": "unusual", "level shift": "new level"}


def explanation(now: Chosen) -> Explanation | None:
    """See `queries.explanation_of`."""
    return asking.answer(queries.explanation_of, now.metric.key, now.series, now.grain)


def _standing_out(now: Chosen) -> list[dict[str, Any]]:
    """What stands out in the history; nothing of somebody who has left, whose last months say that already."""
    found = explanation(now)
    return [] if found is None or now.has_left else found.disturbances.to_dict("records")


def special(now: Chosen) -> dict[date, str]:
    """What stands out in the history, in a word, by the first day of its period."""
    return {row["start"]: SPECIAL[row["kind"]] for row in _standing_out(now)}


def disturbances(now: Chosen) -> None:
    """What stands out in the history, in words: levels that moved, and huge amounts, which can be left out."""
    found = _standing_out(now)
    for row in found:
        st.caption(show.plain(_said(now, row)))
    if any(row["kind"] == "huge value" for row in found):
        st.toggle("Leave the huge amounts out", key=WITHOUT, bind="query-params")
        period = asking.scene().standing.company.fiscal_calendar.period(now.future["period"].iloc[0])
        st.caption(
            show.plain(
                words.with_and_without(period.title, *(_first(as_with(now, one)) for one in ("bound", "leave out")))
            )
        )


def _first(of: Chosen) -> tuple[str, str, str]:
    """The first projected period: value and both ends of its 80 % range, as a reader reads them."""
    row = of.future.iloc[0]
    value, low, high = (show.number(row[name], of.metric) for name in ("value", "low_80", "high_80"))
    return value, low, high


def _said(now: Chosen, row: dict[str, Any]) -> str:
    calendar = asking.scene().standing.company.fiscal_calendar
    period = calendar.period_of(now.grain, row["start"])
    value, expected = show.number(row["value"], now.metric), show.number(row["expected"], now.metric)
    if row["kind"] == "level shift":
        return words.level_shift(period.title, value, expected)
    biggest = None
    if now.metric.unit is Unit.MONEY and not now.metric.is_ratio and not now.is_nobodys:
        biggest = asking.answer(reading.biggest_behind, now.metric.key, period, dict(now.where))
    return words.huge_value(
        period.title, value, expected, (biggest[0], show.number(biggest[1], now.metric)) if biggest else None
    )


def shape(now: Chosen) -> None:
    """A typical year with its spread, and the history taken apart."""
    found = explanation(now)
    if found is None:
        return
    left, right = st.columns(2)
    with left:
        show.section("A typical year", "Above or below the usual level; the line holds 8 of 10 years.")
        if len(found.typical_year):
            show.chart(
                found.typical_year, charts.typical_year(), f"What each {now.grain.value} of a typical year brings"
            )
        st.caption(words.season(found.season_belief, len(found.parts), now.grain.value, SEASONS[now.grain]))
        if found.working_day_effect > 0:
            st.caption("It follows the number of working days: a shorter month brings less.")
    with right:
        _parts(now, found.parts)


def _parts(now: Chosen, parts: pd.DataFrame) -> None:
    """The history as trend, season and rest, which add up."""
    show.section("The history taken apart", "Trend, season and rest add up to the history.")
    calendar = asking.scene().standing.company.fiscal_calendar
    unit = now.metric.unit
    for tab, (name, label) in zip(st.tabs(list(PARTS.values())), PARTS.items(), strict=True):
        frame = parts[["start", name]].rename(columns={"start": "period", name: "value"})
        frame = frame.assign(label=[calendar.period_of(now.grain, day).title for day in frame["period"]])
        with tab:
            shown = show.major(frame, "value") if unit is Unit.MONEY else frame
            show.chart(shown, charts.part(unit.value, show.symbol()), f"{label} of the history")
