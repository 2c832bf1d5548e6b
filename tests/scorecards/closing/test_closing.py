"""A closed period: kept as it was, whatever comes later; opened again with a reason; closed by itself when it is due."""

from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from spm.calendar import FiscalCalendar, Period, typed_range
from spm.errors import Refusal
from spm.metrics.queries import Scene
from spm.metrics.registry import Timing
from spm.people.roles import REP
from spm.scorecards.bands import Band
from spm.scorecards.closing import actions
from spm.scorecards.closing.frozen import card, from_plain_result, plain
from spm.scorecards.closing.model import Closing, due, since_then
from spm.scorecards.closing.queries import closing_for, closings_of, kept_cards, kept_results
from spm.scorecards.model import Item, Scorecard
from spm.scorecards.queries import changed_since, scorecard_of, scores, who_was_there
from spm.scorecards.result import RepScorecard
from spm.scorecards.standing.queries import standing
from spm.scorecards.versions.actions import save_versions
from spm.store.opening import Store
from tests.companies import TESTER, imported
from tests.scorecards.companies import BANDS, as_of, calls, company

CALENDAR = FiscalCalendar()
MARCH, APRIL = CALENDAR.period("2024-03"), CALENDAR.period("2024-04")
DAY = date(2024, 5, 3)
PEOPLE = """
    Rep id,Name,Role,Team,Manager,Hire date
    1,Ana,Sales rep,North,Nora,2020-01-01
    2,Ben,Sales rep,North,Nora,2020-01-01
"""
CALLS = calls((1, "2024-03-04", 91), (2, "2024-03-05", 40), (1, "2024-04-29", 1))
ITEMS = (Item("calls", 80, Timing.LEADING, target=100), Item("demos", 20, Timing.LEADING, target=5))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return company(tmp_path, {"people.csv": PEOPLE, "activities.csv": CALLS}, {REP: ITEMS})


def ana(scene: Scene, period: Period = MARCH) -> RepScorecard:
    return scorecard_of(scene, int(scene.org.person("Ana")["id"]), period)


def close(store: Store, period: Period = MARCH, day: date = DAY) -> int:
    return actions.close_period(store, TESTER, as_of(store, "2024-04-30"), period, day)


def test_a_later_import_changes_nothing_and_is_said(store: Store) -> None:
    close(store)
    more = calls((1, "2024-03-04", 91), (1, "2024-03-20", 14), (2, "2024-03-05", 40), (1, "2024-04-29", 1))
    imported(store, {"activities.csv": more})
    scene = as_of(store, "2024-04-30")
    shown = ana(scene)
    assert shown.whole.value == pytest.approx(0.91)
    assert shown.now == pytest.approx(1.05)
    assert shown.since_closed == "would now be 105, was 91"
    assert (
        dict(zip(scores(scene, MARCH, {})["rep"], scores(scene, MARCH, {})["score"], strict=True))["Ana"]
        == shown.whole.value
    )
    assert standing(scene, MARCH, {}).people.set_index("rep").loc["Ana", "score"] == shown.whole.value
    closing = closing_for(scene, MARCH)
    assert closing is not None
    changed = changed_since(scene, closing)
    assert changed[["rep", "words"]].values.tolist() == [["Ana", "would now be 105, was 91"]]


def test_who_came_later_was_not_there_when_it_was_closed(store: Store) -> None:
    close(store)
    imported(store, {"people.csv": PEOPLE + "    3,Cid,Sales rep,North,Nora,2020-01-01\n"})
    scene = as_of(store, "2024-04-30")
    assert list(who_was_there(scene, MARCH).values()) == list(scores(scene, MARCH, {})["rep"])
    assert "Cid" not in who_was_there(scene, MARCH).values()
    assert "Cid" in who_was_there(scene, APRIL).values()


def test_a_later_scorecard_changes_nothing(store: Store) -> None:
    close(store)
    softer = Scorecard(REP, (Item("calls", 100, Timing.LEADING, target=50),))
    save_versions(store, TESTER, [softer], None, "easier", BANDS)
    scene = as_of(store, "2024-04-30")
    shown = ana(scene)
    assert (shown.whole.value, shown.since_closed) == (pytest.approx(0.91), "would now be 150, was 91")
    assert shown.role_scores[-1].version != ana(scene, APRIL).role_scores[-1].version
    assert ana(scene, APRIL).role_scores[-1].aims[0][0].target == 50


def test_what_is_kept_is_all_of_the_scorecard(store: Store) -> None:
    scene = as_of(store, "2024-04-30")
    before = ana(scene)
    close(store)
    after = ana(as_of(store, "2024-04-30"))
    assert after.closing is not None
    assert after.closing.words == "Closed on 3 May 2024 by tester"
    for name in ("whole", "role_scores", "explanations", "missing", "notes", "team", "manager", "rep"):
        one, other = getattr(before, name), getattr(after, name)
        if name == "role_scores":  # the words of a target are kept in place of what they are made from
            assert [part.score for part in one] == [part.score for part in other]
            assert [aim.words for part in one for _, aim in part.aims] == [
                aim.words for part in other for _, aim in part.aims
            ]
        else:
            assert one == other, name


def test_to_json_and_back(store: Store) -> None:
    close(store)
    scene = as_of(store, "2024-04-30")
    closing = closing_for(scene, MARCH)
    assert closing is not None
    for frozen in kept_results(scene, closing):
        assert from_plain_result(plain(frozen), {}) == frozen
        assert card(frozen, MARCH).whole == frozen.result.whole


def test_opening_again_needs_a_reason_and_what_was_told_stays_known(store: Store) -> None:
    closing_id = close(store)
    imported(store, {"more.csv": calls((1, "2024-03-20", 14), (1, "2024-04-29", 1))})
    with pytest.raises(Refusal, match="Say why"):
        actions.reopen_period(store, TESTER, closing_id, " ", DAY)
    actions.reopen_period(store, TESTER, closing_id, "calls were missing", date(2024, 6, 1))
    scene = as_of(store, "2024-04-30")
    live = ana(scene)
    assert (live.closing, live.whole.value) == (None, pytest.approx(1.05))
    told = closing_for(scene, MARCH, date(2024, 5, 31))
    assert told is not None
    assert kept_cards(scene, told)[0].whole.value == pytest.approx(0.91)
    assert [closing_for(scene, MARCH, day) for day in (date(2024, 5, 2), date(2024, 6, 1))] == [None, None]
    close(store, day=date(2024, 6, 2))
    scene = as_of(store, "2024-04-30")
    assert ana(scene).whole.value == pytest.approx(1.05)
    assert [one.is_closed for one in closings_of(scene)] == [False, True]


def test_what_cannot_be_closed_is_refused(store: Store) -> None:
    with pytest.raises(Refusal, match="is not over"):
        actions.close_period(store, TESTER, as_of(store, "2024-03-30"), MARCH, DAY)
    with pytest.raises(Refusal, match="Only a week, month"):
        close(store, typed_range(date(2024, 3, 1), date(2024, 3, 9)))
    close(store)
    with pytest.raises(Refusal, match="closed already"):
        close(store)


@pytest.fixture
def set_up_in_march(store: Store) -> Store:
    """As if the company had been set up here on 10 March 2024."""
    with store.write_transaction() as connection:
        connection.execute(text("UPDATE change_set SET made_at = :at"), {"at": datetime(2024, 3, 10, 9)})
    return store


def test_periods_close_by_themselves_ten_days_after_their_end(set_up_in_march: Store) -> None:
    store = set_up_in_march
    scene = as_of(store, "2024-04-30")
    assert actions.close_due(store, scene, date(2024, 4, 9)) == []
    assert [period.label for period in actions.close_due(store, scene, date(2024, 4, 10))] == ["2024-03", "2024-Q1"]
    assert actions.close_due(store, as_of(store, "2024-04-30"), date(2024, 4, 10)) == []
    closing = closing_for(as_of(store, "2024-04-30"), MARCH)
    assert closing is not None
    assert (closing.is_automatic, closing.by) == (True, "by itself")


def test_what_was_opened_again_does_not_close_by_itself(set_up_in_march: Store) -> None:
    store = set_up_in_march
    actions.close_due(store, as_of(store, "2024-04-30"), date(2024, 4, 10))
    closing = closing_for(as_of(store, "2024-04-30"), MARCH)
    assert closing is not None
    actions.reopen_period(store, TESTER, closing.id, "calls were missing", DAY)
    assert actions.close_due(store, as_of(store, "2024-04-30"), date(2024, 5, 5)) == []


def test_imported_history_waits_for_a_hand() -> None:
    ended = due([], CALENDAR, date(2024, 3, 10), 10, date(2024, 7, 1), date(2024, 7, 15))
    labels = [period.label for period in ended]
    assert labels == ["2024-03", "2024-Q1", "2024-04", "2024-05", "2024-06", "2024-Q2"]
    assert due([], CALENDAR, date(2024, 3, 10), 10, date(2024, 3, 30), date(2024, 7, 15)) == []  # the sheets end before
    closing = Closing(1, MARCH, DAY, "Nora", False, DAY, "again")
    assert "2024-03" not in [one.label for one in due([closing], CALENDAR, date(2024, 3, 10), 10, DAY, DAY)]


@pytest.mark.parametrize(("kept", "now", "words"), [
    (0.91, 0.87, "would now be 87, was 91"),
    (0.91, 0.91, ""),
    (None, 0.5, "would now be 50, was no score"),
    (0.5, None, "would now be no score, was 50"),
    (0.912, 0.914, "would now be 91.40, was 91.20"),
    (None, None, ""),
])  # fmt: skip
def test_what_is_different_since(kept: float | None, now: float | None, words: str) -> None:
    assert since_then(kept, now) == words


def test_bands_of_then_hold(store: Store) -> None:
    from spm.company.actions import change_settings

    close(store)
    change_settings(store, TESTER, near_target=0.95)
    shown = ana(as_of(store, "2024-04-30"))
    assert (shown.band, shown.explanation.way if shown.explanation else "") == (
        Band.NEAR_TARGET, "To reach on target: calls from 91 to 100 (+10 %).")  # fmt: skip
