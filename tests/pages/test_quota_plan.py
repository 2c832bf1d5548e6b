"""The quota plan page: what it says of an empty store, and each of its sections from the plan's own numbers."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from spm.metrics.queries import value
from spm.planning.allocation.quotas import allocation
from spm.planning.allocation.roster import plan_of
from spm.planning.baseline.queries import baseline_of
from spm.planning.draft import Draft, as_plain
from spm.planning.publishing import actions, queries
from spm.planning.scenarios.lever import Lever
from spm.planning.scenarios.levers import Cycle, Leavers, Market, SeasonShift
from spm.planning.scenarios.scenario import Scenario
from spm.store.opening import open_store
from tests.pages.folds import unfolded
from tests.planning import sellers
from tests.planning.sellers import LEADER

Reader = Callable[..., AppTest]
SPACE = "\N{NO-BREAK SPACE}"
SECTIONS = ("Scenarios", "Goal", "Allocation", "Odds", "Fairness", "Publish")
WORKED_ON = "quota plan drafts"


@pytest.fixture
def url(tmp_path: Path) -> str:
    sellers.sellers(tmp_path).close()
    return f"sqlite:///{tmp_path / 'spm.db'}"


def texts(app: AppTest) -> str:
    return "\n".join(element.value for element in [*app.title, *app.subheader, *app.markdown, *app.caption])


def button(app: AppTest, label: str):  # type: ignore[no-untyped-def]
    return next(one for one in app.button if one.label == label)


def test_an_empty_app_says_what_to_bring(reader: Reader, empty_url: str) -> None:
    app = reader(empty_url, "quota_plan")
    assert not app.exception
    assert "There is nothing to plan from yet." in texts(app)
    assert "Upload sheets" in {one.label for one in app.button}


@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_is_drawn(reader: Reader, url: str, section: str) -> None:
    app = reader(url, "quota_plan", section=section)
    assert not app.exception
    assert app.title[0].value.startswith("\\$")
    assert "likely as it stands" in app.title[0].value


@pytest.mark.parametrize(("section", "column"), [("Goal", "needed_count"), ("Fairness", "booked_cents")])
def test_a_folded_table_is_there_once_it_is_opened(reader: Reader, url: str, section: str, column: str) -> None:
    app = reader(url, "quota_plan", section=section)
    assert not any(column in table.value for table in app.dataframe)
    assert any(column in table.value for table in unfolded(app).dataframe)


def test_another_target_has_other_odds(reader: Reader, url: str) -> None:
    app = reader(url, "quota_plan", section="Goal")
    before = app.title[0].value
    target = next(one for one in app.number_input if one.label == "Target, USD")
    target.set_value(target.value * 2).run()
    assert not app.exception
    assert app.title[0].value != before
    assert f"0{SPACE}% likely" in app.title[0].value
    assert "Hardly" in texts(app)


def test_a_target_is_worked_out_from_last_year(reader: Reader, url: str) -> None:
    scene = sellers.scene(open_store(url))
    last_year = value(scene, "bookings", scene.standing.company.fiscal_calendar.period("2026-Q1"))
    assert last_year is not None
    app = reader(url, "quota_plan", section="Goal")
    for label, percent in (("Growth, %", 10.0), ("Relief for attrition, %", 2.0)):
        next(one for one in app.number_input if one.label == label).set_value(percent).run()
    button(app, "Take it as the target").click().run()
    assert not app.exception
    target = next(one for one in app.number_input if one.label == "Target, USD")
    assert target.value == pytest.approx(last_year * 1.10 * 0.98 / 100, abs=0.01)


def test_reps_needed_are_those_of_the_definitions(reader: Reader, url: str) -> None:
    draft = as_plain(Draft(1_045_500_00, (("projection", 1.0),), date(2027, 1, 1)))
    app = reader(url, "quota_plan", section="Odds", **{WORKED_ON: {"2027-Q1": json.dumps(draft)}})
    given = {"A ramped rep brings, USD": 150_000.0, "Mean ramp, %": 85.0, "Attainment, %": 82.0}
    for label, number in given.items():
        next(one for one in app.number_input if one.label == label).set_value(number)
    app.run()
    assert not app.exception
    assert "**10 reps** for \\$1.05M; there are 4." in texts(app)


def test_a_plan_goes_from_draft_to_published(reader: Reader, url: str) -> None:
    app = reader(url, "quota_plan", section="Publish")
    button(app, "Save as version 1").click().run()
    assert not app.exception
    assert "1 of 3 · draft" in texts(app)
    assert button(app, "Take as reviewed").disabled
    button(app, "Accept 4 quotas").click().run()
    button(app, "Take as reviewed").click().run()
    assert "2 of 3 · reviewed" in texts(app)
    button(app, "Publish these quotas").click().run()
    assert not app.exception
    assert "3 of 3 · published" in texts(app)
    scene = sellers.scene(open_store(url))
    period = scene.standing.company.fiscal_calendar.period("2027-Q1")
    (version,) = queries.versions_of(scene, period)
    assert value(scene, "quota", period) == version.target_cents
    assert f"Your quota for {period.title}" in texts(app)


def test_an_override_counts_once_it_has_a_reason(reader: Reader, url: str) -> None:
    scene = sellers.scene(open_store(url))
    period = scene.standing.company.fiscal_calendar.period("2027-Q1")
    person = int(baseline_of(scene, period).members["person_id"].iloc[0])

    def worked_on(reason: str) -> dict[str, str]:
        terms = {"override_cents": 12_345_00, "reason": reason}
        draft = as_plain(Draft(900_000_00, (("projection", 1.0),), date(2027, 1, 1)))
        return {period.label: json.dumps({**draft, "terms": {f"person {person}": terms}})}

    waiting = reader(url, "quota_plan", section="Allocation", **{WORKED_ON: worked_on("")})
    assert not waiting.exception
    assert waiting.info[0].value == "Waiting for a reason: what is set by hand for Ana Ruiz."
    counted = reader(url, "quota_plan", section="Allocation", **{WORKED_ON: worked_on("parental leave")})
    assert not counted.info
    assert "The quotas add up to \\$900,000.00" in texts(counted)


def test_a_saved_scenario_is_shared_by_its_name(reader: Reader, url: str) -> None:
    lever = Market(name="more market", starts_on=date(2027, 1, 1), change_share=0.5)
    store = open_store(url)
    actions.save_scenario(store, LEADER, Scenario("Boom", (lever,)))
    store.close()
    app = reader(url, "quota_plan", scenario="Boom")
    assert not app.exception
    assert "likely under “Boom”" in app.title[0].value
    assert "Together +" in texts(app)


def test_a_slider_moves_the_scenario_without_saving_it(reader: Reader, url: str) -> None:
    lever = Market(name="more market", starts_on=date(2027, 1, 1), change_share=0.1)
    store = open_store(url)
    actions.save_scenario(store, LEADER, Scenario("Boom", (lever,)))
    app = reader(url, "quota_plan", scenario="Boom")
    before = texts(app)
    app.slider[0].set_value(30).run()
    assert not app.exception
    assert texts(app) != before
    assert "with changes of yours" in texts(app)
    assert queries.scenarios_of(sellers.scene(store))["Boom"][-1].scenario.levers == (lever,)


def test_a_month_typed_in_holds_once_it_has_a_reason(reader: Reader, url: str) -> None:
    scene = sellers.scene(open_store(url))
    period = scene.standing.company.fiscal_calendar.period("2027-Q1")
    person = int(baseline_of(scene, period).members["person_id"].iloc[0])

    def worked_on(reason: str) -> dict[str, str]:
        terms = {"months_cents": {"2027-02-01": 0}, "reason": reason}
        draft = as_plain(Draft(900_000_00, (("projection", 1.0),), date(2027, 1, 1)))
        return {period.label: json.dumps({**draft, "terms": {f"person {person}": terms}})}

    waiting = reader(url, "quota_plan", section="Allocation", **{WORKED_ON: worked_on("")})
    assert waiting.info[0].value == "Waiting for a reason: what is set by hand for Ana Ruiz."
    counted = reader(url, "quota_plan", section="Allocation", **{WORKED_ON: worked_on("parental leave")})
    assert not counted.exception
    assert not counted.info
    assert "The quotas add up to \\$900,000.00" in texts(counted)


def test_fairness_as_the_year_goes_is_about_the_quotas_that_hold(reader: Reader, url: str) -> None:
    app = reader(url, "quota_plan", section="Fairness", fair="As the year goes")
    assert not app.exception
    assert "The quotas that hold, 1 Jan 2026 – 20 Oct 2026" in texts(app).replace(SPACE, " ")
    assert "reps are within ±" in texts(app).replace(SPACE, " ")


def test_two_versions_are_held_against_each_other(reader: Reader, url: str) -> None:
    store = open_store(url)
    scene = sellers.scene(store)
    baseline = baseline_of(scene, scene.standing.company.fiscal_calendar.period("2027-Q1"))
    for target_cents in (900_000_00, 950_000_00):
        draft = Draft(target_cents, (("projection", 1.0),), date(2027, 1, 1))
        actions.save_plan(store, LEADER, baseline, draft, allocation(plan_of(baseline, draft)), 0.5, 1)
    store.close()
    app = reader(url, "quota_plan", section="Publish")
    assert not app.exception
    assert "What changed from version 1 to version 2" in [one.label for one in app.expander]
    assert "Target: \\$900,000.00 → \\$950,000.00" in texts(app)


SEGMENT_CHOICE = "Of which bookings"


def test_a_company_without_attributes_is_offered_no_segment(reader: Reader, url: str) -> None:
    app = reader(
        url, "quota_plan", scenario="New", **{"quota plan levers": {"New": json.dumps({"name": "New", "levers": []})}}
    )
    assert not app.exception
    assert "Where" in [one.label for one in app.selectbox]
    assert SEGMENT_CHOICE not in [one.label for one in app.selectbox]


def test_a_lever_is_set_on_a_segment_and_kept_in_a_version(
    reader: Reader, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("segments")
    sellers.sellers(folder, sellers.deals_by_segment()).close()
    url = f"sqlite:///{folder / 'spm.db'}"
    app = reader(
        url, "quota_plan", scenario="New", **{"quota plan levers": {"New": json.dumps({"name": "New", "levers": []})}}
    )
    choice = next(one for one in app.selectbox if one.label == SEGMENT_CHOICE)
    assert choice.options[0] == "All"
    assert choice.options[2].startswith("Segment: Enterprise, ")
    choice.set_value(("segment", "Enterprise"))
    button(app, "Add").click().run()
    assert not app.exception
    assert "market +5 % in segment Enterprise from Jan 2027" in texts(app).replace(SPACE, " ")
    assert "of the baseline, win rate" in texts(app)
    app.slider[0].set_value(12.5).run()
    assert "market +12.5 % in segment Enterprise" in texts(app).replace(SPACE, " ")
    button(app, "Save scenario").click().run()
    assert not app.exception
    (kept,) = queries.scenarios_of(sellers.scene(open_store(url)))["New"]
    (lever,) = kept.scenario.levers
    assert (lever.segment, lever.unit) == (("segment", "Enterprise"), None)
    again = reader(url, "quota_plan", scenario="New")
    assert "market +12.5 % in segment Enterprise" in texts(again).replace(SPACE, " ")
    assert "likely under “New”" in again.title[0].value


def test_a_lever_on_what_is_not_there_any_more_can_still_be_taken_away(reader: Reader, url: str) -> None:
    store = open_store(url)
    lever = Market(name="gone", starts_on=date(2027, 1, 1), change_share=0.1, segment=("segment", "Enterprise"))
    actions.save_scenario(store, LEADER, Scenario("Old", (lever,)))
    store.close()
    app = reader(url, "quota_plan", scenario="Old")
    assert not app.exception
    assert "segment Enterprise, of which nothing is expected" in app.warning[0].value
    button(app, "Remove").click().run()
    assert not app.exception
    assert not app.warning


@pytest.mark.parametrize(
    ("lever", "shown"),
    [
        (Market(name="m", starts_on=date(2027, 1, 1), change_share=1.2), 120),
        (Cycle(name="c", starts_on=date(2027, 1, 1), change_days=-120), -120),
        (Leavers(name="l", starts_on=date(2027, 1, 1), count=0.6, unit="North"), 1),
        (SeasonShift(name="s", starts_on=date(2027, 1, 1), by_months=14), 14),
    ],
)
def test_a_lever_beyond_its_slider_is_drawn(reader: Reader, url: str, lever: Lever, shown: float) -> None:
    store = open_store(url)
    actions.save_scenario(store, LEADER, Scenario("Boom", (lever,)))
    store.close()
    app = reader(url, "quota_plan", scenario="Boom")
    assert not app.exception
    assert app.slider[0].value == shown
