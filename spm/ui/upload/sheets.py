"""What each sheet of an upload is taken for, which column is which, and the questions that only a person can answer."""

from typing import Any

import pandas as pd
import streamlit as st

from spm.intake.changes.preview import Preview, SheetPreview
from spm.intake.changes.told import column_rows
from spm.intake.choices import LEFT_OUT
from spm.intake.layouts import LAYOUTS
from spm.intake.model import Issue, Severity
from spm.intake.recognising.overrides import ATTRIBUTE, IGNORE
from spm.intake.recognising.recognise import DOUBTFUL_BELOW
from spm.ui import show, tables
from spm.ui.upload import answers, page

SURE = 0.8
KINDS = [*LAYOUTS, LEFT_OUT]
OWN, NOT_READ = "Keep as our own column", "Ignore"
OPENED = "upload_columns_of"


def sheets(plan: Preview) -> None:
    """Each sheet with what it is taken for, how sure that is, and a list to say otherwise."""
    with st.container(border=True, gap="medium"):
        for sheet in sorted(plan.sheets, key=lambda sheet: sheet.source.recognition.layout is None):
            _sheet(sheet)
        for file_name, issue in plan.upload.issues:
            _whole_file(file_name, issue)


def _sheet(sheet: SheetPreview) -> None:
    source = sheet.source
    name, kind, sure = st.columns([6, 3, 2], vertical_alignment="center", gap="medium")
    rows = f"{len(source.table.cells):,} rows · " if source.table else ""
    is_mapped = "columns" in answers.decided((source.file_name, source.sheet))
    reason = "columns as you said" if is_mapped else show.plain(source.recognition.reason)
    name.markdown(f"**{show.plain(source.name)}**  \n:gray[:small[{rows}{reason}]]")
    if source.table is None:
        sure.badge("No table found", icon=":material/block:", color="gray")
        return
    taken = source.recognition.layout or LEFT_OUT
    key = f"upload_kind_{source.sha256[:12]}_{source.sheet}"
    with kind:
        st.selectbox(
            f"What {source.name} is",
            KINDS,
            index=KINDS.index(taken),
            format_func=page.layout_words,
            key=key,
            label_visibility="collapsed",
            on_change=_take_for,
            args=(source.file_name, source.sheet, key),
        )
    words, icon, colour = _how_sure(sheet)
    sure.badge(words, icon=icon, color=colour)


def _take_for(file_name: str, sheet_name: str, key: str) -> None:
    answers.decide((file_name, sheet_name), layout=st.session_state[key], columns=None)


def _how_sure(sheet: SheetPreview) -> tuple[str, str, Any]:
    """The confidence in words, with a mark and a colour."""
    source = sheet.source
    if _needs_an_answer(sheet):
        return "Needs an answer", ":material/help:", "orange"
    if {"layout", "columns"} & answers.decided((source.file_name, source.sheet)).keys():
        return "As you said", ":material/person_check:", "green"
    if source.recognition.layout is None:
        return "Left out", ":material/remove:", "gray"
    if source.recognition.confidence >= SURE:
        return "Sure", ":material/check_circle:", "green"
    if source.recognition.confidence >= DOUBTFUL_BELOW:
        return "Quite sure", ":material/check:", "blue"
    return "Please check", ":material/visibility:", "orange"


def _needs_an_answer(sheet: SheetPreview) -> bool:
    return any(issue.severity is Severity.STOP for issue in sheet.issues)


def _whole_file(file_name: str, issue: Issue) -> None:
    """What is wrong with a file as a whole, or which of its sheets are hidden."""
    stops = issue.severity is Severity.STOP
    with st.container(horizontal=True, vertical_alignment="center"):
        icon = ":material/error:" if stops else ":material/visibility_off:"
        st.markdown(f"{icon} **{show.plain(file_name)}**: {show.plain(issue.message)}", width="stretch")
        if not stops and issue.sheet:
            st.button(
                "Read it too", key=f"upload_hidden_{file_name}_{issue.sheet}", on_click=_read_hidden,
                args=(file_name, issue.sheet),
            )  # fmt: skip


def _read_hidden(file_name: str, sheet_name: str) -> None:
    answers.decide((file_name, sheet_name), sheet=sheet_name)


# -- columns -----------------------------------------------------------------------------------------------------------


def columns(plan: Preview) -> None:
    """Which column is which in one sheet at a time; a change is remembered for the next sheet with the same header."""
    recognised = {sheet.source.name: sheet for _, sheet in plan.of_layout(*LAYOUTS)}
    likeliest = max(recognised, key=lambda name: (_needs_an_answer(recognised[name]), recognised[name].new_count))
    chosen = st.pills(
        "Sheet", list(recognised), default=likeliest, key=OPENED, label_visibility="collapsed", required=True
    )
    sheet = recognised.get(chosen, recognised[likeliest])
    source = sheet.source
    layout = LAYOUTS[str(source.recognition.layout)]
    place = (source.file_name, source.sheet)
    rows = column_rows(sheet).replace({"ours": {ATTRIBUTE: OWN, IGNORE: NOT_READ}})
    labels = list(dict.fromkeys([*(field.label for field in layout.fields), *rows["ours"], OWN, NOT_READ]))
    said = "·".join(rows["ours"])  # what is said already makes another table: its edits begin anew
    key = f"upload_columns_{source.sha256[:12]}_{source.sheet}_{layout.key}_{said}"
    st.data_editor(
        rows,
        hide_index=True,
        disabled=["theirs", "samples"],
        column_config={
            "theirs": st.column_config.TextColumn("Column in the sheet", width="medium"),
            "samples": st.column_config.TextColumn("For example", width="large"),
            "ours": st.column_config.SelectboxColumn("Is", options=labels, required=True, width="medium"),
        },
        height=tables.HEADER_HEIGHT + tables.ROW_HEIGHT * min(len(rows), tables.MOST_ROWS_SHOWN) + 2,
        row_height=tables.ROW_HEIGHT,
        key=key,
        on_change=_map_columns,
        args=(place, key, rows),
    )
    own_count = int((rows["ours"] == OWN).sum())
    if own_count:
        st.caption(
            f"{own_count} of your own: kept with each row, to filter and group by where its values lend themselves to it."
        )


def _map_columns(place: answers.Place, key: str, rows: pd.DataFrame) -> None:
    """Keeps what was changed in the table of columns; a field that two columns are given goes to the later one."""
    meant = {OWN: ATTRIBUTE, NOT_READ: IGNORE}
    edits = st.session_state[key]["edited_rows"]
    said = {rows["theirs"][at]: meant.get(edit["ours"], edit["ours"]) for at, edit in edits.items() if "ours" in edit}
    answers.decide(place, columns={**answers.decided(place).get("columns", {}), **said})
