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


@pytest.mark.parametrize(
    ("shown_as", "expected"), [("Per working day", 2000 / 7), ("% of own target", 2000 / 2100 * 100)]
)
def test_a_value_as_something_of_ones_own(reader: Reader, filled_url: str, shown_as: str, expected: float) -> None:
    app = reader(filled_url, "compare", period="2017-Q2", by="bookings", reps=["Bo Li"], shown_as=shown_as)
    assert not app.exception
    # Today is 11 April, the last day with a fact: seven working days of the quarter are over.
    assert standing(app)["Bo Li"]["shown"] == pytest.approx(expected, abs=0.01)


def test_the_picture_shows_what_the_table_does(reader: Reader, filled_url: str) -> None:
    asked = {"period": "2017-Q2", "by": "bookings", "reps": ["Ana Ruiz", "Bo Li"], "shown_as": "% of own target"}
    app = reader(filled_url, "compare", **asked)
    drawn = picture(app, "Bookings in Q2 2017").set_index("name")["value"]
    assert drawn.to_dict() == pytest.approx(
        {name: (cells["shown"] or float("nan")) / 100 for name, cells in standing(app).items()}, nan_ok=True
    )
    assert "Where each stands:\N{NO-BREAK SPACE}% of own target" in texts(app)


def test_the_peers_are_named(reader: Reader, filled_url: str) -> None:
    app = reader(filled_url, "compare", period="2017", by="win_rate", reps=["Bo Li"])
    assert "Ana Ruiz" in texts(app)
    assert "all roles (only 0 more in the same role)" in texts(app)
