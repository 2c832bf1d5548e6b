"""What explains the bookings of a period: against another one, or of a rep against the pooled peers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from spm.benchmarks.comparing.queries import members, same_part, speaks_of
from spm.benchmarks.decomposition import Change, Factors, by_factor, by_member, by_mix
from spm.benchmarks.peers import Peers, peers_of
from spm.calendar import Period, Span
from spm.metrics.queries import Question, Scene, values
from spm.metrics.registry import metric
from spm.people.roles import MANAGER

NOBODY = "Without an owner"
UNNAMED = "Not said"


@dataclass(frozen=True)
class AgainstPeers:
    """A rep against what one of the peers has on average, all pooled: `change` is from them to the rep."""

    peers: Peers
    change: Change


def compared_period(scene: Scene, period: Period) -> Period | None:
    """The same period a year earlier, else the one before, whichever first the sheets cover wholly."""
    calendar = scene.standing.company.fiscal_calendar
    candidates = (calendar.year_earlier(period), calendar.before(period))
    return next((one for one in candidates if speaks_of(scene, metric("bookings"), one)), None)


def change_by_factor(scene: Scene, period: Period, against: Period, where: Mapping[str, str]) -> Change | None:
    """The change of bookings from `against` to `period` by closed deals, win rate and average deal; None where missing.

    Of a running period against as much of the other as has gone by of it; so the two below.
    """
    before, after = (_factors(scene, span, where) for span in _spans(scene, period, against))
    return by_factor(before, after) if before and after else None


def change_by_member(scene: Scene, period: Period, against: Period, where: Mapping[str, str]) -> Change | None:
    """The same change by who brought it."""
    sides = [_bookings_by_rep(scene, span, where) for span in _spans(scene, period, against)]
    return by_member(*sides) if all(sides) else None


def change_by_mix(
    scene: Scene, period: Period, against: Period, where: Mapping[str, str], attribute: str
) -> Change | None:
    """The same change by how many closed, their mix over the values of an attribute, and what one brought in its group."""
    sides = [_factors_by(scene, attribute, span, where) for span in _spans(scene, period, against)]
    return by_mix(*sides) if all(sides) else None


def against_peers(scene: Scene, rep: str, period: Period) -> AgainstPeers | None:
    """What explains the bookings of a rep against the mean of the peers; None where there are none, or nothing to split."""
    everyone = members(scene, period)
    own = everyone[everyone["rep"] == rep]
    if own.empty or own["role"].iloc[0] == MANAGER:
        return None
    peers = peers_of(rep, everyone[everyone["role"] != MANAGER])
    known = _factors_by(scene, "rep", period, {})
    of_peers = [known[name] for name in peers.reps if name in known]
    if rep not in known or not of_peers:
        return None
    return AgainstPeers(peers, by_factor(_together(of_peers).over(len(of_peers)), known[rep]))


def _spans(scene: Scene, period: Period, against: Period) -> tuple[Span, Span]:
    is_running = scene.today < period.last_day
    return (same_part(scene, period, against) if is_running else against), period


def _factors(scene: Scene, span: Span, where: Mapping[str, str]) -> Factors | None:
    frame = _parts(scene, (), span, where).dropna(subset=["bookings", "closed"])
    return _factors_of(scene, frame.iloc[0]) if len(frame) else None


def _factors_by(scene: Scene, by: str, span: Span, where: Mapping[str, str]) -> dict[str, Factors]:
    frame = _parts(scene, (by,), span, where).dropna(subset=["bookings"]).fillna({"closed": 0.0, "won": 0.0})
    names = frame[by].fillna(NOBODY if by == "rep" else UNNAMED)
    return {name: _factors_of(scene, row) for name, (_, row) in zip(names, frame.iterrows(), strict=True)}


def _factors_of(scene: Scene, row: pd.Series) -> Factors:
    return Factors.of(row["closed"], None if _books_orders(scene) else row["won"], row["bookings"])


def _parts(scene: Scene, by: tuple[str, ...], span: Span, where: Mapping[str, str]) -> pd.DataFrame:
    """Bookings, and of how many closed and won deals, or orders, each with the columns of `by`."""
    ratio = "average_order_value" if _books_orders(scene) else "win_rate"
    counted = values(scene, Question(ratio, by, tuple(where.items()), span)).rename(
        columns={"numerator": "won", "denominator": "closed"}
    )
    booked = values(scene, Question("bookings", by, tuple(where.items()), span)).rename(columns={"value": "bookings"})
    if not by:
        return pd.concat([booked[["bookings"]], counted[["won", "closed"]]], axis=1)
    return booked[[*by, "bookings"]].merge(counted[[*by, "won", "closed"]], on=list(by), how="left")


def _bookings_by_rep(scene: Scene, span: Span, where: Mapping[str, str]) -> dict[str, float]:
    frame = values(scene, Question("bookings", ("rep",), tuple(where.items()), span)).dropna(subset=["value"])
    return dict(zip(frame["rep"].fillna(NOBODY), frame["value"], strict=True))


def _together(several: Sequence[Factors]) -> Factors:
    won = [one.won for one in several if one.won is not None]
    return Factors(
        sum((one.closed for one in several), start=several[0].closed * 0),
        sum(won, start=several[0].closed * 0) if won else None,
        sum((one.bookings_cents for one in several), start=several[0].closed * 0),
    )


def _books_orders(scene: Scene) -> bool:
    return scene.bookings_measure == "order_value"
