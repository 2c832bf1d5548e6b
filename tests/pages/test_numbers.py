"""Every number on Home, Teams, Rep and Compare is the one that the command `spm value` gives for the same filter."""

from collections.abc import Callable
from math import floor
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from spm.metrics import wording
from spm.metrics.registry import METRICS, Unit
from tests.pages.folds import unfolded
from tests.pages.two_years import two_years

Reader = Callable[..., AppTest]
Command = Callable[..., dict[str, Any]]
IN_THE_HEAT_MAP = ("attainment", "bookings", "win_rate", "average_deal_size", "opportunities_opened")


def same(shown: object, told: object) -> bool:
    """Whether a cell is the command's value; a missing one is empty, and never 0."""
    if told is None or shown is None:
        return told is None and (shown is None or bool(pd.isna(shown)))
    return float(shown) == pytest.approx(float(told))  # type: ignore[arg-type]


def table_with(app: AppTest, *columns: str) -> pd.DataFrame:
    return next(one.value for one in app.dataframe if set(columns) <= set(one.value.columns))


def words(key: str, told: float | None) -> str:
    """The command's value in the page's words: it gives amounts in major units, and they take minor ones."""
    metric = METRICS[key]
    return wording.short(metric.unit, told * 100 if told is not None and metric.unit is Unit.MONEY else told, "USD")


def tile(key: str, told: float | None) -> str:
    """The same as a tile has it."""
    return words(key, told).replace("$", "\\$").replace(" %", "\N{NO-BREAK SPACE}%")


@pytest.mark.parametrize("team", [None, "North", "South"])
@pytest.mark.parametrize("period", ["2017-Q1", "2017-Q2", "2017"])
def test_home(reader: Reader, filled_url: str, command: Command, period: str, team: str | None) -> None:
    where = {"team": team} if team else {}
    app = reader(filled_url, period=period, **where)
    assert not app.exception
    tiles = {one.label: one.value for one in app.metric}
    assert tiles["Bookings"] == tile("bookings", command(filled_url, "bookings", period, **where)[""])
    rate = command(filled_url, "win_rate", period, **where)[""]
    assert tiles.get("Win rate") == (None if rate is None else tile("win_rate", rate))
    share = command(filled_url, "attainment", period, **where)[""]
    assert tiles["Attainment"] == (
        "No quota yet" if share is None else f"{floor(share * 100 + 1e-9)}\N{NO-BREAK SPACE}%"
    )
    for by, tab in (("rep", "Reps"), ("team", "Teams")):
        shown = table_with(reader(filled_url, period=period, home_tab=tab, **where), "trend").set_index("name")
        _assert_column(shown, "bookings", command(filled_url, "bookings", period, by, **where))
        _assert_column(shown, "quota", command(filled_url, "quota", period, by, **where))
        rates = command(filled_url, "win_rate", period, by, **where)
        _assert_column(shown, "win_rate", {name: rate and rate * 100 for name, rate in rates.items()})
        shares = command(filled_url, "attainment", period, by, **where)
        floored = {name: None if one is None else floor(one * 100 + 1e-9) for name, one in shares.items()}
        _assert_column(shown, "attainment", floored)


def _assert_column(shown: pd.DataFrame, column: str, told: dict[str, Any]) -> None:
    """Each row's cell is the command's; a column of nothing but missing values is not drawn."""
    for name in shown.index:
        assert same(shown[column].get(name) if column in shown else None, told.get(name)), (column, name)


@pytest.mark.parametrize("level", ["team", "rep"])
@pytest.mark.parametrize("period", ["2017-Q1", "2017"])
def test_the_heat_map_of_teams(reader: Reader, filled_url: str, command: Command, period: str, level: str) -> None:
    app = reader(filled_url, "teams", period=period, teams_level=level)
    assert not app.exception
    shown = app.dataframe[0].value.set_index("name")
    for key in IN_THE_HEAT_MAP:
        factor = 100 if METRICS[key].unit is Unit.MONEY else 1  # its cells hold minor units, and are drawn as words
        told = command(filled_url, key, period, level)
        _assert_column(shown, key, {name: one if one is None else one * factor for name, one in told.items()})


@pytest.mark.parametrize(("team", "attribute"), [(None, "region"), (None, "product"), ("North", "region")])
def test_bookings_of_teams_with_an_attribute_filter(
    reader: Reader, filled_url: str, command: Command, team: str | None, attribute: str
) -> None:
    where = {"team": team} if team else {}
    app = reader(
        filled_url, "teams", period="2017", teams_tab="Where bookings come from", origins_by=attribute, **where
    )
    assert not app.exception
    rows = table_with(app, "share", "value").to_dict("records")
    assert len(rows) > 1
    for row in rows:
        kept = {**where, attribute: row["name"]}
        assert same(row["value"], command(filled_url, "bookings", "2017", **kept)[""])
        rate = command(filled_url, "win_rate", "2017", **kept)[""]
        assert same(row["win_rate"], rate and rate * 100)


@pytest.mark.parametrize("team", [None, "North"])
def test_the_funnel_and_the_pipeline_of_teams(
    reader: Reader, filled_url: str, command: Command, team: str | None
) -> None:
    where = {"team": team} if team else {}
    funnel = unfolded(reader(filled_url, "teams", period="2017", teams_tab="Funnel", **where))
    stages = table_with(funnel, "stage", "count").set_index("stage")["count"]
    for key in ("opportunities_opened", "won_deals"):
        assert same(stages[METRICS[key].label], command(filled_url, key, "2017", **where)[""])
    app = reader(filled_url, "teams", period="2017", teams_tab="Open pipeline", **where)
    tiles = {one.label: one.value for one in app.metric}
    told = command(filled_url, "open_pipeline", "2017", **where)[""]
    assert tiles.get("Open pipeline") == (None if told is None else tile("open_pipeline", told))


@pytest.mark.parametrize(("rep", "period"), [("Ana Ruiz", "2017-Q1"), ("A. Ruiz", "2017-Q1"), ("Bo Li", "2017-Q2")])
def test_the_page_of_a_rep(reader: Reader, filled_url: str, command: Command, rep: str, period: str) -> None:
    app = unfolded(reader(filled_url, "rep", period=period, rep=rep))
    assert not app.exception
    items = table_with(app, "actual", "weight").set_index("label")["actual"]
    by_label = {metric.label: key for key, metric in METRICS.items()}
    assert len(items) >= 2
    for label, actual in items.items():
        told = command(filled_url, by_label[str(label)], period, rep=rep)[""]
        assert actual == words(by_label[str(label)], told), label
    stages = table_with(app, "stage", "count").set_index("stage")["count"]
    for key in ("opportunities_opened", "won_deals"):
        if METRICS[key].label in stages:
            assert same(stages[METRICS[key].label], command(filled_url, key, period, rep=rep)[""])


@pytest.mark.parametrize("key", ["bookings", "win_rate", "average_deal_size", "attainment", "opportunities_opened"])
@pytest.mark.parametrize(
    ("level", "names"),
    [("rep", ["Ana Ruiz", "A. Ruiz", "Bo Li"]), ("team", ["North", "South"]), ("role", ["account_executive"])],
)
def test_compare(reader: Reader, filled_url: str, command: Command, key: str, level: str, names: list[str]) -> None:
    app = reader(filled_url, "compare", period="2017", by=key, level=level, **{f"{level}s": names})
    assert not app.exception
    shown = app.dataframe[0].value["value"].tolist()
    factor = 100 if METRICS[key].unit is Unit.SHARE else 1
    assert len(shown) == len(names)
    for name, cell in zip(names, shown, strict=True):
        told = command(filled_url, key, "2017", **{level: name})[""]
        assert same(cell, told if told is None else told * factor), name


def test_what_compare_holds_somebody_against(reader: Reader, tmp_path: Path, command: Command) -> None:
    url = two_years(tmp_path)
    app = reader(url, "compare", period="2017", by="bookings", reps=["Cy Oh"])
    rows = table_with(app, "against", "value").set_index("against")["value"]
    assert same(rows["2016"], command(url, "bookings", "2016", rep="Cy Oh")[""])
    of_all = command(url, "bookings", "2017", "rep")
    assert same(rows["Peers"], (of_all["Ana Ruiz"] + (of_all["Bo Li"] or 0)) / 2)
