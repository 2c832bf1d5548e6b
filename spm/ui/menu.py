"""The pages there are: one list, from which the menu is drawn and links are made."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from streamlit.navigation.page import Page

PAGES = Path(__file__).resolve().parents[2] / "pages"


@dataclass(frozen=True)
class Entry:
    """One page: `name` is its file and its path in links, `group` the reader it is for, `filters` what it is cut by."""

    name: str
    title: str
    icon: str
    group: str
    meaning: str
    filters: tuple[str, ...] = ()

    @property
    def file(self) -> Path:
        return PAGES / f"{self.name}.py"


ENTRIES = (
    Entry(
        "home", "Home", "home", "Lead", "Where the company, its teams and its reps stand.", ("period", "team", "only")
    ),
    Entry(
        "teams",
        "Teams",
        "groups",
        "Lead",
        "Where is it off? Teams by metrics, funnel, pipeline.",
        ("period", "team", "only"),
    ),
    Entry(
        "forecast",
        "Forecast",
        "trending_up",
        "Lead",
        "What will probably happen, and how good that has been.",
        ("period",),
    ),
    Entry("quota_plan", "Quota plan", "flag_circle", "Lead", "What if, and what should each one carry?"),
    Entry("rep", "Rep", "person", "Coach", "One rep: score, own past, peers.", ("period", "team", "rep", "only")),
    Entry(
        "compare",
        "Compare",
        "compare_arrows",
        "Coach",
        "Several side by side, against past and peers.",
        ("period", "team", "only"),
    ),
    Entry("upload", "Upload", "upload_file", "Operate", "Bring in sheets: see first what they would change."),
    Entry("imports", "Imports", "history", "Operate", "What came in, when and from whom; undo."),
    Entry("benchmarks", "Benchmarks", "flag", "Operate", "What is good, according to whom, as of when?", ("period",)),
    Entry(
        "scorecards",
        "Scorecards",
        "scoreboard",
        "Operate",
        "What each role answers for, and where everyone stands.",
        ("period", "team", "scored"),
    ),
    Entry("people", "People", "group", "Operate", "Who is in which role and team, since when."),
    Entry("settings", "Settings", "settings", "Operate", "Fiscal year, currency, working days, bands, backups."),
    Entry("definitions", "Definitions", "menu_book", "Operate", "Every metric and term, with its formula."),
)
"""In the order of the menu; the first is the page at the root. A page joins the menu when its file is there."""


def pages() -> dict[str, list["Page"]]:
    """The menu: group → its pages."""
    found: dict[str, list[Page]] = {}
    for entry in ENTRIES:
        if entry.file.is_file():
            found.setdefault(entry.group, []).append(page(entry.name))
    return found


def page(name: str) -> "Page":
    """The page of that name, for `st.switch_page` and `st.page_link`."""
    entry = entry_of(name)
    return st.Page(
        entry.file,
        title=entry.title,
        icon=f":material/{entry.icon}:",
        url_path=entry.name,
        default=entry is ENTRIES[0],
        help=entry.meaning,
    )


def entry_of(name: str) -> Entry:
    return next(entry for entry in ENTRIES if entry.name == name)


def go_to(name: str, **filters: str) -> None:
    """Opens a page with these of the shared filters set as a link sets them; all others stay as they are.

    Only filters that the page one comes from does not draw: what is drawn is set through `st.session_state`, in a
    callback.
    """
    st.switch_page(page(name), query_params=filters)
