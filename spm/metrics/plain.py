"""Values as scripts and exports want them: money in major units, whole counts as whole numbers, None for missing. Pure."""

import math
from typing import Any

import pandas as pd

from spm import money
from spm.metrics.registry import MEASURES, Metric, Unit

COVERED = "covered"  # a coverage with nothing left to cover


def plain_number(amount: float | None, unit: Unit, currency: str) -> float | int | str | None:
    """One value of a unit: minor units become major ones, infinity the word "covered", NaN None."""
    if amount is None or math.isnan(amount):
        return None
    if math.isinf(amount):
        return COVERED
    if unit is Unit.MONEY:
        return money.major(amount, currency)
    return int(amount) if unit is Unit.COUNT and amount == int(amount) else float(amount)


def plain_values(metric: Metric, frame: pd.DataFrame, currency: str) -> list[dict[str, Any]]:
    """What `queries.values` answers, one dict a row: each dimension, metric, value; numerator and denominator of a ratio."""
    dimensions = [name for name in frame if name not in ("value", "numerator", "denominator")]
    rows = []
    for row in frame.to_dict("records"):
        plain: dict[str, Any] = {str(name): None if pd.isna(row[name]) else row[name] for name in dimensions}
        plain |= {"metric": metric.key, "value": plain_number(row["value"], metric.unit, currency)}
        if metric.is_ratio:
            for part, measures in (("numerator", metric.numerator), ("denominator", metric.denominator)):
                plain[part] = plain_number(row[part], part_unit(measures[0]), currency)
        rows.append(plain)
    return rows


def part_unit(measure: str) -> Unit:
    """The unit of a numerator or denominator: that of its first measure; those of stocks are told by their names."""
    if measure in MEASURES:
        return MEASURES[measure].unit
    return Unit.COUNT if measure.startswith("reps") else Unit.MONEY
