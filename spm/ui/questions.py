"""Questions with all that their answers depend on but the store, and which of them readers asked lately."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from io import BytesIO
from pickle import Pickler
from threading import Lock
from typing import Any

from spm.calendar import FiscalCalendar, Period
from spm.metrics.queries import Question, Scene

MOST_NOTED = 300
TEAM = "team"  # what a part of the company is asked for by

Kept = tuple[tuple[str, str], ...]
"""Attributes of facts and the value of each that a question is cut to."""

Key = tuple[str, date, tuple[int, ...]]
"""What a store is known by: its address, the real day, and how often each of its areas was written."""


@dataclass(frozen=True)
class Asked:
    """A question: a function of a domain's queries, its further arguments, and what the scene is cut to."""

    question: Callable[..., Any]
    kept: Kept
    args: tuple[Any, ...]
    kwargs: tuple[tuple[str, Any], ...]

    @cached_property
    def content(self) -> bytes:
        """The same for equal questions."""
        name = f"{self.question.__module__}.{self.question.__qualname__}"
        return content_of((name, self.args, self.kwargs, self.kept))

    def answered(self, scene: Scene) -> Any:
        """The answer from a scene of the whole."""
        return self.question(scene.cut_to(self.kept) if self.kept else scene, *self.args, **dict(self.kwargs))

    def of_period(self, period: Period, calendar: FiscalCalendar) -> "Asked":
        """The same question of another period, and of what lay before that one; itself where it is of none."""
        every = (*self.args, *(argument for _, argument in self.kwargs))
        own = max((found for one in every if (found := _period_of(one))), default=None)
        if own is None:
            return self
        earlier = (calendar.year_earlier, calendar.before)
        moved = {before(own): before(period) for before in earlier} | {own: period}
        kwargs = tuple((name, _moved(one, moved)) for name, one in self.kwargs)
        return replace(self, args=tuple(_moved(one, moved) for one in self.args), kwargs=kwargs)

    def of_team(self, team: str) -> "Asked":
        """The same question of that team; itself where it is of nothing that a team is a part of."""
        return replace(self, args=tuple(_of_team(one, team) for one in self.args))


def asked_of(kept: Kept, question: Callable[..., Any], *args: Any, **kwargs: Any) -> Asked:
    """The question with these arguments."""
    return Asked(question, kept, args, tuple(sorted(kwargs.items())))


def _period_of(argument: Any) -> Period | None:
    meant = argument.span if isinstance(argument, Question) else argument
    return meant if isinstance(meant, Period) else None


def _moved(argument: Any, periods: Mapping[Period, Period]) -> Any:
    period = _period_of(argument)
    if period is None or period not in periods:
        return argument
    return replace(argument, span=periods[period]) if isinstance(argument, Question) else periods[period]


def _of_team(argument: Any, team: str) -> Any:
    if isinstance(argument, Question) and dict(argument.where).keys() <= {TEAM}:
        return replace(argument, where=((TEAM, team),))
    return {TEAM: team} if isinstance(argument, dict) and argument.keys() <= {TEAM} else argument


def content_of(arguments: object) -> bytes:
    """Arguments in one piece, the same for equal ones."""
    written = BytesIO()
    pickler = Pickler(written)
    pickler.fast = True  # the same whether two equal texts are one object or two
    pickler.dump(arguments)
    return written.getvalue()


_noted: OrderedDict[bytes, tuple[Asked, Key]] = OrderedDict()
_noting = Lock()


def note(wanted: Asked, key: Key) -> None:
    """Remembers that a reader asked this of the store as `key` says; of the last MOST_NOTED different questions."""
    with _noting:
        _noted[wanted.content] = wanted, key
        _noted.move_to_end(wanted.content)
        if len(_noted) > MOST_NOTED:
            _noted.popitem(last=False)


def lately() -> list[tuple[Asked, Key]]:
    """The questions that readers asked, each with the store as it was then, the latest first."""
    with _noting:
        return list(reversed(_noted.values()))


def forget() -> None:
    """As before the first reader."""
    _noted.clear()
