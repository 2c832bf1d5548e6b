"""The pieces that pages are drawn from: headline, tiles, pictures, empty pages (tables are in `tables`).

Money comes in as the domains give it, in minor units, and is shown in the company's currency; shares are 0–1;
missing (None, NaN) is shown as a dash or an empty cell, never as 0.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from math import isfinite
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from spm import money
from spm.charts.specification import Specification
from spm.metrics import wording
from spm.metrics.registry import Metric, Unit
from spm.ui import asking, cells, menu

Pick = Callable[[dict[str, Any]], None]
"""What to do with what the reader clicked: the fields of a mark, or the row of a table, by column name."""

DRAWN_DIGITS = 12  # of the numbers in pictures; beyond is float noise


@dataclass(frozen=True)
class Tile:
    """One number: `value` short, `hover` in full with what it means; `change` is against `against`.

    A change says nothing of luck and has no arrow: a signal stands in `note`. `trend` is a small line, oldest first. `link`
    is a page with the words to click; `origin` draws what opens the rows behind the number (see `origin.behind`).
    """

    label: str
    value: str
    hover: str = ""
    change: str = ""
    against: str = ""
    trend: Sequence[float | None] = ()
    note: str = ""
    link: tuple[str, str] | None = None
    origin: Callable[[], None] | None = None


def number(value: float | None, metric: Metric) -> str:
    """A metric's value as a tile shows it, in the company's currency; an attainment is rounded down."""
    return numbers([value], metric)[0]


def numbers(values: Iterable[float | None], metric: Metric) -> list[str]:
    """The same of many: what the currency is takes longer to ask than to write."""
    if metric.key == "attainment":
        return [wording.reached(value) for value in values]
    code = currency()
    return [wording.short(metric.unit, value, code) for value in values]


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
    st.vega_lite_chart(without_noise(frame), specification, alt=alt, **options)


@contextmanager
def folded(key: str, label: str = "The same as a table") -> Iterator[bool]:
    """The place of a table that is closed at first: whether it is open. What belongs there is not made before."""
    with st.expander(label, icon=":material/table_rows:", key=f"{key}_open", on_change="rerun") as part:
        yield bool(part.open)


def without_noise(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame as a picture gets it: a browser would write 32 % of 0.32499999999999996, where tables say 33 %."""
    floats = [name for name, kind in frame.dtypes.items() if kind.kind == "f"]
    return frame.assign(**{name: np.round(frame[name].to_numpy(), DRAWN_DIGITS) for name in floats})


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
    """Text with names of others in it, as it is: no sign formats, no address links, and "%" stays on its number's line."""
    unlinked = re.sub(r"(@|://|www\.)", "\\1\N{WORD JOINER}", text)
    return marked(re.sub(r"([\\`*_\[\]~<])", r"\\\1", unlinked))


def marked(text: str) -> str:
    """Markdown of ours with amounts in it: "$" starts no formula, and "%" stays on its number's line."""
    return text.replace("$", "\\$").replace(" %", "\N{NO-BREAK SPACE}%")


def _tile(tile: Tile) -> None:
    with st.container(gap="small"):
        st.metric(
            tile.label,
            plain(tile.value),
            plain(tile.change) or None,
            delta_color="blue",
            delta_arrow="off",
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
