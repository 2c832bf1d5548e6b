"""Every picture is drawn: on light and dark pages, wide and as narrow as on a phone, full and empty."""

import copy
import re
from typing import Any

import pytest
import vl_convert

from spm import charts
from spm.charts.palette import COLOURS
from tests.charts.frames import PICTURES, Picture, Rows

LIGHT, DARK = "#FFFFFF", "#12161F"
PHONE_WIDTH = 308  # what a bordered card leaves of 390 pixels
each_picture = pytest.mark.parametrize("picture", PICTURES.values(), ids=PICTURES)


def _drawn(specification: dict[str, Any], rows: Rows, width: int = 640, background: str = LIGHT) -> str:
    """The picture as SVG, its frame filled in and its size fitted as a page does it."""
    filled = copy.deepcopy(specification)
    filled["data"] = {"name": "source", "values": rows}
    filled |= {"width": width, "background": background, "autosize": {"type": "fit", "contains": "padding"}}
    return str(vl_convert.vegalite_to_svg(filled))


def _texts(svg: str) -> list[str]:
    return [text.replace("\N{NO-BREAK SPACE}", " ") for text in re.findall(r">([^<>]+)</t(?:ext|span)>", svg)]


@each_picture
@pytest.mark.parametrize("width", [640, PHONE_WIDTH])
def test_says_what_the_rows_say(picture: Picture, width: int) -> None:
    texts = _texts(_drawn(picture.specification(), picture.rows, width))
    assert [text for text in picture.texts if text not in texts] == []
    assert [text for text in (*picture.unwanted, "undefined", "null", "NaN") if text in texts] == []


@each_picture
def test_hover_says_no_null(picture: Picture) -> None:
    svg = _drawn(picture.specification(), picture.rows)
    labels = re.findall(r'aria-label="([^"]*)"', svg)
    assert [label for label in labels if re.search(r"\b(undefined|null|NaN)\b", label)] == []


@each_picture
def test_follows_the_page_from_light_to_dark(picture: Picture) -> None:
    of_light, of_dark = ({getattr(colour, page) for colour in COLOURS.values()} for page in ("light", "dark"))
    on_light, on_dark = (
        set(re.findall(r"#[0-9A-Fa-f]{6}\b", _drawn(picture.specification(), picture.rows, background=background)))
        for background in (LIGHT, DARK)
    )
    assert on_light & of_light
    assert on_light & (of_dark - of_light) == set()
    assert on_dark & of_dark
    assert on_dark & (of_light - of_dark) == set()


@each_picture
def test_an_empty_frame_is_an_empty_picture(picture: Picture) -> None:
    texts = _texts(_drawn(picture.specification(), []))
    assert [text for text in texts if text in ("undefined", "null", "NaN")] == []


def test_a_month_without_a_value_is_a_gap_and_no_bar_of_0() -> None:
    picture = PICTURES["results_by_month"]
    bars = _drawn(picture.specification(), picture.rows).count('aria-roledescription="bar"')
    assert bars == len(picture.rows) - 1


def test_another_currency_has_its_own_sign() -> None:
    rows = PICTURES["pace"].rows
    assert "quota €1.2M" in _texts(_drawn(charts.pace("€"), rows))
    assert "quota kr1.2M" in _texts(_drawn(charts.pace("kr"), rows))
    assert charts.pace("€") is not charts.pace("kr")


@pytest.mark.parametrize(
    ("unit", "value", "text"),
    [
        ("money", 3_086_111, "$3.09M"),
        ("money", 2_500_000_000, "$2.5B"),
        ("money", 950, "$950"),
        ("money", 0, "$0"),
        ("count", 0.5, "0.5"),
        ("count", 4238, "4.24K"),
        ("share", 0.6315, "63 %"),
        ("days", 51.78, "51.8 d"),
        ("×", 2.5, "2.5×"),
        ("rate", 0.06634, "0.0663"),
        ("rate", 18.12, "18.1"),
    ],
)
def test_short_values(unit: str, value: float, text: str) -> None:
    rows: Rows = [{"period": "2017-01-01", "value": value, "target": None, "signal": None}]
    assert text in _texts(_drawn(charts.item_trend(unit, "$"), rows))


def test_counts_stand_in_their_own_part_of_a_column_though_small_parts_are_not_counted() -> None:
    rows: Rows = [
        {"period": "Q1", "starts_on": "2026-01-01", "band": band, "people_count": count}
        for band, count in (("outstanding", 30), ("needs help", 30), ("no score", 2))
    ]
    svg = _drawn(charts.bands_over_time(), rows)
    assert _texts(svg).count("30") == 2
    assert "2" not in _texts(svg)
    above, below = (float(y) - 4 for y in re.findall(r"translate\([\d.]+,([\d.]+)\)[^>]*>30<", svg))  # 4 to its line
    assert below == pytest.approx(3 * above)  # the middles of the first and the second 30 of 62


def test_few_refused_rows_stay_visible() -> None:
    rows = [
        {"file": "a.csv", "outcome": "new", "rows_count": 100_000},
        {"file": "a.csv", "outcome": "refused", "rows_count": 1},
    ]
    svg = _drawn(charts.imported_rows(), rows)
    refused = [path for path in svg.split("<path") if 'aria-roledescription="bar"' in path and "refused" in path]
    assert len(refused) == 1
    assert COLOURS["needs_help"].light in refused[0]


def test_bands_begin_where_the_company_says() -> None:
    texts = _texts(_drawn(charts.score_dial((70, 90, 110)), PICTURES["score_dial"].rows))
    assert {"0", "70", "90", "110", "150"} <= set(texts)
    assert not {"80", "100", "120"} & set(texts)


def test_a_screen_reader_says_month_and_amount() -> None:
    picture = PICTURES["results_by_month"]
    assert 'aria-label="December 2016: $3,086,111"' in _drawn(picture.specification(), picture.rows)
