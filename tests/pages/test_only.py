"""One value of an attribute looked at alone: each number is the command's for it, or is left out with a word."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from spm.metrics import wording
from spm.metrics.registry import METRICS, Unit
from tests.companies import empty_store, imported
from tests.pages.folds import unfolded
from tests.pages.two_years import two_years

Reader = Callable[..., AppTest]
Command = Callable[..., dict[str, Any]]
WEST = {"only": "region", "is": "West"}
LINES = """
    Order ID,Line no,Order date,Sales rep,Product,Quantity,Line total
    SO1,1,2017-01-05,Ana,Box,3,60.00
    SO1,2,2017-01-05,Ana,Jar,1,40.00
    SO2,1,2017-01-20,Bo,Box,1,30.00
"""


@pytest.fixture
def command(command: Command) -> Command:
    """The same with money in minor units, as pages have it."""

    def asked(url: str, key: str, *rest: str, **where: str) -> dict[str, Any]:
        factor = 100 if METRICS[key].unit is Unit.MONEY else 1
        told = command(url, key, *rest, **where)
        return {name: None if value is None else value * factor for name, value in told.items()}

    return asked


def tile(key: str, told: float | None) -> str:
    said = wording.short(METRICS[key].unit, told, "USD")
    return said.replace("$", "\\$").replace(" %", "\N{NO-BREAK SPACE}%")


def tiles(app: AppTest) -> dict[str, str]:
    assert not app.exception
    return {one.label: one.value for one in app.metric}


def table_with(app: AppTest, *columns: str) -> pd.DataFrame:
    return next(one.value for one in app.dataframe if set(columns) <= set(one.value.columns))


def captions(app: AppTest) -> str:
    return "\n".join(one.value for one in app.caption)


def same(shown: object, told: float | None) -> bool:
    if told is None or shown is None:
        return told is None and bool(pd.isna(shown))
    return float(shown) == pytest.approx(told)  # type: ignore[arg-type]


@pytest.mark.parametrize("team", [None, "North"])
@pytest.mark.parametrize("period", ["2017-Q1", "2017"])
@pytest.mark.parametrize(("attribute", "value"), [("region", "West"), ("region", "East"), ("product", "Box")])
def test_home(
    reader: Reader, filled_url: str, command: Command, period: str, team: str | None, attribute: str, value: str
) -> None:
    place = {"team": team} if team else {}
    where = {**place, attribute: value}
    app = reader(filled_url, period=period, only=attribute, **place, **{"is": value})
    shown = tiles(app)
    assert shown["Bookings"] == tile("bookings", command(filled_url, "bookings", period, **where)[""])
    rate = command(filled_url, "win_rate", period, **where)[""]
    assert shown.get("Win rate") == (None if rate is None else tile("win_rate", rate))
    assert (shown["Attainment"], command(filled_url, "attainment", period, **where)[""]) == (wording.MISSING, None)
    reps = table_with(app, "bookings", "trend", "team").set_index("name")
    told = command(filled_url, "bookings", period, "rep", **where)
    assert all(same(reps["bookings"][name] * 100, told.get(name)) for name in reps.index)
    assert not {"attainment", "quota"} & set(reps.columns)


def test_what_is_not_split_says_so(reader: Reader, filled_url: str) -> None:
    app = reader(filled_url, period="2017-Q1", **WEST)
    said = captions(app)
    assert (
        "Only region: West. The sheets of activities and quotas do not tell it: what rests on them is left out." in said
    )
    assert "A quota is of everything: it is not split by region." in said
    assert "Scores are of everything: targets are not split by region." in said
    assert "Add quotas" not in [button.label for button in app.button]


def test_orders_are_not_told_by_the_products_of_their_lines(reader: Reader, tmp_path: Path, command: Command) -> None:
    store = empty_store(tmp_path, "lines.db")
    imported(store, {"lines.csv": LINES})
    store.close()
    url, box = f"sqlite:///{tmp_path / 'lines.db'}", {"only": "product", "is": "Box"}
    app = reader(url, period="2017-01", **box)
    assert tiles(app)["Bookings"] == tile("bookings", command(url, "bookings", "2017-01", product="Box")[""]) == "\\$90"
    assert command(url, "average_order_value", "2017-01", product="Box")[""] is None
    assert "Average order value is not told by product." in captions(app)
    teams = reader(url, "teams", period="2017-01", **box)
    assert "too little is told of what is looked at" in teams.title[0].value
    rep = reader(url, "rep", period="2017-01", rep="Ana", **box)
    assert (tiles(rep)["First order"], "Not yet." in captions(rep)) == ("–", False)


@pytest.mark.parametrize("level", ["team", "rep"])
def test_the_heat_map_of_teams(reader: Reader, filled_url: str, command: Command, level: str) -> None:
    app = reader(filled_url, "teams", period="2017", teams_level=level, **WEST)
    assert not app.exception
    shown = app.dataframe[0].value.set_index("name")
    assert "attainment" not in shown
    for key in ("bookings", "win_rate", "opportunities_opened"):
        told = command(filled_url, key, "2017", level, region="West")
        assert all(same(shown[key][name], told.get(name)) for name in shown.index), key


def test_the_tabs_of_teams(reader: Reader, filled_url: str, command: Command) -> None:
    funnel = unfolded(reader(filled_url, "teams", period="2017", teams_tab="Funnel", **WEST))
    stages = table_with(funnel, "stage", "count").set_index("stage")["count"]
    for key in ("opportunities_opened", "won_deals"):
        assert stages[METRICS[key].label] == command(filled_url, key, "2017", region="West")[""]
    origins = reader(
        filled_url, "teams", period="2017", teams_tab="Where bookings come from", origins_by="product", **WEST
    )
    by_product = table_with(origins, "share", "value").set_index("name")["value"]
    told = command(filled_url, "bookings", "2017", "product", region="West")
    assert (by_product * 100).to_dict() == {name: told.get(name, 0.0) for name in by_product.index}
    assert set(told) <= set(by_product.index)


def test_the_change_of_teams(reader: Reader, tmp_path: Path, command: Command) -> None:
    url = two_years(tmp_path)
    app = unfolded(reader(url, "teams", period="2017", only="segment", **{"is": "Large"}))
    assert not app.exception
    steps = table_with(app, "label", "amount").set_index("label")["amount"]
    for year in ("2016", "2017"):
        assert steps[year] * 100 == command(url, "bookings", year, segment="Large")[""]


@pytest.mark.parametrize(("segment", "stage"), [("Small", "Proposal"), ("Large", "Demo")])
def test_the_open_pipeline_of_teams(reader: Reader, tmp_path: Path, segment: str, stage: str) -> None:
    url = two_years(tmp_path)
    app = reader(url, "teams", period="2017", teams_tab="Open pipeline", only="segment", **{"is": segment})
    assert not app.exception
    assert table_with(app, "stage", "age")["stage"].tolist() == [stage]


@pytest.mark.parametrize(("rep", "period"), [("A. Ruiz", "2017-Q1"), ("Bo Li", "2017-Q2")])
def test_the_page_of_a_rep(reader: Reader, filled_url: str, command: Command, rep: str, period: str) -> None:
    app = unfolded(reader(filled_url, "rep", period=period, rep=rep, **WEST))
    shown, where = tiles(app), {"rep": rep, "region": "West"}
    for key in ("bookings", "win_rate"):
        if METRICS[key].label in shown:
            assert shown[METRICS[key].label] == tile(key, command(filled_url, key, period, **where)[""])
    assert "Bookings" in shown
    assert "A scorecard is of everything: its targets are not split by region." in captions(app)
    assert not [one for one in app.dataframe if "weight" in one.value]
    stages = table_with(app, "stage", "count").set_index("stage")["count"]
    for key in ("opportunities_opened", "won_deals"):
        assert same(stages[METRICS[key].label], command(filled_url, key, period, **where)[""])


@pytest.mark.parametrize("key", ["bookings", "win_rate", "average_deal_size", "opportunities_opened"])
@pytest.mark.parametrize(
    ("level", "names"),
    [("rep", ["Ana Ruiz", "A. Ruiz", "Bo Li"]), ("team", ["North", "South"]), ("role", ["account_executive"])],
)
def test_compare(reader: Reader, filled_url: str, command: Command, key: str, level: str, names: list[str]) -> None:
    app = reader(filled_url, "compare", period="2017", by=key, level=level, **{f"{level}s": names}, **WEST)
    assert not app.exception
    rows = app.dataframe[0].value
    factor = {Unit.SHARE: 100, Unit.MONEY: 0.01}.get(METRICS[key].unit, 1)
    cells = rows["value"].tolist() if "value" in rows else [None] * len(names)
    for name, cell in zip(names, cells, strict=True):
        told = command(filled_url, key, "2017", **{level: name, "region": "West"})[""]
        assert same(cell, None if told is None else told * factor), name


def test_what_no_sheet_tells_cannot_be_compared_by(reader: Reader, filled_url: str) -> None:
    (by,) = [box for box in reader(filled_url, "compare", period="2017", **WEST).selectbox if box.label == "By"]
    assert not {"Attainment", "Calls"} & set(by.options)


@pytest.mark.parametrize("page", ["home", "teams", "rep", "compare"])
@pytest.mark.parametrize(
    "chosen",
    [{"only": "region"}, {"only": "region", "is": "Nowhere"}, {"only": "planet", "is": "West"}, {"is": "West"}],
)
def test_what_is_not_there_is_no_filter(reader: Reader, filled_url: str, page: str, chosen: dict[str, str]) -> None:
    app, plain = (reader(filled_url, page, period="2017-Q1", **held) for held in (chosen, {}))
    assert not app.exception
    assert [one.value for one in app.metric] == [one.value for one in plain.metric]
    assert [one.value for one in app.title] == [one.value for one in plain.title]
    assert "Only" not in captions(app)


def test_the_filter_is_offered_where_there_is_something_to_filter_by(reader: Reader, filled_url: str) -> None:
    labels = [box.label for box in reader(filled_url, **WEST).selectbox]
    assert labels[:4] == ["Period", "Team", "Only", "Region"]
    scored = reader(filled_url, "scorecards", **WEST)
    assert "Only" not in [box.label for box in scored.selectbox]
    assert "scores are held against targets, which are not split by" in captions(scored)
    assert "not split by" not in captions(reader(filled_url, **WEST | {"is": "Nowhere"}))


def test_other_pages_are_of_everything(reader: Reader, filled_url: str) -> None:
    with_filter, without = (reader(filled_url, "scorecards", period="2017-Q1", **held) for held in (WEST, {}))
    assert not with_filter.exception
    assert [one.value for one in with_filter.title] == [one.value for one in without.title]
