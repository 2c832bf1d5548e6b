"""Compare, empty and filled: its numbers are those of the metrics; what is too early to tell is called that."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from spm.metrics.queries import Scene, scene_of, value
from spm.store.opening import open_store
from tests.companies import REAL_TODAY, empty_store, imported
from tests.pages.test_numbers_in_pictures import picture
from tests.pages.two_years import two_years

Reader = Callable[..., AppTest]


@pytest.fixture
def scene(filled_url: str) -> Scene:
    return scene_of(open_store(filled_url), REAL_TODAY)


def texts(app: AppTest) -> str:
    return "\n".join(element.value for element in [*app.title, *app.markdown, *app.caption, *app.subheader])


def standing(app: AppTest) -> dict[str, dict[str, object]]:
    """The table of where each stands, by name."""
    return app.dataframe[0].value.set_index("name").to_dict("index")


def test_an_empty_app_says_what_to_bring(reader: Reader, empty_url: str) -> None:
    app = reader(empty_url, "compare")
    assert not app.exception
    assert "There is nobody to compare yet." in texts(app)


@pytest.mark.parametrize("key", ["bookings", "win_rate", "average_deal_size", "attainment"])
def test_every_value_is_the_metrics(reader: Reader, filled_url: str, scene: Scene, key: str) -> None:
    app = reader(filled_url, "compare", period="2017", by=key, reps=["Ana Ruiz", "A. Ruiz", "Bo Li"])
    assert not app.exception
    span = scene.standing.company.fiscal_calendar.period("2017")
    factor = {"bookings": 0.01, "average_deal_size": 0.01}.get(key, 100)  # as the screen shows it
    shown = standing(app)
    assert set(shown) == {"Ana Ruiz", "A. Ruiz", "Bo Li"}
    for rep, cells in shown.items():
        told = value(scene, key, span, rep=rep)
        assert cells["value"] == (None if told is None else pytest.approx(told * factor))


def test_teams_roles_and_the_organisation(reader: Reader, filled_url: str, scene: Scene) -> None:
    span = scene.standing.company.fiscal_calendar.period("2017")
    teams = standing(
        reader(filled_url, "compare", period="2017", by="bookings", level="team", teams=["North", "South"])
    )
    assert {name: cells["value"] for name, cells in teams.items()} == {"North": 1500.0, "South": 2000.0}
    alone = reader(filled_url, "compare", period="2017", by="bookings", level="company")
    told = value(scene, "bookings", span)
    assert [cells["value"] for cells in standing(alone).values()] == [3500.0] == [(told or 0) / 100]
    assert not alone.exception
    assert "Nothing is known to hold them against: nothing earlier, and nobody else." in texts(alone)


def test_two_reps_with_hardly_a_deal_are_too_early_to_tell(reader: Reader, filled_url: str) -> None:
    app = reader(filled_url, "compare", period="2017", by="win_rate", reps=["Ana Ruiz", "A. Ruiz"])
    assert "in win rate the 2 cannot be told apart" in app.title[0].value
    assert "too early to tell: 1 of 1 against 1 of 2" in texts(app)


def test_a_coach_reads_words_and_the_statistics_are_one_click_below(reader: Reader, filled_url: str) -> None:
    app = reader(filled_url, "compare", period="2017", by="win_rate", reps=["Ana Ruiz", "A. Ruiz"])
    assert standing(app)["Ana Ruiz"]["words"] == "too early to tell: 1 of 1 against 2 of 3"  # A. and Bo, pooled
    (statistics,) = [one for one in app.expander if one.label == "The statistics"]
    rows = statistics.dataframe[0].value.set_index("name")
    # Wilson, 90 %: 1 of 1 is at least 1 ÷ (1 + 1.645²) = 27 %; 1 of 2 lies around 50 %.
    assert rows.loc["Ana Ruiz", ["low", "high"]].tolist() == pytest.approx([26.99, 100], abs=0.01)
    assert rows.loc["A. Ruiz", ["low", "high"]].tolist() == pytest.approx([12.08, 87.92], abs=0.01)
    assert rows["tier"].tolist() == [1, 1]


@pytest.mark.parametrize(
    ("reps", "said"),
    [
        (["Ana", "Bo", "Cy"], "2017: Cy is clearly behind in win rate; the others cannot be told from the best."),
        (["Ana", "Cy"], "2017: Ana leads in win rate; Cy is clearly behind."),
        (["Cy", "Di", "Ana"], "2017: Ana leads in win rate; the others are clearly behind."),
        (["Ana", "Bo"], "2017: in win rate the 2 cannot be told apart."),
    ],
)
def test_the_smaller_end_is_named(reader: Reader, tmp_path: Path, reps: list[str], said: str) -> None:
    won_of_fifty = {"Ana": 45, "Bo": 44, "Cy": 5, "Di": 6}
    rows = [
        f"{name}{at},{name},{'Won' if at < won else 'Lost'},100,2017-01-02,2017-03-01"
        for name, won in won_of_fifty.items()
        for at in range(50)
    ]
    store = empty_store(tmp_path, "far_apart.db")
    imported(store, {"deals.csv": "\n".join(["Deal id,Owner,Stage,Amount,Created on,Closed on", *rows])})
    store.close()
    app = reader(f"sqlite:///{tmp_path / 'far_apart.db'}", "compare", period="2017", by="win_rate", reps=reps)
    assert app.title[0].value == said


def test_of_teams_only_bookings_have_a_target(reader: Reader, filled_url: str) -> None:
    shown_as = {
        by: next(
            one
            for one in reader(filled_url, "compare", period="2017", by=by, level="team").selectbox
            if one.label == "Shown as"
        ).options
        for by in ("bookings", "win_rate")
    }
    assert "% of own target" in shown_as["bookings"]
    assert "% of own target" not in shown_as["win_rate"]


def test_each_reference_has_its_source(reader: Reader, tmp_path: Path) -> None:
    url = two_years(tmp_path)
    scene = scene_of(open_store(url), REAL_TODAY)
    year = scene.standing.company.fiscal_calendar.period("2016")
    app = reader(url, "compare", period="2017", by="bookings", reps=["Cy Oh"])
    (table,) = [table.value for table in app.dataframe if "against" in table.value]
    rows = table.set_index("against")
    assert rows.loc["2016", "value"] == (value(scene, "bookings", year, rep="Cy Oh") or 0) / 100 == 900
    assert rows.loc["2016", "difference"] == "−$800"
    assert rows.loc["Peers", ["value", "n"]].tolist() == [1250, 2]  # 2,500 of Ana and 0 of Bo
    assert rows.loc["Team", "value"] == 50  # 0 of Bo and 100 of Cy
    assert rows["source"].notna().all()


def test_per_working_day_is_what_headline_picture_and_peers_speak_of(reader: Reader, filled_url: str) -> None:
    asked = {"period": "2017-Q2", "by": "bookings", "reps": ["Bo Li"], "shown_as": "Per working day"}
    app = reader(filled_url, "compare", **asked)
    assert not app.exception
    # Today is 11 April, the last day with a fact: seven working days of the quarter are over.
    assert app.title[0].value == "Bo Li: bookings per working day of \\$285.71 in Q2 2017."
    assert standing(app)["Bo Li"]["value"] == 2000
    assert standing(app)["Bo Li"]["shown"] == pytest.approx(2000 / 7, abs=0.01)
    assert picture(app, "Bookings in Q2 2017")["value"].tolist() == pytest.approx([2000 / 7], abs=0.01)
    assert "Where each stands: per working day" in texts(app)


def test_bookings_as_a_share_of_the_own_target_are_attainment(reader: Reader, filled_url: str) -> None:
    asked = {"period": "2017-Q2", "by": "bookings", "reps": ["A. Ruiz", "Bo Li"], "shown_as": "% of own target"}
    app = reader(filled_url, "compare", **asked)
    assert app.title[0].value == "Q2 2017: attainment from 0\N{NO-BREAK SPACE}% to 95\N{NO-BREAK SPACE}%."
    assert standing(app)["Bo Li"]["value"] == pytest.approx(2000 / 2100 * 100)
    assert standing(app)["Bo Li"]["of_peers"] == 0  # those of A. and Ana Ruiz, who booked nothing
    drawn = picture(app, "Attainment in Q2 2017").set_index("name")["value"]
    assert drawn.to_dict() == pytest.approx({"A. Ruiz": 0, "Bo Li": 2000 / 2100})


def test_nothing_is_said_of_the_luck_of_a_change(reader: Reader, tmp_path: Path) -> None:
    asked = {"period": "2017", "by": "bookings", "reps": ["Ana Ruiz", "Bo Li", "Cy Oh"]}
    app = reader(two_years(tmp_path), "compare", shown_as="Change on a year earlier", **asked)
    # Of 1,000 Ana made 2,500, of 400 Bo nothing, of 900 Cy 100.
    assert app.title[0].value == (
        "2017: change in bookings on a year earlier from −100\N{NO-BREAK SPACE}% to +150\N{NO-BREAK SPACE}%."
    )
    assert {name: cells["shown"] for name, cells in standing(app).items()} == pytest.approx(
        {"Ana Ruiz": 150, "Bo Li": -100, "Cy Oh": -800 / 9}
    )
    assert set(app.dataframe[0].value) == {
        "name",
        "value",
        "before",
        "shown",
    }  # percentile and peers are of bookings as they are
    assert "All of this is of the bookings as it is." in texts(app)
    assert "The band is what is normal" not in texts(app)
    assert "The statistics" not in {one.label for one in app.expander}


def test_most_likely_beside_the_bar_says_why(reader: Reader, tmp_path: Path) -> None:
    rows = [
        f"{name}{at},{name},{'Won' if at < won else 'Lost'},100,2017-01-02,2017-03-01"
        for name, won in {"Zoe": 0, **{f"Rep {chr(65 + at)}": 5 for at in range(9)}}.items()
        for at in range(20)
    ]
    store = empty_store(tmp_path, "alike.db")
    imported(store, {"deals.csv": "\n".join(["Deal id,Owner,Stage,Amount,Created on,Closed on", *rows])})
    store.close()
    asked = {"period": "2017", "by": "win_rate", "reps": ["Zoe", "Rep A"]}
    app = reader(f"sqlite:///{tmp_path / 'alike.db'}", "compare", **asked)
    (statistics,) = [one for one in app.expander if one.label == "The statistics"]
    rows_of = statistics.dataframe[0].value.set_index("name")
    assert (
        rows_of.loc["Zoe", "high"] < rows_of.loc["Zoe", "likely"]
    )  # Wilson of 0 in 20 ends at 11.9 %, all are at 22.5 %
    assert "○ beside its bar: Zoe. A bar knows only their own cases" in texts(app)
    alone = reader(f"sqlite:///{tmp_path / 'alike.db'}", "compare", **{**asked, "reps": ["Rep A", "Rep B"]})
    assert "beside its bar" not in texts(alone)


def test_the_peers_are_named(reader: Reader, filled_url: str) -> None:
    app = reader(filled_url, "compare", period="2017", by="win_rate", reps=["Bo Li"])
    assert "Ana Ruiz" in texts(app)
    assert "all roles (only 0 more in the same role)" in texts(app)
