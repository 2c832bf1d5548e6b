"""What only a person can answer of an upload: each question with its answers, and what was answered already."""

from datetime import date

import streamlit as st

from spm.intake.changes.preview import Preview
from spm.intake.changes.questions import Asks, Question, questions
from spm.intake.choices import LEFT_OUT
from spm.intake.layouts import LAYOUTS
from spm.intake.recognising.blocks import HEADINGS
from spm.intake.recognising.overrides import ATTRIBUTE, IGNORE
from spm.intake.upload import UploadedSheet
from spm.ui import show
from spm.ui.upload import answers, page
from spm.ui.upload.answers import WHOLE
from spm.ui.upload.sheets import NOT_READ, OWN

DAY_ORDERS = {"dmy": "Day first: 3/4 is 3 April", "mdy": "Month first: 3/4 is 4 March"}
WHOSE = {"own": "Their own number", "team": "Their team’s number"}
GROUPED_BY = ("owner", "team", "product", "account")
ANSWERS = {
    Asks.DAY_ORDER: DAY_ORDERS,
    Asks.FRACTION: {"accepted": "A thousand: 1.234 is 1234", "fractions": "A fraction: 1.234 is a bit more than 1"},
    Asks.FILL_DOWN: {"filled_down": "Yes, for the blank rows below it", "accepted": "No, they are blank"},
    Asks.SHARE: {"shared": "Yes, in equal parts", "accepted": "No, each is one name"},
    Asks.STAGE: {"won": "Won", "lost": "Lost", "open": "Still open"},
    Asks.CONFIRM_GONE: {"yes": "Yes, they are gone"},
}
HINTS = {
    Asks.YEAR: "Quarters, halves and months called by a number are those of your fiscal year.",
    Asks.LAYOUT: "If they are something else, say so below under “What they are”.",
    Asks.SAME_PERSON: "Without an answer it is somebody new.",
}
SAID_OF_COLUMNS = {
    "accepted": "taken as you said",
    "fractions": "1.234 is a fraction",
    "shared": "its people share the deal in equal parts",
    "filled_down": "holds for the blank rows below",
}
LEAVING_OUT_HELPS = (Asks.ACCEPT, Asks.COLUMN, Asks.SHEET, Asks.LAYOUT, Asks.YEAR)
YEARS_BACK = 20
YEAR_WIDTH = 200  # pixels


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
                    "Change", key=f"upload_change_{at}_{words}", type="tertiary", on_click=answers.answer,
                    args=(plan, question, None),
                )  # fmt: skip


def _question(plan: Preview, question: Question, key: str) -> None:
    source = plan.sheets[question.at].source
    where = f"{source.name} · {question.column}" if question.column else source.name
    icon = ":material/help:" if question.stops else ":material/tune:"
    st.markdown(f"{icon} **{show.plain(where)}**: {show.plain(question.text)}")
    if question.asks in HINTS:
        st.caption(HINTS[question.asks])
    if question.asks is Asks.MANAGER_QUOTAS:
        st.segmented_control(
            "Whose", list(WHOSE), default=question.taken, format_func=WHOSE.__getitem__, key=key, required=True,
            label_visibility="collapsed", on_change=_answer_of, args=(plan, question, key),
        )  # fmt: skip
        return
    if question.asks is Asks.COLUMN and not question.column:
        st.selectbox(
            "Column", _free_columns(source), index=None, placeholder="Which column says it?", key=f"{key}_is",
            label_visibility="collapsed", on_change=_take_column,
            args=((source.file_name, source.sheet), question.yes, f"{key}_is"),
        )  # fmt: skip
    if question.asks is Asks.YEAR:
        st.selectbox(
            "Year", _years(), index=None, placeholder="Which year?", key=f"{key}_year", label_visibility="collapsed",
            width=YEAR_WIDTH, on_change=_answer_of, args=(plan, question, f"{key}_year"),
        )  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="center"):
        for value, words in _answers(question, source).items():
            st.button(words, key=f"{key}_{value}", on_click=answers.answer, args=(plan, question, value))
        if question.new_name:
            st.button(
                f"No, count it apart as “{question.new_name[1]}”", key=f"{key}_renamed", on_click=answers.rename,
                args=(plan, question),
            )  # fmt: skip
        if question.asks in LEAVING_OUT_HELPS:
            st.button(
                "Leave the sheet out", key=f"{key}_out", on_click=answers.decide,
                args=((source.file_name, source.sheet),), kwargs={"layout": LEFT_OUT, "columns": None}, type="tertiary",
            )  # fmt: skip


def _answers(question: Question, source: UploadedSheet) -> dict[str, str]:
    """The answers that a question offers, each with the words on its button."""
    match question.asks:
        case Asks.LAYOUT:
            return {question.yes: f"Yes, these are {page.layout_words(question.yes).lower()}"}
        case Asks.SAME_PERSON:
            return {question.yes: f"Yes, {question.taken} is {question.yes}"}
        case Asks.ACCEPT:
            return {"accepted": question.yes or "Take the amounts as they are"}
        case Asks.COLUMN if question.column in HEADINGS:
            return _meanings(source)
        case Asks.COLUMN if question.column:
            return {"key": "The rows of one id are one", ATTRIBUTE: "Each row is one"}
    return ANSWERS.get(question.asks, {})


def _meanings(source: UploadedSheet) -> dict[str, str]:
    """What headings may say of the rows below them: a field by which sheets are grouped that no column is, or none."""
    taken = {key for header, key in source.recognition.fields.items() if header not in HEADINGS}
    layout = LAYOUTS[str(source.recognition.layout)]
    free = [field for field in layout.fields if field.key in GROUPED_BY and field.key not in taken]
    return {field.key: f"The {field.label.lower()}" for field in free} | {ATTRIBUTE: OWN, IGNORE: NOT_READ}


def _years() -> list[int]:
    """The years that a sheet may speak of, next year first."""
    latest = date.today().year + 1
    return list(range(latest, latest - YEARS_BACK, -1))


def _free_columns(source: UploadedSheet) -> list[str]:
    """The columns of a sheet that are taken for nothing that the app knows."""
    return [
        header for header in (source.table.header if source.table else ()) if header not in source.recognition.fields
    ]


def _take_column(place: answers.Place, field: str, key: str) -> None:
    """Keeps which column says what was missing."""
    if header := st.session_state[key]:
        answers.decide(place, columns={**answers.decided(place).get("columns", {}), header: field})


def _answer_of(plan: Preview, question: Question, key: str) -> None:
    answers.answer(plan, question, st.session_state[key])


def _answered(plan: Preview) -> list[tuple[str, Question]]:
    """What was decided, now or of an earlier sheet with the same header, in words, each with the question that it answers."""
    found = []
    for at, sheet in enumerate(plan.sheets):
        source, kept = sheet.source, sheet.source.choices
        if kept.day_order:
            question = Question(Asks.DAY_ORDER, at, None, "")
            found.append((f"{source.name}: {DAY_ORDERS[kept.day_order]}", question))
        if kept.year:
            question = Question(Asks.YEAR, at, None, "")
            found.append((f"{source.name}: what names no year is of {kept.year}", question))
        if kept.confirms_gone:
            found.append((f"{source.name}: what it lacks is gone", Question(Asks.CONFIRM_GONE, at, None, "")))
        for name, said in SAID_OF_COLUMNS.items():
            for column in sorted(getattr(kept, name)):
                found.append((f"{source.name} · {column}: {said}", Question(Asks.ACCEPT, at, column, "")))
        for stage, status in kept.stages.items():
            question = Question(Asks.STAGE, at, None, "", yes=stage)
            found.append((f"{source.name}: “{stage}” is {status}", question))
        for old, new in kept.renamed.items():
            question = Question(Asks.ACCEPT, at, None, "", new_name=(old, new))
            found.append((f"{source.name}: {old} are counted as “{new}”", question))
    for name, other in answers.decided(WHOLE).get("same_people", {}).items():
        found.append((f"{name} is {other}", Question(Asks.SAME_PERSON, 0, None, "", taken=name)))
    if answers.decided(WHOLE).get("accepted"):
        found.append(("The amounts are taken as they are", Question(Asks.ACCEPT, 0, None, "")))
    return found
