"""The folder itself: which files wait, who takes them, where they go. Several processes may look at the same one.

A file is taken by renaming it, which only one process can do; what a process took and didn't finish goes back after an hour.
"""

import os
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

TAKEN, DONE, REFUSED = "taken", "done", "refused"
SUFFIXES = frozenset(
    {".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"}
)  # whatever else lies there stays
SETTLED_SECONDS = 2.0  # a file that was written later than this may not be whole yet
LOOK_AGAIN_SECONDS = 0.5  # one that grows in this time is not, whatever day it says it was written
FORGOTTEN_SECONDS = 3_600.0
REPORT = "report.txt"
TAKEN_AT = "%Y%m%d-%H%M%S-%f"


@dataclass(frozen=True)
class Refused:
    """Files that were refused together and lie aside: when they were taken, what they are called, and what was said of them."""

    taken_at: datetime
    file_names: tuple[str, ...]
    report: str


def waiting(folder: Path) -> list[Path]:
    """The files that wait to be taken, in order of their names; [] where there is no such folder."""
    return [file for file in _sheets(folder) if not _may_grow(file)]


def being_written(folder: Path) -> list[Path]:
    """The files that were written so lately that they may not be whole: they wait SETTLED_SECONDS later."""
    return [file for file in _sheets(folder) if _may_grow(file)]


def _sheets(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(
        file
        for file in folder.iterdir()
        if file.suffix.lower() in SUFFIXES and not file.name.startswith((".", "~$")) and file.is_file()
    )


def _may_grow(file: Path) -> bool:
    """False for one that another process took meanwhile, and for one of a day to come, which says nothing."""
    try:
        return 0 <= time.time() - file.stat().st_mtime < SETTLED_SECONDS
    except FileNotFoundError:
        return False


def take(folder: Path) -> list[Path]:
    """Takes what waits and does not grow, for this process alone; the files as they lie now."""
    mine = folder / TAKEN / f"{datetime.now():{TAKEN_AT}}-{os.getpid()}"
    before = {file: _size(file) for file in waiting(folder)}
    if before:
        time.sleep(LOOK_AGAIN_SECONDS)
    taken = []
    for file in (file for file, size in before.items() if _size(file) == size):
        mine.mkdir(parents=True, exist_ok=True)
        try:
            taken.append(file.rename(mine / file.name))
        except FileNotFoundError:
            continue  # another process was quicker
    return taken


def _size(file: Path) -> int | None:
    """None where another process took it meanwhile."""
    try:
        return file.stat().st_size
    except FileNotFoundError:
        return None


def put_away(files: list[Path], folder: Path, kind: str, report: str) -> Path:
    """Moves taken files and a report about them into a folder of their own below DONE or REFUSED; returns it."""
    taken = files[0].parent
    away = folder / kind / taken.name
    away.mkdir(parents=True, exist_ok=True)
    for file in files:
        file.rename(away / file.name)
    (away / REPORT).write_text(report, encoding="utf-8")
    if not any(taken.iterdir()):
        taken.rmdir()
    return away


def refused(folder: Path) -> list[Refused]:
    """What lies aside, the latest first; [] where there is no such folder."""
    found = [
        Refused(
            datetime.strptime(aside.name.rpartition("-")[0], TAKEN_AT),
            tuple(sorted(file.name for file in aside.iterdir() if file.name != REPORT)),
            (aside / REPORT).read_text(encoding="utf-8"),
        )
        for aside in (folder / REFUSED).glob("*-*-*-*")
        if (aside / REPORT).is_file()
    ]
    return sorted(found, key=lambda one: one.taken_at, reverse=True)


def give_back(folder: Path) -> None:
    """Lets files wait again that a process took and never finished."""
    for left in (folder / TAKEN).glob("*"):
        if left.is_dir() and left.stat().st_mtime < time.time() - FORGOTTEN_SECONDS:
            for file in left.iterdir():
                file.rename(folder / file.name)
            left.rmdir()
