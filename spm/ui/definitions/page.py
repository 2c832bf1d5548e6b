"""What the Definitions page shows: every metric with its value now, the company's own columns, the bands, the words."""

from typing import Any

import pandas as pd
import streamlit as st

from spm.charts import BANDS
from spm.metrics import actions, glossary, queries
from spm.metrics.measures import MOST_FILTERS, MOST_VALUES, OTHER, Unit
from spm.metrics.registry import Metric, Timing
from spm.metrics.words import WORDS
from spm.scorecards.queries import bands_of
from spm.ui import asking, menu, saving, show, tables
from spm.ui.definitions import own_metrics
from spm.ui.definitions.own_metrics import METRIC
from spm.ui.tables import Column

TABS = ("Metrics", "Columns of your own", "Bands", "Words")
KINDS = ("All", "Leading", "Lagging", "Known", "Missing")

COLUMNS = (
    Column("label", "Metric", is_pinned=True),
    Column("value", "Now", width=90),
    Column("meaning", "What it means", width=520),
    Column("timing", "Kind", help="Leading: comes before results. Lagging: the result itself.", width=75),
    Column("better", "Better", width=65),
    Column("unit", "Unit", width=150),
    Column("formula", "Formula", width=260),
    Column("sheets", "Comes from", width=200),
    Column("lack", "Why it is missing", width=300),
)


def every() -> pd.DataFrame:
    """One row a metric, as the table and the download show it, with its value for the period that pages open on.

    Those that have one come first.
    """
    scene = asking.scene()
    period = scene.standing.opens_on
    answers = asking.answer(queries.answers, tuple(scene.metrics), span=period)
    rows = []
    for metric in scene.metrics.values():
        value = next((one for one in answers[metric.key]["value"] if pd.notna(one)), None)
        rows.append(
            {
                "key": metric.key,
                "label": metric.label,
                "value": show.number(value, metric) if value is not None else "missing",
                "lack": None if value is not None else _sentence(glossary.lack(metric, scene)),
                "is_missing": value is None,
                "meaning": _sentence(metric.meaning),
                "formula": _formula(metric),
                "timing": metric.timing.value,
                "better": "more" if metric.higher_is_better else "less",
                "unit": glossary.unit(metric),
                "sheets": ", ".join(sheet.replace("_", " ") for sheet in glossary.sheets(metric, scene)),
            }
        )
    return pd.DataFrame(rows).sort_values("is_missing", kind="stable", ignore_index=True)


def answer(metrics: pd.DataFrame) -> None:
    """The headline: how many metrics there are, and how many have a value."""
    period = asking.scene().standing.opens_on
    known_count = int((~metrics["is_missing"]).sum())
    sentence = f"{len(metrics)} metrics, {known_count} of them with a value in {period.title}"
    show.headline(sentence, "What each number means, how it is worked out and which sheet brings it.")


def listed(metrics: pd.DataFrame) -> None:
    """The table of metrics; a click opens one."""
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        kind = st.pills("Which", KINDS, default=KINDS[0], label_visibility="collapsed") or KINDS[0]
        own_metrics.adding()
    keep = {
        "All": pd.Series(True, index=metrics.index),
        "Leading": metrics["timing"] == Timing.LEADING.value,
        "Lagging": metrics["timing"] == Timing.LAGGING.value,
        "Known": ~metrics["is_missing"],
        "Missing": metrics["is_missing"],
    }[kind]
    tables.table(metrics[keep], COLUMNS, "metrics", "Every metric, its value now and its formula", on_pick=_picked,
               file_name="definitions")  # fmt: skip
    st.caption("Click a metric for its parts and for what it lacks.")


def opened() -> Metric | None:
    """The metric that the link names, if there is one."""
    return asking.scene().metrics.get(st.query_params.get(METRIC, ""))


def closed() -> None:
    st.query_params.pop(METRIC, None)


@st.dialog("What it means", position="right", on_dismiss=closed, icon=":material/menu_book:")
def explanation(metric: Metric) -> None:
    """One metric: value, meaning, formula, what it is made of, and what it lacks."""
    scene = asking.scene()
    period = scene.standing.opens_on
    value = asking.value(metric.key, period)
    st.metric(metric.label, show.in_full(value, metric).replace("$", "\\$"), help=f"In {period.title}")
    if value is None:
        lack = glossary.lack(metric, scene)
        st.warning(f"Missing in {period.title}: {lack}.", icon=":material/help:")
        if lack.startswith("add") and st.button("Upload sheets", icon=":material/upload_file:"):
            closed()
            menu.go_to("upload")
    else:
        st.caption(f"In {period.title}, the period that pages open on.")
    st.markdown(f"{_sentence(metric.meaning)}.")
    st.markdown(f"**Formula**  \n{_formula(metric)}")
    better = "More is better" if metric.higher_is_better else "Less is better"
    st.markdown(
        f"**How to read it**  \n{better}. {metric.timing.value.capitalize()}. "
        f"{_sentence(glossary.NATURES[metric.nature])}."
    )
    st.markdown("**Made of**")
    for part in glossary.parts(metric, scene):
        is_here = part.measure in scene.covered
        mark = ":green[:material/check: there]" if is_here else ":gray[:material/remove: missing]"
        st.markdown(f"- {part.label}: {part.meaning} · sheet of {part.sheet.replace('_', ' ')} · {mark}")
    if metric.is_own:
        own_metrics.changing(metric)


def own_columns() -> None:
    """The columns that facts came with, and which of them every number can be filtered by."""
    known = asking.answer(queries.columns_of)
    if known.empty:
        show.empty("No columns yet", "They come with the first sheet of deals, orders, leads or activities.",
                   "upload", "Upload sheets")  # fmt: skip
        return
    labels = dict(zip(known["key"], known["label"].map(_words), strict=True))
    marked = list(known.loc[known["is_filter"].astype(bool), "key"])
    with st.form("filters"):
        chosen = st.multiselect(
            f"Filter and group by (at most {MOST_FILTERS})", list(labels), marked, format_func=labels.__getitem__,
            max_selections=MOST_FILTERS, help="Totals are kept for every combination of these, so that pages stay fast.",
        )  # fmt: skip
        if st.form_submit_button("Save", type="primary"):
            with st.spinner("Counting everything anew …"):
                saving.save("The columns to filter by were saved.", actions.mark_filters, chosen)
    st.caption(
        f"Of a column with more than {MOST_VALUES} values the rarest are counted together as “{OTHER}”. "
        "Nothing is lost: the rows behind a number still show what the sheet says."
    )
    shown = known.assign(
        label=known["label"].map(_words),
        use=["filter" if is_filter else "kept with each row" for is_filter in known["is_filter"]],
        count=[None if values is None else len(values) for values in known["values"]],
        examples=[", ".join(values[:5]) if values else "" for values in known["values"]],
    )
    columns = (Column("label", "Column"), Column("use", "Used to"), Column("count", "Values", Unit.COUNT),
               Column("examples", "For example"))  # fmt: skip
    tables.table(shown, columns, "own_columns", "Columns of the company's own")


def bands() -> None:
    """The bands as the company has set them."""
    st.caption("Where an attainment or a score falls. Unrounded values decide; a shown percent is rounded down.")
    begins = bands_of(asking.scene()).begins
    above: float | None = None
    with st.grid(4, min_column_width=200, gap="small"):
        for band, edge in begins.items():
            look = BANDS[band.value]
            with st.container(border=True, height="stretch"):
                st.badge(look.label, color=look.badge)  # type: ignore[arg-type]
                st.markdown(f"**{_range(edge, above)}**")
            above = edge
    if st.button("Change the bands", type="tertiary", icon=":material/settings:"):
        menu.go_to("settings")


def words() -> None:
    """The words of the field, searched."""
    text = st.text_input("Search the words", placeholder="Search", label_visibility="collapsed").casefold().strip()
    found = {word: meaning for word, meaning in WORDS.items() if text in f"{word} {meaning}".casefold()}
    with st.grid(2, min_column_width=320, gap="medium"):
        for word, meaning in found.items():
            st.markdown(f"**{word.capitalize()}**  \n{meaning}")
    if not found:
        st.caption("No word like that.")


def _formula(metric: Metric) -> str:
    text = glossary.formula(metric, asking.scene())
    return text if metric.is_own else _sentence(text)


def _range(edge: float, above: float | None) -> str:
    """As in "from 120 %", "80 % to under 100 %", "under 80 %"."""
    if above is None:
        return f"from {edge * 100:g} %"
    return f"{edge * 100:g} % to under {above * 100:g} %" if edge else f"under {above * 100:g} %"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _words(label: str) -> str:
    """A column's name as a reader says it: "customer_country" → "Customer country"."""
    return _sentence(label.replace("_", " ").strip())


def _picked(row: dict[str, Any]) -> None:
    st.query_params[METRIC] = row["key"]
