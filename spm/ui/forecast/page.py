"""What the Forecast page shows first: where it lands, the picture of history and projection, and the numbers behind it."""

import pandas as pd
import streamlit as st

from spm import charts
from spm.calendar import Grain, Period
from spm.forecast.landings import queries as landings
from spm.forecast.landings.landing import Landing
from spm.forecast.landings.pipeline import PipelineView
from spm.forecast.outlook import words
from spm.forecast.outlook.histories import SEASONS
from spm.forecast.outlook.projecting import ADDED_UP, AMOUNTS
from spm.metrics.registry import METRICS, Unit
from spm.ui import asking, filters, show, tables
from spm.ui.filters import View
from spm.ui.forecast import landing as forecast_landing
from spm.ui.forecast import shape
from spm.ui.forecast.chosen import Chosen, member_name
from spm.ui.forecast.landing import MEMBER
from spm.ui.show import Tile
from spm.ui.tables import Column

SHOWN_PERIODS = 36


def answer(now: Chosen, view: View) -> None:
    """The page's headline: where the period lands, or what the next one brings, and how good such words have been."""
    landing = _landing(now, view.period) if now.run else None
    good = now.good
    if landing and now.run and not now.has_left:
        good = f"{words.how_sure(bool(now.run.stretches.measured))} Month by month: {good[:1].lower()}{good[1:]}"
    who = f"{words.opening(now.name)}: " if now.by else ""
    made = forecast_landing.made(now.run) if now.run else ""
    show.headline(f"{who}{_sentence(now, landing)}", f"{good} {made}".strip())


def _landing(now: Chosen, period: Period) -> Landing | None:
    """The landing of the period that is looked at, or where it is over that of the running one of its length."""
    running = forecast_landing.running_landings(now.where)
    alike = (one for one in running if one.period.grain == period.grain)
    return forecast_landing.landing_of(period, now.where) or next(alike, None)


def _sentence(now: Chosen, landing: Landing | None) -> str:
    if landing is not None:
        return words.landings((landing,), lambda amount: show.number(amount, now.metric))
    if now.future.empty:
        return f"{now.metric.label} can't be projected yet: no {now.grain.value} is complete."
    first = now.future.iloc[0]
    when = words.within(asking.scene().standing.company.fiscal_calendar.period(first["period"]).title)
    value, low, high = (show.number(first[name], now.metric) for name in ("value", "low_80", "high_80"))
    ranged = f" ({low} – {high})" if first["high_80"] > first["low_80"] else ""
    return f"{now.metric.label} of {when}: {value}{ranged}."


def too_early(now: Chosen) -> None:
    """What stands where nothing can be projected."""
    show.empty(
        f"No {now.grain.value} is complete in the sheets.",
        f"A {now.grain.value} counts once it is over and the sheets speak for all of it.",
        "upload",
        "Upload sheets",
    )


def picture(now: Chosen) -> None:
    """History and projection with both ranges."""
    name = now.name if now.is_nobodys else f"of {now.name}"
    title = f"{now.metric.label} {name}" if now.by else now.metric.label
    show.section(title, "Light: what comes in 19 of 20 such forecasts. Darker: in 4 of 5. Dashed: the middle.")
    frame = course(now)
    unit = now.metric.unit.value
    show.chart(
        frame,
        charts.projection(unit, show.symbol()),
        f"{title} by {now.grain.value}, with the projection and its ranges",
    )
    if len(now.future) < now.futures["start"].nunique() and now.metric.denominator:
        last = asking.scene().standing.company.fiscal_calendar.period(now.future["period"].iloc[-1])
        st.caption(show.plain(words.no_further(last.title, " and ".join(now.metric.denominator))))
    _running(now)
    for note in words.history_notes(now.history, SEASONS[now.grain], now.has_left, f"{now.grain.value}s"):
        st.caption(show.plain(note))


def _running(now: Chosen) -> None:
    """What the running period is in the picture, where it is one of those ahead."""
    period = forecast_landing.running(now.grain)
    is_ahead = period.start in set(now.future["start"])
    if now.has_left or not is_ahead or asking.scene().today < period.start:
        return
    landing = forecast_landing.landing_of(period, now.where) if now.run else None
    amounts = (_booked(now, period), landing.lands.value if landing else None)
    in_short = ["" if amount is None else show.number(amount, now.metric) for amount in amounts]
    st.caption(show.plain(words.running(words.opening(period.title), *in_short)))


def course(now: Chosen) -> pd.DataFrame:
    """The rows of the picture: the last years of the history, then the projection; they meet in the last known period."""
    calendar = asking.scene().standing.company.fiscal_calendar
    past = now.history.tail(SHOWN_PERIODS).rename(columns={"start": "period"})
    ahead = now.future.drop(columns=["period"]).rename(columns={"start": "period", "value": "projected"})
    if len(past) and len(ahead) and pd.notna(past["value"].iloc[-1]):
        last = past.index[-1]
        for name in ("projected", *AMOUNTS[1:]):
            past.loc[last, name] = past.loc[last, "value"]
    columns = ["period", "value", "projected", *AMOUNTS[1:]]
    frame = pd.concat([past.reindex(columns=columns), ahead.reindex(columns=columns)], ignore_index=True)
    frame = frame.assign(label=[calendar.period_of(now.grain, day).title for day in frame["period"]])
    frame["note"] = frame["period"].map(shape.special(now))
    frame["booked"] = [_booked(now, calendar.period_of(now.grain, day)) for day in frame["period"]]
    if now.metric.unit is Unit.MONEY:
        return show.major(frame, *columns[1:], "booked")
    return frame


def _booked(now: Chosen, period: Period) -> float | None:
    """What is in so far of the running period."""
    if (
        period.start <= asking.scene().today < period.last_day
        and not now.metric.is_ratio
        and (now.member or not now.by)
    ):
        return asking.value(now.metric.key, period, **now.where)
    return None


def _unit(now: Chosen) -> Unit | str:
    """How projected numbers are shown: a count that is expected is seldom whole."""
    return "expected count" if now.metric.unit is Unit.COUNT else now.metric.unit


def alerts(now: Chosen) -> None:
    """Who came in out of range, where the whole company's bookings are looked at."""
    if now.run and not now.by:
        forecast_landing.alerts()


def table(now: Chosen) -> None:
    """The projection in numbers."""
    unit = _unit(now)
    calendar = asking.scene().standing.company.fiscal_calendar
    rows = now.future.assign(title=[words.opening(calendar.period(label).title) for label in now.future["period"]])
    show.section("In numbers")
    columns = [
        Column("title", now.grain.value.capitalize(), is_pinned=True),
        Column("value", "Projected", unit),
        Column("low_80", "80 % from", unit),
        Column("high_80", "80 % to", unit),
        Column("low_95", "95 % from", unit),
        Column("high_95", "95 % to", unit),
    ]
    tables.table(rows, columns, "projection", "The projection by period", file_name=f"Projection of {now.metric.label}",
               is_searchable=False)  # fmt: skip


def members(now: Chosen) -> None:
    """Everyone of the level side by side; a click looks at one."""
    if not now.by or now.futures.empty:
        return
    calendar = asking.scene().standing.company.fiscal_calendar
    first = calendar.period(now.future["period"].iloc[0]).title
    rows = now.futures.sort_values("start").drop_duplicates("member")
    totals = now.futures.groupby("member")["value"].sum().rename("total")
    rows = rows.merge(totals, on="member").merge(now.scores, on="member", how="left", suffixes=("", "_alone"))
    own = rows["model_alone"].where(rows["model"] == ADDED_UP, rows["model"])
    rows = rows.assign(
        name=[_row_name(now, member) for member in rows["member"]], own=own.map(words.model_name, "ignore")
    )
    unit = _unit(now)
    whole = [] if now.metric.is_ratio else [Column("total", f"All {now.future.shape[0]} {now.grain.value}s", unit)]
    columns = [
        Column("name", filters.dimension_label(now.level), is_pinned=True),
        Column("value", first, unit),
        Column("low_80", "80 % from", unit),
        Column("high_80", "80 % to", unit),
        *whole,
    ]
    if not now.is_divided:
        columns += [
            Column("wape", "Off by", Unit.SHARE, "On average, on periods held out"),
            Column("value_added", "Gained", "points", "Against the simple rule's error: more is better"),
            Column("own", "By", help="Before all are moved to add up", width=190),
        ]
    show.section(f"Every {now.kind}", "Click a row to look at it.")
    st.caption(words.adding_up(now.metric.is_ratio))
    in_order = rows.sort_values("value", ascending=False, ignore_index=True)
    tables.table(in_order, columns, "members", f"Projections by {now.kind}", _look_at)


def _row_name(now: Chosen, member: str) -> str:
    """A team above others is listed with what is its own, but for the one that is looked at."""
    is_above = now.level == "team" and member in filters.teams_above(asking.scene())
    return f"{member} (own)" if is_above and member != now.member else member_name(now.level, member)


def _look_at(row: dict[str, object]) -> None:
    st.session_state[MEMBER] = row["member"]


def tiles(now: Chosen) -> None:
    """Where the running month, quarter and fiscal year land, and what the open pipeline says of the quarter."""
    if now.run is None:
        return
    found = forecast_landing.running_landings(now.where)
    row = [forecast_landing.tile(one) for one in found]
    quarter = next((one for one in found if one.period.grain is Grain.QUARTER), None)
    view = asking.answer(landings.pipeline_of, quarter.period, tuple(now.where.items())) if quarter else None
    if view and quarter:
        row.append(_pipeline_tile(view, quarter.period, quarter.booked))
    if row:
        show.tiles(*row)


def _pipeline_tile(view: PipelineView, quarter: Period, booked: float) -> Tile:
    bookings = METRICS["bookings"]
    deals = f"{view.deals_count:,} open deals are expected to close in {quarter.title}."
    undated = f" {view.undated_count:,} don't say when they may close." if view.undated_count else ""
    if view.deals_count == 0:
        return Tile("Open pipeline", "–", note=f"No open deal is expected to close in {quarter.title}.{undated}")
    if view.amount is None:
        return Tile("Open pipeline", "no amounts", note=f"{deals} None of them has an amount.{undated}")
    if view.weighted is None:
        note = f"{deals} How likely each is, no sheet says."
        return Tile("Open pipeline", show.number(view.amount, bookings), note=note)
    hover = f"{deals} Each counts with the company's own win rate from its stage, else the probability in the sheet."
    with_it = show.number(booked + view.weighted, bookings)
    return Tile("Open pipeline, weighted", show.number(view.weighted, bookings), hover,
                against=f"of {show.number(view.amount, bookings)}",
                note=f"to close in {quarter.title}; with what is booked {with_it}")  # fmt: skip
