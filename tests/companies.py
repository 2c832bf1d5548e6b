"""Small companies through the real intake and store: sheets as text in, a scene to ask out."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from textwrap import dedent

from sqlalchemy import URL

from spm.intake.actions import Committed, commit
from spm.intake.choices import Choices
from spm.intake.queries import preview
from spm.metrics.queries import Scene, scene_of
from spm.store.change_sets import Author
from spm.store.opening import Store, open_store

TESTER = Author("tester")
REAL_TODAY = date(2026, 11, 22)


server: Callable[[], URL] | None = None
"""Where stores are made instead of files: set by the tests that run on both databases (see tests/databases.py)."""


def empty_store(folder: Path, name: str = "spm.db") -> Store:
    """A new store: the file `name` in `folder`, or a database on the server where one is set."""
    return open_store(server().render_as_string(hide_password=False) if server else f"sqlite:///{folder / name}")


def imported(store: Store, sheets: dict[str, str | bytes], today: date = REAL_TODAY, **choices: object) -> Committed:
    """Commits sheets (file name → text, indented or not) as one upload."""
    files = [
        (name, content if isinstance(content, bytes) else dedent(content).strip().encode())
        for name, content in sheets.items()
    ]
    chosen = Choices(**choices)  # type: ignore[arg-type]
    return commit(store, preview(store, files, today, chosen), TESTER, today)


def files_of(folder: Path, *names: str) -> dict[str, str | bytes]:
    """Files of a folder of workbooks, as `imported` takes them."""
    return {name: (folder / name).read_bytes() for name in names}


def scene(store: Store, today: date | None = None) -> Scene:
    return scene_of(store, REAL_TODAY, today)
