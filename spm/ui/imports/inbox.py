"""What the inbox refused: named where imports are listed, until files of that name have come in."""

from pathlib import Path

import pandas as pd
import streamlit as st

from spm.company.queries import company_of
from spm.intake.inbox import folder as inbox
from spm.ui import menu, opening, show

MOST_SHOWN = 3


def refused(sheets: pd.DataFrame) -> None:
    """The files that lie aside and have not come in since (`sheets` are all that have), with what was said of them."""
    asides = missing(sheets)
    if not asides:
        return
    show.section("Refused by the inbox")
    for aside in asides[:MOST_SHOWN]:
        names = ", ".join(aside.file_names)
        with st.expander(f"{show.plain(names)}, taken on {aside.taken_at:%-d %b %Y, %H:%M}", icon=":material/error:"):
            st.text(aside.report)
            if st.button("Upload it and answer", key=f"imports_refused_{aside.taken_at}"):
                menu.go_to("upload")


def missing(sheets: pd.DataFrame) -> list[inbox.Refused]:
    """What lies aside of which some file has not come in since, the latest first."""
    folder = company_of(opening.store()).inbox_folder
    return [one for one in inbox.refused(Path(folder)) if _still_missing(one, sheets)] if folder else []


def _still_missing(aside: inbox.Refused, sheets: pd.DataFrame) -> bool:
    later = sheets.loc[sheets["made_at"] > aside.taken_at, "file_name"] if len(sheets) else ()
    return not set(aside.file_names) <= set(later)
