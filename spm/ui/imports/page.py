"""What the Imports page shows: every sheet that came in, and one of them with its rows, its issues and its undo."""

from typing import Any

import pandas as pd
import streamlit as st

from spm.calendar import ONE_DAY
from spm.intake import queries
from spm.intake.exporting.queries import company_sheets
from spm.intake.layouts import LAYOUTS
from spm.intake.model import sheet_name
from spm.intake.resolving.splits import WHOLE_E4
from spm.metrics.registry import Unit
from spm.reports.workbook import workbook
from spm.ui import opening, origin, show, tables
from spm.ui.imports import undoing
from spm.ui.tables import Column

SHEET = "sheet"
"""The name under which the link says which sheet is open."""

TABS = ("Rows", "Issues")
STANDS = "in"
SEVERITIES = {"stop": "to decide", "refused": "refused", "note": "note"}

COLUMNS = (
    Column("batch", "Batch", "number", width=48),
    Column("name", "Sheet", width=185),
    Column("when", "When", width=130),
    Column("kind", "What", width=100),
    Column("new_count", "New", Unit.COUNT, width=52),
    Column("changed_count", "Changed", Unit.COUNT, width=68),
    Column("same_count", "Same", Unit.COUNT, width=52),
    Column("refused_count", "Refused", Unit.COUNT, width=66),
    Column("status", "Status", width=75),
    Column("who", "Who", width=120),
    Column("fingerprint", "Fingerprint", width=88, help="The start of the file’s SHA-256: the same for the same bytes"),
)
ISSUE_COLUMNS = (
    Column("what", "What", width=75),
    Column("row", "Row", "number", width=55),
    Column("column", "Column", width=125),
    Column("message", "What it is", width=330),
    Column("found", "Found", width=120),
    Column("expected", "Expected", width=165),
)
ISSUE_LINES_COUNT = 3
ROW_COLUMNS = (
    Column("deal", "Deal"),
    *(column for column in origin.COLUMNS if column.name not in ("file_name", "sheet", "source_row")),
    Column("team", "Team"),
    Column("email", "E-mail"),
    Column("started_on", "First day", "day"),
    Column("ended_on", "Last day", "day"),
    Column("quantity", "Quantity", Unit.COUNT),
    Column("currency", "Currency"),
    Column("starts_on", "From", "day"),
    Column("until", "To (last day)", "day"),
    Column("rate", "Rate"),
    Column("origin", "Source"),
    Column("away_share", "Share away", Unit.SHARE),
    Column("reason", "Reason"),
    Column("level", "Skill level"),
)
DAYS = ("ordered_on", "happened_on", "answered_on", "spent_on", "known_on")
"""The day of a row, whatever its table calls it."""


def every() -> pd.DataFrame:
    """Every imported sheet, the latest first, with the words of the table."""
    found = queries.imports(opening.store())
    return found.assign(
        when=found["made_at"].map(lambda at: f"{at:%-d %b %Y, %H:%M}"),
        who=found["author"] + found["is_verified"].map(lambda is_so: "" if is_so else ", not verified"),
        name=[sheet_name(*pair) for pair in zip(found["file_name"], found["sheet"], strict=True)],
        kind=found["layout"].map(lambda key: LAYOUTS[key].label),
        status=("undone by " + found["undone_by"].fillna("")).where(found["undone_in"].notna(), STANDS),
        fingerprint=found["sha256"].str[:10],
    )


def answer(sheets: pd.DataFrame) -> None:
    """The headline: how much came in, and when last."""
    standing = sheets[sheets["undone_in"].isna()]
    batches = standing["batch"].nunique()
    if not batches:
        show.headline("Nothing stands: every import was undone")
        return
    count = len(standing)
    last = standing.iloc[0]
    show.headline(
        f"{count} {'sheet' if count == 1 else 'sheets'} from {batches} {'import' if batches == 1 else 'imports'}",
        f"The last one on {last['when']}, by {last['who']}. Click a row to see what it brought.",
    )


def table(sheets: pd.DataFrame) -> None:
    """All of them, and everything that they brought as one workbook; a click opens one."""
    st.download_button(
        "Everything as a workbook",
        lambda: workbook(company_sheets(opening.store())),
        "company.xlsx",
        tables.XLSX,
        key="imports_everything",
        on_click="ignore",
        icon=":material/download:",
        help="People, facts, scorecards and plans as they are now. Brought in again it changes nothing; an empty database "
        "becomes the same company by it.",
    )
    tables.table(sheets, COLUMNS, "imports", "Imported sheets", on_pick=_open, file_name="imports")


def _open(row: dict[str, Any]) -> None:
    st.query_params[SHEET] = str(row["source_id"])


def opened(sheets: pd.DataFrame) -> pd.Series | None:
    """The sheet that the link opens; None where it names none that is there."""
    text = st.query_params.get(SHEET, "")
    found = sheets[sheets["source_id"].astype(str) == text]
    return found.iloc[0] if len(found) else None


def panel(sheet: pd.Series) -> None:
    """One sheet: what it brought, what was said of it, and its undo."""
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            with st.container():
                st.subheader(show.plain(sheet["name"]), anchor=False)
                st.caption(
                    f"{sheet['kind']} · batch {sheet['batch']}, {sheet['when']}, by {show.plain(sheet['who'])} · "
                    f"{sheet['status']} · fingerprint {sheet['fingerprint']}"
                )
            if sheet["status"] == STANDS and st.button(f"Undo batch {sheet['batch']}", icon=":material/undo:"):
                undoing.ask(int(sheet["batch"]))
        rows, issues = st.tabs(TABS)
        with rows:
            _rows(int(sheet["source_id"]), sheet["status"] == STANDS)
        with issues:
            _issues(int(sheet["source_id"]))


def _rows(source_id: int, stands: bool) -> None:
    rows = queries.imported_rows(opening.store(), source_id)
    if rows.empty:
        show.empty(
            "No row is from this sheet." if stands else "Its rows are gone: the import was undone.",
            "Later files may have said the last word on them." if stands else "",
        )
        return
    st.caption(f"{len(rows):,} rows of which this sheet is the last word.")
    shown = rows.assign(amount=origin.amounts(rows))
    if "kind" in rows and "key" in rows:  # an entry of a list is told by its kind and its id
        shown = shown.assign(
            key=[str(key).removeprefix(f"{kind} | ") for kind, key in zip(rows["kind"], rows["key"], strict=True)]
        )
    for name in (name for name in DAYS if name in rows):
        shown = shown.assign(on=rows[name])
    if "ends_before" in rows:
        shown = shown.assign(until=[day and day - ONE_DAY for day in rows["ends_before"]])
    if "share_e4" in rows:
        shown = shown.assign(credit_share=rows["share_e4"] / WHOLE_E4)
    shown = origin.with_told_keys(shown).dropna(axis="columns", how="all")
    columns = (Column("source_row", "Row", "number", width=60), *ROW_COLUMNS)
    tables.table(shown, columns, f"imported_{source_id}", "Rows of the sheet", file_name="imported rows")


def _issues(source_id: int) -> None:
    said = queries.import_issues(opening.store(), source_id)
    if said.empty:
        show.empty("Nothing was said of it: every row could be read.")
        return
    told = said.assign(what=said["severity"].map(SEVERITIES)).dropna(axis="columns", how="all")
    tables.table(told, ISSUE_COLUMNS, f"issues_{source_id}", "Issues of the sheet", file_name="issues",
                 lines_count=ISSUE_LINES_COUNT)  # fmt: skip
