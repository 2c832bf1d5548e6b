"""What the page of a rep shows: who, how they are doing, where the points went, the items, own past, funnel, deals."""

import pandas as pd
import streamlit as st

from spm import charts
from spm.benchmarks.comparing import queries as comparing
from spm.coaching import queries as coaching
from spm.coaching.deals import queries as deal_queries
from spm.metrics.registry import Unit
from spm.people.queries import tenure_days
from spm.scorecards import queries
from spm.scorecards.bands import Bands
from spm.scorecards.result import RepScorecard, headline
from spm.scorecards.scored import RoleScore
from spm.scorecards.scoring import Score
from spm.ui import asking, filters, metric_tiles, open_deals, origin, picture, show
from spm.ui.filters import View
from spm.ui.rep import items, others
from spm.ui.rep.items import course_of, where_of
from spm.ui.scorecards import download
from spm.ui.teams import conversion

DAYS_A_MONTH = 30.44


def card(view: View) -> RepScorecard:
    """The scorecard of the rep in view."""
    person = asking.scene().org.people.set_index("rep").loc[str(view.rep)]
    return asking.whole(queries.scorecard_of, int(person["id"]), view.period)


def header(shown: RepScorecard, view: View) -> None:
    """Who it is, the two next to them, and how they are doing in a sentence."""
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(_who(shown), width="content")
        others.neighbours(shown.rep, view)
    if asking.kept():
        show.headline(f"{shown.rep} in {shown.period.title}", filters.not_split("A scorecard is", "its targets are"))
        return
    way = shown.explanation.way if shown.explanation else ""
    if way and shown.whole_to_date:
        way = f"By the end of {shown.period.title}, {way[:1].lower()}{way[1:]}"
    show.headline(headline(shown), way)


def absent(shown: RepScorecard) -> None:
    """What stands in place of a scorecard where there is nothing to score."""
    hint = "Choose another period or another rep, or see on People who was where since when."
    show.empty(f"There is nothing to score in {shown.period.title}.", hint, "people", "See roles and teams")


def notes(shown: RepScorecard) -> None:
    """What is assumed or missing, and what would bring it."""
    if shown.notes and not asking.kept():
        with st.expander(f"What this rests on ({len(shown.notes)})", icon=":material/info:"):
            st.markdown("\n".join(f"- {note}" for note in shown.notes))


def parts(shown: RepScorecard) -> None:
    """Score, where its points went, and the items; a tab for each role where there were several.

    Of one value of an attribute, by which no target is split, the bookings and what the items count.
    """
    if asking.kept():
        _items_alone(shown)
        return
    download.closed(shown)
    several = [f"{part.label}, {part.days_count} working days" for part in shown.role_scores]
    places = st.tabs(several) if len(several) > 1 else [st.container()]
    for part, place in zip(shown.role_scores, places, strict=True):
        with place:
            _score(shown, part)
            items.cards(shown, part)
    download.button(shown)


def _items_alone(shown: RepScorecard) -> None:
    told = asking.answer(comparing.comparable_metrics)
    counted = dict.fromkeys(one.item.metric for part in shown.explanations for one in part.items)
    keys = [key for key in {"bookings": None, **counted} if key in told]
    if keys:
        show.tiles(*metric_tiles.tiles(keys, shown.period, where_of(shown)))


def own_past(shown: RepScorecard) -> None:
    """One metric over 24 months against what is normal for it."""
    keys = asking.answer(comparing.comparable_metrics)
    mine = [one.item.metric for one in shown.explanations[-1].items if one.item.metric in keys]
    ordered = list(dict.fromkeys([*sorted(mine, key="bookings".__ne__), *keys]))
    with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
        show.section("Own past", "The band is what is normal for this rep: outside it a month is more than luck.")
        known = asking.scene().metrics
        key = st.selectbox("Metric", ordered, format_func=lambda key: known[key].label, label_visibility="collapsed",
                           key="rep_past", width=230, persist_state="session")  # fmt: skip
        taken_along = st.container(width="content")
    where, asked = where_of(shown), known[key]
    months = coaching.months_shown(asking.answer(coaching.months, key, shown.period, where))
    if months.empty:
        st.caption(f"No whole month of {asked.label.lower()} in this role yet.")
        return
    if asked.unit is Unit.MONEY:
        months = show.major(months, "value", "last_year", "normal_low", "normal_high")
    drawing, title = charts.own_past(asked.unit.value, show.symbol()), f"{asked.label} of {shown.rep} by month"
    with taken_along:
        picture.button(months, drawing, title, title)
    show.chart(months, drawing, title)
    past = course_of(shown, key)
    if past.past.words:
        so_far = " so far, as much of each" if past.is_to_date else ""
        st.caption(f"{shown.period.title}{so_far}: {'; '.join(past.past.words)}.")
    origin.button(key, shown.period, where, f"See the rows of {shown.period.title}")


def has_deals() -> bool:
    """Whether any sheet speaks of deals: without, there is no funnel and nothing open."""
    return "opportunities_opened" in asking.scene().covered or "leads" in asking.scene().covered


def funnel(shown: RepScorecard) -> None:
    """From leads to won deals in the period, against the pooled peers."""
    conversion.funnel_of(shown.period, where_of(shown), shown.rep)


def deals(shown: RepScorecard) -> None:
    """How long deals stay in each stage, where that is known; and those open today, the stale ones first."""
    conversion.time_in_stages(shown.period, where_of(shown), shown.rep)
    found = asking.answer(deal_queries.open_deals, _people(shown))
    today = asking.scene().today
    show.section(f"Open deals on {today.day} {today:%b %Y}")
    if found.deals.empty:
        st.caption("No open deal.")
        return
    stale_count = int((found.deals["stale"] != "").sum())
    st.caption(f"{len(found.deals):,} open, {stale_count:,} stale. {open_deals.stale_rule(found.usual_days)}")
    open_deals.table(found.deals, f"deals_{shown.person_id}", "Open deals", f"{shown.rep} open deals")


def _who(shown: RepScorecard) -> str:
    person = asking.scene().org.people.set_index("id").loc[shown.person_id]
    days = tenure_days(person, min(shown.period.last_day, asking.scene().today))
    tenure = f"{days / DAYS_A_MONTH:.0f} months" if days and days > 0 else ""
    role = f"{shown.roles} (assumed)" if shown.is_role_assumed else shown.roles
    team = shown.team or ""
    if shown.manager and shown.manager not in team:
        team = f"{team} ({shown.manager})" if team else shown.manager
    return " · ".join([f"**{show.plain(shown.rep)}**", *(show.plain(part) for part in (role, team, tenure) if part)])


def _score(shown: RepScorecard, part: RoleScore) -> None:
    """The pictures of a score; what is missing, where there is none."""
    if part.score.value is None:
        why = [f"{reason[:1].upper()}{reason[1:]}." for reason in dict.fromkeys(shown.missing.values())]
        show.empty("Nothing to score by yet.", " ".join(why), "upload", "Upload sheets")
        return
    _pictures(shown, part)


def _pictures(shown: RepScorecard, part: RoleScore) -> None:
    score = part.to_date or part.score
    of = ", against what is due by now" if part.to_date else ""
    file = f"{shown.rep} {shown.period.label} {part.label}"
    left, right = st.columns([2, 3])
    with left.container(border=True, height="stretch"):
        note = "100 is every target reached. Leading comes before the result, lagging is the result."
        picture.drawn(f"Score{of}", _dial(score), charts.score_dial(_edges()), "Score with its leading and lagging part",
                      note, f"{file} score")  # fmt: skip
    with right.container(border=True, height="stretch"):
        note = "From 100 to the score: what each item lost or gained."
        picture.drawn("Where the points went", _points(score), charts.points(), "Points lost and gained by item",
                      note, f"{file} points")  # fmt: skip


def _edges() -> tuple[float, float, float]:
    bands: Bands = queries.bands_of(asking.scene())
    return 100 * bands.near_target, 100 * bands.on_target, 100 * bands.outstanding


def _dial(shown: Score) -> pd.DataFrame:
    parts = (("Score", shown.value), ("Leading", shown.leading), ("Lagging", shown.lagging))
    return pd.DataFrame(
        [
            {"place": at, "part": name, "points": None if value is None else 100 * value, "whole": at == 0}
            for at, (name, value) in enumerate(parts)
        ]
    )


def _points(shown: Score) -> pd.DataFrame:
    steps = sorted(
        ((item.reading.metric.label, item.points_gained - item.points_lost) for item in shown.counted),
        key=lambda step: step[1],
    )
    rows = [("Every target", "full", 100.0), *((label, "item", points) for label, points in steps)]
    rows.append(("Score", "score", 100 * (shown.value or 0.0)))
    return pd.DataFrame(
        [{"place": at, "label": label, "kind": kind, "points": points} for at, (label, kind, points) in enumerate(rows)]
    )


def _people(shown: RepScorecard) -> tuple[int, ...]:
    """Whose deals are looked at: the rep's, or those of everyone below a manager."""
    where = where_of(shown)
    if "manager" not in where:
        return (shown.person_id,)
    return tuple(coaching.people_in(asking.scene(), shown.period, where) or ())
