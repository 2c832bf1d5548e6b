"""Questions at the edge of the pages: answered once for as long as the store stays as it is.

Nothing below this package caches. The key of an answer is the question, the database, the real day, and how
often each area of the store has been written; that is read anew each time, so that a write by another
process is noticed too. An answer is a copy: a page may do with it what it likes.

Where the reader looks at one value of an attribute alone (only region West), every question of the page is cut to it;
what is not split by attributes, such as a score against a target, is asked of the `whole`, and the page says so.
"""

import pickle
from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from threading import Lock
from typing import Any, Concatenate, ParamSpec, TypeVar

import pandas as pd
import streamlit as st

from spm.calendar import Span
from spm.metrics import queries
from spm.metrics.queries import Question, Scene
from spm.ui import opening, questions, remembering
from spm.ui.questions import Asked, Kept, Key, asked_of

AREAS = ("facts", "people", "definitions", "plans", "settings")
"""The areas that numbers are made from. Notes are none of them."""

KEPT = "kept"
_making = Lock()
Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")


def real_today() -> date:
    """The day on this machine's clock."""
    return datetime.now().astimezone().date()


def scene() -> Scene:
    """What questions are answered from, as the store is now. Shared by all readers: nobody may change it."""
    return _scene(state())


def answer(
    question: Callable[Concatenate[Scene, Arguments], Answer], *args: Arguments.args, **kwargs: Arguments.kwargs
) -> Answer:
    """What `question(scene, …)` answers, kept while the store stays as it is.

    `question` is a function of a domain's queries that takes the scene first; its further arguments must be
    texts, numbers, dates, frozen dataclasses, or tuples and dictionaries of these. No two questions share a
    module and name.
    """
    return _answered(asked_of(kept(), question, *args, **kwargs))


def whole(
    question: Callable[Concatenate[Scene, Arguments], Answer], *args: Arguments.args, **kwargs: Arguments.kwargs
) -> Answer:
    """The same of the whole company's facts, whatever the reader looks at alone."""
    return _answered(asked_of((), question, *args, **kwargs))


def is_known(
    question: Callable[Concatenate[Scene, Arguments], object], *args: Arguments.args, **kwargs: Arguments.kwargs
) -> bool:
    """Whether what `whole` answers to this is there already."""
    return remembering.remembered(asked_of((), question, *args, **kwargs), state()) is not None


def keep(wanted: Kept) -> None:
    """From now on answers are cut to the facts with these values of attributes: what the reader looks at alone."""
    st.session_state[KEPT] = wanted


def kept() -> Kept:
    """What answers are cut to."""
    found: Kept = st.session_state.get(KEPT, ())
    return found


def values(question: Question) -> pd.DataFrame:
    """See `spm.metrics.queries.values`."""
    return answer(queries.values, question)


def value(key: str, span: Span | None = None, **where: str) -> float | None:
    """See `spm.metrics.queries.value`."""
    return answer(_value, key, span, where)


def _value(scene: Scene, key: str, span: Span | None, where: dict[str, str]) -> float | None:
    return queries.value(scene, key, span, **where)


def state() -> Key:
    """What the store is known by as it is now: part of the key of whatever a page keeps of it."""
    return state_of(opening.store())


def state_of(store: opening.Store) -> Key:
    """The same of any store."""
    return str(store.engine.url), real_today(), store.revision(*AREAS)


def _answered(wanted: Asked) -> Any:
    key = state()
    questions.note(wanted, key)
    found = remembering.remembered(wanted, key)
    return _worked_out(wanted, key) if found is None else pickle.loads(found)


def _worked_out(wanted: Asked, key: Key) -> Any:
    """The answer; whoever else asks the same meanwhile waits for it."""
    with remembering.one_at_a_time(wanted):
        if (found := remembering.remembered(wanted, key)) is not None:
            return pickle.loads(found)
        answer = wanted.answered(_scene(key))
        if state() == key:
            remembering.remember(wanted, pickle.dumps(answer), key)
        return answer


def _scene(key: Key) -> Scene:
    with _making:  # one for all readers
        return _scene_of(key)


@lru_cache(1)
def _scene_of(key: Key) -> Scene:
    _, today, _ = key
    return queries.scene_of(opening.store(), today)
