"""How numbers and names reach the screen."""

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from spm.metrics.registry import METRICS
from spm.store.opening import Store
from spm.ui import show


@pytest.mark.parametrize(
    ("key", "now", "before", "words"),
    [
        ("bookings", 272.0, 100.0, "+172 %"),
        ("bookings", 99.0, 100.0, "−1 %"),
        ("bookings", 100.2, 100.0, "±0 %"),
        ("win_rate", 0.60, 0.6132, "−1.3 points"),
        ("bookings", 5.0, 0.0, ""),
        ("bookings", None, 5.0, ""),
        ("pipeline_coverage", float("inf"), 2.0, ""),
    ],
)
def test_a_change_is_told_in_percent_or_points(key: str, now: float | None, before: float | None, words: str) -> None:
    assert show.change(now, before, METRICS[key]) == words


def test_amounts_are_drawn_in_major_units_and_missing_stays_missing(store: Store) -> None:
    drawn = show.major(pd.DataFrame({"booked": [123_456.0, np.nan]}), "booked")
    assert drawn["booked"].iloc[0] == 1234.56
    assert np.isnan(drawn["booked"].iloc[1])


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("$3 of *North_West*", "\\$3 of \\*North\\_West\\*"),
        ("a 9 % [x](y)", "a 9\N{NO-BREAK SPACE}% \\[x\\](y)"),
        ("Ana", "Ana"),
        ("ana@x.com", "ana@\N{WORD JOINER}x.com"),  # else the browser makes a link to write to her
        ("https://x.com", "https://\N{WORD JOINER}x.com"),
        ("www.x.com", "www.\N{WORD JOINER}x.com"),
    ],
)
def test_signs_in_a_name_format_nothing(text: str, markdown: str) -> None:
    assert show.plain(text) == markdown


def test_our_own_markdown_formats_all_but_amounts() -> None:
    assert show.marked("**$3** :gray[of $4]") == "**\\$3** :gray[of \\$4]"


def tiles_page() -> None:
    from spm.ui import show
    from spm.ui.show import Tile

    show.tiles(Tile("Bookings", "$3.09M", "$3,086,111", "+172 %", "on Q1"), Tile("Quota", "–", note="Add $ first."))


def test_a_dollar_on_a_tile_starts_no_formula(store: Store) -> None:
    app = AppTest.from_function(tiles_page).run()
    assert not app.exception
    assert [one.value for one in app.metric] == ["\\$3.09M", "–"]
    assert [one.value for one in app.caption] == ["Add \\$ first."]
    assert app.metric[0].delta == "+172\N{NO-BREAK SPACE}%"
