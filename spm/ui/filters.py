"""What is looked at: period, team, rep and one value of an attribute, shared by the pages and kept in the link."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode, urlsplit

import streamlit as st

from spm.calendar import Grain, Period, Span, typed_range
from spm.intake.layouts import LAYOUTS
from spm.metrics import queries
from spm.metrics.queries import Scene
from spm.metrics.wording import listed
from spm.ui import asking
from spm.ui.questions import Kept

PERIOD, TEAM, REP, RANGE, ONLY, IS = "period", "team", "rep", "range", "only", "is"
SCORED = "scored"
"""In place of ONLY, where targets let nothing be looked at alone: the reason."""
CUSTOM = "custom"
DAY_FORMAT = "YYYY-MM-DD"
MOST_NAMED = 2


@dataclass(frozen=True)
class View:
    """What the reader looks at. `where` is the part of the company for a question; a rep is asked for by name.

    The one value of an attribute that is looked at alone cuts every question by itself: see `asking.keep`.
    """

    period: Period
    team: str | None
    rep: str | None

    @property
    def where(self) -> dict[str, str]:
        return {"team": self.team} if self.team else {}


def draw(scene: Scene, wanted: tuple[str, ...]) -> None:
    """The widgets of the filters that a page is cut by."""
    if PERIOD in wanted:
        _period(scene)
    if TEAM in wanted and len(scene.org.teams):
        names = scene.org.teams["name"].tolist()
        st.selectbox("Team", names, index=None, key=TEAM, bind="query-params", placeholder="All teams")
    if REP in wanted:
        names = reps(scene, st.session_state.get(TEAM))
        st.selectbox("Rep", names, index=None, key=REP, bind="query-params", placeholder="Choose a rep")
    if ONLY in wanted and scene.filters:
        _only(scene)
    if SCORED in wanted and scene.filters:
        names = ", ".join(dimension_label(name).lower() for name in scene.filters[:MOST_NAMED])
        st.caption(
            f"Always of everything: scores are held against targets, which are not split by {names} and the like."
        )


def view(scene: Scene) -> View:
    """What is chosen now; the period that pages open on where none is, or only half a range."""
    return View(_chosen_period(scene), st.session_state.get(TEAM), st.session_state.get(REP))


def only(scene: Scene) -> Kept:
    """The attribute and the value of it that are looked at alone; nothing where either is not chosen, or not there."""
    attribute, value = str(st.session_state.get(ONLY)), str(st.session_state.get(IS))
    is_there = attribute in scene.filters and value in asking.whole(queries.values_of, attribute)
    return ((attribute, value),) if is_there else ()


def only_words() -> str:
    """What is looked at alone, and what says nothing of it: a line for the top of a page; "" where everything is."""
    if not asking.kept():
        return ""
    ((attribute, value),) = asking.kept()
    name = dimension_label(attribute).lower()
    sheets = [LAYOUTS[sheet].label.lower() for sheet in asking.answer(queries.untold_sheets)]
    untold = f" The sheets of {listed(sheets)} do not tell it: what rests on them is left out." if sheets else ""
    return f"Only {name}: {value}.{untold}"


def not_split(what: str, because: str) -> str:
    """The sentence for a figure that is of everything while one value of an attribute is looked at alone; else ""."""
    if not asking.kept():
        return ""
    ((attribute, _),) = asking.kept()
    return f"{what} of everything: {because} not split by {dimension_label(attribute).lower()}."


def not_told(what: str) -> str:
    """The sentence for a figure that is missing because no sheet tells it by what is looked at alone."""
    ((attribute, _),) = asking.kept()
    return f"{what} is not told by {dimension_label(attribute).lower()}."


def dimension_label(name: str) -> str:
    """What a dimension is called on a page: lead_source → "Lead source"."""
    return name.replace("_", " ").capitalize()


def link(scene: Scene, wanted: tuple[str, ...]) -> str:
    """The address that shows this view to anyone, whatever their own filters are; what else is chosen on a page stays."""
    now = view(scene)
    words = {PERIOD: _words(now.period.label, scene), TEAM: now.team, REP: now.rep}
    for attribute, value in only(scene) if ONLY in wanted else ():
        words |= {ONLY: dimension_label(attribute), IS: value}
    asked: list[tuple[str, str]] = [(name, text) for name, text in words.items() if name in (*wanted, IS) and text]
    if now.period.grain is None:
        asked = [(name, text) for name, text in asked if name != PERIOD]
        asked += [(PERIOD, _words(CUSTOM, scene)), (RANGE, f"{now.period.start}"), (RANGE, f"{now.period.last_day}")]
    shared = {PERIOD, TEAM, REP, RANGE, ONLY, IS}
    asked += [(name, text) for name in st.query_params if name not in shared for text in st.query_params.get_all(name)]
    address = urlsplit(st.context.url or "")
    return address._replace(path=address.path or "/", query=urlencode(asked)).geturl()


def presets(scene: Scene) -> list[Period]:
    """Fiscal quarters, years and months with facts, each from the latest back, up to the one that holds today. Nobody may
    change the list."""
    return scene.once(_presets)


def _presets(scene: Scene) -> list[Period]:
    calendar, opens_on = scene.standing.company.fiscal_calendar, scene.standing.opens_on
    covered = scene.covered_span() or opens_on
    until = max(min(covered.end, calendar.period_of(Grain.DAY, scene.today).end), opens_on.end)
    span = Span(min(covered.start, opens_on.start), until)
    grains = (Grain.QUARTER, Grain.YEAR, Grain.MONTH)
    return [period for grain in grains for period in reversed(calendar.periods(grain, span))]


def teams_above(scene: Scene) -> set[str]:
    """The names of teams that have others below them."""
    teams = scene.org.teams
    return set(teams.loc[teams["id"].isin(teams["parent_id"].dropna()), "name"])


def _period(scene: Scene) -> None:
    labels = [*(period.label for period in presets(scene)), CUSTOM]
    st.selectbox(
        "Period",
        labels,
        index=labels.index(scene.standing.opens_on.label),
        format_func=lambda label: _words(label, scene),
        key=PERIOD,
        bind="query-params",
    )
    if st.session_state.get(PERIOD) == CUSTOM:
        opens_on = scene.standing.opens_on
        first_and_last = (opens_on.start, opens_on.last_day)
        st.date_input(
            "First and last day", first_and_last, date(1990, 1, 1), date(2100, 12, 31), key=RANGE,
            bind="query-params", format=DAY_FORMAT,
        )  # fmt: skip


def _only(scene: Scene) -> None:
    st.selectbox("Only", scene.filters, index=None, format_func=dimension_label, key=ONLY, bind="query-params",
                 placeholder="Everything")  # fmt: skip
    attribute = st.session_state.get(ONLY)
    if attribute in scene.filters:
        values = asking.whole(queries.values_of, attribute)
        st.selectbox(
            dimension_label(attribute), values, index=None, key=IS, bind="query-params", placeholder="Choose one"
        )


def _words(label: str, scene: Scene) -> str:
    """A period as the list and the link name it."""
    if label == CUSTOM:
        return "Other days"
    period = scene.standing.company.fiscal_calendar.period(label)
    return f"Year {period.title}" if period.grain is Grain.YEAR else period.title


def _chosen_period(scene: Scene) -> Period:
    label = st.session_state.get(PERIOD)
    if label == CUSTOM:
        days = st.session_state.get(RANGE) or ()
        return typed_range(*days) if len(days) == 2 else scene.standing.opens_on
    known = {period.label: period for period in presets(scene)}
    return known.get(label or "", scene.standing.opens_on)


def reps(scene: Scene, team: str | None) -> list[str]:
    """Everyone who ever was in the team, or anywhere; by name."""
    people, assignments = scene.org.people, scene.org.assignments
    if team:
        people = people[
            people["id"].isin(assignments.loc[assignments["team"].isin(scene.org.within(team)), "person_id"])
        ]
    return sorted(people["rep"])
