"""The tiles of metrics of a part of the company: value, change, last months of each."""

from collections.abc import Mapping, Sequence

import pandas as pd

from spm.benchmarks import queries
from spm.benchmarks.courses.queries import judged_months
from spm.benchmarks.growth import Growth
from spm.benchmarks.own_past import Judgement
from spm.calendar import Period
from spm.metrics.queries import is_told
from spm.ui import asking, filters, origin, show
from spm.ui.show import Tile

TREND_MONTHS = 12


def tiles(keys: Sequence[str], period: Period, where: Mapping[str, str]) -> list[Tile]:
    """Each metric in the period, against the same period a year earlier or the one before; asked for together."""
    of = tuple(keys), period, dict(where)
    grown, judged = asking.answer(queries.growths, *of), asking.answer(judged_months, *of)
    months = asking.answer(queries.by_months, *of)
    return [_tile(key, period, dict(where), grown[key], months[key], judged[key]) for key in keys]


def _tile(
    key: str, period: Period, where: dict[str, str], grown: Growth, months: pd.DataFrame, judged: Judgement | None
) -> Tile:
    asked = asking.scene().metric(key)
    changed = show.change(grown.now, grown.before, asked)
    to_date = " up to the same share of its working days" if grown.is_to_date else ""
    compared = f" Compared with {grown.against.title}{to_date}." if grown.against and changed else ""
    return Tile(
        asked.label,
        show.number(grown.now, asked),
        f"{show.in_full(grown.now, asked)}: {asked.meaning}.{compared}",
        changed,
        f"on {grown.against.title}" if grown.against and changed else "",
        trend=_trend(months),
        note=_signal(judged) if asking.answer(is_told, key) else filters.not_told(asked.label),
        origin=origin.behind(key, period, where, "See the rows"),
    )


def _signal(found: Judgement | None) -> str:
    """What the period's last month that is over was more than luck as; empty for noise."""
    if found is None or found.signal is None:
        return ""
    mark = "▲" if found.signal.is_above else "▼"
    return f"{mark} {found.point.period.title}: {found.signal}."


def trend(key: str, period: Period, where: Mapping[str, str]) -> list[float]:
    """The metric in the last twelve months that are over."""
    return _trend(asking.answer(queries.by_months, (key,), period, dict(where))[key])


def _trend(months: pd.DataFrame) -> list[float]:
    over = months.loc[~months["running"], "value"]
    return over.tail(TREND_MONTHS).dropna().tolist()
