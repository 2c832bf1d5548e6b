"""What the Forecast page shows first: what is looked at, where it lands, and the picture of history and projection."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from spm import charts
from spm.calendar import Grain, Period
from spm.forecast import published, queries, words
from spm.forecast.histories import SEASONS, By
from spm.forecast.landings import queries as landings
from spm.forecast.landings.landing import Landing
from spm.forecast.landings.pipeline import PipelineView
from spm.forecast.projecting import AMOUNTS
from spm.forecast.queries import PROJECTED, Asked, Run
from spm.metrics.queries import columns_of
from spm.metrics.registry import METRICS, Metric
from spm.ui import asking, forecast_landing, show
from spm.ui.filters import View
from spm.ui.show import Column, Tile

METRIC, LEVEL, MEMBER, GRAIN, WITHOUT = "projected", "of", "member", "grain", "without"
COMPANY = "company"
GRAINS = {"month": "Months", "quarter": "Quarters", "week": "Weeks"}
LOOK_SECONDS = 5
SHOWN_PERIODS = 36


@dataclass(frozen=True)
class Chosen:
    """What the reader looks at: a metric of one member of a level ("" for the company, and for nobody's), by a grain.

    `history`: start, value. `future`: start, period, the amounts and model. `scores`: model and the back-test's numbers,
    None where there is none. `run`: the published forecast that it is from, None where it was projected for this reader.
    """

    metric: Metric
    level: str
    member: str
    grain: Grain
    history: pd.DataFrame
    future: pd.DataFrame
    scores: dict[str, Any] | None
    run: Run | None

    @property
    def by(self) -> By:
        return published.by_of(self.level)

    @property
    def where(self) -> dict[str, str]:
        return {self.level: self.member} if self.by else {}

    @property
    def name(self) -> str:
        return show_name(self.level, self.member)


def show_name(level: str, member: str) -> str:
    """A member as a reader says it."""
    if level == COMPANY:
        return asking.scene().standing.company.name
    return member or f"without a {level}"


def chosen() -> Chosen:
    """The pickers, and what they choose."""
    scene = asking.scene()
    metrics = [key for key, one in METRICS.items() if one.nature in PROJECTED and _is_covered(one)]
    levels = [COMPANY, *(("team", "rep") if len(scene.org.people) else ()), *scene.filters]
    labels = {row.key: row.label for row in asking.answer(columns_of).itertuples()}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        key = st.selectbox("Metric", metrics, format_func=lambda one: METRICS[one].label, key=METRIC,
                           bind="query-params", width=220)  # fmt: skip
        level = st.selectbox("Of", levels, format_func=lambda one: labels.get(one, one.capitalize()), key=LEVEL,
                             bind="query-params", width=160)  # fmt: skip
        grain = Grain(
            st.selectbox(
                "By", list(GRAINS), format_func=lambda one: GRAINS[one], key=GRAIN, bind="query-params", width=130
            )
        )
        histories = asking.answer(queries.histories_of, key, published.by_of(level), grain)
        named = published.named(histories, published.by_of(level))
        member = _member(named, level)
    return _found(METRICS[key], level, member, grain, named)


def _member(named: pd.DataFrame, level: str) -> str:
    """Who is looked at: picked from the level's members, the one with most in the last year first."""
    if level == COMPANY:
        return ""
    latest = named.groupby("member")["value"].apply(lambda own: own.tail(12).sum()).sort_values(ascending=False)
    return st.selectbox("Who", latest.index.tolist() or [""], format_func=lambda one: show_name(level, one), key=MEMBER,
                        bind="query-params", width=240)  # fmt: skip


def _found(metric: Metric, level: str, member: str, grain: Grain, named: pd.DataFrame) -> Chosen:
    run = queries.latest_run(asking.scene())
    history = named.loc[named["member"] == member, ["start", "value"]].reset_index(drop=True)
    outliers = "leave out" if st.session_state.get(WITHOUT) else "bound"
    if run and outliers == "bound" and metric.key == "bookings" and grain is Grain.MONTH and level in published.LEVELS:
        future = asking.answer(queries.published_future, run.id, level, member)
        if len(future):
            scores = asking.answer(queries.scores_of, run.id, level)
            return Chosen(metric, level, member, grain, history, future, _of(scores, member), run)
    with st.spinner(f"Projecting {metric.label.lower()} …"):
        found = asking.answer(
            queries.outlook, Asked(metric.key, published.by_of(level), grain=grain, outliers=outliers)
        )
    level_found = found.levels.get(published.by_of(level))
    if level_found is None:
        return Chosen(
            metric,
            level,
            member,
            grain,
            history,
            pd.DataFrame(columns=["start", "period", *AMOUNTS, "model"]),
            None,
            None,
        )
    future = published.named(level_found.future, level_found.by)
    scores = published.named(level_found.scores, level_found.by)
    mine = future[future["member"] == member].reset_index(drop=True)
    return Chosen(metric, level, member, grain, history, mine, _of(scores, member), None)


def _of(scores: pd.DataFrame, member: str) -> dict[str, Any] | None:
    mine = scores[scores["member"] == member]
    return None if mine.empty else {str(name): value for name, value in mine.iloc[0].items()}


def _is_covered(one: Metric) -> bool:
    scene = asking.scene()
    parts = [part for part in (one.numerator, one.denominator) if part]
    return one.key != "quota" and all(any(key in scene.covered for key in scene.measures(part)) for part in parts)


def answer(now: Chosen, view: View) -> None:
    """The page's headline: where the period lands, or what the next one brings, and how good such words have been."""
    landing = forecast_landing.landing_of(view.period, now.where) if now.run else None
    said = _sentence(now, landing)
    good = words.how_good(
        _number(now, "wape"), _number(now, "value_added"), now.future["model"].iloc[0] if len(now.future) else ""
    )
    who = f"{now.name}: " if now.by else ""
    show.headline(f"{who}{said}", f"{good} {_made(now)}".strip())


def _sentence(now: Chosen, landing: Landing | None) -> str:
    if landing is not None:
        return words.landing(landing, lambda amount: show.number(amount, now.metric))
    if now.future.empty:
        return f"{now.metric.label} can't be projected yet: no {now.grain.value} is complete."
    first = now.future.iloc[0]
    period = asking.scene().standing.company.fiscal_calendar.period(first["period"])
    low, high = show.number(first["low_80"], now.metric), show.number(first["high_80"], now.metric)
    return f"{now.metric.label} of {period.title}: {show.number(first['value'], now.metric)} ({low} – {high})."


def _number(now: Chosen, name: str) -> float | None:
    value = (now.scores or {}).get(name)
    return None if value is None or pd.isna(value) else float(value)


def _made(now: Chosen) -> str:
    if now.run is None:
        return ""
    when = f"Forecast of {now.run.made_at:%-d %b %Y, %H:%M}"
    return f"{when}." if now.run.is_current else f"{when}; a newer one is in the making."


def too_early(now: Chosen) -> None:
    """What stands where nothing can be projected."""
    show.empty(
        f"No {now.grain.value} is complete in the sheets.",
        f"A {now.grain.value} counts once it is over and the sheets speak for all of it.",
        "upload",
        "Upload sheets",
    )


@st.fragment(run_every=LOOK_SECONDS)
def follow() -> None:
    """Draws the page anew when a newer forecast is there; says so while none is."""
    run = queries.latest_run(asking.scene())
    seen = st.session_state.get("forecast run seen")
    st.session_state["forecast run seen"] = run.id if run else None
    if run is None:
        st.info("The first forecast of all reps and teams is in the making.", icon=":material/hourglass_top:")
    elif seen is not None and seen != run.id:
        st.rerun(scope="app")


def picture(now: Chosen) -> None:
    """History and projection with both ranges."""
    title = f"{now.metric.label} of {now.name}" if now.by else now.metric.label
    show.section(title, "Light: what comes in 19 of 20 such forecasts. Darker: in 4 of 5. Dashed: the middle.")
    frame = course(now)
    unit = now.metric.unit.value
    show.chart(
        frame,
        charts.projection(unit, show.symbol()),
        f"{title} by {now.grain.value}, with the projection and its ranges",
    )
    for note in words.history_notes(now.history, SEASONS[now.grain], _has_left(now), f"{now.grain.value}s"):
        st.caption(show.plain(note))


def _has_left(now: Chosen) -> bool:
    return bool(len(now.future)) and now.future["model"].iloc[0] == "left"


def course(now: Chosen) -> pd.DataFrame:
    """The rows of the picture: the last years of the history, then the projection; they meet in the last known period."""
    calendar = asking.scene().standing.company.fiscal_calendar
    past = now.history.tail(SHOWN_PERIODS).rename(columns={"start": "period"})
    ahead = now.future.drop(columns="period").rename(columns={"start": "period", "value": "projected"})
    if len(past) and len(ahead) and pd.notna(past["value"].iloc[-1]):
        last = past.index[-1]
        for name in ("projected", *AMOUNTS[1:]):
            past.loc[last, name] = past.loc[last, "value"]
    columns = ["period", "value", "projected", *AMOUNTS[1:]]
    frame = pd.concat([past.reindex(columns=columns), ahead.reindex(columns=columns)], ignore_index=True)
    frame = frame.assign(label=[calendar.period_of(now.grain, day).title for day in frame["period"]], note=None)
    frame["booked"] = [_booked(now, calendar.period_of(now.grain, day)) for day in frame["period"]]
    if now.metric.unit.value == "money":
        return show.major(frame, *columns[1:], "booked")
    return frame


def _booked(now: Chosen, period: Period) -> float | None:
    """What is in so far of the running period."""
    if period.start <= asking.scene().today < period.last_day and not now.metric.is_ratio and now.member is not None:
        return asking.value(now.metric.key, period, **now.where) if now.member or not now.by else None
    return None


def table(now: Chosen) -> None:
    """The projection in numbers."""
    unit = now.metric.unit
    calendar = asking.scene().standing.company.fiscal_calendar
    rows = now.future.assign(title=[calendar.period(label).title for label in now.future["period"]])
    columns = [
        Column("title", now.grain.value.capitalize(), is_pinned=True, width=150),
        Column("value", "Projected", unit),
        Column("low_80", "80 % from", unit),
        Column("high_80", "80 % to", unit),
        Column("low_95", "95 % from", unit),
        Column("high_95", "95 % to", unit),
    ]
    show.table(rows, columns, "projection", "The projection by period", file_name=f"Projection of {now.metric.label}")


def tiles(now: Chosen) -> None:
    """Where the running month, quarter and fiscal year land, and what the open pipeline says of the quarter."""
    if now.run is None:
        return
    found = forecast_landing.running_landings(now.where)
    row = [forecast_landing.tile(one) for one in found]
    quarter = next((one.period for one in found if one.period.grain is Grain.QUARTER), None)
    view = asking.answer(landings.pipeline_of, quarter, tuple(now.where.items())) if quarter else None
    if view and quarter:
        row.append(_pipeline_tile(view, quarter))
    if row:
        show.tiles(*row)


def _pipeline_tile(view: PipelineView, quarter: Period) -> Tile:
    bookings = METRICS["bookings"]
    deals = f"{view.deals_count:,} open deals are expected to close in {quarter.title}."
    if view.deals_count == 0:
        return Tile("Open pipeline", "–", note=f"No open deal is expected to close in {quarter.title}.")
    if view.amount is None:
        return Tile("Open pipeline", "no amounts", note=f"{deals} None of them has an amount.")
    if view.weighted is None:
        note = f"{deals} How likely each is, no sheet says."
        return Tile("Open pipeline", show.number(view.amount, bookings), note=note)
    hover = f"{deals} Each counts with the company's own win rate from its stage, else the probability in the sheet."
    return Tile("Open pipeline, weighted", show.number(view.weighted, bookings), hover,
                against=f"of {show.number(view.amount, bookings)}", note=f"still to close in {quarter.title}")  # fmt: skip
