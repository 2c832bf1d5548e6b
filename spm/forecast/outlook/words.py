"""A projection in plain sentences. Pure."""

from collections.abc import Callable, Sequence
from datetime import datetime
from math import isfinite

import pandas as pd

from spm.forecast.accuracy.selection import least_to_choose
from spm.forecast.landings.landing import Landing
from spm.forecast.publishing.record import Accuracy

Said = Callable[[float], str]
"""How an amount of the metric is written."""

SIMPLE_RULE = "simple rule: "
RULES = {
    "seasonal naive": "as a year before",
    "last value": "as the last one",
    "mean": "as on average",
}
"""The simple rules, as what they expect of the next period."""
SURE, UNSURE = 0.97, 0.03  # beyond these a chance is told as more or less than them
CLEAR_BELIEF = 0.7  # beyond this a season is hardly drawn towards none
LEAST_FOR_SELDOM = 12  # periods of which half are empty, for amounts to be called seldom
TIMES = 2.0  # beyond this a share is told as so many times as high
LIKE_NONE = 0.005  # a difference in WAPE that no reader would see


def landings(found: Sequence[Landing], said: Said) -> str:
    """ "Q4 2026 lands at $3.1M ($2.9M – $3.3M), 70 % likely to make quota; 2026 at $10M ($9M – $11M)." """
    first, *others = found
    told = [f"{first.period.title} lands at {_landed(first, said)}"]
    told += [f"{one.period.title} at {_landed(one, said)}" for one in others]
    return f"{'; '.join(told)}."


def _landed(found: Landing, said: Said) -> str:
    lands = found.lands
    ranged = f" ({said(lands.low_80)} – {said(lands.high_80)})" if lands.high_80 > lands.low_80 else ""
    odds = f", {chance(found.chance)} to make quota" if found.chance is not None else ""
    return f"{said(lands.value)}{ranged}{odds}"


def made(at: datetime, is_current: bool) -> str:
    """When a forecast is of, and whether a newer one is on its way."""
    when = f"Forecast of {at:%-d %b %Y, %H:%M}"
    return f"{when}." if is_current else f"{when}; a newer one is in the making."


def opening(title: str) -> str:
    """A period as a sentence begins with it: "Week of 1 Jan 2018"."""
    return title[:1].upper() + title[1:]


def within(title: str) -> str:
    """A period inside a sentence: "the week of 1 Jan 2018", "January 2018"."""
    return f"the {title}" if title[:1].islower() else title


def how_sure(is_measured: bool) -> str:
    """How far the range of a landing can be relied on. `is_measured`: on landings of past months."""
    if not is_measured:
        return "Too few months are over to say how sure that is: the range is as wide as it usually must be."
    return "Told this early in past months, 4 of 5 landings came inside such a range."


def chance(share: float) -> str:
    """ "70 % likely"; never surer than the ranges are."""
    if share >= SURE:
        return f"more than {SURE * 100:.0f} % likely"
    if share <= UNSURE:
        return f"less than {UNSURE * 100:.0f} % likely"
    return f"{share * 100:.0f} % likely"


def how_good(wape: float | None, value_added: float | None, model: str) -> str:
    """ "Off by 6 % on average; the simple rule is off by 11 %." """
    if wape is None or not isfinite(wape):
        return "Too little has come yet to say how good it is."
    off = f"Off by {_percent(wape)} on average"
    if model.startswith(SIMPLE_RULE):
        rule = RULES.get(model.removeprefix(SIMPLE_RULE), model.removeprefix(SIMPLE_RULE))
        return f"{off}. No model beats the simple rule ({rule}), so that is used."
    if value_added is None or not isfinite(value_added):
        return f"{off}."
    simple = wape + value_added
    if _percent(simple) == _percent(wape):
        return f"{off}; the simple rule is no better and no worse."
    if value_added < 0:
        return f"{off}; the simple rule was off by {_percent(simple)}, which on so few periods may be luck: it is not used."
    return f"{off}; the simple rule is off by {_percent(simple)}."


def model_name(model: str) -> str:
    """A model as a table calls it."""
    if model.startswith(SIMPLE_RULE):
        return f"simple rule, {RULES.get(model.removeprefix(SIMPLE_RULE), '')}"
    return {
        "combination": "combination of models",
        "added up": "moved to add up",
        "divided": "both sides divided",
        "left": "has left",
        "no history": "no history",
    }.get(model, model)


def ranges_held(share_80: float | None, share_95: float | None) -> str:
    """How often what came lay in the ranges, on periods held out."""
    if share_80 is None or not isfinite(share_80):
        return ""
    return f"The 80 % range held {_percent(share_80)} of what came, the 95 % range {_percent(share_95 or 0.0)}."


def remembered(found: Accuracy, period: str) -> str:
    """How the forecasts of the eve of each period (a "month") turned out."""
    if not found.counted:
        return f"No {period} has come yet that was forecast."
    several = period if found.counted == 1 else f"{found.counted} {period}s"
    if found.wape is None:
        return f"Nothing came over the last {several}: there is nothing to be off by a share of."
    simple = f"; the simple rule by {_percent(found.simple_wape)}" if found.simple_wape is not None else ""
    held = (
        f" {found.inside_count} of {found.counted} came inside the 95 % range."
        if found.inside_count is not None
        else ""
    )
    return (
        f"Over the last {several} the forecast of the eve was off by {_percent(found.wape)} on average{simple}.{held}"
    )


def divided(formula: str) -> str:
    """How a ratio is projected."""
    return f"Both sides of {formula} are projected by themselves, then divided."


def adding_up(is_ratio: bool) -> str:
    """How the parts go with the whole."""
    if is_ratio:
        return "Ratios don't add up: each comes from its own sums, the company's from all of them."
    return (
        "In every period they add up to the company. Their ranges don't, as one makes good what another misses: each is as wide "
        "as its own misses were."
    )


def running(period: str, booked: str, lands: str) -> str:
    """What a period that is not over is in the picture of a history; `booked`, `lands`: amounts, "" where there is none."""
    so_far = (
        f" The bar is what is in so far, {booked}; the line is what all of it was seen to bring on its eve."
        if booked
        else ""
    )
    with_it = f" With what is in it lands at {lands}." if lands else ""
    return f"{period} is running and is no part of the history.{so_far}{with_it}"


def said_before(when: str, said: str, off_share: float | None, is_inside: bool | None, is_rebuilt: bool) -> str:
    """ "A month before: $810K; it came 11 % lower, inside the range." """
    held = {True: ", inside the range", False: ", out of the range"}.get(is_inside, "") if is_inside is not None else ""
    if off_share is None or not isfinite(off_share):
        came = held.replace(", ", "; it came ", 1)
    elif abs(off_share) < LIKE_NONE:
        came = f"; it came just so{held}"
    elif off_share >= TIMES:
        came = f"; it came {1 + off_share:.0f} times as high{held}"
    else:
        came = f"; it came {_percent(abs(off_share))} {'higher' if off_share > 0 else 'lower'}{held}"
    return f"{when[:1].upper()}{when[1:]}: {said}{came}{' (rebuilt)' if is_rebuilt else ''}."


def history_notes(history: pd.DataFrame, season: int, has_left: bool, many: str) -> list[str]:
    """What a reader must know of a history (columns start, value) before they believe its projection.

    `many`: what its periods are called, "months".
    """
    known = history.dropna(subset=["value"])
    found = []
    if has_left:
        found.append("Has left: nothing is projected after the last day.")
    if known.empty:
        return [*found, "There is no history yet: the projection says nothing."]
    missing_count = len(history) - len(known)
    if missing_count:
        found.append(
            f"For {missing_count} of {len(history)} {many} no sheet speaks: they are left out, and are not taken for 0."
        )
    if len(known) < least_to_choose(season):
        found.append(
            f"Only {len(known)} {many} are known, too few to choose a model or to tell a season: the line is smoothed, and "
            "the range is what others missed by while they were as new, where there are others."
        )
    elif len(known) < 2 * season and season > 1:
        found.append(f"{len(known)} {many} are too few to tell a season: none is claimed before two full years.")
    zeros = int((known["value"] == 0).sum())
    if len(known) >= LEAST_FOR_SELDOM and 2 * zeros >= len(known):
        then = "the projection is an average of seldom amounts" if zeros < len(known) else "nothing is projected"
        found.append(f"Nothing came in {zeros} of {len(known)} {many}: {then}.")
    if (known["value"] < 0).any():
        found.append("Credits put some of the history below 0: the range may go there too.")
    return found


def level_shift(since: str, now: str, before: str) -> str:
    """A level that moved for good."""
    return f"Since {since} the level is {now}, before it was {before}: what was before is moved to the new level."


def huge_value(period: str, value: str, expected: str, biggest: tuple[str, str] | None) -> str:
    """A period far from its neighbours, with the largest single amount in it (its name and amount)."""
    name, amount = biggest or ("", "")
    what = f" {amount} of it is one amount{f' ({name})' if name else ''}." if biggest else ""
    return (
        f"{period} brought {value} where {expected} was usual.{what} It counts no more than the farthest usual value."
    )


def with_and_without(period: str, bounded: tuple[str, str, str], left_out: tuple[str, str, str]) -> str:
    """What the huge amounts do to a projection: its value and 80 % range while they are bounded, and with them left out."""
    one, other = (f"{value} ({low} – {high})" for value, low, high in (bounded, left_out))
    return f"With the huge amounts bounded {period} is projected at {one}; with them left out at {other}."


def no_further(period: str, of: str) -> str:
    """Why a projection against amounts that people decide ends: "No quota is known after December 2026 …"."""
    return f"No {of} is known after {period}: the projection ends there."


def season(belief: float, periods_count: int, period: str, periods_a_year: int) -> str:
    """Whether a season is claimed, and how surely."""
    if periods_count < 2 * periods_a_year:
        return f"No season is claimed: that takes two full years, and {periods_count} {period}s are known."
    if belief <= 0:
        return f"No season is claimed: nothing tells one {period} of the year from another beyond chance."
    return "The season is clear." if belief > CLEAR_BELIEF else "The season is weak: it counts for only a part."


def _percent(share: float) -> str:
    return f"{share * 100:.0f} %"
