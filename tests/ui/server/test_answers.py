"""Answers that are there before they are asked for: of the store as it is, and of no earlier state."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import Any

import pandas as pd
import pytest

from spm.benchmarks.queries import pace
from spm.calendar import FiscalCalendar, Grain, Period
from spm.coaching.attention.queries import reps_out_of_the_ordinary
from spm.company.actions import change_settings
from spm.errors import UnknownName
from spm.metrics import queries
from spm.metrics.queries import Question, Scene
from spm.scorecards.queries import scorecard_of, scores
from spm.store.opening import Store
from spm.ui import asking, filters, remembering
from spm.ui.questions import Asked, Key, asked_of
from spm.ui.server import answers
from spm.ui.server.answers import Likely
from tests.companies import imported
from tests.stores import AUTHOR

MORE = """
    Opportunity ID,Sales Agent,Stage,Amount,Created,Close Date
    D9,Bo Li,Won,700,2017-03-01,2017-04-12
"""


APRIL = FiscalCalendar().period("2017-04")
WEST_ORDERS = Question("orders", where=(("team", "West"),))


@pytest.fixture
def elsewhere() -> Iterator[Executor]:
    for kept in (answers._store, answers._scene_of):
        kept.cache_clear()
    with ThreadPoolExecutor(1) as executor:
        yield executor


def likely(store: Store) -> Likely:
    key = asking.state_of(store)
    return Likely(key, *answers.can_be_chosen(key))


def ready(store: Store, elsewhere: Executor) -> bool:
    return asyncio.run(answers.made_ready(store, likely(store), elsewhere))


def only_what_is_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(_key: Key) -> Scene:
        raise AssertionError("worked out while a reader waits")

    monkeypatch.setattr(asking, "_scene", none)


def test_after_a_change_what_was_asked_lately_is_there(
    store: Store, elsewhere: Executor, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert asking.value("won_deals") == 3
    imported(store, {"more.csv": MORE})
    assert ready(store, elsewhere)
    only_what_is_ready(monkeypatch)
    assert asking.value("won_deals") == 4


def test_everybodys_scores_are_there_for_each_period(
    store: Store, elsewhere: Executor, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = asking.scene()
    expected = [scores(scene, period, {}) for period in filters.presets(scene)]
    assert len(expected) > 3
    assert ready(store, elsewhere)
    only_what_is_ready(monkeypatch)
    found = [asking.whole(scores, period, {}) for period in filters.presets(scene)]
    sellers = [asking.whole(scores, period, {}, sellers_only=True) for period in filters.presets(scene)]
    assert [one["rep"].tolist() for one in sellers] == [
        one.loc[one["role"] != "Sales manager", "rep"].tolist() for one in expected
    ]
    assert [one.to_dict() for one in found] == [one.to_dict() for one in expected]


def test_what_is_asked_of_one_period_is_there_of_the_others(
    store: Store, elsewhere: Executor, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = asking.scene()
    first, *others = filters.presets(scene)
    by_rep = {period: Question("win_rate", ("rep",), span=period) for period in (first, *others)}
    expected = {period: queries.values(scene, by_rep[period]) for period in others}
    expected_values = {period: queries.value(scene, "won_deals", period, team="North") for period in others}
    asking.values(by_rep[first])
    asking.value("won_deals", first, team="North")
    assert ready(store, elsewhere)
    only_what_is_ready(monkeypatch)
    for period in others:
        pd.testing.assert_frame_equal(asking.values(by_rep[period]), expected[period])
    assert {period: asking.value("won_deals", period, team="North") for period in others} == expected_values


def test_where_one_scorecard_is_looked_at_everybodys_are_there(
    store: Store, elsewhere: Executor, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = asking.scene()
    first, *others = scene.org.people["id"].tolist()
    expected = [scorecard_of(scene, one, APRIL) for one in others]
    asking.whole(scorecard_of, first, APRIL)
    assert ready(store, elsewhere)
    only_what_is_ready(monkeypatch)
    assert [asking.whole(scorecard_of, one, APRIL) for one in others] == expected


def test_what_lies_before_a_period_goes_with_it() -> None:
    def asked(*periods: str) -> Asked:
        return asked_of((), queries.values, *(calendar.period(label) for label in periods), "bookings")

    calendar = FiscalCalendar(1)
    march = calendar.period("2026-03")
    assert asked("2025-Q4", "2025-Q3").of_period(march, calendar) == asked("2026-03", "2026-02")
    assert asked("2025-Q4", "2024-Q4").of_period(march, calendar) == asked("2026-03", "2025-03")
    assert asked("2025-Q4", "2023-Q1").of_period(march, calendar) == asked("2026-03", "2023-Q1")
    assert asked().of_period(march, calendar) == asked()


def test_each_question_is_handed_out_once_the_latest_first(store: Store) -> None:
    first, second, *_ = filters.presets(asking.scene())

    def won_deals(period: Period) -> Asked:
        return asked_of((), queries.values, Question("won_deals", span=period))

    asking.values(Question("won_deals", span=first))
    found = likely(store)
    handed_out = list(iter(found.next, None))
    assert handed_out[0] == won_deals(second)
    assert won_deals(first) not in handed_out  # its reader has the answer
    assert len({one.content for one in handed_out}) == len(handed_out)
    asking.answer(reps_out_of_the_ordinary)
    assert found.next() is None  # it is of no period and no team
    asking.values(Question("lost_deals", span=second))
    assert found.next() == asked_of((), queries.values, Question("lost_deals", span=first))


def test_near_periods_come_first_then_teams_and_periods_long_past_last(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "NEAR_PERIODS", {Grain.QUARTER: 2})
    first, second, *_ = periods = filters.presets(asking.scene())
    teams = asking.scene().org.teams["name"].tolist()
    asking.value("won_deals", first)
    asked = [(*one.args[1:],) for one in iter(likely(store).next, None) if one.question is asking._value]
    of_teams, of_old = [(first, {"team": team}) for team in teams], [(period, {}) for period in periods[2:]]
    assert len(of_teams) > 1
    assert len(of_old) > 1
    assert asked == [(second, {}), *of_teams, *of_old]


@pytest.mark.parametrize(
    ("asked", "of_west"),
    [
        (asked_of((), pace, APRIL, {}), asked_of((), pace, APRIL, {"team": "West"})),
        (asked_of((), pace, APRIL, {"team": "East"}), asked_of((), pace, APRIL, {"team": "West"})),
        (asked_of((), pace, APRIL, {"rep": "Bo Li"}), asked_of((), pace, APRIL, {"rep": "Bo Li"})),
        (asked_of((), queries.values, Question("orders")), asked_of((), queries.values, WEST_ORDERS)),
        (asked_of((), scores, APRIL), asked_of((), scores, APRIL)),
    ],
)
def test_what_is_asked_of_one_team_is_asked_of_the_others(asked: Asked, of_west: Asked) -> None:
    assert asked.of_team("West") == of_west


def test_an_answer_of_an_earlier_state_is_not_taken(store: Store) -> None:
    class Interrupted(Executor):
        def submit(self, work: Any, *args: Any, **kwargs: Any) -> Future[Any]:
            done: Future[Any] = Future()
            done.set_result(work(*args, **kwargs))
            change_settings(store, AUTHOR, currency="EUR")
            return done

    answers._scene_of.cache_clear()
    asking.value("won_deals")
    assert not ready(store, Interrupted())
    assert not remembering.count(asking.state())


def test_answers_of_earlier_states_go(store: Store, elsewhere: Executor) -> None:
    assert ready(store, elsewhere)
    earlier = asking.state()
    change_settings(store, AUTHOR, currency="EUR")
    assert ready(store, elsewhere)
    assert remembering.count(asking.state()) > remembering.count(earlier) == 0


def test_what_cannot_be_answered_any_more_is_left_to_who_asks(
    store: Store, elsewhere: Executor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def of_someone_gone(_scene: Scene) -> None:
        raise UnknownName("Nobody is called that any more.")

    with pytest.raises(UnknownName):
        asking.answer(of_someone_gone)
    asking.value("won_deals")
    assert ready(store, elsewhere)
    only_what_is_ready(monkeypatch)
    assert asking.value("won_deals") == 3
    with pytest.raises(AssertionError, match="while a reader waits"):
        asking.answer(of_someone_gone)


def test_it_is_done_in_a_process_of_its_own_until_the_server_stops(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "LOOK_SECONDS", 0.1)
    monkeypatch.setattr(answers, "PERIODS_COUNT", 1)
    key = asking.state()

    async def lived() -> None:
        watch = asyncio.create_task(answers.keep_ready(store))
        async with asyncio.timeout(60):
            while remembering.count(key) < 2:
                await asyncio.sleep(0.1)
        watch.cancel()
        with pytest.raises(asyncio.CancelledError):
            await watch

    asyncio.run(lived())
