"""What explains the change: of bookings against another period, as a waterfall; by factor, by member, by mix."""

from heapq import nlargest

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from spm import charts
from spm.benchmarks.decomposition import Change
from spm.benchmarks.explaining import queries as explaining
from spm.calendar import Period
from spm.metrics import wording
from spm.metrics.registry import Unit
from spm.ui import asking, picture, show, tables
from spm.ui.filters import View, dimension_label
from spm.ui.tables import Column

MOST_STEPS = 10
AGAINST, MIX = "change_against", "change_mix"


def change(view: View) -> None:
    """The change against any earlier period, each split with its own exact sum."""
    periods = asking.answer(explaining.earlier_periods, view.period)
    if not periods:
        st.caption("No earlier period is wholly in the sheets.")
        return
    by_title = {one.title: one for one in periods}
    attributes = asking.answer(explaining.attributes_told_apart, view.period)
    with st.container(horizontal=True, gap="medium"):
        against = by_title[st.selectbox("Against", list(by_title), key=AGAINST, bind="query-params", width=220)]
        attribute = None
        if attributes:
            attribute = st.selectbox(
                "Split by", attributes, format_func=dimension_label, key=MIX, bind="query-params", width=220
            )
    where = view.where
    whole = asking.answer(explaining.change_by_factor, view.period, against, where)
    if whole is None:
        st.caption("The sheets do not say how many deals closed in both periods.")
        return
    st.markdown(show.marked(f"**{_sentence(whole, view.period, against)}**"))
    left, right = st.columns(2)
    with left, st.container(border=True):
        names = [part.name.lower() for part in whole.parts]
        waterfall(f"By {', '.join(names[:-1])} and {names[-1]}", whole, against.title, view.period.title)
    members = asking.answer(explaining.change_by_group, view.period, against, where)
    if members:
        with right, st.container(border=True):
            waterfall("By rep", _shortened(members), against.title, view.period.title)
    if attribute:
        _by_attribute(attribute, view, against, left, right)
    st.caption(
        "Each split adds up to the whole change by itself.",
        help="A part is its mean over all orders in which the factors could have changed: its Shapley value.",
    )


def _by_attribute(attribute: str, view: View, against: Period, left: DeltaGenerator, right: DeltaGenerator) -> None:
    """The change by what a column of the deals or orders says: how the mix of its values moved, and what each brought."""
    name = dimension_label(attribute).lower()
    mixed = asking.answer(explaining.change_by_mix, view.period, against, view.where, attribute)
    if mixed:
        with left, st.container(border=True):
            waterfall(f"By mix of {name}", mixed, against.title, view.period.title)
    parts = asking.answer(explaining.change_by_group, view.period, against, view.where, attribute)
    if parts:
        with right if mixed else left, st.container(border=True):
            waterfall(f"By {name}", _shortened(parts), against.title, view.period.title)


def waterfall(title: str, change: Change, start: str, end: str, note: str = "") -> None:
    """A change as a picture with its table below."""
    parts = [(part.name, "part", float(part.amount_cents)) for part in change.parts]
    steps = [(start, "start", float(change.before_cents)), *parts, (end, "end", float(change.after_cents))]
    frame = pd.DataFrame(steps, columns=["label", "kind", "amount"]).assign(place=range(len(steps)))
    drawn = show.major(frame, "amount")
    picture.drawn(title, drawn, charts.waterfall("money", show.symbol()), f"{title}: from {start} to {end}", note)
    with show.folded(f"table_{title}") as is_open:
        if is_open:
            columns = [Column("label", "Part", width=180), Column("amount", "Amount", Unit.MONEY)]
            tables.table(frame, columns, f"table_{title}", title)


def _sentence(change: Change, period: Period, against: Period) -> str:
    """From where to where, and which part did most of it."""
    currency = show.currency()
    moved = float(change.after_cents - change.before_cents)
    direction = "more" if moved >= 0 else "less"
    largest = max(change.parts, key=lambda part: abs(part.amount_cents))
    amount = float(largest.amount_cents)
    to_date = " so far, against as much of" if asking.scene().today < period.last_day else " than"
    return (
        f"{period.title} brought {wording.short(Unit.MONEY, abs(moved), currency)} {direction}{to_date} {against.title}: "
        f"{largest.name.lower()} moved it most ({'+' if amount >= 0 else '−'}{wording.short(Unit.MONEY, abs(amount), currency)})."
    )


def _shortened(change: Change) -> Change:
    """The largest parts, the others together: a picture of five hundred reps says nothing."""
    if len(change.parts) <= MOST_STEPS:
        return change
    largest = nlargest(MOST_STEPS - 1, change.parts, key=lambda part: abs(part.amount_cents))
    return change.with_others({part.name for part in largest})
