"""Answers are kept for as long as the store stays as it is, and no longer."""

import pandas as pd
import pytest
import streamlit as st

from spm.company.actions import change_settings
from spm.metrics import queries
from spm.metrics.queries import Question, Scene
from spm.store.opening import Store
from spm.ui import asking
from tests.companies import imported
from tests.stores import AUTHOR

BY_TEAM = Question("bookings", ("team",))


def test_a_question_is_answered_once(store: Store) -> None:
    calls = []

    def count(_scene: Scene, step: int) -> int:
        calls.append(step)
        return len(calls)

    assert [asking.answer(count, 1), asking.answer(count, 1), asking.answer(count, 2)] == [1, 1, 2]


def test_a_write_by_another_process_is_noticed(store: Store) -> None:
    assert asking.value("won_deals") == 3
    more = """
        Opportunity ID,Sales Agent,Stage,Amount,Created,Close Date
        D9,Bo Li,Won,700,2017-03-01,2017-04-12
    """
    imported(store, {"more.csv": more})
    assert asking.value("won_deals") == 4


def test_a_changed_setting_is_noticed(store: Store) -> None:
    assert asking.scene().standing.company.currency == "USD"
    change_settings(store, AUTHOR, currency="EUR")
    assert asking.scene().standing.company.currency == "EUR"


def test_a_page_may_do_with_an_answer_what_it_likes(store: Store) -> None:
    first = asking.values(BY_TEAM)
    first["value"] = 0.0
    assert asking.values(BY_TEAM)["value"].sum() == 350_000


def test_parts_of_the_company_are_kept_apart(store: Store) -> None:
    assert asking.value("bookings", team="North") == 150_000
    assert asking.value("bookings", team="South") == 200_000
    pd.testing.assert_frame_equal(asking.values(BY_TEAM), asking.values(BY_TEAM))


def test_what_is_looked_at_alone_cuts_every_answer_but_those_of_the_whole(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(st, "session_state", {})
    assert asking.value("bookings") == 350_000
    asking.keep((("region", "West"),))
    assert asking.value("bookings") == 50_000
    assert asking.values(BY_TEAM)["value"].sum() == 50_000
    assert asking.whole(queries.values, BY_TEAM)["value"].sum() == 350_000
    asking.keep(())
    assert asking.value("bookings") == 350_000
