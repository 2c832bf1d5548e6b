"""The Upload page from its files to its preview: what was dropped in, what was decided about it, and what came of it.

What a reader decides is kept as plain texts in the session, by sheet; the files and the preview are not: they are made
again where the cache has let them go. A cached preview is shared, and nobody changes it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import streamlit as st

from spm.intake import actions, queries
from spm.intake.changes.moves import Moves
from spm.intake.changes.preview import Preview
from spm.intake.changes.queries import moves
from spm.intake.choices import LEFT_OUT
from spm.intake.layouts import LAYOUTS
from spm.intake.progress import Progress, beside, part_of
from spm.intake.upload import read_workbooks, told_apart
from spm.ui import asking, opening
from spm.ui.upload import answers, ends
from spm.ui.upload.answers import WHOLE
from spm.ui.upload.ends import STEPS

ROUND = "upload_round"
TYPES = ["csv", "tsv", "txt", "xlsx", "xlsm", "xls", "xlsb", "ods"]


@dataclass(frozen=True)
class File:
    """One file as it was dropped in."""

    name: str
    content: bytes
    digest: str


# -- the files ---------------------------------------------------------------------------------------------------------


def files() -> list[File]:
    """Where files are dropped in, and those that were; two of the same name are told apart by a number."""
    dropped = st.file_uploader(
        "Sheets",
        TYPES,
        accept_multiple_files=True,
        key=f"upload_files_{st.session_state.get(ROUND, 0)}",
        label_visibility="collapsed",
        help="Drop all files that belong together at once: names and ids are looked up across them.",
    )
    contents = [file.getvalue() for file in dropped]
    names = told_apart([file.name for file in dropped])
    return [File(name, one, sha256(one).hexdigest()) for name, one in zip(names, contents, strict=True)]


# -- the preview -------------------------------------------------------------------------------------------------------


def plan(files: list[File]) -> Preview:
    """What the files would change, as things are decided now. A click on Cancel begins anew without them."""
    kept = _kept(_key(files))
    if "plan" not in kept:
        store, today = opening.store(), asking.real_today()
        whole = answers.choices(WHOLE)
        by_sheet = {place: answers.choices(place) for place in answers.every() if isinstance(place, tuple)}
        known = {file.digest: _kept((file.name, file.digest)) for file in files}

        def job(tell: Progress) -> Preview:
            unread = [file for file in files if "workbook" not in known[file.digest]]
            found = read_workbooks(
                [(file.name, file.content) for file in unread], part_of(tell, 0.0, queries.READ_SHARE)
            )
            for file, workbook in zip(unread, found, strict=True):
                known[file.digest]["workbook"] = workbook
            workbooks = [known[file.digest]["workbook"] for file in files]
            rest = part_of(tell, queries.READ_SHARE, queries.PLANNED_SHARE)
            planned = queries.preview_of_workbooks(store, workbooks, today, whole, by_sheet, rest)
            tell(queries.PLANNED_SHARE, "Working out what moves")
            kept["moves"] = moves(store, planned, today)
            return planned

        with _progress("upload_reading", begin_anew) as tell:
            kept["plan"] = beside(job, tell)
    planned: Preview = kept["plan"]
    return planned


@contextmanager
def _progress(key: str, cancel: Callable[[], None] | None = None) -> Iterator[Progress]:
    """A bar with a button beside it; a click on Cancel ends the script at the next word, and with it the job."""
    place = st.empty()
    with place.container(horizontal=True, vertical_alignment="center", key=key):
        bar = st.progress(0.0, "Beginning")
        st.button("Cancel", key=f"{key}_cancel", help="Nothing is kept of it.", on_click=cancel)

    def tell(share: float, doing: str) -> None:
        bar.progress(min(share, 1.0), f"{doing} …")

    yield tell
    place.empty()


def moved(files: list[File]) -> Moves:
    """Which numbers the plan of these files would move."""
    found: Moves = _kept(_key(files))["moves"]
    return found


def _key(files: list[File]) -> tuple[Any, ...]:
    """What a preview depends on: the files, what was decided, and the store; the day comes last."""
    store, every = opening.store(), answers.every()
    return (
        str(store.engine.url),
        tuple((file.name, file.digest) for file in files),
        repr(sorted(((place, kept) for place, kept in every.items() if kept), key=str)),
        store.revision(*queries.AREAS),
        asking.real_today(),
    )


def is_any_known(plan: Preview) -> bool:
    """Whether a sheet of the upload is taken for something."""
    return any(sheet.source.checked is not None for sheet in plan.sheets)


def step(plan: Preview) -> int:
    """The place in STEPS that the upload has come to: what they are while none is known or a question waits."""
    return STEPS.index("Preview") if is_any_known(plan) and not plan.stops else STEPS.index("What they are")


@st.cache_resource(max_entries=16, ttl="10m", show_spinner=False)
def _kept(key: tuple[Any, ...]) -> dict[str, Any]:
    """What was made of a file, or of an upload: filled in once by whoever first asks, with progress told."""
    return {}


# -- the end -----------------------------------------------------------------------------------------------------------


def commit(plan: Preview) -> None:
    """Brings in what the preview shows, and draws the page anew with what came of it.

    A second click finds that nothing is left to change: what landed is kept first, before anything is drawn.
    """
    with _progress("upload_progress") as tell, st.spinner("Bringing it in …", show_time=True):
        done = actions.commit(opening.store(), plan, opening.author(), asking.real_today(), tell)
        ends.keep(done)
        begin_anew()
        _kept.clear()  # the sheets are large, and nobody asks for them again
    st.rerun()


def begin_anew() -> None:
    """Forgets the files and what was decided about them."""
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
    answers.forget()


def layout_words(key: str | None) -> str:
    """A layout as the reader names it."""
    return "Left out" if key in (None, LEFT_OUT) else LAYOUTS[str(key)].label
