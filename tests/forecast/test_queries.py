"""Projections of a metric and its parts: which periods, what adds up, who has left, what is refused."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from spm.calendar import Grain
from spm.errors import Refusal, UnknownName
from spm.forecast import queries
from spm.forecast.outlook import queries as reading
from spm.forecast.outlook.projecting import AMOUNTS, Outlook
from spm.forecast.outlook.queries import Asked
from spm.forecast.queries import outlook
from spm.metrics.queries import Question, Scene, values
from spm.store import forecasts
from tests.companies import empty_store, imported, scene
from tests.forecast.companies import TODAY, deals, three_year_scene, three_years


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    return three_year_scene(tmp_path_factory.mktemp("forecast"))


@pytest.fixture(scope="module")
def bookings(company: Scene) -> Outlook:
    return outlook(company, Asked("bookings", by=("product",)))


def of(frame: pd.DataFrame, **wanted: str) -> pd.DataFrame:
    for name, value in wanted.items():
        frame = frame[frame[name] == value]
    return frame


def test_only_complete_months_are_history_and_the_running_one_is_ahead(bookings: Outlook) -> None:
    assert [bookings.times.complete[0].label, bookings.times.complete[-1].label] == [
        "2023-02",
        "2026-10",
    ]  # no sheet speaks for most of January
    assert [one.label for one in bookings.times.ahead][:2] == ["2026-11", "2026-12"]
    assert len(bookings.times.ahead) == 12


def test_reps_teams_and_company_add_up_to_the_cent(bookings: Outlook) -> None:
    levels = bookings.levels
    whole = levels[()].future.set_index("period")["value"]
    for by in (("team",), ("rep",)):
        parts = levels[by].future.groupby("period")["value"].sum()
        assert parts.equals(whole.reindex(parts.index).rename("value"))
    assert (whole == whole.round()).all()


def test_products_add_up_to_the_same_company(bookings: Outlook) -> None:
    levels = bookings.levels
    parts = levels[("product",)].future.groupby("period")["value"].sum()
    assert parts.tolist() == levels[()].future["value"].tolist()
    assert set(levels[("product",)].future["product"]) == {"Box", "Jar"}


def test_counts_add_up_in_hundredths(company: Scene) -> None:
    levels = outlook(company, Asked("won_deals")).levels
    parts = levels[("rep",)].future.groupby("period")["value"].sum().round(2)
    assert parts.tolist() == levels[()].future["value"].round(2).tolist()


def test_history_is_what_the_metric_says(company: Scene, bookings: Outlook) -> None:
    level = bookings.levels[("rep",)]
    asked = values(company, Question("bookings", ("rep", "month")))
    for rep in ("Ana Ruiz", "Bo Li"):
        mine = of(asked, rep=rep)
        mine = mine[mine["month"].between("2023-02", "2026-10")]
        assert of(level.history, rep=rep)["value"].tolist() == mine["value"].tolist()


def test_whoever_left_brings_nothing_more(bookings: Outlook) -> None:
    future = of(bookings.levels[("rep",)].future, rep="Cy Oak")
    assert future["value"].tolist() == [0.0] * 12
    assert set(future["model"]) == {"left"}


def test_whoever_came_lately_has_a_history_from_then_on(bookings: Outlook) -> None:
    level = bookings.levels[("rep",)]
    assert of(level.history, rep="Di Yu")["start"].min() == date(2026, 8, 1)
    assert (of(level.future, rep="Di Yu")["value"] > 0).all()


def test_the_season_is_found(bookings: Outlook) -> None:
    future = bookings.levels[()].future.set_index("period")["value"]
    assert future["2026-12"] > 1.5 * future["2026-11"]


def test_ranges_nest_and_hold_the_line(bookings: Outlook) -> None:
    for level in bookings.levels.values():
        rows = level.future
        assert (rows["low_95"] <= rows["low_80"]).all()
        assert (rows["low_80"] <= rows["value"]).all()
        assert (rows["value"] <= rows["high_80"]).all()
        assert (rows["high_80"] <= rows["high_95"]).all()
        assert (rows["low_95"] >= 0).all()


def test_a_ratio_is_the_projected_sums_divided(company: Scene) -> None:
    won, lost, rate = (
        outlook(company, Asked(key)).levels[()].future for key in ("won_deals", "lost_deals", "win_rate")
    )
    assert rate["value"].between(0, 1).all()
    assert rate["value"].tolist() == pytest.approx((won["value"] / (won["value"] + lost["value"])).tolist(), abs=0.02)
    assert (rate["high_95"] <= 1).all()


@pytest.mark.parametrize(("grain", "first"), [(Grain.QUARTER, "2026-Q4"), (Grain.WEEK, "2026-W46")])
def test_other_grains(company: Scene, grain: Grain, first: str) -> None:
    future = outlook(company, Asked("bookings", grain=grain, horizon=3)).levels[()].future
    assert future["period"].iloc[0] == first
    assert len(future) == 3


def test_as_it_would_have_been_seen_earlier(company: Scene) -> None:
    found = outlook(company, Asked("bookings", periods_ago=2, is_alone=True))
    assert found.times.complete[-1].label == "2026-08"
    assert found.levels[()].history["start"].max() == date(2026, 8, 1)
    assert found.levels[()].future["period"].iloc[0] == "2026-09"


def test_a_part_of_the_company(company: Scene) -> None:
    found = outlook(company, Asked("bookings", by=("rep",), where=(("team", "North"),)))
    assert set(found.levels[("rep",)].future["rep"]) == {"Ana Ruiz", "Bo Li"}
    parts = found.levels[("rep",)].future.groupby("period")["value"].sum()
    assert parts.tolist() == found.levels[()].future["value"].tolist()


def test_stocks_and_unknown_names_are_refused(company: Scene) -> None:
    with pytest.raises(Refusal, match="no total over time"):
        outlook(company, Asked("open_pipeline"))
    with pytest.raises(UnknownName):
        outlook(company, Asked("bookings", by=("colour",)))


def test_without_a_complete_month_nothing_is_projected(tmp_path: Path) -> None:
    store = empty_store(tmp_path)
    assert outlook(scene(store, TODAY), Asked("bookings")).levels == {}
    rows = "Deal id,Owner,Stage,Amount,Created on,Closed on\n1,Ana,Won,10,2026-11-02,2026-11-03"
    imported(store, {"deals.csv": rows}, TODAY)
    assert outlook(scene(store, TODAY), Asked("bookings")).levels == {}


def test_sheets_that_end_mid_month_leave_that_month_out(tmp_path: Path) -> None:
    store = three_years(tmp_path)
    later = scene(store, date(2026, 12, 20))  # the sheets end on 10 November
    found = reading.times_of(later, Asked("bookings"))
    assert found.complete[-1].label == "2026-10"
    assert found.ahead[0].label == "2026-11"


def test_attainment_is_projected_against_the_quotas_that_are_known(company: Scene) -> None:
    booked = outlook(company, Asked("bookings")).levels[("rep",)].future.set_index(["rep", "period"])["value"]
    found = outlook(company, Asked("attainment", by=("rep",))).levels[("rep",)].future.set_index(["rep", "period"])
    quotas = values(company, Question("quota", ("rep", "month"))).set_index(["rep", "month"])["value"]
    ana = ("Ana Ruiz", "2026-12")
    assert found.loc[ana, "value"] == pytest.approx(booked[ana] / quotas[ana], rel=1e-3)
    assert found.loc[ana, "low_80"] < found.loc[ana, "value"] < found.loc[ana, "high_80"]
    assert found.loc[("Ana Ruiz", "2027-01"), list(AMOUNTS)].isna().all()  # no quota is known after December


def test_the_open_pipeline_is_a_candidate_where_it_is_known_what_it_was(tmp_path: Path) -> None:
    store = three_years(tmp_path)
    assert forecasts.open_states(store).empty  # one export tells of no earlier day
    offers = ["Opportunity ID,Changed on,Stage,Amount,Close Date"]
    for row in deals().splitlines()[1:]:
        key, _, _, stage, amount, created, closes = row.split(",")
        offers += [f"{key},{created},Offer,{amount},{closes}", f"{key},{closes},{stage},{amount},{closes}"]
    imported(store, {"deal history.csv": "\n".join(offers)}, TODAY)
    states = forecasts.open_states(store)
    assert set(states["stage"]) == {"Offer"}
    here = scene(store, TODAY)
    assert outlook(here, Asked("bookings")).levels[()].future["value"].notna().all()
    found = queries.explanation_of(here, "bookings", reading.Series(), Grain.MONTH)
    assert found is not None
    assert "open pipeline" in found.league["model"].tolist()
