"""What readers are likely to ask next is answered beside the pages, so that they find it answered.

After each change of the store the questions that readers asked lately are asked again, the latest first, and then how
everybody stands in each period that can be chosen. That is done in a process of its own, behind the readers; whoever comes
before it gets the same answer, only later.
"""

import asyncio
import os
import pickle
from concurrent.futures import BrokenExecutor, Executor, ProcessPoolExecutor
from functools import lru_cache
from multiprocessing import get_context, parent_process
from threading import Thread

from spm.metrics.queries import Scene, scene_of
from spm.scorecards.queries import results, scores
from spm.ui import asking, filters, opening, questions
from spm.ui.questions import Asked, Key, asked_of

LOOK_SECONDS = 2.0
NICENESS = 10
PERIODS_COUNT = 40  # the latest quarters, years and months


async def keep_ready(store: opening.Store) -> None:
    """Follows each change of the store."""
    ready_for = None
    with ProcessPoolExecutor(1, get_context("spawn"), initializer=_behind_the_readers) as elsewhere:
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            key = await asyncio.to_thread(asking.state_of, store)
            if key != ready_for and await made_ready(store, key, elsewhere):
                ready_for = key


async def made_ready(store: opening.Store, key: Key, elsewhere: Executor) -> bool:
    """Answers what is likely to be asked of the store as `key` says; whether it stayed so to the end."""
    by_period = await asyncio.wrap_future(elsewhere.submit(about_periods, key))
    for wanted in (*questions.lately(), *by_period):
        try:
            found = await asyncio.wrap_future(elsewhere.submit(answer_of, key, wanted))
        except BrokenExecutor:
            raise
        except Exception:
            continue  # whoever asks it is told why it can't be answered
        if await asyncio.to_thread(asking.state_of, store) != key:
            return False
        questions.hand_in(wanted, found, key)
    return True


def about_periods(key: Key) -> list[Asked]:
    """Everybody's scores and results in each of the latest periods that can be chosen."""
    periods = filters.presets(_scene_of(key))[:PERIODS_COUNT]
    return [asked_of((), *about) for period in periods for about in ((scores, period), (results, period))]


def answer_of(key: Key, wanted: Asked) -> bytes:
    """The answer of the store as it is, in one piece; should it not be as `key` says any more, nobody takes it."""
    return pickle.dumps(wanted.answered(_scene_of(key)))


@lru_cache(1)
def _scene_of(key: Key) -> Scene:
    _, today, _ = key
    return scene_of(_store(), today)


@lru_cache(1)
def _store() -> opening.Store:
    return opening.store_of_worker()


def _behind_the_readers() -> None:
    """What the process begins with: readers go first, and it ends with the server, however that ends."""
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    Thread(target=_end_with_server, daemon=True).start()


def _end_with_server() -> None:
    if server := parent_process():
        server.join()
        os._exit(0)
