"""The industry table: edited in place or brought as a sheet; a figure without its source is refused."""

from typing import Any

import pandas as pd
import streamlit as st

from spm.benchmarks.industry import actions, queries
from spm.benchmarks.industry.figures import Figure, refusal
from spm.intake.industry import HEADERS, ReadFigures, figures_in, figures_of
from spm.intake.reading.workbook import read_workbook
from spm.metrics import wording
from spm.metrics.registry import Unit
from spm.people.roles import label_of
from spm.reports.workbook import workbook
from spm.scorecards.versions.queries import roles_of
from spm.ui import asking, saving, show, tables

EDITOR, SHEET, ROUND = "industry_editor", "industry_sheet", "industry_round"
ANY = "Any"
"""Every role, every segment."""
LABELS = {"metric": "Metric", "role": "Role", "segment": "Segment", "low": "Low", "typical": "Typical", "high": "High",
          "source": "Source", "dated_on": "Date"}  # fmt: skip


def table() -> None:
    """The figures, to be changed in place."""
    figures = asking.answer(queries.figures)
    st.caption(
        "What others reach, as somebody published it: a line each, the next at the bottom. Write shares as 25 %, amounts in "
        "the company's currency. A figure without its source and date is refused."
    )
    metrics = asking.scene().metrics
    rows = pd.DataFrame([_cells(figure) for figure in figures], columns=list(LABELS), dtype=object)
    edited = st.data_editor(
        rows, num_rows="dynamic", hide_index=True, width="stretch", key=f"{EDITOR}_{len(figures)}",
        column_config={
            "metric": st.column_config.SelectboxColumn("Metric", options=[one.label for one in metrics.values()], required=True),
            "role": st.column_config.SelectboxColumn("Role", options=[ANY, *map(label_of, asking.answer(roles_of))]),
            "segment": st.column_config.TextColumn("Segment"),
            "source": st.column_config.TextColumn("Source", required=True, help="Who published it, where"),
            "dated_on": st.column_config.DateColumn("Date", format="D MMM YYYY", required=True, help="Of when the figure is"),
            **{name: st.column_config.TextColumn(LABELS[name]) for name in ("low", "typical", "high")},
        },
    )  # fmt: skip
    read = figures_of([_plain(row) for row in edited.to_dict("records")], metrics, show.currency())
    _refused(read)
    wanted = [Figure(**row.values) for row in read.rows]
    if wanted != figures and st.button("Save", type="primary", key="save_industry", disabled=bool(read.refused)):
        saving.save("The industry figures were saved.", actions.keep_figures, wanted, metrics, drop_others=True)


def upload() -> None:
    """A sheet of figures: what it says is shown first, then kept."""
    show.section("Bring a sheet", "Columns: metric, role, segment, low, typical, high, source, date.")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        file = st.file_uploader(
            "A workbook or .csv of figures",
            ["xlsx", "xls", "ods", "csv", "tsv"],
            key=f"{SHEET}_{st.session_state.get(ROUND, 0)}",
        )
        st.download_button("Blank sheet", _blank, "industry figures.xlsx", tables.XLSX, on_click="ignore", type="tertiary",
                           icon=":material/download:", key="industry_blank")  # fmt: skip
    if file is None:
        return
    metrics = asking.scene().metrics
    read = figures_in(read_workbook(file.name, file.getvalue()), metrics, show.currency())
    figures = [(row.place, Figure(**row.values)) for row in read.rows]
    wrong = [
        f"Row {place}: {metrics[one.metric].label} {why}." for place, one in figures if (why := refusal(one, metrics))
    ]
    refused = (*read.refused, *wrong)
    _refused(ReadFigures(read.rows, refused))
    kept = [one for _, one in figures if refusal(one, metrics) is None]
    if kept:
        rows = pd.DataFrame([_cells(one) for one in kept])
        columns = [
            tables.Column(name, label, "day" if name == "dated_on" else "text") for name, label in LABELS.items()
        ]
        tables.table(rows, columns, "industry_preview", "Figures of the sheet", is_downloadable=False)
        said = "1 figure" if len(kept) == 1 else f"{len(kept)} figures"
        if st.button(f"Keep {said}", type="primary", key="keep_industry"):
            st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1  # done with: the next sheet starts anew
            left_out = f", {len(refused)} refused" if refused else ""
            saving.save(f"{said} kept{left_out}.", actions.keep_figures, kept, metrics)


def _refused(read: ReadFigures) -> None:
    if read.refused:
        st.warning(
            "\n".join(["Refused:", "", *(f"- {show.plain(why)}" for why in read.refused)]), icon=":material/block:"
        )


def _cells(figure: Figure) -> dict[str, Any]:
    """A figure as a reader writes it: read again it is the same."""
    metric = asking.scene().metric(figure.metric)
    return {
        "metric": metric.label,
        "role": label_of(figure.role) or ANY,
        "segment": figure.segment or ANY,
        "low": _written(figure.low, metric.unit),
        "typical": _written(figure.typical, metric.unit),
        "high": _written(figure.high, metric.unit),
        "source": figure.source,
        "dated_on": figure.dated_on,
    }


def _written(value: float | None, unit: Unit) -> str:
    """To the last digit, with its unit; nothing where there is none."""
    if value is None:
        return ""
    match unit:
        case Unit.MONEY:
            return wording.full(unit, value, show.currency())
        case Unit.SHARE:
            return f"{100 * value:.10g} %"
        case Unit.DAYS:
            return f"{value:.10g} d"
    return f"{value:.10g}"


def _plain(row: dict[Any, Any]) -> dict[str, Any]:
    return {str(name): None if pd.isna(cell) else cell for name, cell in row.items()}


def _blank() -> bytes:
    return workbook(
        {"Industry figures": pd.DataFrame(columns=["date" if name == "dated_on" else name for name in HEADERS])}
    )
