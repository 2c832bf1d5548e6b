"""Home, empty and filled: what it says is what the metrics say."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from spm import money
from spm.benchmarks.internal.actions import pin
from spm.benchmarks.internal.queries import internal
from spm.metrics.queries import Scene, scene_of, value
from spm.scorecards.agreed.actions import override_target
from spm.scorecards.queries import live_of
from spm.store.opening import open_store
from tests.companies import REAL_TODAY, TESTER, empty_store, imported
from tests.stores import DEALS, PEOPLE, id_of

Reader = Callable[..., AppTest]


@pytest.fixture
def scene(filled_url: str) -> Scene:
    return scene_of(open_store(filled_url), REAL_TODAY)


def tile(app: AppTest, label: str) -> str:
    (found,) = [metric.value for metric in app.metric if metric.label == label]
    return found


def test_empty_app_offers_the_sample_company_and_ones_own_sheets(reader: Reader, empty_url: str) -> None:
    app = reader(empty_url)
    assert not app.exception
    assert [title.value for title in app.title] == ["See where every team and rep stands"]
    assert {button.label for button in app.button} >= {"Try the sample company", "Choose files"}
    assert [box.label for box in app.selectbox] == ["You are"]  # nothing to filter yet


def test_one_click_brings_the_sample_company(reader: Reader, empty_url: str) -> None:
    app = reader(empty_url)
    (button,) = [button for button in app.button if button.label == "Try the sample company"]
    app = button.click().run()
    assert not app.exception
    scene = scene_of(open_store(empty_url), REAL_TODAY)
    booked = value(scene, "bookings", scene.standing.opens_on)
    assert booked is not None
    assert tile(app, "Bookings") == money.short(booked, "USD").replace("$", "\\$")


def test_tiles_are_the_metrics_of_the_period(reader: Reader, filled_url: str, scene: Scene) -> None:
    app = reader(filled_url, period="2017-Q1")
    assert not app.exception
    first = scene.standing.company.fiscal_calendar.period("2017-Q1")
    assert value(scene, "bookings", first) == 150_000
    assert tile(app, "Bookings") == "\\$1.5K"
    assert tile(app, "Attainment") == "100\N{NO-BREAK SPACE}%"  # 1,500 of 900 + 600
    assert tile(app, "Win rate") == "67\N{NO-BREAK SPACE}%"  # two won, one lost


def test_headline_says_the_answer(reader: Reader, filled_url: str) -> None:
    app = reader(filled_url, period="2017-Q1")
    assert [title.value for title in app.title] == [
        "Q1 2017 closed at 100\N{NO-BREAK SPACE}% of quota, with \\$1.5K booked."
    ]


def test_a_team_cuts_every_number(reader: Reader, filled_url: str, scene: Scene) -> None:
    app = reader(filled_url, period="2017", team="South")
    year = scene.standing.company.fiscal_calendar.period("2017")
    assert value(scene, "bookings", year, team="South") == 200_000
    assert tile(app, "Bookings") == "\\$2K"
    (reps,) = [table.value for table in app.dataframe]
    assert reps["name"].tolist() == ["Bo Li"]


@pytest.mark.parametrize("tab", ["Reps", "Teams"])
def test_reps_and_teams_add_up_to_the_tile(reader: Reader, filled_url: str, scene: Scene, tab: str) -> None:
    app = reader(filled_url, period="2017", home_tab=tab)
    year = scene.standing.company.fiscal_calendar.period("2017")
    (table,) = app.dataframe
    assert table.value["bookings"].sum() * 100 == value(scene, "bookings", year) == 350_000


def test_a_company_without_quotas_is_told_what_brings_them(reader: Reader, tmp_path: Path) -> None:
    imported(empty_store(tmp_path, "none.db"), {"people.csv": PEOPLE, "deals.csv": DEALS})
    app = reader(f"sqlite:///{tmp_path / 'none.db'}", period="2017-Q1")
    assert tile(app, "Attainment") == "No quota yet"
    assert "Add quotas" in [button.label for button in app.button]


@pytest.mark.parametrize("wrong", ["1066-Q1", "yesterday", ""])
def test_a_period_that_nobody_knows_falls_back(reader: Reader, filled_url: str, scene: Scene, wrong: str) -> None:
    app = reader(filled_url, period=wrong)
    assert not app.exception
    assert scene.standing.opens_on.title in app.title[0].value


def test_nothing_on_the_page_is_none_or_nan(reader: Reader, filled_url: str) -> None:
    for period in ("2017-Q1", "2017-Q2", "2017", "2017-02"):
        app = reader(filled_url, period=period)
        texts = [
            *(one.value for one in app.title),
            *(one.value for one in app.caption),
            *(one.value for one in app.metric),
        ]
        assert not [text for text in texts if "None" in text or "nan" in text]


def test_targets_that_end_and_benchmarks_grown_old_wait_for_a_decision(reader: Reader, filled_url: str) -> None:
    with_neither = [one.value for one in reader(filled_url).markdown]
    store = open_store(filled_url)
    company = scene_of(store, REAL_TODAY)
    (item, *_) = live_of(company, company.standing.opens_on).scorecard("account_executive").items
    override_target(store, TESTER, company, id_of(store, "Ana Ruiz"), item, 5_000_00, date(2017, 1, 1),
             company.today + timedelta(days=10), "a smaller patch")  # fmt: skip
    quarter = company.standing.company.fiscal_calendar.period("2015-Q1")
    pin(store, TESTER, "bookings", "role", quarter, internal(company, "bookings", "role", company.standing.opens_on),
        date(2016, 1, 1))  # fmt: skip
    store.close()
    said = [one.value for one in reader(filled_url).markdown]
    for sentence in ("Targets agreed with Ana Ruiz end by 21 Apr 2017.", "Benchmarks of one metric were pinned"):
        assert not [text for text in with_neither if text.startswith(sentence)]
        assert [text for text in said if text.startswith(sentence)]
