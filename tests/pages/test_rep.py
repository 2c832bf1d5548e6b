"""The page of a rep, empty and filled: its numbers are those of the metrics and the scorecard."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from spm import money
from spm.metrics.queries import Scene, scene_of, value
from spm.metrics.registry import Timing
from spm.people.roles import MANAGER
from spm.scorecards.bands import Bands
from spm.scorecards.model import Item, Scope, Scorecard
from spm.scorecards.queries import scorecard_of, scores
from spm.scorecards.result import headline
from spm.scorecards.versions.actions import save_versions
from spm.store.opening import open_store
from tests.companies import REAL_TODAY, TESTER
from tests.pages.two_years import two_years

Reader = Callable[..., AppTest]
SPACE = "\N{NO-BREAK SPACE}"


@pytest.fixture
def scene(filled_url: str) -> Scene:
    return scene_of(open_store(filled_url), REAL_TODAY)


def texts(app: AppTest) -> str:
    return "\n".join(element.value for element in [*app.title, *app.markdown, *app.caption])


def test_an_empty_app_says_what_to_bring(reader: Reader, empty_url: str) -> None:
    app = reader(empty_url, "rep")
    assert not app.exception
    assert "There is nobody to look at yet." in texts(app)
    assert "Upload sheets" in {button.label for button in app.button}


def test_nobody_chosen_lists_everyone_with_their_score(reader: Reader, filled_url: str, scene: Scene) -> None:
    app = reader(filled_url, "rep", period="2017-Q1")
    assert not app.exception
    period = scene.standing.company.fiscal_calendar.period("2017-Q1")
    everyone = scores(scene, period, {})
    assert app.title[0].value.startswith(f"{len(everyone)} people in Q1 2017: ")
    shown = app.dataframe[0].value
    assert sorted(shown["rep"]) == sorted(everyone["rep"])


def test_the_headline_is_the_scorecards(reader: Reader, filled_url: str, scene: Scene) -> None:
    app = reader(filled_url, "rep", period="2017-Q1", rep="Ana Ruiz")
    assert not app.exception
    period = scene.standing.company.fiscal_calendar.period("2017-Q1")
    card = scorecard_of(scene, int(scene.org.person("Ana Ruiz")["id"]), period)
    assert [title.value for title in app.title] == [headline(card).replace(" %", f"{SPACE}%")]


def test_a_rep_of_q2_has_bookings_as_the_metrics_say(reader: Reader, filled_url: str, scene: Scene) -> None:
    period = scene.standing.company.fiscal_calendar.period("2017-Q2")
    booked, quota = (value(scene, key, period, rep="Bo Li") for key in ("bookings", "quota"))
    assert (booked, quota) == (2000_00, 2100_00)
    app = reader(filled_url, "rep", period="2017-Q2", rep="Bo Li")
    assert not app.exception
    said = texts(app)
    assert f"### \\{money.short(2000_00, 'USD')} :small[:gray[of \\{money.short(2100_00, 'USD')}]]" in said
    assert "Target: Quota \\$2,100." in said


def test_what_is_missing_is_said_and_nothing_raw_is_shown(reader: Reader, filled_url: str) -> None:
    app = reader(filled_url, "rep", period="2017-Q2", rep="Bo Li")
    said = texts(app)
    assert "no sheet of activities speaks for Q2 2017" in said
    assert "(assumed)" in said  # nobody says what Bo's role is
    for raw in ("None", "nan", "person_id", "sales_representative", "_cents"):
        assert raw not in said


def test_open_deals_are_listed_with_where_they_came_from(reader: Reader, tmp_path: Path) -> None:
    app = reader(two_years(tmp_path), "rep", period="2017", rep="Cy Oh")
    (deals,) = [table.value for table in app.dataframe if "file_name" in table.value]
    assert deals[["stage", "amount_cents", "file_name", "source_row"]].values.tolist() == [
        ["Proposal", 700.0, "deals.csv", 13]
    ]


def test_the_rows_behind_a_number_open_on_click(reader: Reader, filled_url: str) -> None:
    app = reader(filled_url, "rep", period="2017-Q2", rep="Bo Li")
    button = next(one for one in app.button if str(one.key).startswith("origin_bookings"))
    app = button.click().run()
    assert not app.exception
    assert any("deals.csv" in list(table.value.get("file_name", [])) for table in app.dataframe)


def test_one_metric_of_oneself_and_of_the_team_are_two_items(reader: Reader, filled_url: str, scene: Scene) -> None:
    own = Item("calls", 50, Timing.LEADING, target=10.0)
    both = Scorecard(MANAGER, (own, replace(own, scope=Scope.TEAM)))
    save_versions(scene.store, TESTER, [both], None, "who leads calls, too", Bands())
    app = reader(filled_url, "rep", period="2017-Q1", rep="Max Boss")
    assert not app.exception
    keys = [
        key for one in app.button if (key := str(one.key)).startswith("origin_calls") and key.endswith("See the rows")
    ]
    assert [key.split("_")[3] for key in keys] == ["manager=Max Boss"]  # no sheet has calls of his own
    assert "**Calls of the team**" in texts(app)
    assert "**Calls**: " in texts(app)


def test_a_manager_shows_the_team(reader: Reader, filled_url: str) -> None:
    app = reader(filled_url, "rep", period="2017-Q1", rep="Max Boss")
    assert not app.exception
    assert "The team of Max Boss" in [part.value for part in app.subheader]
    teams = [table.value for table in app.dataframe if "score_to_date" in table.value]
    assert sorted(teams[0]["rep"]) == ["A. Ruiz", "Ana Ruiz", "Bo Li"]


def test_next_and_previous_go_through_the_names(reader: Reader, filled_url: str) -> None:
    app = reader(filled_url, "rep", period="2017-Q1", rep="A. Ruiz")
    before, after = (next(one for one in app.button if one.label == label) for label in ("Previous", "Next"))
    assert before.disabled
    app = after.click().run()
    assert not app.exception
    assert "Ana Ruiz" in app.title[0].value


def test_who_was_not_there_yet_gets_a_sentence(reader: Reader, filled_url: str) -> None:
    days = (date(2016, 10, 1), date(2016, 12, 31))
    app = reader(filled_url, "rep", period="custom", range=days, rep="A. Ruiz")
    assert not app.exception
    assert app.title[0].value == "A. Ruiz started on 2 Jan 2017, after 1 Oct 2016 – 31 Dec 2016."
    assert "There is nothing to score in 1 Oct 2016 – 31 Dec 2016." in texts(app)
