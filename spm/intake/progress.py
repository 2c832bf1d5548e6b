"""How far a long job is, told while it runs."""

from collections.abc import Callable
from math import exp
from threading import Event, Thread
from time import monotonic
from typing import Generic, TypeVar

Progress = Callable[[float, str], None]
"""Told how far a job is (0 to 1) and what it does; it may raise to stop the job, of which nothing is left then."""

Result = TypeVar("Result")

EVERY_SECONDS = 0.2
CREEPING_SECONDS = 10.0  # of one step, in which the bar goes two thirds of the way that it may creep
CREEPING_SHARE = 0.5  # of what is left, at most: the rest waits for the job to say that it is there


def silent(share: float, doing: str) -> None:
    """Tells nobody."""


def part_of(progress: Progress, start: float, end: float) -> Progress:
    """What tells a whole job how far a part of it is, that reaches from one share of it to another."""
    return lambda share, doing: progress(start + (end - start) * share, doing)


class Stopped(Exception):
    """Nobody waits for a job any more; raised in the job."""


def beside(job: Callable[[Progress], Result], progress: Progress) -> Result:
    """What a job that only reads comes to, run in a thread of its own while `progress` is told of it several times a second.

    Between two words of the job the share creeps on. What `progress` raises is raised here at once; the job ends at its
    next word.
    """
    return _Beside(job).watched(progress)


class _Beside(Generic[Result]):
    def __init__(self, job: Callable[[Progress], Result]) -> None:
        self._job, self._said, self._since = job, (0.0, "Beginning"), monotonic()
        self._is_done, self._is_left = Event(), Event()
        self._result: list[Result] = []
        self._failure: BaseException | None = None

    def watched(self, progress: Progress) -> Result:
        Thread(target=self._run, daemon=True).start()
        furthest = 0.0
        try:
            while not self._is_done.wait(EVERY_SECONDS):
                (share, doing), seconds = self._said, monotonic() - self._since
                furthest = max(furthest, share + (1 - share) * CREEPING_SHARE * (1 - exp(-seconds / CREEPING_SECONDS)))
                progress(furthest, doing)
        finally:
            self._is_left.set()
        if self._failure is not None:
            raise self._failure
        return self._result[0]

    def _run(self) -> None:
        try:
            self._result.append(self._job(self._hear))
        except BaseException as failure:  # whatever it is, it is raised where the result is waited for
            self._failure = failure
        finally:
            self._is_done.set()

    def _hear(self, share: float, doing: str) -> None:
        if self._is_left.is_set():
            raise Stopped
        self._said, self._since = (share, doing), monotonic()
