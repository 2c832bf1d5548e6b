"""A sheet of industry figures: its rows become values by the unit of their metric, or reasons why not."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from spm.intake.model import Cell, Workbook
from spm.intake.values.amounts import read_money, read_numbers, read_shares
from spm.intake.values.column import as_written, is_blank
from spm.intake.values.days import read_days
from spm.metrics.measures import Unit, attribute_key
from spm.metrics.registry import Metric
from spm.money import cents
from spm.people.org import folded, nearest
from spm.people.roles import role_of

HEADERS = {
    "metric": ("metric", "kpi", "measure"),
    "role": ("role", "job"),
    "segment": ("segment", "industry", "market"),
    "low": ("low", "from", "bottom", "lower_quartile"),
    "typical": ("typical", "median", "mean", "average", "value", "benchmark"),
    "high": ("high", "to", "top", "upper_quartile"),
    "source": ("source", "publisher", "reference"),
    "dated_on": ("date", "dated_on", "as_of", "published", "year"),
}
"""Column → the names that it may have, as keys."""
UNIT_WORDS = {Unit.DAYS: r"\s*(d|days?)$", Unit.TIMES: r"\s*[×x]$"}
"""What may stand behind a number of the unit."""
WHOLE_WORDS = {"any", "all", "every", "all roles", "all segments"}
"""What stands where a figure is of every role or segment."""
Metrics = Mapping[str, Metric]
AMOUNTS = ("low", "typical", "high")


@dataclass(frozen=True)
class FigureRow:
    """One row that was understood: `values` by column of HEADERS, amounts in minor units, shares 0–1."""

    place: int
    values: dict[str, Any]


@dataclass(frozen=True)
class ReadFigures:
    """The rows of a sheet that were understood, and in a sentence each what was not, with its row."""

    rows: tuple[FigureRow, ...]
    refused: tuple[str, ...]


def figures_in(book: Workbook, metrics: Metrics, currency: str) -> ReadFigures:
    """The figures of the first sheet of a file that has the columns metric and source."""
    stops = tuple(issue.message for issue in book.issues)
    for sheet in book.sheets:
        for place, row in enumerate(sheet.rows):
            columns = _columns(row)
            if {"metric", "source"} <= set(columns):
                cells = [
                    {name: line[at] if at < len(line) else None for name, at in columns.items()}
                    for line in sheet.rows[place + 1 :]
                ]
                return figures_of(cells, metrics, currency, place + 2)
    return ReadFigures((), stops or ("No sheet has the columns metric, typical, source and date.",))


def figures_of(rows: Sequence[Mapping[str, Cell]], metrics: Metrics, currency: str, first_row: int = 1) -> ReadFigures:
    """Rows of cells, by column of HEADERS, as figures. A blank row is passed over."""
    found, refused = [], []
    for place, row in enumerate(rows, start=first_row):
        if all(is_blank(cell) for cell in row.values()):
            continue
        try:
            found.append(FigureRow(place, _values(row, metrics, currency)))
        except ValueError as wrong:
            refused.append(f"Row {place}: {wrong}.")
    return ReadFigures(tuple(found), tuple(refused))


def _columns(row: Sequence[Cell]) -> dict[str, int]:
    keys = {attribute_key(cell): at for at, cell in reversed(list(enumerate(row))) if isinstance(cell, str)}
    return {name: keys[alias] for name, aliases in HEADERS.items() for alias in reversed(aliases) if alias in keys}


def _values(row: Mapping[str, Cell], metrics: Metrics, currency: str) -> dict[str, Any]:
    """Raises ValueError, saying what is wrong, for a row that cannot be read."""
    key = _metric(row.get("metric"), metrics)
    values: dict[str, Any] = {"metric": key, "role": _role(row.get("role")), "segment": _part(row.get("segment"))}
    values |= {name: _amount(row.get(name), metrics[key].unit, name, currency) for name in AMOUNTS}
    values["source"] = _text(row.get("source"))
    if not values["source"]:
        raise ValueError(f"{metrics[key].label} has no source; a figure without one is not kept")
    values["dated_on"] = _day(row.get("dated_on"))
    return values


def _metric(cell: Cell, metrics: Metrics) -> str:
    text = _text(cell)
    names = {folded(name): key for key, one in metrics.items() for name in (key, one.label)}
    if folded(text) in names:
        return names[folded(text)]
    near = nearest(text, [one.label for one in metrics.values()])
    raise ValueError(f"there is no metric “{text}”" + (f"; did you mean {near[0]}?" if near else ""))


def _part(cell: Cell) -> str:
    """What a figure is of; empty for all there are."""
    text = _text(cell)
    return "" if folded(text) in WHOLE_WORDS else text


def _role(cell: Cell) -> str:
    text = _part(cell)
    if text and role_of(text) is None:
        return attribute_key(text)
    return role_of(text) or ""


def _amount(cell: Cell, unit: Unit, name: str, currency: str) -> float | None:
    if is_blank(cell):
        return None
    if unit is Unit.MONEY:
        (amount,) = read_money([cell]).values
        value = None if amount is None else float(cents(amount, currency))
    elif unit is Unit.SHARE:
        (value,) = read_shares([cell]).values
    else:
        bare = re.sub(UNIT_WORDS[unit], "", cell.strip()) if unit in UNIT_WORDS and isinstance(cell, str) else cell
        (value,) = read_numbers([bare]).values
    if value is None:
        raise ValueError(f"{name} “{as_written(cell)}” is no {'share' if unit is Unit.SHARE else 'number'}")
    return float(value)


def _day(cell: Cell) -> date:
    text = as_written(cell).strip()
    if text.isdecimal() and len(text) == 4:
        return date(int(text), 12, 31)  # a year's figure is of its end
    (day,) = read_days([cell]).values
    if day is None:
        raise ValueError("has no date: say of when the figure is")
    return day


def _text(cell: Cell) -> str:
    return "" if is_blank(cell) else as_written(cell).strip()
