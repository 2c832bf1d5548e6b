"""What Home shows: the answer in words, four numbers, results and pace, bands, teams and reps."""

from typing import Any

import pandas as pd
import streamlit as st

from spm import charts, money
from spm.benchmarks import headline, queries
from spm.benchmarks.queries import Pace
from spm.calendar import Period
from spm.metrics import wording
from spm.metrics.registry import METRICS, Unit
from spm.metrics.wording import shown_percent
from spm.people.roles import MANAGER
from spm.sample.actions import load_sample
from spm.scorecards.queries import scores, scores_of
from spm.ui import asking, filters, menu, metric_tiles, opening, origin, picture, show, tables
from spm.ui.filters import View
from spm.ui.forecast import landing as forecast_landing
from spm.ui.show import Tile
from spm.ui.tables import Column

TAB = "home_tab"
NO_SCORE = "no score"
NOBODY = {"rep": "Without an owner", "team": "Without a team"}


def welcome() -> None:
    """The page of a store without facts: what spm does, and the two ways to begin."""
    _, middle, _ = st.columns([1, 6, 1])
    with middle:
        st.space("medium")
        show.headline("See where every team and rep stands")
        st.markdown(
            "From the spreadsheets you have to attainment, pace and scorecards: every number opens down to the row "
            "it came from."
        )
        with st.grid(2, min_column_width=280, gap="medium"):
            with st.container(border=True, height="stretch"):
                st.markdown(":material/upload_file: **Bring your own sheets**")
                st.caption("Excel or CSV, as your CRM wrote it. You see what it would change before anything is kept.")
                if st.button("Choose files", type="primary", width="stretch"):
                    menu.go_to("upload")
            with st.container(border=True, height="stretch"):
                st.markdown(":material/science: **Look around first**")
                st.caption("40 made-up reps, three years of deals, quotas and activities. Undo it on Imports.")
                if st.button("Try the sample company", width="stretch"):
                    with st.spinner("Making the sample company …"):
                        load_sample(opening.store(), opening.author(), asking.real_today())
                    st.rerun()


def answer(view: View) -> None:
    """The page's headline: how the period stands, and who makes it so."""
    scene, now = asking.scene(), asking.answer(queries.pace, view.period, view.where)
    attainment = asking.value("attainment", view.period, **view.where)
    place = asking.answer(queries.place, view.period, view.where)
    lands = forecast_landing.landing_of(view.period, view.where)
    said = headline.result(
        view.period,
        now.booked,
        attainment,
        asking.answer(queries.growths, _measured(view), view.period, view.where)["bookings"],
        lands.lands.value if lands else now.landing,
        lands.quota_share if lands else now.landing_share,
        (place.rank, place.periods_count) if place else None,
        scene.standing.company.currency,
    )
    source = (
        "orders on their order date" if scene.bookings_measure == "order_value" else "won deals on their close date"
    )
    who = headline.parts(_standings("rep" if view.team else "team", view))
    show.headline(said, f"{who} Bookings are {source}.".strip())


def tiles(view: View) -> None:
    """Bookings, attainment, pace, and how well deals or orders turn out."""
    now = asking.answer(queries.pace, view.period, view.where)
    landing = forecast_landing.landing_tile(view.period, view.where)
    bookings, success = metric_tiles.tiles(_measured(view), view.period, view.where)
    attainment = _attainment_tile(view, _pace_words(now) if landing else "")
    show.tiles(bookings, attainment, landing or _pace_tile(now, view), success)


def _measured(view: View) -> tuple[str, str]:
    """The metrics of which growth and months are shown: asked for together, wherever one of them is."""
    has_deals = asking.value("win_rate", view.period, **view.where) is not None
    return "bookings", "win_rate" if has_deals else "average_order_value"


def results(view: View) -> None:
    """Bookings by month; a click on a month looks at it."""
    found = asking.answer(queries.by_months, _measured(view), view.period, view.where)["bookings"]
    months = show.major(found, "value", "quota")
    alt = f"Bookings by month up to {view.period.title}, with the quota of each month where there is one"
    drawing = charts.results_by_month("money", show.symbol())
    note = "Click a month to look at it alone."
    picture.drawn("Bookings by month", months, drawing, alt, note, key="results", on_pick=_look_at_month)


def course(view: View) -> None:
    """Bookings added up day by day against what is usual."""
    now = asking.answer(queries.pace, view.period, view.where)
    against = "quota" if now.quota else now.aim_is.title if now.aim_is else ""
    usual = f"as in {now.expected.periods_count} earlier periods" if now.expected else "evenly"
    note = f"Expected: the {'' if now.quota else 'amount of '}{against}, coming in over the working days {usual}."
    curve = show.major(now.curve, "booked", "expected", "expected_low", "expected_high", "quota")
    named = curve.assign(expected_is="expected" if now.quota else f"as {against}")
    alt = f"Bookings of {view.period.title} added up by day"
    title = f"Course of {view.period.title}"
    drawing = charts.pace(show.symbol())
    picture.drawn(title, named, drawing, alt, note if against else "", is_stretched=True)


def standing(view: View) -> None:
    """How many reps of each team are in which band; a click on a team looks at it."""
    period = _judged(view)
    running = "" if period == view.period else f" {view.period.title} is still running."
    note = (
        f"By score: how much of each scorecard's targets was reached, weighted; everyone where they were last.{running}"
    )
    people = _scores(view)
    counted = people.groupby(["team", "band"], dropna=False).size().rename("reps_count").reset_index()
    title = f"Bands in {period.title}"
    picture.drawn(title, counted, charts.bands(), "Reps by band in each team", note, key="bands", on_pick=_look_at_team)
    if untold := filters.not_split("Scores are", "targets are"):
        st.caption(untold)


def teams_and_reps(view: View) -> None:
    """The tables that prove it; a click on a rep opens their page, on a team looks at it."""
    reps, teams = st.tabs(["Reps", "Teams"], key=TAB, on_change="rerun", bind="query-params")
    if reps.open:
        with reps:
            frame = _standings("rep", view)
            scored = _scores_of(frame["name"], view).set_index("rep")
            frame["score"] = frame["name"].map(scored["score"].map(shown_percent, "ignore"))
            frame["band"] = frame["name"].map(scored["band"].map(lambda word: charts.BANDS[word].label, "ignore"))
            st.caption(f"Click a row to open the rep's page. {filters.not_split('Scores are', 'targets are')}")
            _table(frame, _columns("Rep", view), "reps", view, _open_rep)
    if teams.open:
        with teams:
            st.caption("Click a row to look at the team.")
            _table(_standings("team", view), _columns("Team", view), "teams", view, _look_at_team)


def _table(frame: pd.DataFrame, columns: list[Column], key: str, view: View, on_pick: show.Pick) -> None:
    title = f"{key.title()} in {view.period.title}"
    tables.table(frame.dropna(axis="columns", how="all"), columns, key, title, on_pick, file_name=title)


def _columns(who: str, view: View) -> list[Column]:
    of = "" if _judged(view) == view.period else f" {_judged(view).title}"
    return [
        Column("name", who, is_pinned=True),
        tables.metric_column(METRICS["bookings"], width=95),
        Column("attainment", "Attainment", "share bar", "Bookings ÷ quota of the same span", width=105),
        Column("band", f"Band{of}", width=110),
        Column(
            "score", f"Score{of}", Unit.COUNT, "100: every target of the scorecard is reached", width=115 if of else 65
        ),
        Column(
            "change_share", "Change", "change", "Bookings against those of the period that the tile names", width=75
        ),
        Column("trend", "12 months", "money trend", "Bookings by month", width=90),
        tables.metric_column(METRICS["win_rate"], width=80),
        tables.metric_column(METRICS["average_order_value"], width=100, label="Per order"),
        *([Column("team", "Team", width=150)] if who == "Rep" else []),
        tables.metric_column(METRICS["quota"], width=95),
    ]


def _judged(view: View) -> Period:
    """The period whose scores are shown: a running one is no match for targets that are for the whole of it."""
    scene = asking.scene()
    is_over = scene.today >= view.period.last_day
    return view.period if is_over else scene.standing.company.fiscal_calendar.before(view.period)


def _standings(by: str, view: View) -> pd.DataFrame:
    frame = asking.answer(queries.standings, by, view.period, view.where)
    frame["name"] = frame["name"].fillna(NOBODY[by])
    if by == "team":  # a team above others is listed with what is its own, so that the rows add up
        above = filters.teams_above(asking.scene())
        frame["team"] = frame["name"]
        frame["name"] = [f"{name} (own)" if name in above else name for name in frame["name"]]
    return frame


def _scores(view: View) -> pd.DataFrame:
    """Scores of everyone but managers in the team looked at."""
    kept = asking.whole(scores, _judged(view), view.where, sellers_only=True)
    return kept.assign(team=kept["team"].fillna(NOBODY["team"]), band=kept["band"].fillna(NO_SCORE).map(str))


def _scores_of(names: pd.Series, view: View) -> pd.DataFrame:
    """Scores of at least these people: of managers only where one of them is named, for what they sold themselves."""
    period = _judged(view)
    if view.team:
        return asking.whole(scores_of, period, tuple(sorted(names)))
    there = asking.scene().org.active(period)
    if names.isin(there.loc[there["role"] == MANAGER, "rep"]).any():
        return asking.whole(scores, period, {})
    return asking.whole(scores, period, {}, sellers_only=True)


def _attainment_tile(view: View, pace: str) -> Tile:
    asked = METRICS["attainment"]
    share = asking.value("attainment", view.period, **view.where)
    if share is None and asking.kept():
        return Tile(asked.label, wording.MISSING, asked.meaning, note=filters.not_split("A quota is", "it is"))
    if share is None:
        note = "Bring a sheet that says who is to bring how much, and when."
        return Tile(asked.label, "No quota yet", asked.meaning, note=note, link=("upload", "Add quotas"))
    now = asking.answer(queries.pace, view.period, view.where)
    quota = asking.value("quota", view.period, **view.where)
    until = f"Quotas reach to {now.quota_until:%-d %b %Y}." if now.quota_until else ""
    return Tile(
        asked.label,
        wording.reached(share),
        f"{show.in_full(share, asked)}: {asked.meaning}.",
        against=f"of {show.number(quota, METRICS['quota'])} quota",
        trend=metric_tiles.trend("attainment", view.period, view.where),
        note=f"{pace} {until}".strip(),
        origin=origin.behind("attainment", view.period, view.where, "See the rows"),
    )


def _pace_words(now: Pace) -> str:
    """Where the landing stands in place of the pace, the attainment says it."""
    return "" if now.index is None else f"Pace: {wording.reached(now.index)} of what is due by now."


def _pace_tile(now: Pace, view: View) -> Tile:
    bookings, share = METRICS["bookings"], METRICS["attainment"]
    if now.booked is None:
        return Tile("Pace", "–", note="Nothing to go by yet.")
    rows = origin.behind("bookings", view.period, view.where, "See the bookings")
    if now.index is not None:
        needed = f"Needs {show.number(now.needed_per_day, bookings)} a working day." if now.needed_per_day else ""
        usual = f"{now.share:.0%} of a period is usually in by now".replace("%", " %")
        hover = f"{show.in_full(now.index, share)} of what should be in by now: {usual}."
        return Tile(
            "Pace", wording.reached(now.index), hover, against="of what is due by now", note=needed, origin=rows
        )
    if now.landing is not None:
        hover = f"{show.in_full(now.landing, bookings)} at this pace: {now.share * 100:.0f} % is usually in by now."
        return Tile("On course for", show.number(now.landing, bookings), hover, against="at this pace", origin=rows)
    if now.quota:
        gap = now.booked - now.quota
        words = "over quota" if gap >= 0 else "short of quota"
        in_short = money.short(abs(gap), show.currency())
        return Tile("Gap to quota", in_short, show.in_full(gap, bookings), against=words, origin=rows)
    place = asking.answer(queries.place, view.period, view.where)
    if place:
        grain = view.period.grain
        return Tile("Rank", f"{place.rank} of {place.periods_count}", f"By bookings, of all {grain}s in the sheets.",
                    against=f"{grain}s by bookings")  # fmt: skip
    return Tile("Final", show.number(now.booked, bookings), show.in_full(now.booked, bookings))


def _look_at_month(mark: dict[str, Any]) -> None:
    st.session_state[filters.PERIOD] = str(mark["month_on"])[:7]


def _look_at_team(picked: dict[str, Any]) -> None:
    name = picked.get("team") or picked.get("name")
    if name != NOBODY["team"]:
        st.session_state[filters.TEAM] = name


def _open_rep(row: dict[str, Any]) -> None:
    if row["name"] != NOBODY["rep"]:
        menu.go_to("rep", rep=row["name"])
