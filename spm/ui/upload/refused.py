"""Refused rows as a workbook: the same columns with the reasons, to be mended and dropped in again."""

from collections.abc import Callable

import streamlit as st

from spm.intake.changes.preview import Preview
from spm.intake.changes.told import refused_rows
from spm.reports.workbook import workbook
from spm.ui import tables


def refused_workbook(plan: Preview) -> bytes:
    """The refused rows of each sheet that has some; nothing where none can be given back."""
    frames = {sheet.source.name: refused_rows(sheet) for sheet in plan.sheets if sheet.refused_count}
    kept = {name.rsplit("/", 1)[-1]: frame for name, frame in frames.items() if len(frame)}
    return workbook(kept) if kept else b""


def download_button(count: int, rows: bytes | Callable[[], bytes], key: str) -> None:
    """The button that takes them along."""
    st.download_button(
        "The refused row, to mend" if count == 1 else f"The {count:,} refused rows, to mend",
        rows,
        "refused rows.xlsx",
        tables.XLSX,
        key=key,
        on_click="ignore",
        icon=":material/download:",
        help="The same columns with the reasons in a last one. Mend the cells and drop the file in here again.",
    )
