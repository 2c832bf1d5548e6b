"""The form that adds a lever: what changes, where and when, by how much, and by what bookings follow."""

from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

import streamlit as st

from spm import money
from spm.calendar import plus_months
from spm.errors import Refusal
from spm.metrics.measures import MEASURES, Unit
from spm.metrics.wording import percent
from spm.people.roles import ROLES, label_of
from spm.planning.ranges import Range
from spm.planning.scenarios.elasticity import Estimate
from spm.planning.scenarios.lever import Asked, ElasticLever, Lever
from spm.planning.scenarios.levers import KINDS, Activity, Hires, Market
from spm.planning.scenarios.outlook import Segment
from spm.planning.scenarios.queries import activities_of, own_elasticity
from spm.planning.segments.queries import known_segments
from spm.ui import asking, failures, filters, show
from spm.ui.quota_plan import state
from spm.ui.quota_plan.state import Planning

BY_LABEL = {kind.label: kind for kind in sorted(KINDS, key=lambda kind: kind is not Market)}
EVERYWHERE = "All teams"


def draw(plan: Planning) -> None:
    with st.expander("Add a lever", icon=":material/add:", expanded=not plan.scenario.levers):
        kind = BY_LABEL[st.selectbox("What changes", list(BY_LABEL), key="lever_kind")]
        st.caption((kind.__doc__ or "").split("\n")[0])
        activity = _activity() if kind is Activity else None
        with st.form(f"lever_{kind.__name__}_{activity}", border=False):
            left, right = st.columns(2)
            name = left.text_input("Name", f"{kind.label} {len(plan.scenario.levers) + 1}", key=f"name_{kind.__name__}_"
                                   f"{len(plan.scenario.levers)}")  # fmt: skip
            teams = list(plan.baseline.outlook.units)
            whole = [] if issubclass(kind, Hires) and len(teams) > 1 else [EVERYWHERE]
            team = right.selectbox("Where", [*whole, *teams])
            given: dict[str, Any] = {"segment": _segment(right, plan) if kind.takes_segment else None}
            left, right = st.columns(2)  # a segment makes one of the two above longer
            starts = left.date_input("From the month of", plan.period.start, format="YYYY-MM-DD")
            last = right.date_input("To the month of (empty: for good)", None, format="YYYY-MM-DD")
            for at, (field, asked) in enumerate(kind.asked().items()):
                if field != "elasticity":
                    given[field] = _field(left if at % 2 == 0 else right, asked, plan.currency, field)
            if "ramp" in {field.name for field in fields(kind)}:
                given["ramp"] = _ramp(right, kind, plan)
            if kind is Hires:
                selling = plan.baseline.members["role"].dropna().value_counts().index.tolist()
                given["role"] = left.selectbox("Role", selling or list(ROLES), format_func=label_of)
            if issubclass(kind, ElasticLever):
                given |= {"elasticity": _elasticity(activity), **({"metric": activity} if activity else {})}
            cost = left.number_input("Cost a month (empty: not entered)", 0.0, None, None, step=1_000.0)
            if st.form_submit_button("Add", type="primary"):
                _added(plan, kind, {
                    "name": name.strip(), "starts_on": starts if isinstance(starts, date) else plan.period.start,
                    "ends_on": plus_months(last.replace(day=1), 1) if isinstance(last, date) else None,
                    "unit": None if team == EVERYWHERE else team, "monthly_cost_cents": cents_of(cost, plan.currency), **given,
                })  # fmt: skip


def _segment(place: Any, plan: Planning) -> Segment | None:
    """One value of an attribute that bookings tell, where they tell any; None is everything."""
    known = asking.answer(known_segments)
    if not known:
        return None
    shares = {one.segment: one.share for one in known}
    chosen: Segment | None = place.selectbox(
        "Of which bookings", [None, *shares], key=f"segment_{len(plan.scenario.levers)}",
        format_func=lambda one: f"{filters.dimension_label(one[0])}: {one[1]}, {percent(shares[one])}" if one else "All",
        help="Only what is booked of one segment changes: its share of each rep’s months, by its own win rate and cycle.",
    )  # fmt: skip
    return chosen


def _ramp(place: Any, kind: type[Lever], plan: Planning) -> tuple[float, ...] | None:
    """The shares by month since the start, the last one for good; None where what was typed is none."""
    usual = plan.baseline.ramp if kind is Hires else asking.scene().standing.company.ramp
    words = ", ".join(f"{100 * share:.0f}" for share in usual)
    learned = " As the company’s own starters did." if kind is Hires and plan.baseline.is_ramp_learned else ""
    typed = place.text_input(
        "Ramp, % by month from the start",
        words,
        help=f"The last one holds for good.{learned}",
        key=f"ramp_{kind.__name__}",
    )
    try:
        shares = tuple(float(part) / 100 for part in typed.split(","))
    except ValueError:
        return None
    return shares if all(0 <= share <= 1 for share in shares) else None


def _activity() -> str | None:
    """Which activity a lever is about; None where no sheet speaks for any."""
    known = asking.answer(activities_of)
    if not known:
        return None
    return st.selectbox("Which activity", known, format_func=lambda key: MEASURES[key].label, key="lever_activity")


def _field(place: Any, asked: Asked, currency: str, field: str) -> Any:
    label = asked.label
    match asked.unit:
        case Unit.SHARE:
            least, most = (0.0, 100.0) if asked.is_part else (-100.0, None)
            words = label if asked.is_points else f"{label}, %"
            return place.number_input(words, least, most, 5.0, step=1.0, key=f"given_{field}") / 100
        case Unit.MONEY:
            return cents_of(place.number_input(label, 0.0, value=None, step=10_000.0, key=f"given_{field}",
                                             help="Empty: as the team’s own reps bring"), currency)  # fmt: skip
        case Unit.DAYS:
            return place.number_input(f"{label}", value=10.0, step=1.0, key=f"given_{field}")
    fewest = None if field == "by_months" else 0
    return int(place.number_input(label, fewest, value=1, step=1, key=f"given_{field}"))


def _elasticity(activity: str | None) -> Range | None:
    """How bookings follow: as the own history says where it can tell, else what somebody types in; nothing stands in for it."""
    found = asking.answer(own_elasticity, activity) if activity else None
    own = found.range if found and found.is_clear else None
    st.caption(show.plain(_history(activity, found)))
    places = st.columns(4)
    low, value, high = (
        place.number_input(f"Elasticity, {words}", value=known, step=0.1, key=f"elasticity_{words}_{activity}")
        for place, words, known in zip(
            places,
            ("lowest", "likeliest", "highest"),
            (own.low, own.value, own.high) if own else (None, None, None),
            strict=False,
        )
    )
    source = places[3].text_input("Where it is from", own.source if own else "", placeholder="Typed in by whom, and why",
                                  key=f"elasticity_source_{activity}")  # fmt: skip
    if low is None or value is None or high is None:
        return None
    is_own = own is not None and (low, value, high) == (own.low, own.value, own.high)
    if own is not None and source == own.source and not is_own:
        source = ""  # other numbers are not what history says
    return Range(float(value), float(low), float(high), source)


def _history(activity: str | None, found: Estimate | None) -> str:
    """What the own history says of an elasticity."""
    if activity is None:
        return "No sheet says how bookings follow it: type in an elasticity, with its range and where it is from."
    done = MEASURES[activity].label.lower()
    if found is None:
        return f"The own history is too short to say how results follow {done}: type in an elasticity, with its source."
    said = f"{found.value:.2f} ({found.low:.2f} to {found.high:.2f} at 95 %; {found.source})".replace("-", "−")
    if not found.is_clear:
        return f"The own history can’t tell: {said}. Type in an elasticity, with its source."
    more = 100 * (1.1**found.value - 1)
    return (
        f"In the own history 10 % more {done} in a month went along with {more:+.1f} %: elasticity {said}, each rep’s and "
        "month’s own level taken out. That it went along does not prove that it would follow."
    )


def _added(plan: Planning, kind: type[Lever], given: dict[str, Any]) -> None:
    known = {field.name for field in fields(kind)}
    try:
        missing = [
            asked.label
            for name, asked in kind.asked().items()
            if given.get(name) is None and name == "monthly_bookings_cents"
        ]
        if missing:
            raise Refusal(f"{missing[0]} is not given.")
        if given.get("ramp", ()) is None:
            raise Refusal(
                "The ramp is not readable.", "Give shares from 0 to 100 with commas between: 0, 25, 50, 75, 100."
            )
        if given["name"] in (lever.name for lever in plan.scenario.levers):
            raise Refusal(f"There is a lever “{given['name']}” already.", "Give this one another name.")
        lever = kind(**{name: value for name, value in given.items() if name in known})
        lever.applied(state.under(plan, plan.scenario.with_lever(lever)).outlook)
    except Refusal as refusal:
        failures.show_failure(refusal)
    else:
        state.change_levers(plan.scenario.with_lever(lever))
        st.rerun()


def cents_of(amount: float | None, currency: str) -> int | None:
    """An amount as a field has it, in minor units; None where the field is empty."""
    return None if amount is None else money.cents(Decimal(str(amount)), currency)
