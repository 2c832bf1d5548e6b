"""Small companies through the real intake and store: sheets as text in, a scene to ask out."""

from datetime import date
from pathlib import Path
from textwrap import dedent

from spm.intake.actions import Committed, commit
from spm.intake.queries import preview
from spm.intake.upload import Choices
from spm.metrics.queries import Scene, scene_of
from spm.store.change_sets import Author
from spm.store.opening import Store, open_store

TESTER = Author("tester")
REAL_TODAY = date(2026, 11, 22)


def empty_store(folder: Path, name: str = "spm.db") -> Store:
    return open_store(f"sqlite:///{folder / name}")


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
