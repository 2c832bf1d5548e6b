"""What each sheet of an upload is taken for, which column is which, and the questions that only a person can answer."""

from typing import Any

import pandas as pd
import streamlit as st

from spm.intake.changes.preview import Preview, SheetPreview
from spm.intake.changes.questions import Asks, Question, questions
from spm.intake.changes.told import column_rows
from spm.intake.layouts import LAYOUTS
from spm.intake.model import Issue, Severity
from spm.intake.recognising.blocks import HEADING
from spm.intake.recognising.recognise import ATTRIBUTE, DOUBTFUL_BELOW, IGNORE
from spm.intake.upload import LEFT_OUT, UploadedSheet
from spm.ui import show, upload, upload_answers
from spm.ui.upload_answers import WHOLE

SURE = 0.8
KINDS = [*LAYOUTS, LEFT_OUT]
OWN, NOT_READ = "Keep as our own column", "Ignore"
DAY_ORDERS = {"dmy": "Day first: 3/4 is 3 April", "mdy": "Month first: 3/4 is 4 March"}
POINTS = {"accepted": "A thousand: 1.234 is 1234", "fractions": "A fraction: 1.234 is a bit more than 1"}
BLANKS = {"filled_down": "Yes, for the blank rows below it", "accepted": "No, they are blank"}
GROUPED_BY = ("owner", "team", "product", "account")
WHOSE = {"own": "Their own number", "team": "Their team’s number"}
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
    is_mapped = "columns" in upload_answers.decided((source.file_name, source.sheet))
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
            format_func=upload.layout_words,
            key=key,
            label_visibility="collapsed",
            on_change=_take_for,
            args=(source.file_name, source.sheet, key),
        )
    words, icon, colour = _how_sure(sheet)
    sure.badge(words, icon=icon, color=colour)


def _take_for(file_name: str, sheet_name: str, key: str) -> None:
    upload_answers.decide((file_name, sheet_name), layout=st.session_state[key], columns=None)


def _how_sure(sheet: SheetPreview) -> tuple[str, str, Any]:
    """The confidence in words, with a mark and a colour."""
    source = sheet.source
    if _needs_an_answer(sheet):
        return "Needs an answer", ":material/help:", "orange"
    if {"layout", "columns"} & upload_answers.decided((source.file_name, source.sheet)).keys():
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
    upload_answers.decide((file_name, sheet_name), sheet=sheet_name)


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
        height=show.HEADER_HEIGHT + show.ROW_HEIGHT * min(len(rows), show.MOST_ROWS_SHOWN) + 2,
        row_height=show.ROW_HEIGHT,
        key=key,
        on_change=_map_columns,
        args=(place, key, rows),
    )
    own_count = int((rows["ours"] == OWN).sum())
    if own_count:
        st.caption(
            f"{own_count} of your own: kept with each row, to filter and group by where its values lend themselves to it."
        )


def _map_columns(place: upload_answers.Place, key: str, rows: pd.DataFrame) -> None:
    """Keeps what was changed in the table of columns; a field that two columns are given goes to the later one."""
    meant = {OWN: ATTRIBUTE, NOT_READ: IGNORE}
    edits = st.session_state[key]["edited_rows"]
    said = {rows["theirs"][at]: meant.get(edit["ours"], edit["ours"]) for at, edit in edits.items() if "ours" in edit}
    upload_answers.decide(place, columns={**upload_answers.decided(place).get("columns", {}), **said})


# -- questions ---------------------------------------------------------------------------------------------------------


def asked(plan: Preview) -> None:
    """What is needed from the reader, and what they said already."""
    open_questions = questions(plan)
    decided = _answered(plan)
    if not open_questions and not decided:
        return
    needed = sum(question.stops for question in open_questions)
    show.section(f"What we need from you ({needed})" if needed else "Settled, unless you say otherwise")
    with st.container(border=True, gap="small"):
        for at, question in enumerate(open_questions):
            _question(plan, question, f"upload_answer_{at}_{question.at}_{question.column}")
        for at, (words, question) in enumerate(decided):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(f":material/check: {show.plain(words)}", width="stretch")
                st.button(
                    "Change", key=f"upload_change_{at}_{words}", type="tertiary", on_click=upload_answers.answer,
                    args=(plan, question, None),
                )  # fmt: skip


def _question(plan: Preview, question: Question, key: str) -> None:
    source = plan.sheets[question.at].source
    where = f"{source.name} · {question.column}" if question.column else source.name
    icon = ":material/help:" if question.stops else ":material/tune:"
    st.markdown(f"{icon} **{show.plain(where)}**: {show.plain(question.text)}")
    match question.asks:
        case Asks.DAY_ORDER:
            _buttons(plan, question, DAY_ORDERS, key)
        case Asks.FRACTION:
            _buttons(plan, question, POINTS, key)
        case Asks.FILL_DOWN:
            _buttons(plan, question, BLANKS, key)
        case Asks.LAYOUT:
            kind = upload.layout_words(question.yes)
            _buttons(plan, question, {question.yes: f"Yes, {kind.lower()}", LEFT_OUT: "Leave the sheet out"}, key)
            st.caption("If it is something else, say so in the list above.")
        case Asks.MANAGER_QUOTAS:
            st.segmented_control(
                "Whose", list(WHOSE), default=question.taken, format_func=WHOSE.__getitem__, key=key, required=True,
                label_visibility="collapsed", on_change=_answer_of, args=(plan, question, key),
            )  # fmt: skip
        case Asks.CONFIRM_GONE:
            _buttons(plan, question, {"yes": "Yes, they are gone"}, key)
        case Asks.ACCEPT:
            _buttons(plan, question, {"accepted": question.yes or "Take the amounts as they are"}, key)
            if question.new_name:
                st.button(
                    f"Another number: “{question.new_name[1]}”", key=f"{key}_renamed", on_click=upload_answers.rename,
                    args=(plan, question),
                )  # fmt: skip
            _leaving_out(source, key)
        case Asks.COLUMN if question.column:
            _buttons(plan, question, _meanings(source), key)
        case Asks.COLUMN | Asks.SHEET:
            if question.asks is Asks.COLUMN:
                st.caption("Say below under “Columns” which column it is, or go on without the sheet.")
            _leaving_out(source, key)


def _meanings(source: UploadedSheet) -> dict[str, str]:
    """What headings may say of the rows below them: a field by which sheets are grouped that no column is, or none."""
    taken = {key for header, key in source.recognition.fields.items() if header != HEADING}
    layout = LAYOUTS[str(source.recognition.layout)]
    free = [field for field in layout.fields if field.key in GROUPED_BY and field.key not in taken]
    return {field.key: f"The {field.label.lower()}" for field in free} | {ATTRIBUTE: OWN, IGNORE: NOT_READ}


def _leaving_out(source: UploadedSheet, key: str) -> None:
    st.button(
        "Leave the sheet out", key=f"{key}_out", on_click=upload_answers.decide, args=((source.file_name, source.sheet),),
        kwargs={"layout": LEFT_OUT, "columns": None}, type="tertiary",
    )  # fmt: skip


def _buttons(plan: Preview, question: Question, answers: dict[str, str], key: str) -> None:
    with st.container(horizontal=True):
        for value, words in answers.items():
            st.button(words, key=f"{key}_{value}", on_click=upload_answers.answer, args=(plan, question, value))


def _answer_of(plan: Preview, question: Question, key: str) -> None:
    upload_answers.answer(plan, question, st.session_state[key])


def _answered(plan: Preview) -> list[tuple[str, Question]]:
    """What was decided, in words, each with the question that it answers."""
    found = []
    for at, sheet in enumerate(plan.sheets):
        source = sheet.source
        kept = upload_answers.decided((source.file_name, source.sheet))
        if order := kept.get("day_order"):
            question = Question(Asks.DAY_ORDER, at, None, "")
            found.append((f"{source.name}: {DAY_ORDERS[order].lower()}", question))
        if kept.get("confirms_gone"):
            found.append((f"{source.name}: what it lacks is gone", Question(Asks.CONFIRM_GONE, at, None, "")))
        for column in sorted({column for name in upload_answers.OF_COLUMNS for column in kept.get(name, ())}):
            found.append((f"{source.name}: {column} as you said", Question(Asks.ACCEPT, at, column, "")))
        for old, new in kept.get("renamed", {}).items():
            question = Question(Asks.ACCEPT, at, None, "", new_name=(old, new))
            found.append((f"{source.name}: {old} are counted as “{new}”", question))
    if upload_answers.decided(WHOLE).get("accepted"):
        found.append(("The amounts are taken as they are", Question(Asks.ACCEPT, 0, None, "")))
    return found
