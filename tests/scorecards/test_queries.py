"""Scorecards of a small company, every number of which is worked out by hand."""

import json
from datetime import date
from pathlib import Path

import pytest

from spm.calendar import FiscalCalendar, Grain, Period
from spm.metrics.queries import Scene, value
from spm.metrics.registry import Timing
from spm.people.roles import REP, SDR
from spm.scorecards.aims import Origin
from spm.scorecards.bands import Band
from spm.scorecards.model import Item, as_plain
from spm.scorecards.queries import scorecard_of, scorecards_of, scores, who_was_there
from spm.scorecards.result import RepScorecard, headline, plain
from spm.scorecards.scoring import Standing
from spm.scorecards.starting import STARTING
from spm.scorecards.versions.queries import scorecard_for
from spm.store.change_sets import writing
from spm.store.opening import Store
from spm.store.tables import ScorecardVersion
from tests.companies import TESTER, empty_store, imported, scene

CALENDAR = FiscalCalendar()
Q1 = CALENDAR.period("2024-Q1")

PEOPLE = """
    Rep id,Name,Role,Manager,Hire date
    1,Ana,Sales rep,Nora,2020-01-01
    2,Ben,Sales rep,Nora,2020-01-01
    3,Cid,Sales rep,Nora,2020-01-01
    4,Dee,Sales rep,Nora,2020-01-01
    9,Nora,Sales manager,Olga,2019-01-01
    10,Olga,Sales manager,,2018-01-01
"""
DEALS = """
    Deal id,Owner id,Stage,Amount,Created on,Closed on
    1,1,Closed Won,500,2023-12-01,2024-01-10
    2,1,Closed Won,300,2023-12-04,2024-02-10
    3,1,Closed Lost,100,2023-12-04,2024-03-10
    4,1,Negotiation,100,2023-12-04,
    5,2,Closed Won,800,2023-12-31,2024-03-01
    6,2,Closed Lost,200,2023-12-31,2024-03-31
    7,1,Negotiation,100,2024-01-15,
    8,1,Negotiation,100,2024-02-15,
    9,1,Negotiation,100,2024-03-31,
"""
QUOTAS = """
    Owner id,Quarter start,Quarter end,Quota
    1,2024-01-01,2024-03-31,1000
    2,2024-01-01,2024-03-31,1000
    3,2024-01-01,2024-03-31,1000
    4,2024-01-01,2024-03-31,1000
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    opened = empty_store(tmp_path_factory.mktemp("company"))
    imported(opened, {"people.csv": PEOPLE, "deals.csv": DEALS, "quotas.csv": QUOTAS})
    return opened


@pytest.fixture(scope="module")
def company(store: Store) -> Scene:
    return scene(store)


def of(company: Scene, name: str, period: Period = Q1) -> RepScorecard:
    return scorecard_of(company, int(company.org.person(name)["id"]), period)


def numbers(card: RepScorecard) -> dict[str, tuple[float | None, float | None]]:
    """Metric → target and actual, of the items that have both."""
    assert card.score is not None
    return {item.reading.metric.key: (item.reading.target, item.reading.actual) for item in card.score.counted}


def test_targets_and_actuals_of_a_rep(company: Scene) -> None:
    # In December, the only whole month before, the four opened 4, 2, 0 and 0 deals: the 60th percentile is 1.6 a month.
    # Of the amounts, 1,000, 1,000, 0 and 0, it is 800.
    assert numbers(of(company, "Ana")) == {
        "opportunities_opened": (pytest.approx(4.8), 3),
        "pipeline_added": (pytest.approx(2400_00), 300_00),
        "bookings": (1000_00, 800_00),
    }


def test_the_score_is_the_weighted_mean_of_what_counts(company: Scene) -> None:
    card = of(company, "Ana")
    assert card.score is not None
    # (15 × 3/4.8 + 15 × 300/2,400 + 40 × 0.8) ÷ 70
    assert card.score.value == pytest.approx((15 * 0.625 + 15 * 0.125 + 40 * 0.8) / 70)
    assert (card.score.leading, card.score.lagging) == (pytest.approx(0.375), pytest.approx(0.8))
    assert (card.band, card.score.completeness) == (Band.NEEDS_HELP, "3 of 5 items")
    assert (
        headline(card) == "Ana scores 61 on 3 of 5 items, needs help: pipeline added cost 19 of the 38 missing points."
    )


def test_a_missing_value_is_no_zero_and_says_which_sheet_would_bring_it(company: Scene) -> None:
    card = of(company, "Ana")
    assert card.score is not None
    assert {one.metric.key: one.standing for one in card.score.left_out} == {
        "demos": Standing.MISSING, "win_rate": Standing.NO_TARGET,
    }  # fmt: skip
    assert card.missing == {"demos": "no sheet of activities speaks for Q1 2024"}
    assert "Demos: no sheet of activities speaks for Q1 2024." in card.notes


def test_who_did_nothing_where_the_sheets_speak_has_0(company: Scene) -> None:
    assert {actual for _, actual in numbers(of(company, "Cid")).values()} == {0}
    assert of(company, "Cid").whole.value == 0


def test_where_a_target_comes_from(company: Scene) -> None:
    aims = {item.metric: aim for item, aim in of(company, "Ana").role_scores[-1].aims}
    assert (aims["bookings"].origin, aims["bookings"].words) == (Origin.QUOTA, "Quota $1,000.")
    assert aims["opportunities_opened"].origin is Origin.SUGGESTED
    assert aims["opportunities_opened"].words == (
        "1.6 × 3 months = 4.8: the 60th percentile of this role's 4 results by month, up to 12 months back; 50 % met it."
    )
    assert aims["win_rate"].target is None


def test_a_manager_answers_for_the_members_without_a_contribution_too(company: Scene) -> None:
    # 800 + 800 + 0 + 0 of 4 × 1,000; two of four are at 80 % or more.
    assert numbers(of(company, "Nora")) == {
        "attainment": (1.0, 0.4), "reps_on_pace": (0.7, 0.5), "pipeline_coverage": (3.0, 0.0),
    }  # fmt: skip


def test_a_managers_manager_answers_for_all_below(company: Scene) -> None:
    assert numbers(of(company, "Olga")) == numbers(of(company, "Nora"))
    assert value(company, "attainment", Q1, manager="Olga") == 0.4
    assert value(company, "bookings", Q1, manager="Olga") == 1600_00


def test_actuals_are_what_the_metrics_say(company: Scene) -> None:
    for name in ("Ana", "Ben", "Cid", "Dee"):
        for key, (_, actual) in numbers(of(company, name)).items():
            assert actual == value(company, key, Q1, rep=name)


def test_scores_are_those_of_the_scorecards(company: Scene) -> None:
    everyone = scores(company, Q1, {}).set_index("rep")
    assert list(everyone.index) == ["Ana", "Ben", "Cid", "Dee", "Nora", "Olga"]
    for name, row in everyone.iterrows():
        card = of(company, str(name))
        assert card.score is not None
        assert (row["score"], row["band"], row["counted"]) == (card.whole.value, card.band, card.score.completeness)
        assert (row["score_to_date"], row["band_to_date"]) == (row["score"], row["band"])


def test_who_was_there_are_those_who_have_scores(company: Scene) -> None:
    there = who_was_there(company, Q1)
    assert list(there.values()) == ["Ana", "Ben", "Cid", "Dee", "Nora", "Olga"]
    assert list(there) == scores(company, Q1, {})["person_id"].tolist()
    assert list(who_was_there(company, CALENDAR.period("2019-Q4")).values()) == ["Nora", "Olga"]


def test_what_is_read_of_one_person_alone_is_theirs_among_everybody(store: Store, career: Scene) -> None:
    for company, period in ((scene(store), Q1), (scene(store), CALENDAR.period("2024-02")), (career, Q1)):
        alone = {person: scorecard_of(company, person, period) for person in company.org.people["id"]}
        everybody = scorecards_of(company, period)
        assert everybody
        assert [alone[card.person_id] for card in everybody] == everybody


def test_scores_of_sellers_are_those_of_all_without_the_managers(company: Scene) -> None:
    everyone, sellers = (
        scores(company, Q1, {}).set_index("rep"),
        scores(company, Q1, {}, sellers_only=True).set_index("rep"),
    )
    assert sellers.index.tolist() == ["Ana", "Ben", "Cid", "Dee"]
    assert sellers.to_dict() == everyone.loc[sellers.index].to_dict()


def test_a_running_period_keeps_its_targets_and_says_what_is_due(store: Store) -> None:
    # Until 14 February 33 of the quarter's 65 working days are over.
    company = scene(store, date(2024, 2, 14))
    card = of(company, "Ana")
    part = card.role_scores[-1]
    assert part.to_date is not None
    due = {item.reading.metric.key: item.reading.target for item in part.to_date.counted}
    assert numbers(card)["bookings"][0] == 1000_00
    assert due["bookings"] == pytest.approx(1000_00 * 33 / 65)
    assert due["opportunities_opened"] == pytest.approx(4.8 * 33 / 65)
    assert card.elapsed_share == pytest.approx(33 / 65)
    assert card.notes[0].startswith("Q1 2024 is still running: 51 % of its working days are over")
    row = scores(company, Q1, {}).set_index("rep").loc["Ana"]
    assert card.whole_to_date is not None
    assert row["score_to_date"] == card.whole_to_date.value != row["score"]


def test_nobody_is_scored_before_their_start(company: Scene) -> None:
    card = of(company, "Ana", CALENDAR.period("2019-Q4"))
    assert (card.score, card.whole.value, card.explanation) == (None, None, None)
    assert card.notes == ("Ana started on 1 Jan 2020, after Q4 2019.",)
    assert "Ana" not in set(scores(company, CALENDAR.period("2019-Q4"), {})["rep"])


def test_as_json(company: Scene) -> None:
    told = json.loads(json.dumps(plain(of(company, "Ana"), "USD")))
    assert (told["rep"], told["role"], told["period"], told["to"]) == (
        "Ana",
        "Sales representative",
        "2024-Q1",
        "2024-03-31",
    )
    assert (told["score_percent"], told["band"], told["score_to_date"]) == (61, "needs help", None)
    (bookings,) = [item for item in told["items"] if item["metric"] == "bookings"]
    assert (bookings["target"], bookings["target_shown"], bookings["actual_shown"]) == (1000, "$1,000", "$800")
    assert (bookings["attainment"], bookings["band"], bookings["weight"]) == (0.8, "near target", 40)
    (demos,) = [item for item in told["items"] if item["metric"] == "demos"]
    assert (demos["standing"], demos["actual"], demos["points"]) == ("no value", None, None)


def test_without_quotas_bookings_are_held_against_what_the_role_did(tmp_path: Path) -> None:
    store = empty_store(tmp_path)
    imported(store, {"people.csv": PEOPLE, "deals.csv": DEALS})
    card = of(scene(store), "Ana", CALENDAR.period("2024-03"))
    # No whole quarter before, so February's bookings: 300, 0, 0 and 0; the 60th percentile is 0: nothing asked.
    assert card.score is not None
    (bookings,) = [one for one in card.score.left_out if one.metric.key == "bookings"]
    assert (bookings.target, bookings.standing) == (0, Standing.NOTHING_ASKED)
    assert any("A sheet of quotas brings" in note for note in card.notes)


def test_a_quota_of_0_asks_nothing(tmp_path: Path) -> None:
    store = empty_store(tmp_path)
    none_asked = QUOTAS.replace("1,2024-01-01,2024-03-31,1000", "1,2024-01-01,2024-03-31,0")
    imported(store, {"people.csv": PEOPLE, "deals.csv": DEALS, "quotas.csv": none_asked})
    card = of(scene(store), "Ana")
    assert card.score is not None
    (bookings,) = [one for one in card.score.left_out if one.metric.key == "bookings"]
    assert (bookings.actual, bookings.standing) == (800_00, Standing.NOTHING_ASKED)


CAREER = """
    Rep id,Name,Role,Valid from,Valid to,Hire date
    5,Eve,SDR,2020-01-01,2024-01-31,2020-01-01
    5,Eve,Sales rep,2024-02-01,,2020-01-01
    6,Fay,,,,
"""
CALLS = "Owner id,Activity type,Activity date,Status\n" + "\n".join(
    [f"5,Call,2024-01-{day:02},Completed" for day in range(1, 11)]
    + [f"5,Call,2024-02-{day:02},Completed" for day in range(1, 21)]
    + ["6,Call,2024-03-31,Completed"]
)


@pytest.fixture
def career(tmp_path: Path) -> Scene:
    """Eve made 10 calls as SDR in January and 20 as sales representative in February; Fay's role nobody gives."""
    store = empty_store(tmp_path)
    imported(store, {"people.csv": CAREER, "activities.csv": CALLS})

    def version(role: str, day: date | None, target: float) -> dict[str, object]:
        item = Item("calls", 100, Timing.LEADING, target=target, period=Grain.MONTH)
        return {"role": role, "effective_on": day, "items": [as_plain(item)]}

    with writing(store, "scorecard", TESTER, ["definitions"]) as open_set:
        open_set.insert(
            ScorecardVersion,
            [version(SDR, None, 20), version(REP, date(2024, 1, 1), 10), version(REP, date(2024, 4, 1), 99)],
        )
    return scene(store)


def test_a_role_change_scores_each_span_on_its_own_scorecard(career: Scene) -> None:
    card = of(career, "Eve")
    parts = [(part.role, part.days_count, part.score.value) for part in card.role_scores]
    # 10 of 20 in January's 23 working days; 20 of 2 × 10 in the 42 of February and March.
    assert parts == [(SDR, 23, 0.5), (REP, 42, 1.0)]
    assert card.whole.value == pytest.approx((23 * 0.5 + 42 * 1.0) / 65)
    assert card.roles == "Sales development representative, then Sales representative"
    assert headline(card) == "Eve scores 82, near target: the mean of 2 roles by working days."


def test_the_version_in_force_on_the_last_day_counts(career: Scene) -> None:
    assert [item.target for item in scorecard_for(career, REP, date(2024, 3, 31)).items] == [10]
    assert [item.target for item in scorecard_for(career, REP, date(2024, 4, 1)).items] == [99]
    assert scorecard_for(career, REP, date(2023, 12, 31)) == STARTING[REP]
    assert scorecard_for(career, "solution_engineer", date(2024, 1, 1)).items == STARTING[REP].items


def test_an_assumed_role_is_said(career: Scene) -> None:
    card = of(career, "Fay")
    assert card.is_role_assumed
    assert "No sheet gives Fay a role: taken for a sales representative. People is where to change it." in card.notes
    assert not of(career, "Eve").is_role_assumed
