from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from spm.people.timeline import Assignment, changed, merged

JAN, APR, JUL, OCT = (date(2017, month, 1) for month in (1, 4, 7, 10))
REP, EXECUTIVE = "sales_representative", "account_executive"


def test_a_change_from_a_day_splits_the_running_assignment() -> None:
    history = [Assignment(role=REP, team_id=1)]
    assert changed(history, {"team_id": 2}, APR) == [
        Assignment(None, APR, REP, 1),
        Assignment(APR, None, REP, 2),
    ]


def test_a_change_holds_until_the_next_one_that_is_recorded() -> None:
    history = [Assignment(None, JUL, REP, 1), Assignment(JUL, None, REP, 2)]
    assert changed(history, {"role": EXECUTIVE}, APR) == [
        Assignment(None, APR, REP, 1),
        Assignment(APR, JUL, EXECUTIVE, 1),
        Assignment(JUL, None, REP, 2),
    ]


def test_a_correction_with_an_end_replaces_that_span_and_nothing_else() -> None:
    history = [Assignment(None, APR, REP, 1), Assignment(APR, OCT, REP, 2), Assignment(OCT, None, REP, 3)]
    assert changed(history, {"team_id": 9}, JAN, JUL) == [
        Assignment(None, JAN, REP, 1),
        Assignment(JAN, JUL, REP, 9),
        Assignment(JUL, OCT, REP, 2),
        Assignment(OCT, None, REP, 3),
    ]


def test_without_a_day_all_of_the_history_changes_and_equal_neighbours_become_one() -> None:
    history = [Assignment(None, APR, None, 1), Assignment(APR, None, REP, 1)]
    assert changed(history, {"role": EXECUTIVE}) == [Assignment(None, None, EXECUTIVE, 1)]


def test_days_of_which_nothing_was_known_are_filled() -> None:
    history = [Assignment(None, JAN, REP), Assignment(JUL, None, REP)]
    assert changed(history, {"role": EXECUTIVE}, APR) == [
        Assignment(None, JAN, REP),
        Assignment(APR, JUL, EXECUTIVE),
        Assignment(JUL, None, REP),
    ]
    assert changed(history, {"role": REP}, JAN, JUL) == [Assignment(None, None, REP)]


def test_whoever_has_no_history_gets_one_without_a_gap() -> None:
    assert changed([], {"role": REP}, APR) == [Assignment(None, APR), Assignment(APR, None, REP)]


def test_what_the_kept_one_leaves_open_is_taken_from_the_other() -> None:
    kept = [Assignment(APR, None, None, 1)]
    other = [Assignment(None, JUL, REP, 2, 7), Assignment(JUL, None, EXECUTIVE, 2, 7)]
    assert merged(kept, other) == [
        Assignment(None, APR, REP, 2, 7),
        Assignment(APR, JUL, REP, 1, 7),
        Assignment(JUL, None, EXECUTIVE, 1, 7),
    ]


days = some.dates(date(2015, 1, 1), date(2018, 12, 31))
contents = some.tuples(
    some.sampled_from([None, REP, EXECUTIVE]), some.sampled_from([None, 1, 2]), some.sampled_from([None, 5, 6])
)


@some.composite
def histories(draw: some.DrawFn) -> list[Assignment]:
    """Assignments in order that do not overlap; there may be gaps, the ends may be open."""
    edges: list[date | None] = sorted(draw(some.sets(days, min_size=2, max_size=8)))  # type: ignore[assignment]
    if draw(some.booleans()):
        edges[0] = None
    found = [Assignment(start, end, *draw(contents)) for start, end in pairwise(edges)]
    if draw(some.booleans()):
        found[-1] = Assignment(found[-1].starts_on, None, *found[-1].content)
    return [known for known in found if draw(some.integers(0, 3))]


def said(history: list[Assignment], day: date) -> list[Assignment]:
    return [known for known in history if known.start <= day < known.end]


def is_sound(history: list[Assignment]) -> bool:
    return all(one.start < one.end for one in history) and all(
        one.end <= two.start and not (one.end == two.start and one.content == two.content)
        for one, two in pairwise(history)
    )


@given(histories(), days, some.integers(1, 400), some.booleans())
def test_any_change_leaves_a_sound_history_that_says_it_on_its_days_only(
    history: list[Assignment], start: date, length_days: int, has_end: bool
) -> None:
    end = start + timedelta(days=length_days) if has_end else None
    after = changed(history, {"team_id": 99}, start, end)
    assert is_sound(after)
    assert [known.team_id for known in said(after, start)] == [99]
    last_day = (end or max(known.end for known in said(after, start))) - timedelta(days=1)
    assert [known.team_id for known in said(after, last_day)] == [99]
    if end:
        assert [known.content for known in said(after, end)] == [
            known.content for known in said(history, end)
        ] or not history
    if history:
        before = start - timedelta(days=1)
        assert [known.content for known in said(after, before)] == [known.content for known in said(history, before)]


@given(histories(), histories(), days)
def test_merging_never_loses_what_the_kept_one_says(kept: list[Assignment], other: list[Assignment], day: date) -> None:
    after = merged(kept, other)
    assert is_sound(after)
    assert len(said(after, day)) == bool(said(kept, day) or said(other, day))
    for known in said(kept, day):
        (now,) = said(after, day)
        assert all(new == old for new, old in zip(now.content, known.content, strict=True) if old is not None)


@pytest.mark.parametrize("history", [[], [Assignment(None, None, REP)]])
def test_merging_with_nobody_changes_nothing(history: list[Assignment]) -> None:
    assert merged(history, []) == history
