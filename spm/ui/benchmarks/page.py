"""What the Benchmarks page shows of the company's own people: median and top quartile, and what was pinned."""

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from spm import charts
from spm.benchmarks.comparing import queries as comparing
from spm.benchmarks.industry import queries as industry
from spm.benchmarks.internal import actions, queries
from spm.calendar import Period, Span
from spm.metrics.registry import Metric, Unit
from spm.ui import asking, filters, picture, saving, show, tables
from spm.ui.tables import Column

INSIDE = "Inside the company"
TABS = ("Industry", INSIDE, "Pinned")
WORDS = {"role": "Role", "tenure": "Tenure", "team": "Team"}


def published() -> None:
    """The headline: how many figures are kept, from how many sources."""
    figures = asking.answer(industry.figures)
    if not figures:
        show.headline("No industry figure yet", "The app brings none: a figure counts only with its source and date.")
        return
    sources = {figure.source for figure in figures}
    counted = "1 industry figure" if len(figures) == 1 else f"{len(figures)} industry figures"
    show.headline(f"{counted} from {len(sources)} {'source' if len(sources) == 1 else 'sources'}")


def internal(top: DeltaGenerator) -> None:
    """Median and top quartile of a metric by role, tenure, team or a column of people; and pinning them."""
    scene = asking.scene()
    keys = asking.answer(comparing.comparable_metrics)
    if not keys or scene.org.people.empty:
        with top:
            show.headline("Nothing to measure by yet")
        show.empty("Nobody has numbers yet.", "Bring sheets first.", "upload", "Upload sheets")
        return
    period = filters.view(scene).period
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        key = st.selectbox("Metric", keys, keys.index("win_rate") if "win_rate" in keys else 0, width=230,
                           format_func=lambda one: scene.metrics[one].label, key="internal_metric",
                           bind="query-params")  # fmt: skip
        by = st.selectbox(
            "By",
            asking.answer(queries.groupings),
            format_func=_words,
            key="internal_by",
            bind="query-params",
            width=200,
        )
    metric = scene.metric(key)
    found = asking.answer(queries.internal, key, by, period)
    with top:
        _usual(metric, found, period)
    if found.empty:
        return
    name = f"{metric.label} by {_words(by).lower()} in {period.title}"
    with st.container(border=True):
        _picture(metric, asking.answer(queries.people, key, by, period), found, name)
    tables.table(found, _columns(_words(by), metric.unit), f"internal_{key}_{by}", name, file_name=name)
    st.caption("A median needs three people, a top quartile four. Managers are left out.")
    if st.button("Pin as of today", icon=":material/push_pin:", key="pin"):
        on = scene.today
        saving.save(f"{name} is pinned as of {on:%-d %b %Y}.", actions.pin, key, by, period, found, on)


def _usual(metric: Metric, found: pd.DataFrame, period: Period) -> None:
    """The headline: what half of the largest group reach, and where its best quarter begins."""
    if found.empty:
        show.headline(f"{metric.label}: not known of anybody in {period.title}")
        return
    largest = found.loc[found["people_count"].astype(int).idxmax()]
    if largest["top_quartile"] is None:
        show.headline(f"{metric.label}: too few people in {period.title} to say what is usual")
        return
    median, best = (show.number(largest[column], metric) for column in ("median", "top_quartile"))
    show.headline(
        f"{metric.label}: {median} is usual in {period.title}, the best 25 % of people begin at {best}",
        f"Of the largest group: {largest['group']}, {largest['people_count']} people.",
    )


def _picture(metric: Metric, people: pd.DataFrame, found: pd.DataFrame, name: str) -> None:
    frame = found.assign(place=range(len(found))).drop(columns="people_count").merge(people, on="group")
    numbers = ["value", "median", "top_quartile"]
    frame[numbers] = frame[numbers].astype(float)
    drawn = show.major(frame, *numbers) if metric.unit is Unit.MONEY else frame
    title = "Everyone, and what is usual"
    picture.drawn(title, drawn, charts.people_of_groups(metric.unit.value, show.symbol()), name, file_name=name)


def pins() -> None:
    """The headline: how many benchmarks are pinned."""
    kept = asking.answer(queries.pinned)
    count = len(kept.drop_duplicates(["metric", "grouped_by", "starts_on", "ends_before"]))
    show.headline(f"{count or 'No'} benchmark{'' if count == 1 else 's'} pinned{'' if count else ' yet'}")


def pinned() -> None:
    """What was pinned: it stays as it was, whatever comes in later."""
    found = asking.answer(queries.pinned)
    if found.empty:
        st.caption(
            "Nothing is pinned. What you pin under “Inside the company” stays as it was, whatever comes in later."
        )
        return
    calendar = asking.scene().standing.company.fiscal_calendar
    for (key, by, start, end), own in found.groupby(["metric", "grouped_by", "starts_on", "ends_before"], sort=False):
        metric, period = asking.scene().metric(key), calendar.exactly(Span(start, end))
        name = f"{metric.label} by {_words(by).lower()}, {period.title}"
        show.section(name, f"As of {own['pinned_on'].iloc[0]:%-d %b %Y}.")
        tables.table(own, [*_columns(_words(by), metric.unit), Column("pinned_on", "Pinned on", "day")],
                   f"pinned_{key}_{by}_{start}", name, file_name=name)  # fmt: skip


def _columns(by: str, unit: Unit) -> list[Column]:
    return [
        Column("group", by, is_pinned=True),
        Column("people_count", "People", Unit.COUNT, width=70),
        Column("median", "Median", unit, "Half of the people have more"),
        Column("top_quartile", "Top quartile", unit, "Where the best 25 % of people begin"),
    ]


def _words(name: str) -> str:
    return WORDS.get(name, name.replace("_", " ").capitalize())
