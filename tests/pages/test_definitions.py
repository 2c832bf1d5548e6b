"""Definitions, empty and filled: every metric of the registry, the company's own columns, and the words."""

from collections.abc import Callable
from datetime import date

from streamlit.testing.v1 import AppTest

from spm.metrics.actions import declare_metric
from spm.metrics.catalogue import Declaration
from spm.metrics.queries import scene_of, vocabulary
from spm.metrics.registry import METRICS
from spm.store import reading
from spm.store.change_sets import Author
from spm.store.opening import open_store

Reader = Callable[..., AppTest]


def opened(reader: Reader, url: str, tab: str) -> AppTest:
    return reader(url, "definitions", definitions_tab=tab)


def test_an_empty_app_lists_every_metric_and_the_sheet_that_brings_it(reader: Reader, empty_url: str) -> None:
    app = reader(empty_url, "definitions")
    assert not app.exception
    listed = app.dataframe[0].value.set_index("label")
    assert set(listed.index) == {metric.label for metric in METRICS.values()}
    assert tuple(listed.loc["Leads", ["value", "lack"]]) == ("missing", "Add a sheet of leads")
    assert listed.loc["Attainment", "lack"] == "Add a sheet of deals and a sheet of quotas"


def test_a_filled_app_shows_each_value_or_what_it_lacks(reader: Reader, filled_url: str) -> None:
    """Won in Q1 2017: 1,000 and 500; lost: 300."""
    app = reader(filled_url, "definitions")
    assert not app.exception
    listed = app.dataframe[0].value.set_index("label")
    assert listed.loc["Bookings", "value"] == "$1.5K"
    assert listed.loc["Win rate", "value"] == "67 %"
    assert listed.loc["Win rate", "formula"] == "Won ÷ (won + lost)"
    assert tuple(listed.loc["Leads", ["value", "lack"]]) == ("missing", "Add a sheet of leads")
    assert app.title[0].value.endswith("in Q1 2017")


def test_metrics_are_narrowed_to_what_is_missing(reader: Reader, filled_url: str) -> None:
    app = reader(filled_url, "definitions")
    next(group for group in app.button_group if "Missing" in group.options).set_value("Missing")
    app.run()
    assert all(value.startswith("missing") for value in app.dataframe[0].value["value"])


def test_a_link_opens_one_metric_with_its_parts(reader: Reader, filled_url: str) -> None:
    app = reader(filled_url, "definitions")
    app.query_params["metric"] = "pipeline_coverage"
    app.run()
    assert not app.exception
    said = " ".join(text.value for text in app.markdown)
    assert "Open pipeline that closes in the period ÷ (quota − booked)" in said
    assert "What is left of the quota" in said


def test_columns_to_filter_by_are_chosen(reader: Reader, filled_url: str) -> None:
    app = opened(reader, filled_url, "Columns of your own")
    assert not app.exception
    app.multiselect[0].set_value(["region"])
    next(button for button in app.button if button.label == "Save").click().run()
    assert [done.value for done in app.success] == ["The columns to filter by were saved."]
    assert reading.filter_attributes(open_store(filled_url)) == ("region",)


def test_own_columns_of_an_empty_app_are_asked_for(reader: Reader, empty_url: str) -> None:
    app = opened(reader, empty_url, "Columns of your own")
    assert not app.exception
    assert "**No columns yet**" in [text.value for text in app.markdown]


def test_bands_are_those_of_the_company(reader: Reader, filled_url: str) -> None:
    app = opened(reader, filled_url, "Bands")
    said = [text.value for text in app.markdown]
    assert {"**from 120 %**", "**100 % to under 120 %**", "**80 % to under 100 %**", "**under 80 %**"} <= set(said)


def test_words_are_searched(reader: Reader, empty_url: str) -> None:
    app = opened(reader, empty_url, "Words")
    app.text_input[0].set_value("quota").run()
    assert any(text.value.startswith("**Quota**") for text in app.markdown)
    assert not any(text.value.startswith("**Lead**") for text in app.markdown)


def test_a_metric_of_the_company_s_own_is_listed_and_can_be_changed(reader: Reader, filled_url: str) -> None:
    store = open_store(filled_url)
    scene = scene_of(store, date(2017, 6, 30))
    declare_metric(store, Author("Olga"), vocabulary(scene), Declaration("Lost for a win", "lost_deals / won_deals"))
    store.close()
    app = reader(filled_url, "definitions")
    app.query_params["metric"] = "lost_for_a_win"
    app.run()
    assert not app.exception
    listed = app.dataframe[0].value.set_index("label")
    assert listed.loc["Lost for a win", ["value", "formula", "unit"]].tolist() == [
        "0.5", "lost_deals / won_deals", "lost deals per won deal",
    ]  # fmt: skip
    assert {"Change", "Delete", "Add a metric"} <= {button.label for button in app.button}
