"""Benchmarks, empty and filled: no figure without its source; what is pinned stays as it was."""

from collections.abc import Callable
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from spm.benchmarks.industry.actions import keep_figures
from spm.benchmarks.industry.figures import Figure
from spm.benchmarks.industry.queries import figures as kept_figures
from spm.benchmarks.internal.queries import pinned
from spm.metrics.queries import Scene, scene_of
from spm.store.opening import Store, open_store
from tests.companies import REAL_TODAY, TESTER

Reader = Callable[..., AppTest]


@pytest.fixture
def store(filled_url: str) -> Store:
    return open_store(filled_url)


@pytest.fixture
def scene(store: Store) -> Scene:
    return scene_of(store, REAL_TODAY)


def texts(app: AppTest) -> str:
    return "\n".join(element.value for element in [*app.title, *app.markdown, *app.caption, *app.subheader])


def test_delivered_empty(reader: Reader, empty_url: str) -> None:
    app = reader(empty_url, "benchmarks")
    assert not app.exception
    assert app.title[0].value == "No industry figure yet"


def test_a_kept_figure_is_shown_and_stands_beside_the_reps(
    reader: Reader, filled_url: str, store: Store, scene: Scene
) -> None:
    figure = Figure("win_rate", "", "", 0.2, 0.3, None, "A published survey", date(2016, 12, 31))
    keep_figures(store, TESTER, [figure], scene.metrics)
    app = reader(filled_url, "benchmarks")
    assert app.title[0].value == "1 industry figure from 1 source"
    app = reader(filled_url, "compare", period="2017", by="win_rate", reps=["Bo Li"])
    (table,) = [table.value for table in app.dataframe if "against" in table.value]
    row = table.set_index("against").loc["Industry, typical"]
    assert (row["value"], row["source"]) == (30.0, "A published survey, Dec 2016")


def test_a_sheet_with_a_figure_without_source_is_told_so(reader: Reader, filled_url: str) -> None:
    app = reader(filled_url, "benchmarks")
    sheet = "metric,typical,source,date\nWin rate,25 %,,2016\nBookings,120000,A survey,2016\n"
    app = app.file_uploader[0].upload("figures.csv", sheet.encode()).run()
    assert not app.exception
    assert "Row 2: Win rate has no source" in app.warning[0].value
    (keep,) = [button for button in app.button if button.label == "Keep 1 figure"]
    app = keep.click().run()
    assert not app.exception
    assert app.title[0].value == "1 industry figure from 1 source"
    assert [one.value for one in app.success] == ["1 figure kept, 1 refused."]
    assert not app.warning  # the sheet is done with: nothing of it is left on the page


def test_kept_figures_of_any_unit_are_read_again_as_they_stand(
    reader: Reader, filled_url: str, store: Store, scene: Scene
) -> None:
    amounts = {
        "sales_cycle": 62.5,
        "win_rate": 0.23456,
        "bookings": 120_000_50.0,
        "pipeline_coverage": 3.25,
        "calls": 40.0,
    }
    figures = [
        Figure(key, "", "", None, amount, None, "A published survey", date(2016, 12, 31))
        for key, amount in amounts.items()
    ]
    keep_figures(store, TESTER, figures, scene.metrics)
    app = reader(filled_url, "benchmarks")
    assert not app.exception
    assert app.title[0].value == "5 industry figures from 1 source"
    # Nothing is refused, and nothing differs from what is kept: there is nothing to save.
    assert not app.warning
    assert not [button for button in app.button if button.label == "Save"]


def test_a_sheet_with_units_beside_its_numbers(reader: Reader, filled_url: str, store: Store) -> None:
    app = reader(filled_url, "benchmarks")
    sheet = "metric,typical,source,date\nSales cycle,62.5 days,A survey,2016\nPipeline coverage,3x,A survey,2016\n"
    app = app.file_uploader[0].upload("figures.csv", sheet.encode()).run()
    (keep,) = [button for button in app.button if button.label == "Keep 2 figures"]
    keep.click().run()
    assert [one.typical for one in kept_figures(scene_of(store, REAL_TODAY))] == [3.0, 62.5]


def test_an_internal_benchmark_is_pinned(reader: Reader, filled_url: str, store: Store) -> None:
    chosen = {"benchmarks_tab": "Inside the company", "internal_metric": "bookings", "internal_by": "tenure"}
    app = reader(filled_url, "benchmarks", period="2017", **chosen)
    assert not app.exception
    (pin,) = [button for button in app.button if button.label == "Pin as of today"]
    app = pin.click().run()
    assert not app.exception
    kept = pinned(scene_of(store, REAL_TODAY))
    assert kept["grouped_by"].tolist() == ["tenure"] * len(kept)
    assert kept["people_count"].sum() == 3
    app = reader(filled_url, "benchmarks", benchmarks_tab="Pinned")
    assert "Bookings by tenure, 2017" in texts(app)
