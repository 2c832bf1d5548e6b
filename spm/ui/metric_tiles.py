"""The tile of a metric of a part of the company: its value, its change, its last months."""

from collections.abc import Mapping

from spm.benchmarks import queries
from spm.calendar import Period
from spm.metrics.queries import is_told
from spm.ui import asking, filters, origin, show
from spm.ui.show import Tile

TREND_MONTHS = 12


def tile(key: str, period: Period, where: Mapping[str, str]) -> Tile:
    """The metric in the period, against the same period a year earlier or the one before."""
    asked, place = asking.scene().metric(key), dict(where)
    grown = asking.answer(queries.growth, key, period, place)
    changed = show.change(grown.now, grown.before, asked)
    to_date = " up to the same share of its working days" if grown.is_to_date else ""
    compared = f" Compared with {grown.against.title}{to_date}." if grown.against and changed else ""
    return Tile(
        asked.label,
        show.number(grown.now, asked),
        f"{show.in_full(grown.now, asked)}: {asked.meaning}.{compared}",
        changed,
        f"on {grown.against.title}" if grown.against and changed else "",
        grown.is_good(asked.higher_is_better),
        trend(key, period, place),
        "" if asking.answer(is_told, key) else filters.not_told(asked.label),
        origin=origin.behind(key, period, place, "See the rows"),
    )


def trend(key: str, period: Period, where: Mapping[str, str]) -> list[float]:
    """The metric in the last twelve months that are over."""
    months = asking.answer(queries.by_month, key, period, dict(where))
    over = months.loc[~months["running"], "value"]
    return over.tail(TREND_MONTHS).dropna().tolist()
