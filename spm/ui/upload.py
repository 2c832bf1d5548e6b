"""The Upload page from its files to its preview: what was dropped in, what was decided about it, and what came of it.

What a reader decides is kept as plain texts in the session, by sheet; the files and the preview are not: they are made
again where the cache has let them go. A cached preview is shared, and nobody changes it.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

import streamlit as st

from spm.calendar import ONE_DAY, Span
from spm.intake import actions, queries
from spm.intake.changes.gone import WholeTruth
from spm.intake.changes.moves import Moves
from spm.intake.changes.preview import Preview
from spm.intake.changes.queries import moves
from spm.intake.changes.questions import Asks, Question, accepted_name
from spm.intake.layouts import LAYOUTS
from spm.intake.progress import Progress, beside, part_of
from spm.intake.templates.blank import template
from spm.intake.templates.columns import TEMPLATE_COLUMNS
from spm.intake.upload import LEFT_OUT, Choices, read_workbooks
from spm.intake.values import DayOrder
from spm.ui import asking, menu, opening, show, undoing

TYPES = ["csv", "tsv", "txt", "xlsx", "xlsm", "xls", "xlsb", "ods"]
STEPS = ("Files", "What they are", "Columns", "Preview", "Done")
DECIDED, ROUND, LANDED = "upload_decided", "upload_round", "upload_landed"
WHOLE = "the whole upload"
BRINGS = {
    "people": "Roles, teams and managers: who is scored on what, and who rolls up to whom.",
    "quotas": "Attainment and pace: what everybody answers for.",
    "activities": "Calls, meetings and demos: what comes before the result.",
    "leads": "Where deals come from, and how many of them become one.",
}
"""What a kind of sheet makes possible."""

Place = tuple[str, str]
"""A sheet: its file and its name."""


@dataclass(frozen=True)
class File:
    """One file as it was dropped in."""

    name: str
    content: bytes
    digest: str


# -- the files ---------------------------------------------------------------------------------------------------------


def steps(now: int) -> None:
    """How far the upload is: the steps, those behind with a mark."""
    with st.container(horizontal=True, gap="small", key="upload_steps"):
        for at, words in enumerate(STEPS):
            if at < now:
                st.badge(f"{at + 1} {words}", icon=":material/check:", color="green")
            else:
                st.badge(f"{at + 1} {words}", color="blue" if at == now else "gray")


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
    found: list[File] = []
    for file in dropped:
        content = file.getvalue()
        name = file.name
        while any(one.name == name for one in found):
            name = f"again {name}"
        found.append(File(name, content, sha256(content).hexdigest()))
    return found


def welcome() -> None:
    """What stands below the empty uploader: what the app knows to read, and a blank sheet of each kind."""
    st.caption(
        "Excel, OpenDocument or CSV, as your CRM wrote them: several files at once, whole workbooks too. "
        "Nothing is kept before you have seen what it would change."
    )
    show.section("What spm reads")
    with st.grid(4, min_column_width=210, gap="small"):
        for layout in LAYOUTS.values():
            with st.container(border=True, height="stretch", gap="small", vertical_alignment="distribute"):
                st.markdown(f"**{layout.label}**  \n:gray[:small[One row: {layout.row_is}.]]")
                if layout.key in TEMPLATE_COLUMNS:
                    _blank_sheet(layout.key)


# -- what was decided --------------------------------------------------------------------------------------------------


def decided(place: Place | str) -> dict[str, Any]:
    """What the reader decided about a sheet (its `layout`, `columns`, `accepted`, `day_order`), or about WHOLE upload."""
    every: dict[Place | str, dict[str, Any]] = st.session_state.setdefault(DECIDED, {})
    return every.setdefault(place, {})


def decide(place: Place | str, **choices: Any) -> None:
    """Keeps decisions about a sheet or the whole upload; None takes one back."""
    kept = decided(place)
    kept |= choices
    for name in [name for name, value in kept.items() if value is None]:
        del kept[name]


def answer(plan: Preview, question: Question, value: str | None) -> None:
    """Keeps the answer to a question; None takes it back."""
    source = plan.sheets[question.at].source
    place: Place | str = (source.file_name, source.sheet)
    match question.asks:
        case Asks.DAY_ORDER:
            decide(place, day_order=value)
        case Asks.MANAGER_QUOTAS:
            decide(WHOLE, manager_quotas=value)
        case Asks.CONFIRM_GONE:
            decide(place, confirms_gone=value == "yes" or None)
        case Asks.ACCEPT:
            place = place if question.column else WHOLE
            names = set(decided(place).get("accepted", ())) - {accepted_name(question)}
            decide(place, accepted=sorted(names | ({accepted_name(question)} if value else set())) or None)


def _choices(kept: Mapping[str, Any]) -> Choices:
    return Choices(
        layout=kept.get("layout"),
        sheet=kept.get("sheet"),
        columns=dict(kept.get("columns", {})),
        accepted=frozenset(kept.get("accepted", ())),
        day_order=DayOrder(kept["day_order"]) if "day_order" in kept else None,
        manager_quotas=kept.get("manager_quotas"),
        whole_truth=WholeTruth(kept["whole_truth"]) if "whole_truth" in kept else None,
        confirms_gone=kept.get("confirms_gone", False),
        covers={measure: _span(*days) for measure, days in kept.get("covers", {}).items()},
    )


def _span(first: str | None, last: str | None) -> Span | None:
    return Span(date.fromisoformat(first), date.fromisoformat(last) + ONE_DAY) if first and last else None


# -- the preview -------------------------------------------------------------------------------------------------------


def plan(files: list[File]) -> Preview:
    """What the files would change, as things are decided now. A click on Cancel begins anew without them."""
    kept = _kept(_key(files))
    if "plan" not in kept:
        store, every, today = opening.store(), st.session_state.get(DECIDED, {}), asking.real_today()
        known = {file.digest: _kept((file.name, file.digest)) for file in files}

        def job(tell: Progress) -> Preview:
            unread = [file for file in files if "workbook" not in known[file.digest]]
            found = read_workbooks(
                [(file.name, file.content) for file in unread], part_of(tell, 0.0, queries.READ_SHARE)
            )
            for file, workbook in zip(unread, found, strict=True):
                known[file.digest]["workbook"] = workbook
            workbooks = [known[file.digest]["workbook"] for file in files]
            whole = _choices(every.get(WHOLE, {}))
            by_sheet = {place: _choices(decided) for place, decided in every.items() if place != WHOLE}
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
    store, every = opening.store(), st.session_state.get(DECIDED, {})
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
        st.session_state[LANDED] = {
            "batch": done.batch,
            "new": sum(sheet.new_count for sheet in done.preview.sheets),
            "changed": sum(sheet.changed_count for sheet in done.preview.sheets),
            "refused": done.preview.refused_count,
            "gone": sum(sheet.gone_count for sheet in done.preview.sheets),
        }
        begin_anew()
        _kept.clear()  # the sheets are large, and nobody asks for them again
    st.rerun()


def begin_anew() -> None:
    """Forgets the files and what was decided about them."""
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
    st.session_state[DECIDED] = {}


def landed() -> dict[str, int | None] | None:
    """What the last commit of this reader did, until they go on."""
    return st.session_state.get(LANDED)


def done(what: Mapping[str, int | None]) -> None:
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
        refused = f"{rows} not in: Imports has the reasons."
        st.warning(refused, icon=":material/report:")
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
        show.XLSX,
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


def layout_words(key: str | None) -> str:
    """A layout as the reader names it."""
    return "Left out" if key in (None, LEFT_OUT) else LAYOUTS[str(key)].label
