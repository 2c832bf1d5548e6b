"""A forecast is published once for a state of the facts and kept; calls are kept with their history."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from spm.calendar import Grain
from spm.errors import Refusal
from spm.forecast.actions import enter_call, publish
from spm.forecast.landings.queries import landing_of, surprises_of
from spm.forecast.outlook import queries as reading
from spm.forecast.publishing import queries as publishing
from spm.forecast.publishing import record
from spm.intake.actions import undo
from spm.metrics.queries import value
from spm.people.actions import edit_person, edit_team
from spm.store import forecasts
from spm.store.change_sets import Author
from spm.store.opening import Store, open_store
from tests.companies import TESTER, empty_store, imported, scene
from tests.forecast.companies import TODAY, three_years

ANA = Author("Ana Ruiz")


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Store:
    store = three_years(tmp_path_factory.mktemp("published"))
    assert publish(store, TODAY) is not None
    return store


def test_nothing_to_publish_without_facts(tmp_path: Path) -> None:
    assert publish(empty_store(tmp_path), TODAY) is None


def test_the_same_state_is_published_once(published: Store) -> None:
    other_process = open_store(str(published.engine.url))
    assert publish(other_process, TODAY) is None
    assert publish(published, TODAY) is None
    runs = forecasts.runs(published)
    assert (~runs["is_rebuilt"].astype(bool)).sum() == 1
    assert runs["is_rebuilt"].sum() == len(publishing.ORIGINS)  # what would have been said at each of the last months


def test_what_was_published_adds_up(published: Store) -> None:
    here = scene(published, TODAY)
    run = publishing.latest_run(here)
    assert run is not None
    assert run.is_current
    assert run.first_on == date(2026, 11, 1)
    whole, teams, reps, products = (
        publishing.published_future(here, run.id, level).groupby("period")["value"].sum()
        for level in ("company", "team", "rep", "product")
    )
    assert whole.tolist() == teams.tolist() == reps.tolist() == products.tolist()


def test_a_changed_fact_makes_the_forecast_old_and_a_new_one_leaves_the_old(tmp_path: Path) -> None:
    store = three_years(tmp_path)
    first = publish(store, TODAY)
    more = "Opportunity ID,Sales Agent,Stage,Amount,Created,Close Date\nX1,Ana Ruiz,Won,9999,2026-10-01,2026-10-30"
    batch = imported(store, {"more.csv": more}, TODAY).batch
    run = publishing.latest_run(scene(store, TODAY))
    assert run is not None
    assert (run.id, run.is_current) == (first, False)
    second = publish(store, TODAY)
    assert second not in (None, first)
    said = publishing.published_of(scene(store, TODAY), "company", "", second)
    assert set(said.loc[~said["is_rebuilt"], "run_id"]) == {first, second}
    assert batch is not None
    undo(store, batch, TESTER)
    latest = publishing.latest_run(scene(store, TODAY))
    assert latest is not None
    assert latest.id == second


def test_a_run_that_somebody_else_is_making_is_left_to_them(tmp_path: Path) -> None:
    store = three_years(tmp_path)
    here = scene(store, TODAY)
    times = reading.times_of(here, reading.Asked("bookings"))
    of = {"as_of": TODAY, "first_on": times.ahead[0].start, "facts_revision": 1, "people_revision": 1, "seed": 1}
    begun = datetime.now()
    claimed = forecasts.claimed(store, publishing.state_of(here), begun, **of)
    assert claimed is not None
    assert publish(store, TODAY) is None
    assert publishing.latest_run(here) is None
    later = begun + forecasts.ABANDONED_AFTER + timedelta(seconds=1)
    assert forecasts.claimed(store, publishing.state_of(here), later, **of) == claimed  # its maker has died


def test_a_forecast_that_fails_can_be_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = three_years(tmp_path)
    with monkeypatch.context() as broken:
        broken.setattr("spm.forecast.actions.outlook", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            publish(store, TODAY)
    assert publish(store, TODAY) is not None


def test_the_quarter_lands_at_what_is_booked_and_projected(published: Store) -> None:
    here = scene(published, TODAY)
    run = publishing.latest_run(here)
    assert run is not None
    quarter = here.standing.company.fiscal_calendar.period_of(Grain.QUARTER, TODAY)
    found = landing_of(here, run, "company", "", quarter)
    assert found is not None
    assert found.booked == value(here, "bookings", quarter)
    months = publishing.published_future(here, run.id, "company").set_index("period")["value"]
    # by the 10th half of a month's deals are in: of November half is left, of December all
    assert found.lands.value == pytest.approx(found.booked + 0.5 * months["2026-11"] + months["2026-12"], rel=0.02)
    assert found.lands.low_80 < found.lands.value < found.lands.high_80
    assert found.quota == 750_000
    assert found.chance is not None
    rep = landing_of(here, run, "rep", "Ana Ruiz", quarter)
    assert rep is not None
    assert rep.quota == 400_000


def test_periods_that_are_over_or_out_of_reach_do_not_land(published: Store) -> None:
    here = scene(published, TODAY)
    run = publishing.latest_run(here)
    assert run is not None
    calendar = here.standing.company.fiscal_calendar
    for label in ("2026-Q3", "2026-10", "2028", "2026-11-03..2026-11-20"):
        assert landing_of(here, run, "company", "", calendar.period(label)) is None


def test_a_month_out_of_its_range_is_a_surprise(tmp_path: Path) -> None:
    store = three_years(tmp_path)
    huge = "Opportunity ID,Sales Agent,Stage,Amount,Created,Close Date\nX1,Ana Ruiz,Won,90000,2026-10-01,2026-10-30"
    imported(store, {"huge.csv": huge}, TODAY)
    publish(store, TODAY)
    here = scene(store, TODAY)
    run = publishing.latest_run(here)
    assert run is not None
    every = surprises_of(here, run)
    high = [one for one in every.found if one.came > one.expected.high_95]
    assert [(one.level, one.member) for one in high] == [("company", ""), ("team", "North"), ("rep", "Ana Ruiz")]
    assert high[0].month == "October 2026"


def test_calls_are_kept_with_their_history(tmp_path: Path) -> None:
    store = three_years(tmp_path)
    quarter = scene(store, TODAY).standing.company.fiscal_calendar.period("2026-Q4")
    enter_call(store, ANA, "rep", "Ana Ruiz", quarter, 300_000, 400_000, 350_000, TODAY, "one deal hangs on legal")
    again = enter_call(store, ANA, "rep", "Ana Ruiz", quarter, 320_000, None, None, TODAY)
    kept = publishing.calls_of(scene(store, TODAY), "rep", "Ana Ruiz")
    assert kept["commit_cents"].tolist() == [320_000, 300_000]
    assert kept["author"].tolist() == ["Ana Ruiz", "Ana Ruiz"]
    undo(store, again, TESTER)
    assert publishing.calls_of(scene(store, TODAY), "rep", "Ana Ruiz")["commit_cents"].tolist() == [300_000]


def test_calls_are_held_against_what_came(tmp_path: Path) -> None:
    store = three_years(tmp_path)
    then = date(2026, 8, 1)
    quarter = scene(store, TODAY).standing.company.fiscal_calendar.period("2026-Q3")
    came = value(scene(store, TODAY), "bookings", quarter, rep="Ana Ruiz")
    assert came is not None
    enter_call(store, ANA, "rep", "Ana Ruiz", quarter, 1, None, None, then)
    enter_call(store, ANA, "rep", "Ana Ruiz", quarter, round(came * 1.1), None, round(came * 0.95), then)
    held = publishing.calls_and_results(scene(store, TODAY), "rep", "Ana Ruiz")
    assert held["came"].tolist() == [came]  # the last call counts
    (one,) = record.accuracy_of_calls(held).to_dict("records")
    assert one["caller"] == "Ana Ruiz"
    assert (round(one["wape"], 4), round(one["model_wape"], 4), one["over_count"]) == (0.1, 0.05, 1)


def test_calls_that_make_no_sense_are_refused(tmp_path: Path) -> None:
    store = empty_store(tmp_path)
    calendar = scene(store, TODAY).standing.company.fiscal_calendar
    with pytest.raises(Refusal, match="is over"):
        enter_call(store, ANA, "company", "", calendar.period("2026-Q3"), 1, None, None, TODAY)
    with pytest.raises(Refusal, match="best case"):
        enter_call(store, ANA, "company", "", calendar.period("2026-Q4"), 2, 1, None, TODAY)
    with pytest.raises(Refusal, match="less than nothing"):
        enter_call(store, ANA, "company", "", calendar.period("2026-Q4"), -2, None, None, TODAY)


def test_what_was_forecast_and_called_stays_with_a_rep_and_a_team_of_another_name(tmp_path: Path) -> None:
    store = three_years(tmp_path)
    before = scene(store, TODAY)
    people, teams = (publishing.member_ids(before, level) for level in ("rep", "team"))
    quarter = before.standing.company.fiscal_calendar.period("2026-Q4")
    enter_call(store, ANA, "rep", "Ana Ruiz", quarter, 300_000, None, None, TODAY, member_id=people["Ana Ruiz"])
    run = publish(store, TODAY)
    assert run is not None
    said = publishing.published_of(scene(store, TODAY), "rep", "Ana Ruiz", run)
    edit_person(store, TESTER, people["Ana Ruiz"], name="Ana Ruiz Sol")
    edit_team(store, TESTER, teams["North"], "Far North", None)
    after = scene(store, TODAY)
    assert publishing.published_of(after, "rep", "Ana Ruiz Sol", run)["value"].tolist() == said["value"].tolist()
    assert publishing.published_of(after, "rep", "Ana Ruiz", run).empty
    assert "Far North" in set(publishing.published_future(after, run, "team")["member"])
    assert publishing.calls_of(after, "rep", "Ana Ruiz Sol")["commit_cents"].tolist() == [300_000]
