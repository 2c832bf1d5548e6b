"""Versions of a role's scorecard side by side; scorecards out to a workbook and in from one."""

from collections import Counter
from dataclasses import asdict
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from spm.intake.model import Severity
from spm.intake.reading.workbook import read_workbook
from spm.people.roles import label_of
from spm.reports.workbook import workbook
from spm.scorecards import queries
from spm.scorecards.model import Scorecard
from spm.scorecards.starting import STARTING
from spm.scorecards.versions import actions
from spm.scorecards.versions.difference import CHANGED, GONE, NEW, SAME, Difference, differences
from spm.scorecards.versions.model import Versions, overtaken, scorecard_on
from spm.scorecards.versions.queries import roles_of
from spm.scorecards.versions.sheet import FoundScorecards, rows_of, scorecards_of
from spm.ui import asking, saving, show, tables
from spm.ui.scorecards import draft as scorecard_draft
from spm.ui.tables import Column

DRAFT, STARTED = "this draft", "as it started"
KINDS = {CHANGED: "changed", NEW: "new", GONE: "taken out", SAME: "the same"}
COMPARED = (Column("item", "Item", is_pinned=True), Column("what", "What", width=90),
            Column("before", "From", width=300), Column("after", "To", width=300))  # fmt: skip
DAY_FORMAT = "YYYY-MM-DD"


def drawn(draft: Scorecard, versions: Versions) -> None:
    """Two expanders below the editor."""
    with st.expander("Compare two versions", icon=":material/difference:"):
        _compared(draft, versions)
    with st.expander("Scorecards as a workbook", icon=":material/table_view:"):
        _workbook(versions)


def _compared(draft: Scorecard, versions: Versions) -> None:
    known: dict[str, Scorecard] = {}
    if draft.role in STARTING:
        known[STARTED] = STARTING[draft.role]
    known |= {version.title: version.scorecard for version in versions.get(draft.role, ())}
    known[DRAFT] = draft
    names = list(known)
    if len(names) < 2:
        st.caption("There is only this draft of it yet.")
        return
    is_saved = len(names) > 2 and known[names[-2]].items == draft.items
    left, right = st.columns(2)
    before = left.selectbox("From", names, len(names) - (3 if is_saved else 2), key=f"compare_from_{draft.role}")
    after = right.selectbox("To", names, len(names) - 1, key=f"compare_to_{draft.role}")
    metrics = asking.answer(queries.metrics_of)
    found = differences(known[before], known[after], metrics.__getitem__, show.currency())
    counts = Counter(one.kind for one in found)
    st.markdown(f"**{', '.join(f'{counts[kind]} {words}' for kind, words in KINDS.items() if counts[kind])}**")
    if alike := [one.label for one in found if one.kind == SAME]:
        st.caption(show.plain(f"The same in both: {', '.join(alike)}."))
    rows = pd.DataFrame([{"item": _named(one), **asdict(change)} for one in found for change in one.changes])
    if len(rows):
        tables.table(rows, COMPARED, "compared_versions", f"{before} beside {after}", is_searchable=False,
                     file_name=f"scorecard of {label_of(draft.role).lower()} compared")  # fmt: skip


def _named(one: Difference) -> str:
    return one.label if one.kind == CHANGED else f"{one.label}, {KINDS[one.kind]}"


def _workbook(versions: Versions) -> None:
    st.download_button("Download the scorecards in force", lambda: _export(versions), "scorecards.xlsx", tables.XLSX,
                       on_click="ignore", icon=":material/download:")  # fmt: skip
    file = st.file_uploader(
        "A workbook of scorecards, such as the one above after it was changed", ["xlsx", "ods", "csv"]
    )
    if file is None:
        return
    found = _found(file.name, file.getvalue())
    if found.refused or found.wrong:
        st.warning(show.plain(found.refused or f"{_cells(len(found.wrong))} can’t be read; nothing was taken."))
        wrong = pd.DataFrame([(one.row, one.column, one.found, one.expected) for one in found.wrong],
                             columns=["row", "column", "found", "expected"])  # fmt: skip
        columns = [Column("row", "Row", "number"), Column("column", "Column"), Column("found", "Found"),
                   Column("expected", "Expected", width=400)]  # fmt: skip
        if len(wrong):
            tables.table(wrong, columns, "wrong_cells", "Cells that can't be read")
        return
    today = asking.scene().today
    changed = tuple(one for one in found.scorecards if one.items != scorecard_on(versions, one.role, today).items)
    said = ", ".join(f"{label_of(one.role)} ({len(one.items)} items)" for one in changed)
    st.markdown(show.plain(f"Found: {_scorecards(len(found.scorecards))}, different from now: {said or 'none'}."))
    left, middle, right = st.columns([1.3, 3, 1], vertical_alignment="bottom")
    day = left.date_input("They hold from", None, format=DAY_FORMAT, help="Empty: for all time")
    reason = middle.text_input("Why do they change?", key="scorecards_import_reason")
    for one in changed:
        if until := overtaken(versions, one.role, day):
            st.info(show.plain(f"{label_of(one.role)}: {until}"), icon=":material/event_upcoming:")
    if right.button("Save them", type="primary", disabled=not changed):
        saving.save(f"Saved: {said}.", _save_all, changed, day, reason)


def _cells(count: int) -> str:
    return "1 cell" if count == 1 else f"{count} cells"


def _scorecards(count: int) -> str:
    return "1 scorecard" if count == 1 else f"{count} scorecards"


def _save_all(store: Any, author: Any, scorecards: tuple[Scorecard, ...], day: date | None, reason: str) -> None:
    actions.save_versions(store, author, scorecards, day, reason, asking.answer(queries.bands_of))
    scorecard_draft.drop()


def _export(versions: Versions) -> bytes:
    today = asking.scene().today
    in_force = [scorecard_on(versions, role, today) for role in asking.answer(roles_of)]
    metrics = asking.answer(queries.metrics_of)
    return workbook({"Scorecards": rows_of(in_force, metrics.__getitem__, show.currency())})


def _found(name: str, content: bytes) -> FoundScorecards:
    """The scorecards of the first sheet of a file."""
    read = read_workbook(name, content)
    stopped = [issue.message for issue in read.issues if issue.severity is Severity.STOP]
    if not read.sheets or not read.sheets[0].rows:
        return FoundScorecards((), (), stopped[0] if stopped else "This file has no rows.")
    header, *rows = read.sheets[0].rows
    width = len(header)
    cells = [[*row, *[None] * (width - len(row))][:width] for row in rows]
    frame = pd.DataFrame(cells, columns=[str(name or "") for name in header], dtype=object)
    metrics, bands = asking.answer(queries.metrics_of), asking.answer(queries.bands_of)
    return scorecards_of(frame, metrics, bands, show.currency())
