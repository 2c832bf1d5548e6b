"""Scorecards as rows of a sheet, and back: what a workbook carries from one company or version to another. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

from spm import money
from spm.calendar import Grain
from spm.errors import Refusal
from spm.metrics.registry import Metric, Timing, Unit
from spm.people.org import folded, nearest
from spm.people.roles import ROLES, label_of
from spm.scorecards.bands import Bands
from spm.scorecards.model import DEFAULT_CAP, DEFAULT_PERCENTILE, Item, Scope, Scorecard, checked
from spm.scorecards.personal import Level

LEVEL_COLUMNS = {f"Target {level}": level for level in Level}
COLUMNS = ("Role", "Metric", "Metric key", "Weight", "Target", "Target from", "Percentile", "Period", "Kind", "Better",
           "Floor", "Cap", "Seasonal", "Whose", "Waits for", *LEVEL_COLUMNS)  # fmt: skip
BETTER = {None: "as the metric", True: "more", False: "less"}
WHOSE = {Scope.OWN: "own", Scope.TEAM: "team"}
SEASONAL = {True: "yes", False: "no"}
GRAINS = {grain: grain.value for grain in (Grain.WEEK, Grain.MONTH, Grain.QUARTER, Grain.YEAR)}


@dataclass(frozen=True)
class WrongCell:
    """One cell that could not be read: `row` is that of the sheet, the header being 1."""

    row: int
    column: str
    found: str
    expected: str

    @property
    def sentence(self) -> str:
        return f"Row {self.row}, {self.column}: found “{self.found}”, expected {self.expected}."


@dataclass(frozen=True)
class FoundScorecards:
    """The scorecards of a sheet; none of them where any cell is wrong."""

    scorecards: tuple[Scorecard, ...]
    wrong: tuple[WrongCell, ...]
    refused: str = ""


def rows_of(scorecards: Sequence[Scorecard], metric: Callable[[str], Metric], currency: str) -> pd.DataFrame:
    """One row an item, with COLUMNS: amounts in major units, shares 0–1, missing None."""
    rows = [_row(scorecard.role, item, metric, currency) for scorecard in scorecards for item in scorecard.items]
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)


def scorecards_of(frame: pd.DataFrame, metrics: Mapping[str, Metric], bands: Bands, currency: str) -> FoundScorecards:
    """The scorecards of such rows, read by their columns' names; columns that are not there take their usual value."""
    wrong: list[WrongCell] = []
    items: dict[str, list[Item]] = {}
    if lacking := _lacking(frame):
        return FoundScorecards((), (), lacking)
    for at, row in enumerate(frame.to_dict("records")):
        if all(cell is None or pd.isna(cell) for cell in row.values()):
            continue
        reader = _Row(at + 2, {str(name).strip().casefold(): cell for name, cell in row.items()}, wrong)
        role = _role(str(reader.text("Role")))
        if not role:
            wrong.append(WrongCell(reader.number, "Role", "", "the name of a role"))
            continue
        if (item := _item(reader, metrics, currency)) is not None:
            items.setdefault(role, []).append(item)
    if wrong:
        return FoundScorecards((), tuple(wrong))
    found = []
    for role, known in items.items():
        try:
            found.append(checked(Scorecard(role, tuple(known)), bands))
        except Refusal as refusal:
            return FoundScorecards((), (), f"{label_of(role)}: {refusal.sentence} {refusal.hint}".strip())
    return FoundScorecards(tuple(found), ())


def _lacking(frame: pd.DataFrame) -> str:
    """What the sheet must have and has not, in a sentence; "" where nothing."""
    there = {str(name).strip().casefold() for name in frame.columns}
    lacking = [] if "role" in there else ["Role"]
    lacking += [] if there & {"metric", "metric key"} else ["Metric"]
    if not lacking:
        return ""
    return f"No column is called {' or '.join(lacking)}. Download the scorecards in force for a sheet to change."


def _row(role: str, item: Item, metric: Callable[[str], Metric], currency: str) -> tuple[Any, ...]:
    unit = None if item.is_waiting else metric(item.metric).unit
    levels = dict(item.levels)

    def plain(value: float | None) -> float | None:
        return money.major(value, currency) if unit is Unit.MONEY and value is not None else value

    label = item.metric.replace("_", " ").capitalize() if item.is_waiting else metric(item.metric).label
    return (label_of(role), label, item.metric, item.weight, plain(item.target), item.target_from, item.percentile,
            item.period.value, item.timing.value, BETTER[item.higher_is_better], item.floor, item.cap,
            SEASONAL[item.seasonal], WHOSE[item.scope], item.waits_for or None,
            *(plain(levels.get(level)) for level in LEVEL_COLUMNS.values()))  # fmt: skip


class _Row:
    """One row of the sheet, whose cells are read one by one; what is wrong is kept."""

    def __init__(self, number: int, cells: Mapping[str, Any], wrong: list[WrongCell]) -> None:
        self.number, self.cells, self.wrong = number, cells, wrong

    def text(self, column: str) -> str:
        cell = self.cells.get(column.casefold())
        return "" if cell is None or pd.isna(cell) else str(cell).strip()

    def value(self, column: str, usual: float | None) -> float | None:
        text = self.text(column)
        if not text:
            return usual
        try:
            return float(text)
        except ValueError:
            self.wrong.append(WrongCell(self.number, column, text, "a number"))
            return usual

    def one_of(self, column: str, words: Mapping[Any, str], usual: Any) -> Any:
        text = self.text(column)
        if not text:
            return usual
        for value, word in words.items():
            if word == text.casefold():
                return value
        self.wrong.append(WrongCell(self.number, column, text, f"one of {', '.join(words.values())}"))
        return usual


def _item(row: _Row, metrics: Mapping[str, Metric], currency: str) -> Item | None:
    waits_for = row.text("Waits for")
    metric = None if waits_for else _metric(row, metrics)
    key = row.text("Metric key") if waits_for else (metric.key if metric else "")

    def amount(column: str) -> float | None:
        found = row.value(column, None)
        if found is None or metric is None or metric.unit is not Unit.MONEY:
            return found
        return float(money.cents(Decimal(str(found)), currency))

    levels = [(level.value, amount(column)) for column, level in LEVEL_COLUMNS.items()]
    item = Item(
        key,
        row.value("Weight", 0.0) or 0.0,
        row.one_of("Kind", {one: one.value for one in Timing}, metric.timing if metric else Timing.LAGGING),
        target=amount("Target"),
        target_from=row.one_of("Target from", {one: one for one in metrics}, None),
        higher_is_better=row.one_of("Better", BETTER, None),
        floor=row.value("Floor", 0.0) or 0.0,
        cap=row.value("Cap", DEFAULT_CAP) or 0.0,
        period=row.one_of("Period", GRAINS, Grain.MONTH),
        seasonal=row.one_of("Seasonal", SEASONAL, False),
        scope=row.one_of("Whose", WHOSE, Scope.OWN),
        waits_for=waits_for,
        levels=tuple((level, target) for level, target in levels if target is not None),
        percentile=row.value("Percentile", DEFAULT_PERCENTILE) or 0.0,
    )
    return item if key else None  # its other cells have been read: all that is wrong is told at once


def _metric(row: _Row, metrics: Mapping[str, Metric]) -> Metric | None:
    """The metric by its key, else by its label; where the two don't say the same, nobody knows which one was changed."""
    key, label = row.text("Metric key"), row.text("Metric")
    if key in metrics:
        if label and folded(label) != folded(metrics[key].label):
            expected = f"“{metrics[key].label}”, as its key says; for another metric empty the cell with the key"
            row.wrong.append(WrongCell(row.number, "Metric", label, expected))
        return metrics[key]
    by_label = {folded(metric.label): metric for metric in metrics.values()}
    if folded(label) in by_label:
        return by_label[folded(label)]
    near = nearest(label or key, [metric.label for metric in metrics.values()])
    row.wrong.append(WrongCell(row.number, "Metric", label or key, f"a metric{f', such as {near[0]}' if near else ''}"))
    return None


def _role(text: str) -> str:
    """The key of a role by its label or key; a company's own is its name."""
    labels = {folded(role.label): key for key, role in ROLES.items()}
    return labels.get(folded(text), text)
