"""A picture with its heading, and a button that takes it along as a .png file."""

from typing import Any

import pandas as pd
import streamlit as st

from spm.charts.specification import Specification
from spm.reports.picture import png
from spm.ui import show


def drawn(
    title: str,
    frame: pd.DataFrame,
    specification: Specification,
    alt: str,
    note: str = "",
    file_name: str = "",
    **options: Any,
) -> None:
    """`heading` and `show.chart` with its `options`."""
    heading(title, frame, specification, note, file_name)
    show.chart(frame, specification, alt, **options)


def heading(title: str, frame: pd.DataFrame, specification: Specification, note: str = "", file_name: str = "") -> None:
    """`show.section` with the button of the picture beside it. The file is made on click."""
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        show.section(title, note)
        button(frame, specification, file_name or title, title)


def button(frame: pd.DataFrame, specification: Specification, file_name: str, title: str = "") -> None:
    """The button alone."""
    st.download_button(
        "PNG",
        lambda: png(show.without_noise(frame), specification, title),
        f"{file_name}.png",
        "image/png",
        key=f"png_{file_name}",
        on_click="ignore",
        type="tertiary",
        icon=":material/image:",
        help="Download the picture",
    )
