"""What an upload would change: in a sentence, in numbers, for which days, and every issue with its cell."""

from hashlib import sha256

import pandas as pd
import streamlit as st

from spm import charts, money
from spm.calendar import Span
from spm.intake.changes.gone import NEVER_WHOLE, WholeTruth
from spm.intake.changes.preview import Preview, SheetPreview
from spm.intake.changes.questions import questions
from spm.intake.changes.told import coverage_words, covered_rows, issue_rows, outcome_rows
from spm.intake.layouts import LAYOUTS
from spm.intake.model import Severity
from spm.metrics import wording
from spm.ui import show, tables
from spm.ui.show import Tile
from spm.ui.tables import Column
from spm.ui.upload import answers, page, refused

ISSUE_COLUMNS = (
    Column("what", "What", width=75),
    Column("sheet", "Sheet", width=115),
    Column("cell", "Cell", width=80),
    Column("found", "Found", width=90),
    Column("message", "What it is", width=265),
    Column("to_do", "What to do", width=180),
    Column("expected", "Expected", width=125),
    Column("rows_count", "Rows", width=50),
)
ISSUE_LINES_COUNT = 3
"""In which what an issue is, and what to do about it, can be read whole."""
BY_THE_ROW = {"lists", "costs", "leave", "deal_history", "team_history"}
"""Kinds of sheet whose name is no word for one of its rows."""
TRUTHS = {
    None: "No: it adds and changes",
    WholeTruth.SHEET: "Yes, of everything of its kind",
    WholeTruth.SPAN: "Yes, of the days from its first to its last",
    WholeTruth.OWNER: "Yes, of the people whom it names",
}


def answer(plan: Preview) -> None:
    """The headline: what is ready to come in, or what holds it up."""
    new = [(sheet.new_count, sheet.source.checked.layout)
           for sheet in plan.sheets if sheet.source.checked and sheet.new_count]  # fmt: skip
    counts = pd.DataFrame(new, columns=["count", "kind"]).groupby("kind")["count"].sum().sort_values(ascending=False)
    said = wording.listed([_counted(str(kind), count) for kind, count in counts.items()])
    note = _days_and_sums(plan)
    if not any(sheet.source.checked for sheet in plan.sheets):
        show.headline("Nothing in these files is known to spm", "Say below what a sheet is, or drop in others.")
    elif plan.stops:
        count = sum(question.stops for question in questions(plan))
        waits = "One question waits" if count == 1 else f"{count} questions wait"
        show.headline(f"{waits} for your answer", note)
    elif plan.changes_nothing:
        show.headline("Nothing to change: all of this is here already", note)
    else:
        changed = sum(sheet.changed_count for sheet in plan.sheets)
        parts = [
            f"{said} to come in" if said else "",
            f"{changed:,} {'row' if changed == 1 else 'rows'} to change" if changed else "",
        ]
        show.headline(", ".join(part for part in parts if part) or "People and teams to change", note)


def _counted(layout: str, count: int) -> str:
    label = LAYOUTS[layout].label.lower()
    if count == 1:
        return f"1 row of {label}"
    return f"{count:,} rows of {label}" if layout in BY_THE_ROW else f"{count:,} {label}"


def _days_and_sums(plan: Preview) -> str:
    days = [sheet.days for sheet in plan.sheets if sheet.days]
    parts = []
    if days:
        span = Span(min(one.start for one in days), max(one.end for one in days))
        parts.append(f"from {span.start:%-d %b %Y} to {span.last_day:%-d %b %Y}")
    for sheet in plan.sheets:
        parts += [
            f"{what} {money.full(cents, plan.company.currency)}" for what, cents in sheet.sums_cents.items() if cents
        ]
    unread = [file_name for file_name, issue in plan.upload.issues if issue.severity is Severity.STOP]
    parts += [f"{wording.listed(unread)} could not be read"] if unread else []
    said = " · ".join(dict.fromkeys(parts))
    return said[:1].upper() + said[1:]


def tiles(plan: Preview) -> None:
    """Rows by what would become of them."""
    counts = outcome_rows(plan).groupby("outcome")["rows_count"].sum()
    meanings = {
        "new": "rows that are not here yet",
        "changed": "rows that are here and say something else now; undo brings them back",
        "same": "rows that are here already, just so",
        "refused": "rows that can’t be taken as they are; the others come in without them",
    }
    show.tiles(
        *(Tile(outcome.capitalize(), f"{counts.get(outcome, 0):,}", meaning) for outcome, meaning in meanings.items())
    )


def picture(plan: Preview) -> None:
    """The same by sheet."""
    show.section("Sheet by sheet")
    show.chart(outcome_rows(plan), charts.imported_rows(), "Rows of each sheet by what would become of them")


def whole_truth(plan: Preview) -> None:
    """Of each sheet: whether what it lacks is gone, or why it never is."""
    every = plan.of_layout(*LAYOUTS)
    if not every:
        return
    with st.expander("Is a sheet the whole truth? Then what it lacks is gone"):
        for source in (sheet.source for _, sheet in every):
            if why := NEVER_WHOLE.get(str(source.recognition.layout)):
                st.markdown(f"{show.plain(source.name)}  \n:gray[:small[It adds and changes only: {why}.]]")
                continue
            key = f"upload_truth_{source.sha256[:12]}_{source.sheet}"
            st.selectbox(
                source.name,
                [None, *WholeTruth],
                index=[None, *WholeTruth].index(source.choices.whole_truth),
                format_func=TRUTHS.__getitem__,
                key=key,
                on_change=_take_as_truth,
                args=((source.file_name, source.sheet), key),
            )


def _take_as_truth(place: answers.Place, key: str) -> None:
    chosen = st.session_state[key]
    answers.decide(place, whole_truth=None if chosen is None else str(chosen), confirms_gone=None)


def effects(plan: Preview) -> None:
    """What changes beyond rows and numbers: people, columns to filter by, and the days that the sheets speak for."""
    show.section("What changes beside")
    sentences, covered = _sentences(plan), coverage_words(plan.sheets)
    if not sentences and not covered:
        st.caption(":material/check: Nothing but the rows themselves.")
    st.markdown("\n".join(f"- {show.plain(sentence)}" for sentence in sentences))
    if covered:
        st.markdown("The sheets speak for these days. Inside them no row means 0; outside it is missing.")
        st.markdown("\n".join(f"- {show.plain(words)}" for words in covered))


def covered_days(plan: Preview) -> None:
    """Of each sheet: for which days it speaks, by measure, to be said otherwise."""
    speaking = [sheet for sheet in plan.sheets if sheet.guessed_covers]
    if not speaking:
        return
    with st.expander("Does a sheet speak for other days? Then say for which"):
        st.caption("Inside these days no row means 0. Clear both days of a measure that the sheet says nothing about.")
        for sheet in speaking:
            _covered_days(sheet)


def _covered_days(sheet: SheetPreview) -> None:
    source, rows = sheet.source, covered_rows(sheet)
    said = sha256(repr(rows.values.tolist()).encode()).hexdigest()[:8]  # what is said already makes another table
    key = f"upload_covers_{source.sha256[:12]}_{source.sheet}_{said}"
    st.markdown(f"**{show.plain(source.name)}**")
    st.data_editor(
        rows,
        hide_index=True,
        disabled=["label"],
        column_order=["label", "first", "last"],
        column_config={
            "label": st.column_config.TextColumn("Measure", width="medium"),
            "first": st.column_config.DateColumn("From", format="D MMM YYYY"),
            "last": st.column_config.DateColumn("To (last day)", format="D MMM YYYY"),
        },
        row_height=tables.ROW_HEIGHT,
        key=key,
        on_change=_keep_covered_days,
        args=((source.file_name, source.sheet), key, rows),
    )


def _keep_covered_days(place: answers.Place, key: str, rows: pd.DataFrame) -> None:
    """Keeps what was changed: both days of a measure, or none; a change to one of them alone waits for the other."""
    said = dict(answers.decided(place).get("covers", {}))
    for at, edit in st.session_state[key]["edited_rows"].items():
        first, last = (edit.get(name, rows[name][at]) for name in ("first", "last"))
        first, last = (str(day)[:10] if day else None for day in (first, last))
        if (first is None and last is None) or (first and last and first <= last):
            said[rows["measure"][at]] = (first, last)
    answers.decide(place, covers=said or None)


def _sentences(plan: Preview) -> list[str]:
    found = []
    if plan.added_people:
        names = [name for _, name in plan.added_people.values()]
        shown = ", ".join(names[:5]) + (f" and {len(names) - 5:,} more" if len(names) > 5 else "")
        found.append(f"New people, known by their name in a sheet only: {shown}.")
    if plan.currency:
        found.append(f"The company’s currency becomes {plan.currency}, as the sheets say. Settings can change it.")
    if plan.filters_to_mark:
        labels = {column.key: column.label for column in plan.own_columns}
        found.append(f"To filter and group by: {', '.join(labels.get(key, key) for key in plan.filters_to_mark)}.")
    return found


def issues(plan: Preview) -> None:
    """Every issue, and the refused rows to be mended."""
    rows = issue_rows(plan)
    show.section(f"What there is to know ({len(rows):,})", "Each issue with its cell, and what to do about it.")
    if rows.empty:
        st.caption(":material/check: Nothing: every row of every sheet can be read.")
        return
    if plan.refused_count:
        refused.download_button(plan.refused_count, lambda: refused.refused_workbook(plan), "upload_refused")
    kept = rows.dropna(axis="columns", how="all")
    tables.table(kept.loc[:, (kept != "").any()], ISSUE_COLUMNS, "upload_issues", "Issues of the upload",
                 file_name="issues", lines_count=ISSUE_LINES_COUNT)  # fmt: skip


def end(plan: Preview, key: str) -> None:
    """The button that brings it in, saying what; it stands where the reader is done looking, at the top and at the end."""
    if plan.changes_nothing or plan.stops:
        words = "Answer the questions first" if plan.stops else "Nothing to change"
        st.button(words, type="primary", disabled=True, key=key)
        return
    sums = {word: sum(getattr(sheet, f"{word}_count") for sheet in plan.sheets) for word in ("new", "changed", "gone")}
    counts = " and ".join(f"{count:,} {word}" for word, count in sums.items() if count)
    counts = f"{counts} {'row' if sum(sums.values()) == 1 else 'rows'}" if counts else "the changes"
    more = f", leave out {plan.refused_count:,}" if plan.refused_count else ""
    if st.button(f"Bring in {counts}{more}", type="primary", icon=":material/done_all:", key=key):
        page.commit(plan)
