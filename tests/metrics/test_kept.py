"""A scene cut to one attribute: what its facts carry is told, everything else is missing and never 0."""

from datetime import date
from pathlib import Path

import pytest

from spm.benchmarks.comparing.queries import comparable_metrics
from spm.calendar import Span
from spm.coaching.deals.queries import open_deals, pipeline
from spm.metrics.queries import Scene, rows_behind, scene_of, value, values_of
from tests.companies import REAL_TODAY, empty_store, imported, scene
from tests.stores import TODAY, id_of, small_company

FIRST_QUARTER = Span(date(2017, 1, 1), date(2017, 4, 1))
WEST = (("region", "West"),)


@pytest.fixture
def whole(tmp_path: Path) -> Scene:
    return scene_of(small_company(tmp_path), REAL_TODAY, TODAY)


@pytest.fixture
def west(whole: Scene) -> Scene:
    return whole.cut_to(WEST)


def test_every_question_is_cut(whole: Scene, west: Scene) -> None:
    assert value(west, "bookings", FIRST_QUARTER) == value(whole, "bookings", FIRST_QUARTER, region="West") == 500_00
    assert value(west, "win_rate", FIRST_QUARTER) == 0.5
    assert value(west, "bookings", FIRST_QUARTER, product="Jar") == 0
    assert value(west, "open_deals") == 1


@pytest.mark.parametrize(
    "key", ["calls", "calls_and_emails", "quota", "attainment", "reps_on_pace", "pipeline_coverage"]
)
def test_what_no_fact_says_by_region_is_missing(whole: Scene, west: Scene, key: str) -> None:
    assert value(west, key, FIRST_QUARTER) is None
    assert value(whole, key, FIRST_QUARTER, region="West") is None
    assert key not in comparable_metrics(west)


def test_without_a_cut_the_same_is_known(whole: Scene) -> None:
    assert (value(whole, "calls", FIRST_QUARTER), value(whole, "quota", FIRST_QUARTER)) == (3, 1500_00)
    assert {"calls", "attainment"} <= set(comparable_metrics(whole))


def test_the_rows_behind_are_those_of_the_cut(west: Scene) -> None:
    found = rows_behind(west, "attainment", FIRST_QUARTER, {})
    assert {label: rows["key"].tolist() for label, rows in found.items()} == {"Won value": ["D2"]}


def test_open_deals_are_those_of_the_cut(whole: Scene, west: Scene) -> None:
    period = whole.standing.opens_on
    bo = id_of(whole.store, "Bo Li")
    east = whole.cut_to((("region", "East"),))
    assert [pipeline(one, period, {}).deals_count for one in (whole, west, east)] == [1, 1, 0]
    assert [len(open_deals(one, [bo]).deals) for one in (whole, west, east)] == [1, 1, 0]


def test_the_values_to_choose_from(whole: Scene) -> None:
    assert values_of(whole, "region") == ["East", "West"]
    assert values_of(whole, "product") == ["Box", "Jar"]


def test_a_sheet_of_open_deals_alone_tells_what_is_open(tmp_path: Path) -> None:
    store = empty_store(tmp_path)
    sheet = (
        "Deal id,Owner,Stage,Amount,Created on\nD1,Ana Ruiz,Discovery,100,2017-01-03\nD2,Bo Li,Proposal,,2017-02-05\n"
    )
    imported(store, {"deals.csv": sheet})
    company = scene(store, date(2017, 2, 10))
    assert value(company, "open_deals") == 2
    assert value(company, "open_pipeline") == 100_00
    assert value(company, "win_rate") is None
    assert value(company, "pipeline_needed") is None
