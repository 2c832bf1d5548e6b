"""Forty writers of notes while a million rows come in: none is lost, none errs, and how long each had to wait."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from threading import Event

from sqlalchemy import func, select

from spm.intake.actions import commit
from spm.intake.queries import preview
from spm.metrics.queries import value
from spm.store.change_sets import writing
from spm.store.opening import Store
from spm.store.tables import Activity, Setting
from tests.bench.conftest import LAST_DAY, Record
from tests.companies import TESTER, empty_store, scene

REPS_COUNT, DAYS_COUNT = 1_000, 1_000
WRITERS_COUNT = 40
PAUSE_SECONDS = 0.25


@dataclass(frozen=True)
class Written:
    """The notes of one writer, and how long the slowest of them took."""

    notes_count: int
    longest_seconds: float


def daily_counts() -> Iterator[str]:
    """A million short rows: what each of a thousand reps counted on each of a thousand days."""
    yield "Rep,Date,Doors"
    for day in range(DAYS_COUNT):
        on = date(2023, 1, 1) + timedelta(day)
        for rep in range(REPS_COUNT):
            yield f"Rep {rep},{on},{rep % 7 + 1}"


def written(store: Store, writer: int, is_over: Event) -> Written:
    """Writes one note after the other until the import is over."""
    notes_count, longest_seconds = 0, 0.0
    while not is_over.wait(PAUSE_SECONDS):
        started_at = time.perf_counter()
        with writing(store, "edit", TESTER, ["notes"]) as open_set:
            open_set.insert(Setting, [{"key": f"note {writer} {notes_count}", "value": notes_count}])
        notes_count += 1
        longest_seconds = max(longest_seconds, time.perf_counter() - started_at)
    return Written(notes_count, longest_seconds)


def test_forty_writers_of_notes_while_a_million_rows_come_in(tmp_path: Path, record: Record) -> None:
    store, is_over = empty_store(tmp_path), Event()
    content = "\n".join(daily_counts()).encode()
    with ThreadPoolExecutor(WRITERS_COUNT) as pool:
        writers = [pool.submit(written, store, writer, is_over) for writer in range(WRITERS_COUNT)]
        try:
            plan = preview(store, [("daily counts.csv", content)], LAST_DAY)
            assert commit(store, plan, TESTER, LAST_DAY).batch is not None
        finally:
            is_over.set()
        every = [writer.result() for writer in writers]
    notes_count = sum(one.notes_count for one in every)
    assert all(one.notes_count for one in every)
    with store.reading() as connection:
        assert connection.execute(select(func.count()).where(Setting.key.like("note %"))).scalar() == notes_count
        assert connection.execute(select(func.count(Activity.id))).scalar() == REPS_COUNT * DAYS_COUNT
    assert value(scene(store), "doors") == sum(rep % 7 + 1 for rep in range(REPS_COUNT)) * DAYS_COUNT
    longest_seconds = max(one.longest_seconds for one in every)
    what = f"the longest wait of forty writers of {notes_count:,} notes while a million rows come in, in seconds"
    record(what, [longest_seconds], [1.0], 10)
