"""Metrics that a company declares itself: written, checked as they are typed, changed and taken away."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from spm.errors import Refusal
from spm.metrics import actions, glossary, queries
from spm.metrics.catalogue import Declaration
from spm.metrics.measures import Unit
from spm.metrics.registry import Metric, Timing
from spm.ui import asking, failures, saving, show, tables
from spm.ui.tables import Column

BETTER = {True: "More is better", False: "Less is better"}
TIMINGS = {Timing.LEADING.value: "Leading: it comes before results", Timing.LAGGING.value: "Lagging: it is a result"}
SHOWN_AS = {
    Unit.SHARE: "a share, such as 25 %",
    Unit.RATE: "a number, such as 0.25",
    Unit.TIMES: "times, such as 0.25×",
}
EXAMPLE = "won_deals / (won_deals + lost_deals)"
NEW = Declaration("", "")
METRIC = "metric"
"""The name under which the link says which metric is open."""
CHANGED = "metric_to_change"


def adding() -> None:
    """The button that opens an empty form."""
    if st.button("Add a metric", icon=":material/add:", help="A formula of your own over what the sheets count"):
        form(NEW)


def changing(metric: Metric) -> None:
    """Below a metric of the company's own: the buttons to change it and to take it away."""
    with st.container(horizontal=True):
        if st.button("Change", icon=":material/edit:", key="change_metric"):
            st.session_state[CHANGED] = metric.key
            st.query_params.pop(METRIC, None)
            st.rerun()
        if st.button("Delete", icon=":material/delete:", key="delete_metric"):
            saving.save(f"{metric.label} was deleted.", actions.delete_metric, metric.key)


def changed() -> None:
    """The form of the metric that was chosen to be changed, if there is one."""
    key = st.session_state.pop(CHANGED, None)
    if key is not None:
        form(_declaration(asking.scene().metric(key)))


def _declaration(metric: Metric) -> Declaration:
    meaning = "" if metric.meaning == metric.label else metric.meaning
    return Declaration(metric.label, metric.formula, meaning, metric.unit.value, metric.higher_is_better,
                       metric.timing.value, metric.key)  # fmt: skip


@st.dialog("A metric of your own", width="large", icon=":material/function:")
def form(known: Declaration) -> None:
    """Name, formula with its value beside it, direction, kind and meaning."""
    label = st.text_input("Name", known.label, placeholder="Such as: Sets per door")
    expression = st.text_input(
        "Formula", known.expression, placeholder=EXAMPLE, live=True, help="Names, + − × ÷, brackets and filters"
    )
    said = replace(known, label=label, expression=expression)
    found = _checked(said)
    left, right = st.columns(2)
    better = left.radio(
        "Direction", list(BETTER), list(BETTER).index(known.higher_is_better), format_func=BETTER.__getitem__
    )
    timing = right.radio("Kind", list(TIMINGS), list(TIMINGS).index(known.timing), format_func=TIMINGS.__getitem__)
    meaning = st.text_input("What it means", known.meaning, placeholder="One line for everybody who sees the number")
    if st.button("Save", type="primary", disabled=found is None):
        unit = found.unit.value if found else ""
        said = replace(said, meaning=meaning, shown_as=unit, higher_is_better=bool(better), timing=str(timing))
        vocabulary = queries.vocabulary(asking.scene())
        saving.save(f"{label} was saved.", actions.declare_metric, vocabulary, said)
    with st.expander("Names to use"):
        _names()


def _checked(said: Declaration) -> Metric | None:
    """What the formula comes to, with its value in the period that pages open on, or the sentence that refuses it."""
    period = asking.scene().standing.opens_on
    if not said.expression.strip():
        st.caption("Its value appears here as you type.")
        return None
    try:
        metric, value = asking.answer(queries.draft, said, period)
    except Refusal as refusal:
        failures.show_failure(refusal)
        return None
    left, right = st.columns(2, vertical_alignment="center")
    with right:
        metric = replace(metric, unit=_shown_as(metric))
    shown = show.number(value, metric) if value is not None else "missing"
    unit = glossary.unit(metric)
    left.metric(f"{unit[:1].upper()}{unit[1:]}, in {period.title}", show.plain(shown))
    return metric


def _shown_as(found: Metric) -> Unit:
    """How a quotient of like quantities is shown: asked where there is a choice."""
    if not found.is_ratio or found.unit not in SHOWN_AS or found.per == "day":
        return found.unit
    options = [Unit.SHARE, Unit.TIMES if found.unit is Unit.TIMES else Unit.RATE]
    return st.pills("Shown as", options, default=found.unit, format_func=SHOWN_AS.__getitem__) or found.unit


def _names() -> None:
    """Every name that a formula can use, and the columns to filter by."""
    vocabulary = queries.vocabulary(asking.scene())
    names = [
        {"name": name, "label": one.label, "unit": glossary.UNITS[one.unit]}
        for name, one in vocabulary.quantities.items()
    ]
    columns = (Column("name", "Name"), Column("label", "What it counts"), Column("unit", "Unit"))
    tables.table(pd.DataFrame(names), columns, "names", "Names that a formula can use")
    marked = [name for name, is_marked in vocabulary.attributes.items() if is_marked]
    if not marked:
        st.caption("No column is marked to filter by yet: see the tab “Columns of your own”.")
        return
    name = next(iter(vocabulary.quantities))
    known = sorted(vocabulary.values(name, marked[0])) if vocabulary.values else []
    example = f'{name}[{marked[0]} = "{known[0] if known else "…"}"]'
    st.caption(f"Filter by {', '.join(f'`{name}`' for name in marked)}, such as `{example}`.")
