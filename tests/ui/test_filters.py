"""What is looked at: the presets that the facts give, the view, and the link to it."""

from datetime import date

import pytest
import streamlit as st

from spm.store.opening import Store
from spm.ui import asking, filters


@pytest.fixture
def chosen(store: Store, monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """What the widgets hold."""
    held: dict[str, object] = {}
    monkeypatch.setattr(st, "session_state", held)
    return held


def test_presets_are_the_periods_with_facts_latest_first(store: Store) -> None:
    labels = [period.label for period in filters.presets(asking.scene())]
    assert labels == ["2017-Q2", "2017-Q1", "2017", "2017-04", "2017-03", "2017-02", "2017-01"]


def test_nothing_chosen_is_the_period_that_pages_open_on(chosen: dict[str, object]) -> None:
    scene = asking.scene()
    assert filters.view(scene) == filters.View(scene.standing.opens_on, None, None)
    assert filters.view(scene).where == {}


@pytest.mark.parametrize("label", ["2017-Q1", "2017", "2017-02"])
def test_a_preset_is_its_period(chosen: dict[str, object], label: str) -> None:
    chosen |= {"period": label, "team": "North"}
    view = filters.view(asking.scene())
    assert view.period.label == label
    assert view.where == {"team": "North"}


def test_a_range_names_its_last_day(chosen: dict[str, object]) -> None:
    chosen |= {"period": filters.CUSTOM, "range": (date(2017, 1, 10), date(2017, 2, 10))}
    period = filters.view(asking.scene()).period
    assert (period.start, period.end) == (date(2017, 1, 10), date(2017, 2, 11))


@pytest.mark.parametrize("days", [(), (date(2017, 1, 10),), None])
def test_half_a_range_waits_for_its_other_end(chosen: dict[str, object], days: object) -> None:
    chosen |= {"period": filters.CUSTOM, "range": days}
    scene = asking.scene()
    assert filters.view(scene).period == scene.standing.opens_on


@pytest.mark.parametrize(
    ("held", "query"),
    [
        ({}, "?period=Q1+2017"),
        ({"period": "2017", "team": "North"}, "?period=Year+2017&team=North"),
        ({"rep": "Bo Li"}, "?period=Q1+2017"),  # the page is not cut by a rep
        ({"only": "region", "is": "West"}, "?period=Q1+2017&only=Region&is=West"),
        ({"only": "region", "is": "Nowhere"}, "?period=Q1+2017"),
        (
            {"period": filters.CUSTOM, "range": (date(2017, 1, 10), date(2017, 2, 10))},
            "?period=Other+days&range=2017-01-10&range=2017-02-10",
        ),
    ],
)
def test_a_link_is_the_whole_view(chosen: dict[str, object], held: dict[str, object], query: str) -> None:
    chosen |= held
    assert filters.link(asking.scene(), ("period", "team", "only")).endswith(query)


def test_reps_of_a_team_are_those_who_were_ever_in_it(store: Store) -> None:
    scene = asking.scene()
    assert filters.reps(scene, "South") == ["Bo Li"]
    assert set(filters.reps(scene, None)) >= {"Ana Ruiz", "A. Ruiz", "Bo Li"}
