"""A table whose cells say, by shade and mark, who can be told from the rest: sorts, opens on click, downloads as .xlsx."""

from collections.abc import Sequence
from functools import partial
from math import isfinite

import numpy as np
import pandas as pd
import streamlit as st

from spm.benchmarks.comparing.certainty import LIKELY, SURE
from spm.charts import COLOURS
from spm.metrics.registry import Metric, Unit
from spm.metrics.wording import about, reached
from spm.ui import show, tables
from spm.ui.tables import Column

STEPS = (
    (SURE, "better", "▲"),
    (LIKELY, "rather_better", ""),
    (1 - LIKELY, "", ""),
    (1 - SURE, "rather_worse", ""),
    (0.0, "worse", "▼"),
)
"""From this probability of being truly better on: the palette's shade, and the mark that says it without colour."""

LEGEND = f"▲ and ▼: better or worse than the others, {SURE:.0%} sure. Faint: {LIKELY:.0%} likely. Plain: may be luck.".replace(
    "%", "\N{NO-BREAK SPACE}%"
)


def table(
    frame: pd.DataFrame,
    names: Sequence[Column],
    metrics: Sequence[Metric],
    key: str,
    alt: str,
    on_pick: show.Pick,
    others: Sequence[Column] = (),
) -> None:
    """Rows with a column a metric, shaded by its `<key>_better`, its `<key>_of_usual` behind it (see `board.queries.board`).

    `names` are the columns before them, `others` those behind. `on_pick` is called with the row that was clicked.
    """
    known = [column for column in (*names, *others) if column.name in frame]
    labels = {
        **{column.name: column.label for column in known if column in names},
        **{metric.key: metric.label for metric in metrics},
        **{column.name: column.label for column in known if column in others},
    }
    widths = {column.name: tables.width_of(column, frame[column.name]) for column in known}
    is_dark = st.context.theme.type == "dark"
    steps = {metric.key: _steps(frame[f"{metric.key}_better"]) for metric in metrics}
    marked = {metric.key: iter(_marked(frame, steps[metric.key], metric)) for metric in metrics}
    texts = {key: partial(next, its) for key, its in marked.items()}  # a formatter sees only the value, not its place
    shades = pd.DataFrame({key: _shades(its, is_dark) for key, its in steps.items()}, frame.index, dtype=object)
    st.dataframe(
        frame[[*labels]].style.format(texts).apply(lambda _: shades, axis=None, subset=[*steps]),
        hide_index=True,
        column_config={
            name: st.column_config.Column(label, pinned=at == 0, help=_help(name, metrics), width=widths.get(name))
            for at, (name, label) in enumerate(labels.items())
        },
        height=tables.HEADER_HEIGHT + tables.ROW_HEIGHT * min(max(len(frame), 1), 2 * tables.MOST_ROWS_SHOWN),
        row_height=tables.ROW_HEIGHT,
        placeholder="",
        key=key,
        alt=alt,
        on_select=tables.row_picked(key, frame, on_pick),
        selection_mode="single-cell",
    )


def of_usual(metric: Metric) -> str:
    """The column with a metric's share of what is usual."""
    return f"{metric.key}_of_usual"


def by_luck(frame: pd.DataFrame) -> str:
    """How many cells are marked, and how many would be if nobody differed: "3 of 28 are marked; by luck alone 3 would be"."""
    better = frame.filter(regex="_better$").to_numpy(float)
    cells_count = int((~np.isnan(better)).sum())
    marked_count = int((better >= SURE).sum() + (better < 1 - SURE).sum())
    if not marked_count:
        return ""
    expected_count = 2 * (1 - SURE) * cells_count
    are = "is" if marked_count == 1 else "are"
    return f"{marked_count} of {cells_count} cells {are} marked; if nobody differed, {about(expected_count)} would be."


def download(frame: pd.DataFrame, names: Sequence[Column], metrics: Sequence[Metric], key: str, title: str) -> None:
    """The button that takes the table along as an .xlsx file."""
    columns = [*names]
    for metric in metrics:
        usual = Column(of_usual(metric), f"{metric.label}, of usual", Unit.SHARE)
        columns += [tables.metric_column(metric), usual]
    tables.download_button(frame, columns, title, title, key)


def _steps(better: pd.Series) -> list[int]:
    """The place in STEPS of each; of whom nothing is known, that of what may be luck."""
    falling = [-least for least, _, _ in STEPS]
    found: list[int] = np.searchsorted(falling, -better.fillna(0.5)).tolist()
    return found


def _marked(frame: pd.DataFrame, steps: Sequence[int], metric: Metric) -> list[str]:
    """The cells of a metric: mark, value, and its share of what is usual where that is known: "▼ $806K · 84 %"."""
    marks = [f"{mark} " if mark else "" for _, _, mark in STEPS]
    usual = frame[of_usual(metric)] if of_usual(metric) in frame else pd.Series(np.nan, frame.index)
    shares = [f" · {reached(share)}" if isfinite(share) else "" for share in usual.tolist()]
    values = show.numbers(frame[metric.key].tolist(), metric)
    return [marks[step] + said + share for step, said, share in zip(steps, values, shares, strict=True)]


def _shades(steps: Sequence[int], is_dark: bool) -> list[str]:
    colours = [COLOURS[shade] if shade else None for _, shade, _ in STEPS]
    styles = [f"background-color: {one.dark if is_dark else one.light}" if one else "" for one in colours]
    return [styles[step] for step in steps]


def _help(name: str, metrics: Sequence[Metric]) -> str | None:
    return next((metric.formula or metric.meaning for metric in metrics if metric.key == name), None)
