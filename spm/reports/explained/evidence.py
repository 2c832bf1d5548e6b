"""The facts behind each item of a scorecard, with what every one of them adds. Pure."""

from dataclasses import dataclass, replace
from math import fsum, isclose
from statistics import median

import pandas as pd

from spm.calendar import ONE_DAY, Span, WorkingCalendar
from spm.metrics.measures import Measure, Unit
from spm.metrics.quotas import E4, by_day
from spm.metrics.registry import Nature
from spm.reports.explained.workings import Working
from spm.scorecards.aims import Aim
from spm.scorecards.model import Item
from spm.scorecards.scoring import ItemScore, Reading

NUMERATOR, DENOMINATOR, TARGET = "numerator", "denominator", "target"
FACT_COLUMNS = ("on", "owner", "account", "name", "file_name", "sheet", "source_row")


@dataclass(frozen=True)
class Part:
    """One measure of an item's metric: the rows that it adds up, each with `value` in the measure's unit.

    `rows` also has `stated`, what the row says, and `share`, how much of it counts, with value = stated × share.
    """

    side: str
    measure: str
    label: str
    unit: Unit
    rows: pd.DataFrame

    @property
    def total(self) -> float:
        return fsum(self.rows["value"])

    def within(self, days: Span) -> "Part":
        """Only the rows of these days; quotas stay."""
        if self.measure == "quota":
            return self
        return replace(self, rows=self.rows[[day in days for day in self.rows["on"]]])


@dataclass(frozen=True)
class Evidence:
    """An item with its target and the parts of its actual.

    `parts` are those of the actual, and of a target that is a quota (side TARGET); `workings` what other targets come
    from. `is_live`: the parts add up to the actual, or it is their median, so that it can be worked out from the rows; where
    customers are counted, or facts have changed since a period was closed, it can't.
    """

    item: Item
    reading: Reading
    score: ItemScore | None
    aim: Aim | None
    parts: tuple[Part, ...]
    workings: tuple[Working, ...] = ()

    @property
    def is_live(self) -> bool:
        reading = self.reading
        above, below = self._total(NUMERATOR), self._total(DENOMINATOR)
        if not self.parts or reading.actual is None:
            return False
        if self.is_median:
            return _same(median(row for one in self.parts for row in one.rows["value"]), reading.actual)
        if not reading.metric.is_ratio:
            return _same(above, reading.actual)
        return below is not None and bool(below) and _same((above or 0.0) / below, reading.actual)

    @property
    def is_median(self) -> bool:
        return self.reading.metric.nature is Nature.DISTRIBUTION

    @property
    def is_quotient(self) -> bool:
        """Whether the reading's own numerator and denominator come to the actual."""
        above, below = self.reading.numerator, self.reading.denominator
        return (
            above is not None and below is not None and below != 0 and _same(above / below, self.reading.actual or 0.0)
        )

    @property
    def has_quota_rows(self) -> bool:
        """Whether the target is what quotas of the rows add up to."""
        total, target = self._total(TARGET), self.aim.target if self.aim else None
        return target is not None and _same(total, target.base)

    def _total(self, side: str) -> float | None:
        totals = [part.total for part in self.parts if part.side == side]
        return fsum(totals) if totals else None


def part(side: str, measure: Measure, label: str, factor: float, rows: pd.DataFrame, span: Span,
         calendar: WorkingCalendar) -> Part | None:  # fmt: skip
    """The rows of a measure as a part, each counted `factor` times; None where what a row adds cannot be told."""
    if measure.key == "quota":
        stated, shares = rows["amount_cents"].astype(float), _shares_of_quotas(rows, span, calendar)
    else:
        column = measure.tallies[0].value if measure.tallies else None
        known = _stated(rows, column)
        if known is None:
            return None
        stated, shares = known, _shares_of_credit(rows, column)
    shown = pd.DataFrame({name: rows.get(name, pd.Series(None, rows.index, object)) for name in FACT_COLUMNS})
    shown = shown.assign(stated=stated.tolist(), share=[factor * share for share in shares])
    shown = shown[shown["stated"].notna()]  # a deal without an amount adds none
    return Part(side, measure.key, label, measure.unit, shown.assign(value=shown["stated"] * shown["share"]))


def _stated(rows: pd.DataFrame, column: str | None) -> pd.Series | None:
    """What each row says, in the measure's unit; rows are counted where no column is added up."""
    if column is None:
        return pd.Series(1.0, index=rows.index)
    whole = [name for name in dict.fromkeys((column, column.replace("_e4", "_cents"))) if name in rows]
    if not whole:
        return None
    values = pd.Series(float("nan"), index=rows.index)
    for name in whole:
        values = values.fillna(rows[name].astype(float) / (E4 if name.endswith("_e4") else 1))
    return values


def _shares_of_credit(rows: pd.DataFrame, column: str | None) -> list[float]:
    """How much of each row is the owner's: all, but of a deal that several share."""
    if "credit_share" not in rows:
        return [1.0] * len(rows)
    shares = rows["credit_share"].astype(float).fillna(1.0)
    if column == "amount_cents":  # amounts are split to the cent, not by the rounded share
        amounts = rows["amount_cents"].astype(float)
        shares = (rows["credited_cents"].astype(float) / amounts.where(amounts != 0)).fillna(shares)
    return [float(share) for share in shares]


def _shares_of_quotas(rows: pd.DataFrame, span: Span, calendar: WorkingCalendar) -> list[float]:
    """Of each quota the share that falls into the span, as its days are counted."""
    shares = []
    for row in rows.to_dict("records"):
        quota = {
            "owner": 0,
            "starts_on": row["on"],
            "ends_before": row["last_on"] + ONE_DAY,
            "amount_cents": row["amount_cents"],
        }
        inside = by_day(pd.DataFrame([quota]), "owner", calendar, span)
        counted = float(inside["value_e4"].sum()) / E4 if len(inside) else 0.0
        shares.append(counted / row["amount_cents"] if row["amount_cents"] else 0.0)
    return shares


def _same(one: float | None, other: float) -> bool:
    return one is not None and isclose(one, other, rel_tol=1e-9, abs_tol=1e-6)
