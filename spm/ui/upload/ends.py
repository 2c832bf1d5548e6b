"""What stands before and after an upload: what spm reads, how far one is, and what came of it."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from spm.intake import queries
from spm.intake.actions import Committed
from spm.intake.layouts import LAYOUTS
from spm.intake.templates.blank import template
from spm.intake.templates.columns import TEMPLATE_COLUMNS
from spm.ui import menu, opening, show, tables
from spm.ui.imports import undoing
from spm.ui.upload.refused import download_button, refused_workbook

STEPS = ("Files", "What they are", "Columns", "Preview", "Done")
LANDED = "upload_landed"
BRINGS = {
    "people": "Roles, teams and managers: who is scored on what, and who rolls up to whom.",
    "quotas": "Attainment and pace: what everybody answers for.",
    "activities": "Calls, meetings and demos: what comes before the result.",
    "leads": "Where deals come from, and how many of them become one.",
}
"""What a kind of sheet makes possible."""


def steps(now: int) -> None:
    """How far the upload is: the steps, those behind with a mark."""
    with st.container(horizontal=True, gap="small", key="upload_steps"):
        for at, words in enumerate(STEPS):
            if at < now:
                st.badge(f"{at + 1} {words}", icon=":material/check:", color="green")
            else:
                st.badge(f"{at + 1} {words}", color="blue" if at == now else "gray")


def welcome() -> None:
    """What stands below the empty uploader: what the app knows to read, and a blank sheet of each kind."""
    st.caption(
        "Excel, OpenDocument or CSV, as your CRM wrote them: several files at once, whole workbooks too. "
        "Nothing is kept before you have seen what it would change."
    )
    show.section("What spm reads")
    with st.grid(4, min_column_width=210, gap="small"):
        for layout in (one for one in LAYOUTS.values() if one.key != "decisions"):  # of spm's own exports alone
            with st.container(border=True, height="stretch", gap="small", vertical_alignment="distribute"):
                st.markdown(f"**{layout.label}**  \n:gray[:small[One row: {layout.row_is}.]]")
                if layout.key in TEMPLATE_COLUMNS:
                    _blank_sheet(layout.key)


def keep(done: Committed) -> None:
    """Keeps what a commit did until the reader goes on."""
    sheets = done.preview.sheets
    st.session_state[LANDED] = {
        "batch": done.batch,
        "new": sum(sheet.new_count for sheet in sheets),
        "changed": sum(sheet.changed_count for sheet in sheets),
        "refused": done.preview.refused_count,
        "gone": sum(sheet.gone_count for sheet in sheets),
        "to_mend": refused_workbook(done.preview),
    }


def landed() -> dict[str, Any] | None:
    """What the last commit of this reader did, until they go on."""
    return st.session_state.get(LANDED)


def done(what: Mapping[str, Any]) -> None:
    """The end of an upload: what came in, where to see it, the way back, and what would help next."""
    steps(len(STEPS))
    counts = " and ".join(f"{what[name]:,} {name}" for name in ("new", "changed", "gone") if what.get(name))
    total = sum(what.get(name) or 0 for name in ("new", "changed", "gone"))
    if what["batch"] is None:
        show.headline("Nothing to change: all of this was here already")
    else:
        show.headline(
            f"{counts} {'row is' if total == 1 else 'rows are'} in" if total else "The changes are in",
            f"Batch {what['batch']}, by {opening.author().name}, not verified. Every number is up to date with it.",
        )
    if what["refused"]:
        rows = "1 row was refused and is" if what["refused"] == 1 else f"{what['refused']:,} rows were refused and are"
        st.warning(f"{rows} not in: Imports has the reasons.", icon=":material/report:")
        if what["to_mend"]:
            download_button(what["refused"], what["to_mend"], "upload_to_mend")
    with st.container(horizontal=True):
        if st.button("See Home", type="primary", icon=":material/home:"):
            _leave("home")
        if st.button("Look at the rows", icon=":material/history:"):
            _leave("imports")
        st.button("Bring in more", icon=":material/upload_file:", on_click=_go_on)
        if what["batch"] is not None and st.button("Undo", type="tertiary", icon=":material/undo:"):
            undoing.ask(what["batch"], _go_on)
    _worth_bringing()


def _worth_bringing() -> None:
    """The kinds of sheet that nothing has come in of, with what they would bring."""
    log = queries.imports(opening.store())
    known = set(log.loc[log["undone_in"].isna(), "layout"])
    missing = {key: brings for key, brings in BRINGS.items() if key not in known}
    if not missing:
        return
    show.section("What else would help")
    with st.grid(4, min_column_width=210, gap="small"):
        for key, brings in missing.items():
            with st.container(border=True, height="stretch", gap="small", vertical_alignment="distribute"):
                st.markdown(f"**{LAYOUTS[key].label}**  \n:gray[:small[{brings}]]")
                _blank_sheet(key)


def _blank_sheet(layout: str) -> None:
    st.download_button(
        "Blank sheet",
        lambda: template(layout),
        f"{LAYOUTS[layout].label.lower()}.xlsx",
        tables.XLSX,
        key=f"blank_{layout}",
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
    )


def _go_on() -> None:
    st.session_state.pop(LANDED, None)


def _leave(page: str) -> None:
    _go_on()
    menu.go_to(page)
