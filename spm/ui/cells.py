"""A column's cells by their kind: as the screen, a chart or a workbook wants them. Kinds are those of `tables.Column`."""

from collections.abc import Mapping
from math import isfinite
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from spm import money
from spm.metrics import wording
from spm.metrics.registry import Unit
from spm.metrics.wording import NOISE
from spm.reports.workbook import Format

Kind = Unit | str
Cells = Any
"""Numbers as an array, anything else as the column that it is."""

FORMATS: Mapping[Kind, Format] = {
    Unit.MONEY: Format.MONEY,
    Unit.SHARE: Format.PERCENT,
    Unit.COUNT: Format.COUNT,
    Unit.DAYS: Format.NUMBER,
    Unit.TIMES: Format.NUMBER,
    Unit.RATE: Format.NUMBER,
    "share bar": Format.PERCENT,
    "score": Format.PLAIN,
    "score bar": Format.PLAIN,
    "change": Format.PERCENT,
    "points": Format.PERCENT,
    "expected count": Format.NUMBER,
    "day": Format.DAY,
    "number": Format.PLAIN,
}
"""How Excel shows a column of a kind."""

TRENDS = ("trend", "money trend")
SCORES = ("score", "score bar")
HALF_A_PERCENT = 0.005


def in_major(cells: pd.Series, kind: Kind, currency: str) -> Cells:
    """Amounts in major units, scores in whole points, numbers as such, missing as NaN; other kinds as they are."""
    match kind:
        case _ if kind in SCORES:
            return np.floor(cells.astype(float).to_numpy() * 100 + NOISE)
        case Unit.MONEY:
            return np.array([money.major(amount, currency) for amount in cells.astype(float).tolist()], dtype=float)
        case Unit() | "share bar" | "change" | "points" | "expected count":
            return cells.astype(float).to_numpy()
    return cells


def drawn(cells: Cells, kind: Kind, currency: str) -> Cells:
    """Cells, in major units, as the browser's formats want them: shares in percent."""
    match kind:
        case _ if kind in TRENDS:
            unit_size = money.major(1_000_000, currency) / 1_000_000 if kind == "money trend" else 1
            return cells.map(lambda line: [value * unit_size for value in line if isfinite(value)])
        case "change" | "points":  # what rounds to 0 has no sign
            size = np.abs(cells)
            return np.where(size >= HALF_A_PERCENT, cells, 0.0 * size) * 100
        case Unit.SHARE:
            return cells * 100
        case "share bar":
            return np.floor(cells * 100 + NOISE)
    return cells


def amount(major: float, currency: str) -> str:
    """An amount in major units as a cell says it, the sign first: "−$12,082"; missing is empty."""
    if not isfinite(major):
        return ""
    shown = wording.whole(Unit.MONEY, round(abs(major)) * 10.0 ** money.minor_digits(currency), currency)
    return f"−{shown}" if round(major) < 0 else shown


def change(percent: float, unit: str = "%") -> str:
    """A difference in percent or points as a cell says it, as tiles do: "+1,164 %", "−46 %", "±0 %"; missing is empty."""
    if not isfinite(percent):
        return ""
    sign = "±" if round(percent) == 0 else "+" if percent > 0 else "−"
    return f"{sign}{abs(round(percent)):,} {unit}"


def column_config(kind: Kind, currency: str, label: str, **common: Any) -> Any:
    """How Streamlit draws a column of that kind; a bar is full at 100. A `format` goes before the kind's own."""
    formats: dict[Kind, str] = {
        Unit.MONEY: f"{money.symbol(currency)}%,.0f",
        Unit.SHARE: "%.1f %%",
        Unit.COUNT: "localized",
        Unit.DAYS: "%,.1f",
        Unit.TIMES: "%,.2f×",
        Unit.RATE: "%.3g",
        "change": "%+,.0f %%",
        "points": "%+,.0f points",
        "expected count": "%,.1f",
        "score": "%d",
        "number": "%d",  # "plain" shows what a float is made of: 1955.0000000000002
    }
    match kind:
        case _ if kind in formats:
            return st.column_config.NumberColumn(label, **{"format": formats[kind], **common})
        case _ if kind in TRENDS:
            return st.column_config.LineChartColumn(label, **common)
        case "share bar":
            return st.column_config.ProgressColumn(label, format="%d %%", min_value=0, max_value=100, **common)
        case "score bar":
            return st.column_config.ProgressColumn(label, format="%d", min_value=0, max_value=100, **common)
        case "written number":
            return st.column_config.TextColumn(label, alignment="right", **common)
        case "day":
            return st.column_config.DateColumn(label, format="D MMM YYYY", **common)
    return st.column_config.TextColumn(label, **common)
