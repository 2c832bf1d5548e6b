"""What readers are likely to ask next is answered beside the pages, so that they find it answered.

After each change of the store the questions that readers asked lately are asked again, the latest first; then how everybody
stands in each period that can be chosen; and whatever a reader asks of one period or team is asked of the others, too, as is
one person's scorecard of everybody; of periods long past last. That is done in a process of its own, behind the readers;
whoever comes before it gets the same answer, only later.
"""

import asyncio
import os
import pickle
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, ProcessPoolExecutor
from dataclasses import replace
from functools import lru_cache
from multiprocessing import get_context, parent_process
from threading import Thread

from spm.calendar import FiscalCalendar, Grain, Period
from spm.metrics.queries import Scene, scene_of
from spm.scorecards.queries import scorecard_of, scores
from spm.scorecards.standing.queries import standing
from spm.ui import asking, filters, opening, questions, remembering
from spm.ui.questions import Asked, Key, asked_of

LOOK_SECONDS = 0.5  # a reader who was told that an import is done is on the next page in a few seconds
NICENESS = 10
PERIODS_COUNT = 40  # the latest quarters, years and months: everybody's scores are there for these
NEAR_PERIODS = {Grain.QUARTER: 6, Grain.YEAR: 2, Grain.MONTH: 6}  # whatever is asked of one is asked of these first
TEAMS_COUNT = 60
LIKELY_COUNT = 60  # questions that are asked of other periods and teams, too: what a page or two ask


async def keep_ready(store: opening.Store) -> None:
    """Follows each change of the store, and what readers ask of it."""
    likely = None
    with ProcessPoolExecutor(1, get_context("spawn"), initializer=_behind_the_readers) as elsewhere:
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            key = await asyncio.to_thread(asking.state_of, store)
            if likely is None or likely.key != key:
                likely = Likely(key, *await asyncio.wrap_future(elsewhere.submit(can_be_chosen, key)))
            await made_ready(store, likely, elsewhere)


async def made_ready(store: opening.Store, likely: "Likely", elsewhere: Executor) -> bool:
    """Answers all that is likely to be asked; whether the store stayed the same to the end."""
    while wanted := likely.next():
        try:
            found = await asyncio.wrap_future(elsewhere.submit(answer_of, likely.key, wanted))
        except BrokenExecutor:
            raise
        except Exception:
            continue  # whoever asks it is told why it can't be answered
        if await asyncio.to_thread(asking.state_of, store) != likely.key:
            return False
        remembering.remember(wanted, found, likely.key)
    return True


class Likely:
    """What is likely to be asked of one state of the store; `periods` are all that can be chosen, each grain's latest first."""

    def __init__(
        self, key: Key, periods: Sequence[Period], teams: Sequence[str], people: Sequence[int], calendar: FiscalCalendar
    ) -> None:
        self.key, self._calendar, self._teams, self._people = key, calendar, teams[:TEAMS_COUNT], people
        latest = periods[:PERIODS_COUNT]
        self._near = [
            one
            for grain, count in NEAR_PERIODS.items()
            for one in [known for known in latest if known.grain is grain][:count]
        ]
        self._far = [one for one in latest if one not in self._near]
        self._waiting: deque[Iterator[Asked]] = deque([self._scores(latest)])
        self._noticed: set[bytes] = set()  # what readers asked
        self._there: set[bytes] = set()  # what is answered, or was handed out to be

    def next(self) -> Asked | None:
        """The next question, each once; None where there is none for now."""
        self._notice(questions.lately())
        while self._waiting:
            for wanted in self._waiting[0]:
                if wanted.content not in self._there:
                    self._there.add(wanted.content)
                    return wanted
            self._waiting.popleft()
        return None

    def _notice(self, lately: Sequence[tuple[Asked, Key]]) -> None:
        fresh = [(wanted, key) for wanted, key in lately if wanted.content not in self._noticed]
        if fresh:
            self._noticed |= {wanted.content for wanted, _ in fresh}
            self._there |= {wanted.content for wanted, key in fresh if key == self.key}
            asked = [wanted for wanted, _ in fresh]
            self._waiting.appendleft(self._soon(asked))
            self._waiting.append(_of_periods(asked[:LIKELY_COUNT], self._far, self._calendar))

    def _soon(self, asked: Sequence[Asked]) -> Iterator[Asked]:
        """What was asked, and of the latest the same of other near periods, of teams, and of people."""
        yield from asked
        latest = asked[:LIKELY_COUNT]
        yield from _of_periods(latest, self._near, self._calendar)
        yield from (wanted.of_team(one) for one in self._teams for wanted in latest)
        cards = [wanted for wanted in latest if wanted.question is scorecard_of]
        yield from (replace(wanted, args=(one, *wanted.args[1:])) for wanted in cards for one in self._people)

    @staticmethod
    def _scores(periods: Sequence[Period]) -> Iterator[Asked]:
        """How everybody stands in each period."""
        for period in periods:
            yield asked_of((), scores, period, {}, sellers_only=True)
            yield asked_of((), scores, period, {})
            yield asked_of((), standing, period, {})


def _of_periods(asked: Sequence[Asked], periods: Sequence[Period], calendar: FiscalCalendar) -> Iterator[Asked]:
    return (wanted.of_period(one, calendar) for one in periods for wanted in asked)


def can_be_chosen(key: Key) -> tuple[list[Period], list[str], list[int], FiscalCalendar]:
    """The periods, teams and people (by id) that the filters offer, of the store as `key` says, and the periods' calendar."""
    scene = _scene_of(key)
    teams, people = scene.org.teams["name"].tolist(), scene.org.people["id"].tolist()
    return filters.presets(scene), teams, people, scene.standing.company.fiscal_calendar


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
