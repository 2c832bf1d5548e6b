"""Teams, empty and filled: its numbers are those of the metrics, its splits add up."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from spm.metrics.queries import Question, Scene, scene_of, value, values
from spm.store.opening import open_store
from tests.companies import REAL_TODAY, imported
from tests.pages.folds import unfolded
from tests.pages.test_numbers_in_pictures import picture
from tests.pages.two_years import two_years

Reader = Callable[..., AppTest]
METRICS = ("attainment", "bookings", "win_rate", "average_deal_size", "opportunities_opened")


@pytest.fixture
def scene(filled_url: str) -> Scene:
    return scene_of(open_store(filled_url), REAL_TODAY)


def texts(app: AppTest) -> str:
    return "\n".join(element.value for element in [*app.title, *app.markdown, *app.caption, *app.subheader])


def board(app: AppTest) -> dict[str, dict[str, float]]:
    """The table of shades, by name."""
    return app.dataframe[0].value.set_index("name").to_dict("index")


def test_an_empty_app_says_what_to_bring(reader: Reader, empty_url: str) -> None:
    app = reader(empty_url, "teams")
    assert not app.exception
    assert "There are no teams to look at yet." in texts(app)
    assert "Upload sheets" in {button.label for button in app.button}


@pytest.mark.parametrize("period", ["2017-Q1", "2017"])
def test_every_cell_of_the_teams_is_the_metrics_value(
    reader: Reader, filled_url: str, scene: Scene, period: str
) -> None:
    app = reader(filled_url, "teams", period=period)
    assert not app.exception
    shown, span = board(app), scene.standing.company.fiscal_calendar.period(period)
    assert set(shown) == {"North", "South"}
    for team, cells in shown.items():
        for key in METRICS:
            told = value(scene, key, span, team=team)
            assert cells[key] == pytest.approx(told, nan_ok=True) if told is not None else cells[key] != cells[key]


def test_every_cell_of_the_reps_too(reader: Reader, filled_url: str, scene: Scene) -> None:
    app = reader(filled_url, "teams", period="2017", teams_level="rep")
    shown, span = board(app), scene.standing.company.fiscal_calendar.period("2017")
    assert set(shown) == {"Ana Ruiz", "A. Ruiz", "Bo Li"}
    for key in METRICS:
        frame = values(scene, Question(key, ("rep",), span=span)).set_index("rep")["value"]
        assert {rep: cells[key] for rep, cells in shown.items()} == pytest.approx(
            frame[list(shown)].to_dict(), nan_ok=True
        )


def test_few_deals_tell_nobody_apart(reader: Reader, filled_url: str) -> None:
    app = reader(filled_url, "teams", period="2017")
    assert "stands out beyond luck" in app.title[0].value


def test_the_change_adds_up_to_the_bookings(reader: Reader, tmp_path: Path) -> None:
    url = two_years(tmp_path)
    scene = scene_of(open_store(url), REAL_TODAY)
    calendar = scene.standing.company.fiscal_calendar
    before, after = (value(scene, "bookings", calendar.period(label)) for label in ("2016", "2017"))
    assert (before, after) == (2_300_00, 2_600_00)
    app = unfolded(reader(url, "teams", period="2017", change_mix="segment"))
    assert not app.exception
    tables = [table.value for table in app.dataframe if "amount" in table.value]
    assert len(tables) == 4
    for table in tables:  # by factor, by mix of segments, by rep, by segment: each with the two ends around its parts
        amounts = table["amount"].tolist()
        assert (amounts[0], amounts[-1]) == (2_300, 2_600)
        assert sum(amounts[1:-1]) == pytest.approx(300)
    assert tables[2]["label"].tolist()[1:-1] == ["Ana Ruiz", "Bo Li", "Cy Oh"]
    assert tables[2]["amount"].tolist()[1:-1] == [1500, -400, -800]
    brought = dict(zip(tables[3]["label"], tables[3]["amount"], strict=True))
    assert (brought["Large"], brought["Small"]) == (100, 200)


def test_the_funnel_of_a_team_is_held_against_everyone_else(reader: Reader, filled_url: str) -> None:
    app = unfolded(reader(filled_url, "teams", period="2017", team="North", teams_tab="Funnel"))
    assert not app.exception
    assert "1, everyone else, pooled" in texts(app)
    (stages,) = [table.value for table in app.dataframe if "conversion_rate" in table.value]
    assert stages["count"].tolist() == [3, 2]
    assert stages["peers_rate"].dropna().tolist() == [100.0]  # of two opened one closed, and was won


def test_the_open_pipeline_is_what_is_open(reader: Reader, tmp_path: Path) -> None:
    url = two_years(tmp_path)
    scene = scene_of(open_store(url), REAL_TODAY)
    assert (value(scene, "open_pipeline"), value(scene, "open_deals")) == (700_00, 2)
    app = reader(url, "teams", period="2017", teams_tab="Open pipeline")
    assert not app.exception
    (tile,) = [metric.value for metric in app.metric if metric.label == "Open pipeline"]
    assert tile == "\\$700"
    (table,) = [table.value for table in app.dataframe if "age" in table.value]
    assert table[["stage", "age", "deals"]].values.tolist() == [["Demo", "under 30 d", 1], ["Proposal", "90–180 d", 1]]
    assert table["amount_cents"].tolist()[1] == 700.0


def test_bookings_by_a_column_are_the_metrics(reader: Reader, filled_url: str, scene: Scene) -> None:
    app = reader(filled_url, "teams", period="2017", teams_tab="Where bookings come from", origins_by="region")
    assert not app.exception
    span = scene.standing.company.fiscal_calendar.period("2017")
    told = values(scene, Question("bookings", ("region",), span=span)).set_index("region")["value"] / 100
    (table,) = [table.value for table in app.dataframe if "share" in table.value]
    assert table.set_index("name")["value"].to_dict() == told.to_dict()
    assert table["share"].sum() == pytest.approx(100)


def test_time_is_held_against_what_came_of_it(reader: Reader, filled_url: str) -> None:
    app = reader(filled_url, "teams", period="2017-Q1", teams_tab="Time and money")
    assert not app.exception
    (table,) = [table.value for table in app.dataframe if "per_activity" in table.value]
    north = table.set_index("name").loc["North"]
    assert (north["activities"], north["bookings"], north["per_activity"]) == (3, 1500.0, 500.0)


def test_money_is_held_against_what_came_of_it_by_segment(reader: Reader, tmp_path: Path) -> None:
    url = two_years(tmp_path)
    costs = """
        Date,Category,Amount,Segment
        2017-02-01,Ads,100,Large
        2017-03-01,Ads,300,Small
    """
    imported(open_store(url), {"costs.csv": costs})
    app = reader(url, "teams", period="2017", teams_tab="Time and money", effort_by="segment")
    assert not app.exception
    assert "Most comes back for money in Large (20.0×), least in Small (2.0×)." in texts(app)
    (table,) = [table.value for table in app.dataframe if "per_cost" in table.value]
    assert table.set_index("name")[["bookings", "costs", "per_cost", "costs_each"]].to_dict("index") == {
        "Large": {"bookings": 2000, "costs": 100, "per_cost": 20, "costs_each": 100},
        "Small": {"bookings": 600, "costs": 300, "per_cost": 2, "costs_each": 150},
    }
    drawn = picture(app, "Bookings against costs by segment").set_index("name")
    assert drawn["before"].to_dict() == {"Large": 0.25, "Small": 0.75}


def test_time_in_each_stage_stands_beside_that_of_the_peers(reader: Reader, tmp_path: Path) -> None:
    url = two_years(tmp_path)
    days = {"Ana Ruiz": 3, "Bo Li": 9, "Cy Oh": 9}
    deals, stages = (
        ["Opportunity ID,Sales Agent,Stage,Amount,Created,Close Date"],
        ["Opportunity ID,Stage,Stage Entered Date"],
    )
    for at in range(15):
        name = list(days)[at % 3]
        closed = date(2017, 2, 1) + timedelta(days[name])
        deals.append(f"S{at},{name},Closed Won,100,2017-02-01,{closed}")
        stages += [f"S{at},Discovery,2017-02-01", f"S{at},Closed Won,{closed}"]
    imported(open_store(url), {"deals.csv": "\n".join(deals), "stage history.csv": "\n".join(stages)})
    for page, asked in (("teams", {"team": "North", "teams_tab": "Funnel"}), ("rep", {"rep": "Ana Ruiz"})):
        drawn = picture(reader(url, page, period="2017", **asked), "Time in each stage of ")
        assert drawn[["name", "value", "before"]].values.tolist() == [["Discovery", 3, 9]]


def test_nothing_raw_is_shown(reader: Reader, filled_url: str) -> None:
    for tab in ("What explains the change", "Funnel", "Open pipeline", "Where bookings come from", "Time and money"):
        said = texts(reader(filled_url, "teams", period="2017", teams_tab=tab))
        for raw in ("None", "nan", "_cents", "sales_representative"):
            assert raw not in said
