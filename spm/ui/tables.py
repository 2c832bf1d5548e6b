"""Tables as pages show them: sorted, searched, clicked, and downloaded as .xlsx.

Amounts come in minor units and are shown in the company's currency; missing is an empty cell, never 0.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from spm.metrics.registry import Metric, Unit
from spm.reports.workbook import workbook
from spm.ui import cells
from spm.ui.show import Pick, currency

SEARCH_FROM_ROWS = 12
ROW_HEIGHT, HEADER_HEIGHT, MOST_ROWS_SHOWN = 35, 38, 15
LINE_HEIGHT = 21  # of each further line in a row, in which long sentences wrap
SIGNED = ("change", "points")
LETTER_WIDTH, CELL_PADDING, MOST_NAME_WIDTH = 7.4, 24, 250  # pixels, in the font of tables
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Column:
    """How one column of a frame is shown and downloaded.

    `kind` is a Unit, or "text", "day", "number" (plain, such as a row number), "change" (a share with its sign),
    "points" (a difference of shares), "expected count" (one that need not be whole), "share bar" (a share as a bar that is
    full at 1, rounded down), "score" and "score bar" (likewise, in points: 1.3 is 130), "written number" (a text that is one),
    "trend" (a list of values, oldest first) or "money trend" (the same in minor units); missing values are left out of a
    trend. One that `is_pinned` stays in view; without a `width` it is as wide as its names (see `width_of`).
    """

    name: str
    label: str
    kind: Unit | str = "text"
    help: str = ""
    is_pinned: bool = False
    width: int | None = None


def metric_column(metric: Metric, label: str = "", width: int | None = None) -> Column:
    """The column of a metric, labelled and explained as it is declared."""
    meaning = metric.formula or metric.meaning
    return Column(metric.key, label or metric.label, metric.unit, meaning, width=width)


def width_of(column: Column, cells_shown: pd.Series) -> int | None:
    """The width of a column in pixels: its own, or of a pinned one what its longest name needs, up to MOST_NAME_WIDTH."""
    if column.width is not None or not column.is_pinned:
        return column.width
    longest = max([len(column.label), *cells_shown.dropna().astype(str).str.len()])
    return min(round(longest * LETTER_WIDTH) + CELL_PADDING, MOST_NAME_WIDTH)


def table(
    frame: pd.DataFrame,
    columns: Sequence[Column],
    key: str,
    alt: str,
    on_pick: Pick | None = None,
    is_downloadable: bool = True,
    file_name: str = "",
    is_searchable: bool = True,
    lines_count: int = 1,
) -> None:
    """A table that can be sorted, searched (from SEARCH_FROM_ROWS rows on) and downloaded as .xlsx.

    Shows those of `columns` that `frame` has, in that order; money in minor units. `on_pick` is called with the row
    that was clicked, before the page runs again. The download holds the rows that are shown; its file is called
    `file_name`, else as `alt` says what they are. Long text wraps into `lines_count` lines.
    """
    row_height = ROW_HEIGHT + (lines_count - 1) * LINE_HEIGHT
    shown = [column for column in columns if column.name in frame]
    kept = frame
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if is_searchable and len(frame) >= SEARCH_FROM_ROWS:
            text = st.text_input(
                "Search", key=f"{key}_search", placeholder="Search", label_visibility="collapsed", width=220
            )
            kept = _matching(frame, [column.name for column in shown if column.kind == "text"], text)
        if is_downloadable:
            download_button(kept, shown, alt, file_name or alt, key)
    options: dict[str, Any] = {}
    if on_pick:
        options = {"on_select": row_picked(key, kept, on_pick), "selection_mode": "single-cell"}
    rows = _for_screen(kept, shown)
    written_out = [
        one for one in shown if one.kind in SIGNED or (one.kind is Unit.MONEY and (rows[one.name] < 0).any())
    ]
    of = currency()
    st.dataframe(
        _signed(rows, written_out) if written_out else rows,
        hide_index=True,
        column_config={
            one.name: _configured(one, of, width_of(one, rows[one.name]), is_written=one in written_out)
            for one in shown
        },
        height=HEADER_HEIGHT + row_height * min(max(len(kept), 1), MOST_ROWS_SHOWN * ROW_HEIGHT // row_height),
        row_height=row_height,
        placeholder="",
        key=key,
        alt=alt,
        **options,
    )


def download_button(frame: pd.DataFrame, columns: Sequence[Column], title: str, file_name: str, key: str) -> None:
    """The button that takes the rows along as an .xlsx file, which is made on click."""
    st.download_button(
        "Download",
        lambda: download(frame, columns, title),
        f"{file_name}.xlsx",
        XLSX,
        key=f"{key}_download",
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
    )


def download(frame: pd.DataFrame, columns: Sequence[Column], title: str) -> bytes:
    """The rows as an .xlsx file with one sheet: amounts in major units, small lines left out."""
    kept = [column for column in columns if column.name in frame and column.kind not in cells.TRENDS]
    of = currency()
    rows = pd.DataFrame({one.label: cells.in_major(frame[one.name], one.kind, of) for one in kept}, index=frame.index)
    return workbook({title: rows}, {one.label: cells.FORMATS[one.kind] for one in kept if one.kind in cells.FORMATS})


def row_picked(key: str, rows: pd.DataFrame, on_pick: Pick) -> Callable[[], None]:
    """What a table of that key does on a click: `on_pick` with the row of `rows` that was clicked."""

    def picked() -> None:
        picked_cells = st.session_state[key].selection.cells
        if picked_cells:
            on_pick(rows.iloc[picked_cells[0][0]].to_dict())

    return picked


def _matching(frame: pd.DataFrame, names: Sequence[str], text: str) -> pd.DataFrame:
    wanted = text.casefold().strip()
    if not wanted:
        return frame
    found = [frame[name].map(lambda cell: wanted in str(cell or "").casefold()) for name in names]
    return frame[pd.concat(found, axis=1).any(axis=1)] if found else frame


def _for_screen(frame: pd.DataFrame, columns: Sequence[Column]) -> pd.DataFrame:
    of = currency()
    return pd.DataFrame(
        {one.name: cells.drawn(cells.in_major(frame[one.name], one.kind, of), one.kind, of) for one in columns},
        index=frame.index,
    )


def _signed(rows: pd.DataFrame, written_out: Sequence[Column]) -> Styler:
    """The rows with columns `written_out`: the browser's formats set a hyphen for a minus, and it behind a currency's symbol."""
    written = {Unit.MONEY: partial(cells.amount, currency=currency()), "change": cells.change,
               "points": partial(cells.change, unit="points")}  # fmt: skip
    return rows.reset_index(drop=True).style.format({one.name: written[one.kind] for one in written_out}, na_rep="")


def _configured(column: Column, currency: str, width: int | None, is_written: bool) -> Any:
    """How a column is drawn; one that `is_written` out already has no format, which would go before what is written."""
    options = {"format": None} if is_written else {}
    return cells.column_config(
        column.kind, currency, column.label,
        help=column.help or None, pinned=column.is_pinned, width=width, **options,
    )  # fmt: skip
