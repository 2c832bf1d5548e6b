"""Values as scripts and exports want them: money in major units, whole counts as whole numbers, None for missing. Pure."""

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from spm import money
from spm.metrics.measures import MEASURES, Measure, Unit
from spm.metrics.registry import Metric
from spm.metrics.wording import COVERED


def plain_number(amount: float | None, unit: Unit, currency: str) -> float | int | str | None:
    """One value of a unit: minor units become major ones, infinity the word "covered", NaN None."""
    if amount is None or math.isnan(amount):
        return None
    if math.isinf(amount):
        return COVERED
    if unit is Unit.MONEY:
        return money.major(amount, currency)
    return int(amount) if unit is Unit.COUNT and amount == int(amount) else float(amount)


def plain_values(
    metric: Metric, frame: pd.DataFrame, currency: str, measures: Mapping[str, Measure] = MEASURES
) -> list[dict[str, Any]]:
    """What `queries.values` answers, one dict a row: each dimension, metric, value; numerator and denominator of a ratio.

    `measures` are those of the scene's catalogue, the company's own among them.
    """
    dimensions = [name for name in frame if name not in ("value", "numerator", "denominator")]
    rows = []
    for row in frame.to_dict("records"):
        plain: dict[str, Any] = {str(name): None if pd.isna(row[name]) else row[name] for name in dimensions}
        plain |= {"metric": metric.key, "value": plain_number(row["value"], metric.unit, currency)}
        if metric.is_ratio:
            for part, keys in (("numerator", metric.numerator), ("denominator", metric.denominator)):
                plain[part] = plain_number(row[part], part_unit(keys[0], measures), currency)
        rows.append(plain)
    return rows


UNITS_OF_STOCKS = {
    "reps_at_80": Unit.COUNT, "reps_with_quota": Unit.COUNT, "retained_customers": Unit.COUNT, "earlier_customers": Unit.COUNT,
    "churn": Unit.SHARE, "win_rate_by_value": Unit.SHARE, "mean_cycle": Unit.DAYS,
}  # fmt: skip
"""What is no measure and no money."""


def part_unit(key: str, measures: Mapping[str, Measure] = MEASURES) -> Unit:
    """The unit of a numerator or denominator: that of its first part."""
    if key == "new_customers":
        return Unit.COUNT
    return measures[key].unit if key in measures else UNITS_OF_STOCKS.get(key, Unit.MONEY)
