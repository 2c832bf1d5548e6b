"""The pieces that pages are drawn from: headline, tiles, pictures, tables, empty pages.

Money comes in as the domains give it, in minor units, and is shown in the company's currency; shares are 0–1;
missing (None, NaN) is shown as a dash or an empty cell, never as 0.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any, Literal

import pandas as pd
import streamlit as st

from spm import money
from spm.charts.specification import Specification
from spm.metrics import wording
from spm.metrics.registry import Metric, Unit
from spm.reports.workbook import workbook
from spm.ui import asking, cells, menu

SEARCH_FROM_ROWS = 12
ROW_HEIGHT, HEADER_HEIGHT, MOST_ROWS_SHOWN = 35, 38, 15
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Pick = Callable[[dict[str, Any]], None]
"""What to do with what the reader clicked: the fields of a mark, or the row of a table, by column name."""


@dataclass(frozen=True)
class Tile:
    """One number: `value` short, `hover` in full with what it means; `change` is against `against`.

    `is_good` says whether the change is one (None: neither). `trend` is a small line, oldest first. `link` is a page
    with the words to click; `origin` draws what opens the rows behind the number (see `origin.behind`).
    """

    label: str
    value: str
    hover: str = ""
    change: str = ""
    against: str = ""
    is_good: bool | None = None
    trend: Sequence[float | None] = ()
    note: str = ""
    link: tuple[str, str] | None = None
    origin: Callable[[], None] | None = None


def number(value: float | None, metric: Metric) -> str:
    """A metric's value as a tile shows it, in the company's currency; an attainment is rounded down."""
    if metric.key == "attainment":
        return wording.reached(value)
    return wording.short(metric.unit, value, currency())


def in_full(value: float | None, metric: Metric) -> str:
    """The same to the last unit."""
    return wording.full(metric.unit, value, currency())


def change(now: float | None, before: float | None, metric: Metric) -> str:
    """From `before` to `now` as a tile shows it: "+172 %", "−1.3 points" for shares; empty where either is missing."""
    if now is None or before is None or not (isfinite(now) and isfinite(before)):
        return ""
    if metric.unit is Unit.SHARE:
        return f"{_signed(now * 100 - before * 100, 1)} points"
    return f"{_signed((now - before) / abs(before) * 100, 0)} %" if before else ""


def currency() -> str:
    return asking.scene().standing.company.currency


def symbol() -> str:
    """What charts print in front of an amount."""
    return money.symbol(currency())


def major(frame: pd.DataFrame, *names: str) -> pd.DataFrame:
    """The frame with amounts in minor units in the columns `names` as charts want them: major units, missing as NaN."""
    return frame.assign(**{name: cells.in_major(frame[name], Unit.MONEY, currency()) for name in names})


def headline(sentence: str, note: str = "") -> None:
    """The page's one heading: the answer in words. `note` says below it what it rests on."""
    st.title(plain(sentence), anchor=False)
    if note:
        st.caption(plain(note))


def section(title: str, note: str = "") -> None:
    """The heading of a part of a page."""
    st.subheader(plain(title), anchor=False, help=note or None)


def tiles(*row: Tile) -> None:
    """Three to five numbers side by side, each as high as the highest; one under the other where it is narrow."""
    with st.grid(len(row), min_column_width=215, gap="small"):
        for tile in row:
            with st.container(border=True, height="stretch", gap="small", vertical_alignment="distribute"):
                _tile(tile)


def chart(
    frame: pd.DataFrame,
    specification: Specification,
    alt: str,
    key: str | None = None,
    on_pick: Pick | None = None,
    is_stretched: bool = False,
) -> None:
    """A picture of `spm.charts` over `frame`; `alt` says in a sentence what it shows, for readers who listen.

    `on_pick` is called with the fields of the mark that was clicked (see the chart's docstring), before the page runs
    again; it needs a `key`. `is_stretched`: as high as its container, where that stretches to its neighbour.
    """
    options: dict[str, Any] = {"key": key, "height": "stretch" if is_stretched else "content"}
    if key and on_pick:
        options |= {"on_select": _mark_picked(key, on_pick), "selection_mode": "picked"}
    st.vega_lite_chart(frame, specification, alt=alt, **options)


@dataclass(frozen=True)
class Column:
    """How one column of a frame is shown and downloaded.

    `kind` is a Unit, or "text", "day", "number" (plain, such as a row number), "change" (a share with its sign),
    "share bar" (a share as a bar up to `most`, rounded down), "trend" (a list of values, oldest first) or
    "money trend" (the same in minor units); missing values are left out of a trend.
    """

    name: str
    label: str
    kind: Unit | str = "text"
    help: str = ""
    most: float = 1.5
    is_pinned: bool = False
    width: str | int | None = None


def metric_column(metric: Metric, name: str = "", label: str = "", width: int | None = None) -> Column:
    """The column of a metric, labelled and explained as it is declared."""
    meaning = metric.formula or metric.meaning
    return Column(name or metric.key, label or metric.label, metric.unit, meaning, width=width)


def table(
    frame: pd.DataFrame,
    columns: Sequence[Column],
    key: str,
    alt: str,
    on_pick: Pick | None = None,
    is_downloadable: bool = True,
    file_name: str = "",
    is_searchable: bool = True,
) -> None:
    """A table that can be sorted, searched (from SEARCH_FROM_ROWS rows on) and downloaded as .xlsx.

    Shows those of `columns` that `frame` has, in that order; money in minor units. `on_pick` is called with the row
    that was clicked, before the page runs again. The download holds the rows that are shown.
    """
    shown = [column for column in columns if column.name in frame]
    kept = frame
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if is_searchable and len(frame) >= SEARCH_FROM_ROWS:
            text = st.text_input(
                "Search", key=f"{key}_search", placeholder="Search", label_visibility="collapsed", width=220
            )
            kept = _matching(frame, [column.name for column in shown if column.kind == "text"], text)
        if is_downloadable:
            st.download_button(
                "Download",
                lambda: download(kept, shown, alt),
                f"{file_name or key}.xlsx",
                XLSX,
                key=f"{key}_download",
                on_click="ignore",
                type="tertiary",
                icon=":material/download:",
            )
    options: dict[str, Any] = {}
    if on_pick:
        options = {"on_select": _row_picked(key, kept, on_pick), "selection_mode": "single-cell"}
    st.dataframe(
        _for_screen(kept, shown),
        hide_index=True,
        column_config={one.name: _configured(one) for one in shown},
        height=HEADER_HEIGHT + ROW_HEIGHT * min(max(len(kept), 1), MOST_ROWS_SHOWN),
        row_height=ROW_HEIGHT,
        placeholder="",
        key=key,
        alt=alt,
        **options,
    )


def download(frame: pd.DataFrame, columns: Sequence[Column], title: str) -> bytes:
    """The rows as an .xlsx file with one sheet: amounts in major units, small lines left out."""
    kept = [column for column in columns if column.name in frame and column.kind not in cells.TRENDS]
    rows = pd.DataFrame({one.label: cells.in_major(frame[one.name], one.kind, currency()) for one in kept})
    return workbook({title: rows}, {one.label: cells.FORMATS[one.kind] for one in kept if one.kind in cells.FORMATS})


def empty(sentence: str, hint: str = "", page: str = "", words: str = "") -> None:
    """What stands where there is nothing to show: what is missing, and the button that brings it."""
    with st.container(border=True, horizontal_alignment="center", gap="small"):
        st.space("small")
        st.markdown(f"**{plain(sentence)}**", text_alignment="center")
        if hint:
            st.caption(plain(hint), text_alignment="center")
        if page and st.button(words, type="primary", key=f"empty_{page}_{words}"):
            menu.go_to(page)
        st.space("small")


def _signed(amount: float, digits: int) -> str:
    rounded = round(amount, digits)
    sign = "+" if rounded > 0 else "−" if rounded < 0 else "±"
    return f"{sign}{abs(rounded):,.{digits}f}"


def plain(text: str) -> str:
    """Text with names of others in it, as it is: no sign formats, and "%" stays on its number's line."""
    return marked(re.sub(r"([\\`*_\[\]~<])", r"\\\1", text))


def marked(text: str) -> str:
    """Markdown of ours with amounts in it: "$" starts no formula, and "%" stays on its number's line."""
    return text.replace("$", "\\$").replace(" %", "\N{NO-BREAK SPACE}%")


def _tile(tile: Tile) -> None:
    colours: dict[bool | None, Literal["green", "red", "gray"]] = {True: "green", False: "red", None: "gray"}
    arrows: dict[str, Literal["up", "down"]] = {"+": "up", "−": "down"}
    with st.container(gap="small"):
        st.metric(
            tile.label,
            plain(tile.value),
            plain(tile.change) or None,
            delta_color=colours[tile.is_good],
            delta_arrow=arrows.get(tile.change[:1], "off"),
            delta_description=plain(tile.against) or None,
            help=plain(tile.hover) or None,
            chart_data=list(tile.trend) or None,
        )
        if tile.note:
            st.caption(plain(tile.note))
    if tile.link:
        page, words = tile.link
        if st.button(words, key=f"tile_{tile.label}_{page}", type="tertiary", icon=":material/arrow_forward:"):
            menu.go_to(page)
    if tile.origin:
        tile.origin()


def _mark_picked(key: str, on_pick: Pick) -> Callable[[], None]:
    def picked() -> None:
        marks = st.session_state[key].selection.get("picked") or []
        if marks:
            on_pick(dict(marks[0]))

    return picked


def _row_picked(key: str, rows: pd.DataFrame, on_pick: Pick) -> Callable[[], None]:
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
        {one.name: cells.drawn(cells.in_major(frame[one.name], one.kind, of), one.kind, of) for one in columns}
    )


def _configured(column: Column) -> Any:
    return cells.column_config(
        column.kind, currency(), column.label, column.most,
        help=column.help or None, pinned=column.is_pinned, width=column.width,
    )  # fmt: skip
