"""A long job tells how far it is, and ends when nobody waits for it."""

from threading import Event

import pytest

from spm.intake.progress import Progress, beside, part_of, silent
from spm.intake.upload import read_workbooks

Word = tuple[float, str]


class Cancelled(BaseException):
    """What a reader's click raises, or Ctrl+C."""


def test_a_job_moves_on_between_two_words() -> None:
    heard: list[Word] = []
    has_moved = Event()

    def hear(share: float, doing: str) -> None:
        heard.append((share, doing))
        if len(heard) == 3:
            has_moved.set()

    def job(tell: Progress) -> str:
        tell(0.25, "Reading")
        assert has_moved.wait(20)
        return "read"

    assert beside(job, hear) == "read"
    shares = [share for share, _ in heard]
    assert {doing for _, doing in heard} == {"Reading"}
    assert 0.25 < shares[0] < shares[1] < shares[2] < 1


def test_what_stops_the_wait_is_raised_and_ends_the_job_at_its_next_word() -> None:
    is_left, is_ended = Event(), Event()

    def job(tell: Progress) -> None:
        try:
            is_left.wait(20)
            tell(0.5, "Checking")
        finally:
            is_ended.set()
        raise AssertionError("the job went on")

    def cancel(share: float, doing: str) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        beside(job, cancel)
    is_left.set()
    assert is_ended.wait(20)


def test_what_a_job_raises_is_raised_where_it_is_waited_for() -> None:
    def job(tell: Progress) -> None:
        raise ValueError("no such sheet")

    with pytest.raises(ValueError, match="no such sheet"):
        beside(job, silent)


def test_a_part_of_a_job_is_told_as_a_part() -> None:
    heard: list[Word] = []
    tell = part_of(lambda share, doing: heard.append((share, doing)), 0.5, 0.7)
    tell(0.0, "Checking")
    tell(0.5, "Checking")
    assert heard == [(0.5, "Checking"), (pytest.approx(0.6), "Checking")]


def test_files_are_told_by_their_size() -> None:
    heard: list[Word] = []
    files = [("small.csv", b"a,b\n1,2\n"), ("large.csv", b"a,b\n" + b"1,2\n" * 5)]
    assert len(read_workbooks(files, lambda share, doing: heard.append((share, doing)))) == 2
    assert heard == [(0.0, "Reading small.csv, file 1 of 2"), (0.25, "Reading large.csv, file 2 of 2")]
