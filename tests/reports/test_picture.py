"""A picture as a file: drawn, whatever is missing in its frame."""

import struct
from datetime import date

import pandas as pd
import pytest

from spm.reports.picture import SCALE, WIDTH, png
from tests.charts.frames import PICTURES


@pytest.mark.parametrize("name", ["results_by_month", "waterfall", "funnel", "beside_others"])
def test_a_picture_becomes_a_file_as_wide_as_a_slide(name: str) -> None:
    picture = PICTURES[name]
    drawn = png(pd.DataFrame(picture.rows), picture.specification(), "Bookings by month")
    assert drawn.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", drawn[16:24])
    assert WIDTH * SCALE <= width <= 1.1 * WIDTH * SCALE
    assert height > 100


def test_days_and_missing_values_are_drawn() -> None:
    frame = pd.DataFrame({"week": [date(2026, 9, 7)], "kind": ["Calls"], "place": [0], "count": [None]})
    assert png(frame, PICTURES["activities"].specification()).startswith(b"\x89PNG")


def test_the_specification_is_left_as_it_was() -> None:
    picture = PICTURES["waterfall"]
    before = dict(picture.specification())
    png(pd.DataFrame(picture.rows), picture.specification(), "Why")
    assert picture.specification() == before
