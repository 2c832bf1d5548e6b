"""The Scorecards page: where everyone stands, the editor, targets per person, closed periods, what reps say."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from spm.metrics.queries import Scene, scene_of
from spm.metrics.registry import Timing
from spm.people.roles import EXECUTIVE, REP
from spm.scorecards.bands import Bands
from spm.scorecards.closing.queries import closings_of
from spm.scorecards.model import Item, Scorecard
from spm.scorecards.queries import personal_of, scores
from spm.scorecards.standing.queries import over_time, up_to
from spm.scorecards.versions.actions import save_versions
from spm.scorecards.versions.queries import scorecard_for, versions_of
from spm.store.opening import open_store
from spm.ui.scorecards import past
from spm.ui.scorecards.group import CHOSEN, ITEM
from spm.ui.scorecards.page import TAB, TABS
from tests.companies import REAL_TODAY, TESTER, empty_store, imported
from tests.pages.test_numbers_in_pictures import picture

Reader = Callable[..., AppTest]
EVERYONE, SHAPE, AGREED, CLOSED, OPINIONS = TABS


def scene(url: str) -> Scene:
    return scene_of(open_store(url), REAL_TODAY)


def texts(app: AppTest) -> str:
    elements = [*app.title, *app.markdown, *app.caption, *app.success, *app.warning, *app.subheader, *app.info]
    return "\n".join(element.value for element in elements)


def opened(read: Reader, url: str, tab: str = EVERYONE, period: str = "2017-Q1", **chosen: object) -> AppTest:
    app = read(url, "scorecards", period=period, **{TAB: tab}, **chosen)
    assert not app.exception
    return app


def press(app: AppTest, label: str) -> AppTest:
    button = next(one for one in app.button if one.label == label)
    app = button.click().run()
    assert not app.exception
    return app


def test_an_empty_app_says_what_to_bring(reader: Reader, empty_url: str) -> None:
    app = reader(empty_url, "scorecards")
    assert not app.exception
    assert app.title[0].value == "Nobody to score yet"
    assert "Upload sheets" in {button.label for button in app.button}


def test_everyone_is_counted_by_band(reader: Reader, filled_url: str) -> None:
    app = opened(reader, filled_url)
    period = scene(filled_url).standing.company.fiscal_calendar.period("2017-Q1")
    known = scores(scene(filled_url), period, {})
    assert app.title[0].value.startswith(f"{len(known)} people in Q1 2017: ")
    table = next(frame.value for frame in app.dataframe if "people_count" in frame.value)
    assert table.set_index("name")["people_count"].to_dict() == {"North": 2, "South": 1}
    for raw in ("None", "nan", "account_executive", "_cents"):
        assert raw not in texts(app)


@pytest.mark.parametrize("tab", [EVERYONE, SHAPE])
def test_each_picture_can_be_taken_along(reader: Reader, filled_url: str, tab: str) -> None:
    simple = Scorecard(EXECUTIVE, (Item("bookings", 100, Timing.LAGGING, target=1_000_00),))
    save_versions(open_store(filled_url), TESTER, [simple], None, "the number", Bands())
    app = opened(reader, filled_url, tab, scorecards_role=EXECUTIVE)
    buttons = [one.proto.label for one in app.get("download_button")]
    assert buttons.count("PNG") == len(app.get("vega_lite_chart")) == 2


def test_the_page_does_not_wait_for_earlier_periods(
    reader: Reader, filled_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(past, "PATIENCE_SECONDS", 0)
    now = scene(filled_url)
    periods = up_to(now, now.standing.company.fiscal_calendar.period("2017-04"))
    assert len(periods) == 4
    expected = over_time([(one, scores(now, one, {})) for one in periods])
    app = opened(reader, filled_url, period="2017-04")
    for to_go in (3, 2, 1):
        assert f"Looking back … {to_go} to go" in texts(app)
        assert len(picture(app, "Bands up to")["period"].unique()) == 4 - to_go
        app = app.run()
    assert "Looking back" not in texts(app)
    shown = picture(app, "Bands up to").groupby(["period", "band"])["people_count"].sum()
    assert shown.to_dict() == expected.groupby(["period", "band"])["people_count"].sum().to_dict()


def test_people_and_roles_are_listed(reader: Reader, filled_url: str) -> None:
    for group, column in (("Roles", "name"), ("Managers", "name"), ("People", "rep")):
        app = opened(reader, filled_url, scorecards_groups=group)
        listed = next(frame.value for frame in app.dataframe if column in frame.value)
        assert len(listed)


def test_a_version_is_saved_with_day_and_reason(reader: Reader, filled_url: str) -> None:
    app = opened(reader, filled_url, SHAPE, scorecards_role=EXECUTIVE)
    assert app.title[0].value == "What an account executive answers for"
    weights = [number for number in app.number_input if number.label == "Weight"]
    weights[0].set_value(20.0).run()
    assert "Weights 105 of 100: 5 too many" in texts(app)
    app = press(app, "Make the weights 100")
    assert "Weights add up to 100" in texts(app)
    reason = next(one for one in app.text_input if one.label == "Why")
    reason.set_value("more meetings").run()
    first_day = next(one for one in app.date_input if one.label == "First day")
    first_day.set_value(date(2017, 1, 1)).run()
    app = press(app, "Save the version")
    assert "The scorecard of Account executive was saved." in texts(app)
    (version,) = versions_of(scene(filled_url))[EXECUTIVE]
    assert (version.reason, version.effective_on) == ("more meetings", date(2017, 1, 1))
    assert sum(item.weight for item in version.scorecard.items) == 100
    compared = next(frame.value for frame in app.dataframe if "what" in frame.value)
    assert set(compared["what"]) == {"weight"}  # all of them, so that they are 100
    assert compared[["before", "after"]].iloc[0].tolist() == ["15", "19"]


def test_a_version_to_come_is_what_is_shaped_further(reader: Reader, filled_url: str) -> None:
    app = opened(reader, filled_url, SHAPE, scorecards_role=EXECUTIVE)
    next(number for number in app.number_input if number.label == "Weight").set_value(33.0).run()
    next(one for one in app.text_input if one.label == "Why").set_value("less of the first").run()
    next(one for one in app.date_input if one.label == "First day").set_value(date(2018, 1, 1)).run()
    app = press(app, "Save the version")
    assert next(number for number in app.number_input if number.label == "Weight").value == 33.0
    said = "Now scored as it started. The one below holds from 1 Jan 2018"
    assert any(one.value.startswith(said) for one in app.caption)
    assert "only until" not in texts(app)
    next(one for one in app.date_input if one.label == "First day").set_value(date(2017, 6, 1)).run()
    assert "It holds only until the version from 1 Jan 2018" in texts(app)
    assert next(one for one in app.text_input if one.label == "Why").value == ""


def test_a_refused_version_says_why_and_keeps_the_draft(reader: Reader, filled_url: str) -> None:
    app = opened(reader, filled_url, SHAPE, scorecards_role=EXECUTIVE)
    next(number for number in app.number_input if number.label == "Weight").set_value(33.0).run()
    app = press(app, "Save the version")
    assert "Say why the scorecard changes." in texts(app)
    assert next(number for number in app.number_input if number.label == "Weight").value == 33.0
    assert versions_of(scene(filled_url)) == {}


def test_a_new_role_is_a_copy(reader: Reader, filled_url: str) -> None:
    app = opened(reader, filled_url, SHAPE)
    app.text_input(key="scorecards_role_name").set_value("Hunter").run()
    app.selectbox(key="scorecards_role_source").select(EXECUTIVE).run()
    app = press(app, "Start it")
    assert app.title[0].value == "What a hunter answers for"
    assert app.text_input(key="scorecards_role_name").value == ""
    assert "Nobody has this role yet. Tried on its model: account executive." in texts(app)
    assert "Nobody would have had a score in Q1 2017" in texts(app)  # not: nobody had the role
    next(one for one in app.text_input if one.label == "Why").set_value("a new team").run()
    app = press(app, "Save the version")
    assert "Nobody is a hunter yet: give people this role, then they are scored by it." in texts(app)
    assert scorecard_for(scene(filled_url), "Hunter", date(2017, 1, 1)).items == (
        scorecard_for(scene(filled_url), EXECUTIVE, date(2017, 1, 1)).items
    )


def test_the_editor_opens_on_the_role_that_most_people_have(reader: Reader, filled_url: str) -> None:
    roles = scene(filled_url).org.assignments.groupby("role")["person_id"].nunique()
    app = opened(reader, filled_url, SHAPE)
    assert app.selectbox(key="scorecards_role").value == roles.idxmax()


def test_an_item_takes_the_metric_s_direction_and_only_what_adds_up_follows_a_season(
    reader: Reader, filled_url: str
) -> None:
    app = opened(reader, filled_url, SHAPE, scorecards_role=REP)
    assert {one.value for one in app.selectbox if one.label == "Direction"} == {"As the metric"}
    seasonal = [one.key for one in app.checkbox if one.label == "Follows the season"]
    assert any("bookings" in key for key in seasonal)
    assert not any("win_rate" in key for key in seasonal)


def test_a_level_and_an_agreed_target(reader: Reader, filled_url: str) -> None:
    ana_id = int(scene(filled_url).org.person("Ana Ruiz")["id"])
    app = opened(reader, filled_url, AGREED, scorecards_whom=ana_id)
    app = press(app, "Save the level")
    assert "The level of Ana Ruiz was saved." in texts(app)
    target = next(
        one for one in app.number_input if one.key is None or "agree" in str(one.key) or one.label.endswith("month")
    )
    target.set_value(12.0)
    next(one for one in app.text_input if one.label == "Why").set_value("inherited territory")
    app = press(app, "Agree it")
    assert "The target of Ana Ruiz was agreed." in texts(app)
    (override,) = personal_of(scene(filled_url)).overrides[ana_id]
    assert (override.target, override.reason) == (12, "inherited territory")
    assert "inherited territory" in texts(app)


def test_a_role_gets_a_ramp_of_its_own_and_everybody_s_back(reader: Reader, filled_url: str) -> None:
    app = opened(reader, filled_url, AGREED)
    assert "0 % of a full target in the first month, 25 % in month 2, 50 % in month 3" in texts(app)
    app.selectbox(key="ramp_role").select(EXECUTIVE).run()
    press(app, "Save the ramp")
    assert scene(filled_url).standing.company.ramps_of_roles == ((EXECUTIVE, (0.0, 0.25, 0.5, 0.75, 1.0)),)
    app = opened(reader, filled_url, AGREED)
    app.selectbox(key="ramp_role").select(EXECUTIVE).run()
    press(app, "Back to everybody’s")
    assert scene(filled_url).standing.company.ramps_of_roles == ()


def test_a_period_is_closed_and_opened_again(reader: Reader, filled_url: str) -> None:
    app = press(opened(reader, filled_url, CLOSED), "Close Q1 2017")
    assert "Q1 2017 is closed." in texts(app)
    assert app.title[0].value == "1 period is closed"
    app = press(app, "Open it")
    assert "Say why the period is opened again." in texts(app)
    app.text_input(key="reopen_reason").set_value("a sheet was missing").run()
    press(app, "Open it")
    (closing,) = closings_of(scene(filled_url))
    assert closing.reopen_reason == "a sheet was missing"


def test_scores_as_known_today_are_those_of_today(reader: Reader, filled_url: str) -> None:
    app = opened(reader, filled_url, CLOSED)
    assert "Choose a day" in texts(app)
    today = datetime.now().astimezone().date()
    app = app.date_input(key="as_known_day").set_value(today).run()
    assert not app.exception
    assert "every score is the same today." in texts(app)
    then = next(frame.value for frame in app.dataframe if "since" in frame.value)
    period = scene(filled_url).standing.company.fiscal_calendar.period("2017-Q1")
    assert then["rep"].tolist() == scores(scene(filled_url), period, {})["rep"].tolist()
    app = app.date_input(key="as_known_day").set_value(today - timedelta(days=3650)).run()
    assert "Nothing was known here on" in "\n".join(error.value for error in (*app.error, *app.warning))


def test_a_closed_period_says_so_on_a_rep_s_page(reader: Reader, filled_url: str) -> None:
    press(opened(reader, filled_url, CLOSED), "Close Q1 2017")
    app = reader(filled_url, "rep", period="2017-Q1", rep="Ana Ruiz")
    assert not app.exception
    assert "this is the scorecard as it was kept" in texts(app)


@pytest.mark.parametrize("reader_name", [None, "Ana Ruiz"])
def test_who_answers_is_asked_of_their_own_scorecard(reader: Reader, filled_url: str, reader_name: str | None) -> None:
    app = opened(reader, filled_url, OPINIONS, reader=reader_name)
    assert "Nothing can be shown yet." in texts(app)
    buttons = [button for button in app.button if button.label == "Say it"]
    assert bool(buttons) == (reader_name is not None)
    if buttons:
        app = press(app, "Say it")
        assert "kept without your name" in texts(app)


PEOPLE = """
    Rep id,Name,Role,Team,Manager,Valid from,Valid to,Hire date
    1,Ana,Sales rep,North,Nora,2020-01-01,2024-03-10,2020-01-01
    1,Ana,Sales rep,South,Omar,2024-03-11,,2020-01-01
    3,Cid,Sales rep,South,Omar,2020-01-01,,2020-01-01
"""
DEALS = """
    Deal id,Owner id,Stage,Amount,Created on,Closed on
    1,1,Closed Won,4000,2024-01-02,2024-03-06
    2,1,Closed Won,1000,2024-01-02,2024-03-29
    3,3,Closed Won,6000,2024-01-02,2024-03-28
"""


def test_a_team_that_everybody_left_has_a_score_and_no_pictures(reader: Reader, tmp_path: Path) -> None:
    store = empty_store(tmp_path)
    imported(store, {"people.csv": PEOPLE, "deals.csv": DEALS})
    save_versions(store, TESTER, [Scorecard(REP, (Item("bookings", 100, Timing.LAGGING, target=12_600_00),))], None,
                  "as agreed", Bands())  # fmt: skip
    url = f"sqlite:///{tmp_path / 'spm.db'}"
    moved = opened(reader, url, period="2024-03")
    assert "Whoever changed within the period counts in each group for the days there" in texts(moved)
    table = next(frame.value for frame in moved.dataframe if "people_count" in frame.value)
    # Ana's 6 of 21 days in North: 4,000 of 3,600; in South 1,000 beside Cid's 6,000, of 9,000 and 12,600.
    assert table.set_index("name")["people_count"].to_dict() == {"North": 0, "South": 2}
    assert table.set_index("name")["score"].to_dict() == {"North": 111, "South": 32}
    south = opened(reader, url, period="2024-03", **{CHOSEN: "South"})
    made_of = next(frame.value for frame in south.dataframe if "reached" in frame.value)
    assert made_of[["item", "asked", "reached", "points"]].values.tolist() == [["Bookings", "$21,600", "$7,000", "32"]]
    assert "Sales representative, 2 people, 36 working days: Score 32, needs help: bookings cost all 68" in texts(south)
    rows = {"metric": "bookings", "where": {"team": "South", "role": REP}}
    opened_rows = opened(reader, url, period="2024-03", **{CHOSEN: "South", ITEM: rows})
    amounts = next(frame.value["amount"].tolist() for frame in opened_rows.dataframe if "source_row" in frame.value)
    assert sorted(amounts) == [1000, 6000]
    north = opened(reader, url, period="2024-03", team="North")
    assert north.title[0].value == "Nobody was left in North at the end of March 2024"
    assert "North as a whole scores 111, on target. That is of the days of those who have moved on." in texts(north)
    assert not north.get("vega_lite_chart")
