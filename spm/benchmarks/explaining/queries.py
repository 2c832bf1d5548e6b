"""What explains the bookings of a period: against another one, or of a rep against the pooled peers."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum

import pandas as pd

from spm.benchmarks.courses.queries import same_part
from spm.benchmarks.decomposition import Change, Factors, by_factor, by_member, by_mix
from spm.benchmarks.peers import Peers, peers_of
from spm.benchmarks.subjects.queries import members
from spm.calendar import Grain, Period, Span, plus_months
from spm.metrics.queries import Question, Scene, answers, measure_sums, values
from spm.people.roles import MANAGER
from spm.store import benchmarks

ACTIVITIES = ("calls", "emails", "meetings", "demos")
COSTS = ("cost",)
NOBODY = "Without an owner"
UNNAMED = "Not said"


@dataclass(frozen=True)
class AgainstPeers:
    """A rep against what one of the peers has on average, all pooled: `change` is from them to the rep."""

    peers: Peers
    change: Change


def change_by_factor(scene: Scene, period: Period, against: Period, where: Mapping[str, str]) -> Change | None:
    """The change of bookings from `against` to `period` by closed deals, win rate and average deal; None where missing.

    Of a running period against as much of the other as has gone by of it; so the two below.
    """
    before, after = (_factors(scene, span, where) for span in _spans(scene, period, against))
    return by_factor(before, after) if before and after else None


def change_by_group(
    scene: Scene, period: Period, against: Period, where: Mapping[str, str], by: str = "rep"
) -> Change | None:
    """The same change by who brought it, or by what an attribute of deals or orders says (a product, a segment)."""
    sides = [_bookings_by(scene, by, span, where) for span in _spans(scene, period, against)]
    return by_member(*sides) if all(sides) else None


def change_by_mix(
    scene: Scene, period: Period, against: Period, where: Mapping[str, str], attribute: str
) -> Change | None:
    """The same change by how many closed, their mix over the values of an attribute, and what one brought in its group.

    None where nobody counts what closed by that attribute: an order of several products is one order of none of them.
    """
    sides = [_factors_by(scene, attribute, span, where) for span in _spans(scene, period, against)]
    is_counted = all(any(one.closed for name, one in side.items() if name != UNNAMED) for side in sides)
    return by_mix(*sides) if is_counted else None


def against_peers(scene: Scene, rep: str, period: Period) -> AgainstPeers | None:
    """What explains the bookings of a rep against the mean of the peers; None where there are none, or nothing to split."""
    everyone = members(scene, period)
    own = everyone[everyone["rep"] == rep]
    if own.empty or own["role"].iloc[0] == MANAGER:
        return None
    peers = peers_of(rep, everyone[everyone["role"] != MANAGER])
    known = _booked_parts(scene, "rep", period, {})
    of_rep, of_peers = known[known["rep"] == rep], known[known["rep"].isin(peers.reps)]
    if of_rep.empty or of_peers.empty:
        return None
    a_peer = _together(scene, of_peers).over(len(of_peers))
    return AgainstPeers(peers, by_factor(a_peer, _together(scene, of_rep)))


def _spans(scene: Scene, period: Period, against: Period) -> tuple[Span, Span]:
    is_running = scene.today < period.last_day
    return (same_part(scene, period, against) if is_running else against), period


def _factors(scene: Scene, span: Span, where: Mapping[str, str]) -> Factors | None:
    frame = _parts(scene, (), span, where).dropna(subset=["bookings", "closed"])
    return _together(scene, frame) if len(frame) else None


def _factors_by(scene: Scene, by: str, span: Span, where: Mapping[str, str]) -> dict[str, Factors]:
    frame = _booked_parts(scene, by, span, where)
    return {name: _together(scene, rows) for name, rows in frame.groupby(frame[by].fillna(UNNAMED))}


def _together(scene: Scene, rows: pd.DataFrame) -> Factors:
    """What the rows of `_parts` come to, all pooled."""
    closed, won, bookings_cents = (fsum(rows[name]) for name in ("closed", "won", "bookings"))
    return Factors.of(closed, None if _books_orders(scene) else won, bookings_cents)


def _booked_parts(scene: Scene, by: str, span: Span, where: Mapping[str, str]) -> pd.DataFrame:
    """See `_parts`: the groups with bookings, 0 where nothing closed; read once for all splits. Nobody may change it."""
    return scene.once(_parts_booked, by, span, tuple(where.items()))


def _parts_booked(scene: Scene, by: str, span: Span, where: tuple[tuple[str, str], ...]) -> pd.DataFrame:
    found = _parts(scene, (by,), span, dict(where))
    return found.dropna(subset=["bookings"]).fillna({"closed": 0.0, "won": 0.0})


def _parts(scene: Scene, by: tuple[str, ...], span: Span, where: Mapping[str, str]) -> pd.DataFrame:
    """Bookings, and of how many closed and won deals, or orders, each with the columns of `by`."""
    ratio = "average_order_value" if _books_orders(scene) else "win_rate"
    found = answers(scene, ("bookings", ratio), by, tuple(where.items()), span)
    counted = found[ratio][["numerator", "denominator"]].set_axis(["won", "closed"], axis=1)
    return pd.concat([found["bookings"][[*by, "value"]].set_axis([*by, "bookings"], axis=1), counted], axis=1)


def _bookings_by(scene: Scene, by: str, span: Span, where: Mapping[str, str]) -> dict[str, float]:
    frame = _booked_parts(scene, by, span, where)
    return dict(zip(frame[by].fillna(NOBODY if by == "rep" else UNNAMED), frame["bookings"], strict=True))


def _books_orders(scene: Scene) -> bool:
    return scene.bookings_measure == "order_value"


@dataclass(frozen=True)
class Breakdown:
    """Bookings by the values of a dimension, the largest first, and the earlier period that they are held against.

    `frame`: name, value, share (of all), before, change (a share), win_rate, closed (deals, or orders; missing where it is not
    told). Amounts in minor units.
    """

    frame: pd.DataFrame
    against: Period | None


def compared_periods(scene: Scene, period: Period) -> list[Period]:
    """The same period a year earlier and the one before, those that the sheets cover wholly."""
    calendar = scene.standing.company.fiscal_calendar
    candidates = dict.fromkeys((calendar.year_earlier(period), calendar.before(period)))
    return [one for one in candidates if scene.speaks_of(scene.metric("bookings"), one)]


def earlier_periods(scene: Scene, period: Period) -> list[Period]:
    """What a period can be held against: `compared_periods`, then every earlier one of its kind that the sheets cover wholly,
    the latest first; of typed days and single ones only the former."""
    calendar, booked = scene.standing.company.fiscal_calendar, scene.metric("bookings")
    found = compared_periods(scene, period)
    earlier = calendar.before(period)
    while period.grain not in (None, Grain.DAY) and scene.speaks_of(booked, earlier):
        found.append(earlier)
        earlier = calendar.before(earlier)
    return list(dict.fromkeys(found))


def attributes_carried(scene: Scene, period: Period) -> list[str]:
    """The columns that the bookings of a period's months carry: calls may have others."""
    carried = {name for name, _ in _values_carried(scene, ["bookings"], period)}
    return [name for name in scene.filters if name in carried]


def attributes_told_apart(scene: Scene, period: Period) -> list[str]:
    """The columns by which the bookings of a period's months can be told apart: of which they have more than one value."""
    counts = Counter(name for name, _ in _values_carried(scene, ["bookings"], period))
    return [name for name in scene.filters if counts[name] > 1]


def breakdown(scene: Scene, by: str, period: Period, where: Mapping[str, str]) -> Breakdown:
    """Bookings of a part of the company by a column that it filters by."""
    now = _parts(scene, (by,), period, where)
    against = next(iter(compared_periods(scene, period)), None)
    frame = now.assign(name=now[by].fillna(UNNAMED), value=now["bookings"].astype(float))
    frame["share"] = frame["value"] / frame["value"].sum() if frame["value"].sum() else float("nan")
    frame["win_rate"] = frame["won"] / frame["closed"].where(frame["closed"] > 0) if not _books_orders(scene) else None
    if _books_orders(
        scene
    ):  # a column of order lines tells what each of its values brought, but not of how many orders
        frame = frame[frame["value"] != 0]
        frame = frame.assign(closed=frame["closed"] if (frame["closed"] > 0).all() else float("nan"))
    frame["before"] = float("nan")
    if against:
        earlier, _ = _spans(scene, period, against)
        before = values(scene, Question("bookings", (by,), tuple(where.items()), earlier))
        known = dict(zip(before[by].fillna(UNNAMED), before["value"].astype(float), strict=True))
        missing = [name for name in known if name not in set(frame["name"])]
        frame = pd.concat([frame, pd.DataFrame({"name": missing, "value": 0.0})], ignore_index=True)
        frame["before"] = frame["name"].map(known)
    frame["change"] = (frame["value"] - frame["before"]) / frame["before"].where(frame["before"] > 0)
    columns = ["name", "value", "share", "before", "change", "win_rate", "closed"]
    return Breakdown(frame.sort_values("value", ascending=False, ignore_index=True)[columns], against)


def effort_dimensions(scene: Scene, period: Period) -> list[str]:
    """By what time and money can be held against bookings: team, rep, and the columns that activities or costs carry."""
    if not any(key in scene.covered for key in (*ACTIVITIES, *COSTS)):
        return []
    # a column counts where bookings carry the same values as what was spent
    common = _values_carried(scene, ["bookings"], period) & _values_carried(scene, [*ACTIVITIES, *COSTS], period)
    carried = {name for name, _ in common}
    by_fact = [name for name in scene.filters if name in carried]
    return [*by_fact, *(["team"] if len(scene.org.teams) > 1 else []), "rep"]


def _values_carried(scene: Scene, measures: Sequence[str], period: Period) -> set[tuple[str, str]]:
    """The columns that the facts of measures carry in the months of a period, each with a value of it."""
    months = Span(period.start.replace(day=1), plus_months(period.last_day, 1))
    return benchmarks.attribute_values(scene.store, scene.measures(measures), months, scene.kept)


def effort(scene: Scene, by: str, period: Period, where: Mapping[str, str]) -> pd.DataFrame:
    """Bookings, activities and costs by a dimension, the most effort first.

    Columns: name, bookings, bookings_share, activities, activities_share, per_activity (bookings ÷ activities), costs,
    costs_share, per_cost (bookings ÷ costs), activities_each and costs_each (÷ won deals, or orders). Amounts in minor units;
    NaN where no sheet says.
    """
    booked = values(scene, Question("bookings", (by,), tuple(where.items()), period)).set_index(by)["value"]
    spent = _spent(scene, by, period, where).set_index(by)
    frame = spent.join(booked.astype(float).rename("bookings"), how="outer")
    is_named = frame.index.notna()
    for name in ("activities", "costs"):
        if not frame.loc[is_named, name].sum() and frame.loc[~is_named, name].sum():
            frame[name] = float("nan")  # no sheet tells it by this dimension
    frame = frame[is_named | frame[["bookings", "activities", "costs"]].fillna(0).any(axis=1)]
    for name in ("bookings", "activities", "costs"):
        total = frame[name].sum(min_count=1)
        frame[f"{name}_share"] = frame[name] / total if total else float("nan")
    frame["per_activity"] = frame["bookings"] / frame["activities"].where(frame["activities"] > 0)
    frame["per_cost"] = frame["bookings"] / frame["costs"].where(frame["costs"] > 0)
    for name in ("activities", "costs"):
        frame[f"{name}_each"] = frame[name] / frame["count"].where(frame["count"] > 0)
    named = frame.rename_axis("name").reset_index()
    named["name"] = named["name"].fillna(UNNAMED)
    return named.sort_values(["costs", "activities"], ascending=False, ignore_index=True)


def _spent(scene: Scene, by: str, span: Span, where: Mapping[str, str]) -> pd.DataFrame:
    """Activities and costs by a dimension, and how many were booked: its column, activities, costs (minor units), count; NaN
    where no sheet says."""
    dims = scene.dimensions(Question("bookings", (by,), tuple(where.items()), span))
    counted = ("orders" if _books_orders(scene) else "won_deals",)
    measures = [key for key in (*ACTIVITIES, *COSTS, *counted) if key in scene.covered]
    sums = measure_sums(scene, measures, dims, span)
    activities, costs, count = ([key for key in group if key in sums] for group in (ACTIVITIES, COSTS, counted))
    return pd.DataFrame(
        {
            by: sums[by],
            "activities": sums[activities].sum(axis=1, min_count=1),
            "costs": sums[costs].sum(axis=1, min_count=1),
            "count": sums[count].sum(axis=1, min_count=1),
        }
    )
