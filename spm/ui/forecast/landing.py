"""Where running periods land: tiles for any page, and what came in out of range."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import streamlit as st

from spm.calendar import Grain, Period
from spm.forecast.landings import queries as landings
from spm.forecast.landings.landing import Landing
from spm.forecast.landings.surprises import Surprise
from spm.forecast.outlook import words
from spm.forecast.publishing import published
from spm.forecast.publishing import queries as publishing
from spm.forecast.publishing.queries import Run
from spm.metrics import wording
from spm.metrics.registry import METRICS
from spm.ui import asking, menu, show
from spm.ui.show import Tile

COMPANY = "company"
FORECAST = ":material/trending_up:"
LOOK_SECONDS = 5
RUNNING = (Grain.MONTH, Grain.QUARTER, Grain.YEAR)
MOST_SURPRISES = 5
LEVEL, MEMBER = "of", "member"
"""Of whom the Forecast page shows a forecast."""


def landing_of(period: Period, where: Mapping[str, str]) -> Landing | None:
    """Where the bookings of a part of the company land, by the last published forecast; None without one, or where the
    period is over, or where the part is none of those that are published, such as what one region brings."""
    return _landing(publishing.latest_run(asking.scene()), period, where)


def _landing(run: Run | None, period: Period, where: Mapping[str, str]) -> Landing | None:
    level = _level(where)
    if run is None or level is None or asking.kept():
        return None
    return asking.answer(landings.landing_of, run, level, dict(where).get(level, ""), period)


def running(grain: Grain) -> Period:
    """The period of this grain that today lies in; on its last day the next one: that is over when the day is."""
    calendar, today = asking.scene().standing.company.fiscal_calendar, asking.scene().today
    period = calendar.period_of(grain, today)
    return period if today < period.last_day else calendar.after(period)


def running_landings(where: Mapping[str, str]) -> list[Landing]:
    """The landings of the running month, quarter and fiscal year."""
    return _running_landings(publishing.latest_run(asking.scene()), where)


def _running_landings(run: Run | None, where: Mapping[str, str]) -> list[Landing]:
    found = (_landing(run, running(grain), where) for grain in RUNNING)
    return [landing for landing in found if landing]


def tile(found: Landing) -> Tile:
    """A landing as a tile: where, how sure, and the chance of making quota."""
    bookings = METRICS["bookings"]
    lands = found.lands
    low, high = show.number(lands.low_80, bookings), show.number(lands.high_80, bookings)
    hover = (
        f"{show.in_full(found.booked, bookings)} booked and {show.in_full(lands.value - found.booked, bookings)} projected. "
        f"In 4 of 5 such forecasts it comes between {low} and {high}, in 19 of 20 between "
        f"{show.number(lands.low_95, bookings)} and {show.number(lands.high_95, bookings)}."
    )
    title = f"{found.period.title} lands at"
    ranged = f"{low} – {high}, " if lands.high_80 > lands.low_80 else ""
    return Tile(title, show.number(lands.value, bookings), hover, note=f"{ranged}{_odds(found)}")


def _odds(found: Landing) -> str:
    """The chance of making quota; without one whether that is because quotas are known for only a part of the period."""
    if found.chance is not None:
        return f"{words.chance(found.chance)} to make {show.number(found.quota, METRICS['bookings'])}"
    reach, period = asking.scene().covered_span(["quota"]), found.period
    in_part = reach is not None and period.start < reach.end < period.end
    return f"quotas end on {reach.last_day:%-d %b %Y}" if reach and in_part else "no quota"


def landing_tile(period: Period, where: Mapping[str, str]) -> Tile | None:
    """The tile of a period's landing, which opens the forecast; None where there is nothing to say."""
    found = landing_of(period, where)
    level = _level(where) or COMPANY
    opened = partial(_to_forecast, "See the forecast", level, dict(where).get(level, ""), "landing_forecast", FORECAST)
    return replace(tile(found), origin=opened) if found else None


def caption(period: Period, where: Mapping[str, str]) -> None:
    """Where the running month, quarter and fiscal year land, and any other period that is looked at, with the forecast's
    date; the page is drawn anew when there is a newer one."""
    run = publishing.latest_run(asking.scene())
    every = {one.period: one for one in _running_landings(run, where)}
    looked_at = _landing(run, period, where) if period not in every else None
    found = [one for one in (looked_at, *every.values()) if one and one.lands.high_95 > 0]
    if found and run:
        bookings = METRICS["bookings"]
        st.caption(show.plain(f"{words.landings(found, lambda amount: show.number(amount, bookings))} {made(run)}"))
    _follow(run)


def made(run: Run) -> str:
    """When a forecast is of; the last one is shown until a newer one is there."""
    return words.made(run.made_at, run.is_current)


def follow() -> None:
    """Says where the first forecast is still in the making; while a newer one is, draws the page anew when it is there."""
    _follow(publishing.latest_run(asking.scene()))


def _follow(run: Run | None) -> None:
    if run is None and asking.answer(publishing.can_be_made):
        st.caption(":material/hourglass_top: The first forecast of all reps and teams is in the making.")
    if run is None or not run.is_current:
        _when_made(run.id if run else None)


@st.fragment(run_every=LOOK_SECONDS)
def _when_made(seen: int | None) -> None:
    run = publishing.latest_run(asking.scene())
    if run is not None and run.id != seen:
        st.rerun(scope="app")


def alerts() -> None:
    """A card with who came in out of the range that a forecast gave them, where anybody did; each opens to their page."""
    run = publishing.latest_run(asking.scene())
    every = asking.answer(landings.surprises_of, run) if run and not asking.kept() else None
    if every is None or not every.found:
        return
    with st.container(border=True):
        show.section("Far from the forecast", "What came in outside the range that the forecast gave it.")
        for at, one in enumerate(every.found[:MOST_SURPRISES]):
            with st.container(gap=None):
                _opener(one, f"surprise_{at}")
                st.caption(show.plain(sentence(one)))
        more = f"And {len(every.found) - MOST_SURPRISES} more. " if len(every.found) > MOST_SURPRISES else ""
        st.caption(
            f"{more}{every.judged_count:,} amounts were held against their range: if nothing were unusual, "
            f"{wording.about(every.by_luck_count)} would still be listed here."
        )


def _opener(one: Surprise, key: str) -> None:
    """Who it is, as a button to the rep's page or to the forecast of the team."""
    if one.level == "rep" and one.member:
        if st.button(one.member, key=key, type="tertiary", icon=":material/person:"):
            menu.go_to("rep", rep=one.member)
        return
    icon = ":material/groups:" if one.level == "team" else ":material/domain:"
    _to_forecast(_who(one), one.level, one.member, key, icon)


def _to_forecast(label: str, level: str, member: str, key: str, icon: str) -> None:
    """A button to the forecast of a member; of what nobody owns there is none."""
    is_nobodys = level != COMPANY and not member
    if st.button(
        label, key=key, type="tertiary", icon=icon, disabled=is_nobodys, on_click=_look_at, args=(level, member)
    ):
        menu.go_to("forecast")


def _look_at(level: str, member: str) -> None:
    st.session_state[LEVEL] = level
    if member:
        st.session_state[MEMBER] = member


def sentence(one: Surprise) -> str:
    """A surprise in words: how much came, against what."""
    bookings = METRICS["bookings"]
    mark, side = ("▲", "above") if one.came > one.expected.value else ("▼", "below")
    amounts = (one.came, one.expected.low_95, one.expected.high_95)
    came, low, high = (show.number(amount, bookings) for amount in amounts)
    if came in (low, high):  # so near to its range that short numbers are the same
        came, low, high = (show.in_full(amount, bookings) for amount in amounts)
    return f"{mark} {one.month}: {came}, {side} the {low} – {high} that was expected."


def _who(one: Surprise) -> str:
    return asking.scene().standing.company.name if one.level == COMPANY else one.member or f"without a {one.level}"


def _level(where: Mapping[str, str]) -> str | None:
    if not where:
        return COMPANY
    (level, *others) = where
    return level if not others and level in published.LEVELS else None
