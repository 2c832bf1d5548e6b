"""Answers, remembered while the store stays as it is: those that readers waited for, and those found beside the pages."""

from threading import Lock
from weakref import WeakValueDictionary

from cachetools import LRUCache

from spm.ui.questions import Asked, Key

MOST_BYTES = 200_000_000


class _Answers(LRUCache[bytes, bytes]):
    """Answers of one state of a store, each in one piece: as objects, everybody's results of many periods take much more room.

    Where they take more than MOST_BYTES, those go that nobody asked for the longest.
    """

    def __init__(self, key: Key | None) -> None:
        super().__init__(MOST_BYTES, getsizeof=len)
        self.key = key


_answers = _Answers(None)
_using = Lock()
_being_found: WeakValueDictionary[bytes, Lock] = WeakValueDictionary()


def remember(wanted: Asked, found: bytes, key: Key) -> None:
    """Remembers an answer of the store as `key` says; those of other states go."""
    global _answers
    with _using:
        if _answers.key != key:
            _answers = _Answers(key)
        _answers[wanted.content] = found


def remembered(wanted: Asked, key: Key) -> bytes | None:
    """The answer of the store as `key` says, None where there is none yet."""
    with _using:
        return _answers.get(wanted.content) if _answers.key == key else None


def count(key: Key) -> int:
    """How many answers there are of the store as `key` says."""
    with _using:
        return len(_answers) if _answers.key == key else 0


def one_at_a_time(wanted: Asked) -> Lock:
    """What is held while an answer is found, so that whoever else asks waits for it."""
    with _using:
        return _being_found.setdefault(wanted.content, Lock())


def forget() -> None:
    """As before the first answer."""
    global _answers
    with _using:
        _answers = _Answers(None)
