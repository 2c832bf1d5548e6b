"""What every specification promises: valid, without data, built once, with the columns of its docstring."""

import copy
import json
import re
from typing import Any

import altair as alt
import pytest

from spm import charts
from spm.charts import palette
from tests.charts.frames import PICTURES, Picture

each_picture = pytest.mark.parametrize("picture", PICTURES.values(), ids=PICTURES)


def test_every_picture_is_drawn_here() -> None:
    assert set(charts.__all__) - {"BANDS", "COLOURS"} == {one.make.__name__ for one in PICTURES.values()}


@each_picture
def test_built_once_and_left_as_it_was(picture: Picture) -> None:
    specification = picture.specification()
    before = copy.deepcopy(specification)
    assert picture.specification() is specification
    assert picture.specification() == before


@each_picture
def test_valid_vega_lite(picture: Picture) -> None:
    alt.LayerChart.from_dict(picture.specification(), validate=True)


@each_picture
def test_holds_no_data(picture: Picture) -> None:
    text = json.dumps(picture.specification())
    assert set(re.findall(r'"data": (\{.*?\})', text)) == {'{"name": "source"}'}
    assert '"datasets"' not in text


def _columns_read(specification: dict[str, Any]) -> set[str]:
    """Columns that encodings, transforms and expressions ask for and that no transform has made."""
    text = json.dumps(specification)
    read = re.findall(r'"field": "(\w+)"', text) + re.findall(r"datum\.(\w+)", text)
    made = re.findall(r'"as": ("\w+"|\[[^]]*\])', text)
    axis_labels = {"value"}  # an axis calls its tick's number datum.value
    return set(read) - {name for names in made for name in re.findall(r"\w+", names)} - axis_labels


@each_picture
def test_columns_are_those_of_the_docstring(picture: Picture) -> None:
    columns = set(picture.rows[0])
    assert columns <= set(re.findall(r"\w+", picture.make.__doc__ or ""))
    assert _columns_read(picture.specification()) <= columns
    assert columns <= set(re.findall(r"\w+", json.dumps(picture.specification())))


@pytest.mark.parametrize(
    ("name", "fields"),
    {
        "results_by_month": ["month_on"],
        "bands": ["team", "band"],
        "points": ["label"],
        "funnel": ["stage"],
        "imported_rows": ["file", "outcome"],
        "breakdown": ["name"],
    }.items(),
)
def test_a_click_on_a_bar_is_picked(name: str, fields: list[str]) -> None:
    selections = [param for param in PICTURES[name].make()["params"] if "select" in param]
    assert [(param["name"], param["select"]["fields"]) for param in selections] == [("picked", fields)]


@each_picture
def test_colours_come_from_the_palette(picture: Picture) -> None:
    specification = copy.deepcopy(picture.specification())
    signals = [param for param in specification.pop("params") if "expr" in param]
    assert [param["name"] for param in signals] == list(palette.COLOURS)
    assert re.findall(r"#[0-9A-Fa-f]{6}\b", json.dumps(specification)) == []
