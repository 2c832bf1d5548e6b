"""Who changes team or manager inside a period counts in each group for the days there (DEFINITIONS 3). By hand."""

from datetime import date
from math import fsum
from pathlib import Path

import pytest

from spm.calendar import FiscalCalendar, Grain, Period
from spm.metrics.queries import Scene, value
from spm.metrics.registry import Timing
from spm.people.actions import edit_team
from spm.people.roles import MANAGER, REP, SDR
from spm.scorecards.agreed.actions import override_target
from spm.scorecards.closing.actions import close_period
from spm.scorecards.model import Item, Scope
from spm.scorecards.queries import live_of, results, scorecard_of
from spm.scorecards.rollup import GroupScore
from spm.scorecards.standing.queries import Standing, standing
from spm.store.change_sets import writing
from spm.store.tables import ClosedScore
from tests.companies import TESTER, imported
from tests.scorecards.companies import as_of, calls, company

# 1 March 2024 is a Friday: of the month's 21 working days 6 are before Monday the 11th, 11 before Monday the 18th.
CALENDAR = FiscalCalendar()
MARCH, QUARTER = CALENDAR.period("2024-03"), CALENDAR.period("2024-Q1")
CALLS = Item("calls", 100, Timing.LEADING, target=21, cap=5)
HEADER = "Rep id,Name,Role,Team,Manager,Valid from,Valid to,Hire date\n"
STAYED = """\
2,Ben,Sales rep,North,Nora,2020-01-01,,2020-01-01
3,Cid,Sales rep,South,Omar,2020-01-01,,2020-01-01
"""
MOVED = """\
1,Ana,Sales rep,North,Nora,2020-01-01,2024-03-10,2020-01-01
1,Ana,Sales rep,South,Omar,2024-03-11,,2020-01-01
"""
PEOPLE = HEADER + MOVED + STAYED
MADE = calls((1, "2024-03-05", 3), (1, "2024-03-20", 12), (2, "2024-03-06", 21), (3, "2024-04-29", 1))


def scene_with(folder: Path, people: str, *items: Item, day: str = "2024-04-30", **sheets: str) -> Scene:
    named = {f"{name}.csv": sheet for name, sheet in sheets.items()}
    roles = {REP: items or (CALLS,), SDR: (Item("calls", 100, Timing.LEADING, target=42, cap=5),)}
    return as_of(company(folder, {"people.csv": people, **named}, roles), day)


def now_of(scene: Scene, period: Period = MARCH, team: str | None = None) -> Standing:
    return standing(scene, period, {"team": team} if team else {})


def named(groups: tuple[GroupScore, ...]) -> dict[str, float | None]:
    return {one.name: one.whole.value for one in groups}


def asked_and_reached(group: GroupScore) -> tuple[float, float]:
    """Of a group's one item."""
    (item,) = group.roles[0].score.counted
    assert item.reading.target is not None
    assert item.reading.actual is not None
    return item.reading.target, item.reading.actual


def test_an_additive_item_counts_in_each_team_for_the_days_there(tmp_path: Path) -> None:
    now = now_of(scene_with(tmp_path, PEOPLE, activities=MADE))
    teams = {one.name: one for one in now.teams}
    # Ana is asked 6 of her 21 in North and 15 in South; Ben and Cid all of theirs.
    assert asked_and_reached(teams["North"]) == (pytest.approx(6 + 21), 3 + 21)
    assert asked_and_reached(teams["South"]) == (pytest.approx(15 + 21), 12 + 0)
    assert named(now.teams) == {"North": pytest.approx(24 / 27), "South": pytest.approx(12 / 36)}
    assert named(now.managers) == {"Nora": pytest.approx(24 / 27), "Omar": pytest.approx(12 / 36)}
    assert asked_and_reached(now.whole) == (pytest.approx(63), 36)
    assert [one.roles[0].days_count for one in now.teams] == [6 + 21, 15 + 21]


def test_where_a_manager_gets_another_one_everyone_below_counts_with_each_for_their_days(tmp_path: Path) -> None:
    # Nora answers to Pia up to 10 March, to Quin after it: 6 and 15 of the month's 21 working days.
    people = (
        HEADER
        + STAYED.replace("Omar", "Nora")
        + """\
4,Nora,Sales manager,Office,Pia,2020-01-01,2024-03-10,2020-01-01
4,Nora,Sales manager,Office,Quin,2024-03-11,,2020-01-01
5,Pia,Sales manager,Office,,,,2020-01-01
6,Quin,Sales manager,Office,,,,2020-01-01
"""
    )
    made = calls((2, "2024-03-05", 3), (2, "2024-03-20", 12), (3, "2024-03-21", 9))
    scene = scene_with(tmp_path, people, activities=made)
    now = now_of(scene)
    managers = {one.name: one for one in now.managers}
    assert asked_and_reached(managers["Nora"]) == (pytest.approx(42), 24)
    assert asked_and_reached(managers["Pia"]) == (pytest.approx(12), 3)
    assert asked_and_reached(managers["Quin"]) == (pytest.approx(30), 21)
    assert {name: value(scene, "calls", MARCH, manager=name) for name in ("Nora", "Pia", "Quin")} == {
        "Nora": 24, "Pia": 3, "Quin": 21}  # fmt: skip
    assert {name: one.people_count for name, one in managers.items()} == {"Nora": 2, "Pia": 0, "Quin": 3}
    close_period(scene.store, TESTER, scene, MARCH, date(2024, 5, 3))
    kept = now_of(as_of(scene.store, "2024-05-31"))
    assert {one.name: one.whole.value for one in kept.managers} == {one.name: one.whole.value for one in now.managers}


def test_a_person_is_one_person_counted_where_they_were_last(tmp_path: Path) -> None:
    scene = scene_with(tmp_path, PEOPLE, activities=MADE)
    now = now_of(scene)
    assert {one.name: one.people_count for one in now.teams} == {"North": 1, "South": 2}
    assert {one.name: one.roles_in_words for one in now.teams} == {
        "North": "2 × sales representative", "South": "2 × sales representative"}  # fmt: skip
    counted = now.bands_by_team.groupby("group")["people_count"].sum().to_dict()
    assert counted == {"North": 1, "South": 2, "No team": 2}  # Nora and Omar
    north = now_of(scene, team="North")
    assert (north.whole.whole.value, north.whole.people_count) == (pytest.approx(24 / 27), 1)
    assert north.people["rep"].tolist() == ["Ben"]
    assert named(north.roles) == {"Sales representative": pytest.approx(24 / 27)}
    assert [one.name for one in north.teams] == ["North"]


def test_their_own_score_is_that_of_all_days(tmp_path: Path) -> None:
    scene = scene_with(tmp_path, PEOPLE, activities=MADE)
    card = scorecard_of(scene, int(scene.org.person("Ana")["id"]), MARCH)
    assert (card.whole.value, len(card.role_scores)) == (pytest.approx(15 / 21), 1)
    (part,) = card.role_scores
    assert [(one.team, one.manager, one.span.start, one.days_count, one.score.value) for one in part.stays] == [
        ("North", "Nora", date(2024, 3, 1), 6, pytest.approx(0.5)),
        ("South", "Omar", date(2024, 3, 11), 15, pytest.approx(0.8)),
    ]


def test_a_ratio_s_parts_are_what_was_closed_in_each_team(tmp_path: Path) -> None:
    deals = """
        Deal id,Owner id,Stage,Amount,Created on,Closed on
        1,1,Closed Won,800,2024-03-01,2024-03-06
        2,1,Closed Lost,100,2024-03-01,2024-03-12
        3,1,Closed Lost,100,2024-03-01,2024-03-29
        4,2,Closed Won,1200,2024-03-01,2024-03-07
        5,2,Closed Lost,100,2024-03-01,2024-03-31
    """
    item = Item("win_rate", 100, Timing.LAGGING, target=0.5, cap=5)
    now = now_of(scene_with(tmp_path, PEOPLE, item, deals=deals))
    # North: Ana 1 of 1, Ben 1 of 2; South: Ana 0 of 2, Cid closed nothing; together 2 of 5.
    assert named(now.teams) == {"North": pytest.approx(2 / 3 / 0.5), "South": 0}
    assert now.whole.whole.value == pytest.approx(2 / 5 / 0.5)


def test_a_new_manager_in_the_same_team(tmp_path: Path) -> None:
    people = HEADER + MOVED.replace("South", "North") + STAYED
    now = now_of(scene_with(tmp_path, people, activities=MADE))
    assert named(now.teams) == {"North": pytest.approx(36 / 42), "South": 0}
    assert named(now.managers) == {"Nora": pytest.approx(24 / 27), "Omar": pytest.approx(12 / 36)}


def test_a_team_and_back(tmp_path: Path) -> None:
    people = HEADER + STAYED + """\
1,Ana,Sales rep,North,Nora,2020-01-01,2024-03-10,2020-01-01
1,Ana,Sales rep,South,Omar,2024-03-11,2024-03-17,2020-01-01
1,Ana,Sales rep,North,Nora,2024-03-18,,2020-01-01
"""  # fmt: skip
    now = now_of(scene_with(tmp_path, people, activities=MADE))
    # Of Ana's 21 working days 5 are South's, with nothing done in them; she is one person of North.
    assert named(now.teams) == {"North": pytest.approx((15 + 21) / (16 + 21)), "South": 0}
    north, south = now.teams
    assert asked_and_reached(south) == (pytest.approx(5 + 21), 0)
    assert (north.people_count, north.roles_in_words, south.people_count) == (2, "2 × sales representative", 1)


def test_a_role_and_a_team_change_in_the_same_period(tmp_path: Path) -> None:
    people = HEADER + STAYED + """\
1,Ana,SDR,North,Nora,2020-01-01,2024-03-10,2020-01-01
1,Ana,SDR,South,Omar,2024-03-11,2024-03-17,2020-01-01
1,Ana,Sales rep,South,Omar,2024-03-18,,2020-01-01
"""  # fmt: skip
    now = now_of(scene_with(tmp_path, people, activities=MADE))
    by_role = {one.name: {part.role: part.score.value for part in one.roles} for one in now.teams}
    # As SDR 42 a month: 12 for the 6 days in North, 10 for the 5 in South; as sales rep 10 of 21, in South alone.
    assert by_role == {
        "North": {REP: pytest.approx(1.0), SDR: pytest.approx(3 / 12)},
        "South": {REP: pytest.approx(12 / (10 + 21)), SDR: 0},
    }
    assert named(now.roles) == {
        "Sales development representative": pytest.approx(3 / 22),
        "Sales representative": pytest.approx((12 + 21) / (10 + 42)),
        "Sales manager": None,
    }


def test_days_between_two_teams_are_the_earlier_one_s_and_a_parent_has_all(tmp_path: Path) -> None:
    people = HEADER + MOVED.replace("2024-03-10", "2024-03-06") + STAYED
    scene = scene_with(tmp_path, people, activities=MADE)
    assert asked_and_reached(now_of(scene).teams[0]) == (pytest.approx(27), 24)
    ids = dict(zip(scene.org.teams["name"], scene.org.teams["id"], strict=True))
    edit_team(scene.store, TESTER, int(ids["South"]), "South", int(ids["North"]))
    whole = as_of(scene.store, "2024-04-30")
    north = now_of(whole, team="North")
    assert asked_and_reached(north.whole) == (pytest.approx(63), 36)
    assert north.whole.people_count == 3


QUOTAS = """
    Owner id,Quarter start,Quarter end,Quota
    1,2024-01-01,2024-03-31,6500
    2,2024-01-01,2024-03-31,6500
    3,2024-01-01,2024-03-31,6500
"""
BOOKED = """
    Deal id,Owner id,Stage,Amount,Created on,Closed on
    1,1,Closed Won,4000,2024-01-02,2024-02-06
    2,1,Closed Won,1000,2024-01-02,2024-03-12
    3,2,Closed Won,6000,2024-01-02,2024-03-31
"""


def test_a_quota_goes_along_by_working_days(tmp_path: Path) -> None:
    item = Item("bookings", 100, Timing.LAGGING, target_from="quota", period=Grain.QUARTER, cap=5)
    now = now_of(scene_with(tmp_path, PEOPLE, item, deals=BOOKED, quotas=QUOTAS), QUARTER)
    # 50 of the quarter's 65 working days are before 11 March.
    teams = {one.name: asked_and_reached(one) for one in now.teams}
    assert teams == {
        "North": (pytest.approx(5000_00 + 6500_00), 10_000_00),
        "South": (pytest.approx(1500_00 + 6500_00), 1_000_00),
    }
    assert asked_and_reached(now.whole) == (pytest.approx(19_500_00), 11_000_00)


def test_while_the_period_runs_the_parts_of_what_is_due_add_up(tmp_path: Path) -> None:
    item = Item("bookings", 100, Timing.LAGGING, target_from="quota", period=Grain.QUARTER, cap=5)
    booked = BOOKED.replace("2024-03-31", "2024-03-15")
    scene = scene_with(tmp_path, PEOPLE, item, day="2024-03-15", deals=booked, quotas=QUOTAS)
    now = now_of(scene, QUARTER)
    assert now.is_running
    due, _ = asked_and_reached(now.whole)
    assert due == pytest.approx(19_500_00 * 55 / 65)
    teams = {one.name: asked_and_reached(one)[0] for one in now.teams}
    assert teams["South"] == pytest.approx(due * (5 / 55 + 1) / 3)
    assert fsum(teams.values()) == pytest.approx(due)


@pytest.mark.parametrize("grain", [Grain.WEEK, Grain.MONTH, Grain.QUARTER, Grain.YEAR])
def test_targets_of_other_periods_with_ramp_and_presence_add_up_too(tmp_path: Path, grain: Grain) -> None:
    people = PEOPLE.replace("2020-01-01,2024-03-10,2020-01-01", "2023-12-01,2024-03-10,2023-12-01").replace(
        "2024-03-11,,2020-01-01", "2024-03-11,,2023-12-01")  # fmt: skip
    item = Item("calls", 100, Timing.LEADING, target=40, period=grain, cap=5)
    now = now_of(scene_with(tmp_path, people, item, activities=MADE))
    # March is Ana's fourth month, 75 % of a full target, on both sides of her change.
    north, south = (asked_and_reached(one) for one in now.teams)
    asked, reached = asked_and_reached(now.whole)
    assert (north[0] + south[0], north[1] + south[1]) == (pytest.approx(asked), reached)
    # Beside 1 of Ben's or Cid's the parts of Ana's are three quarters of 6 and of 15 days in 21.
    assert north[0] / south[0] == pytest.approx((1 + 0.75 * 6 / 21) / (1 + 0.75 * 15 / 21))


def test_a_target_agreed_with_them_goes_along(tmp_path: Path) -> None:
    scene = scene_with(tmp_path, PEOPLE, activities=MADE)
    ana = int(scene.org.person("Ana")["id"])
    override_target(scene.store, TESTER, scene, ana, CALLS, 42, date(2024, 3, 25), None, "inherited accounts")
    now = now_of(as_of(scene.store, "2024-04-30"))
    # It holds on the month's last day, so for all of it: 12 in North, 30 in South.
    assert [asked_and_reached(one)[0] for one in now.teams] == [pytest.approx(12 + 21), pytest.approx(30 + 21)]


def test_who_did_nothing_in_a_team_has_0_and_who_is_not_spoken_of_is_missing(tmp_path: Path) -> None:
    made = calls((1, "2024-03-20", 12), (2, "2024-03-06", 21), (3, "2024-04-29", 1))
    now = now_of(scene_with(tmp_path, PEOPLE, activities=made))
    assert asked_and_reached(now.teams[0]) == (pytest.approx(27), 21)
    demos = Item("demos", 100, Timing.LEADING, target=5)
    (tmp_path / "other").mkdir()
    now = now_of(scene_with(tmp_path / "other", PEOPLE, demos, deals=BOOKED))
    assert named(now.teams) == {"North": None, "South": None}


def test_a_stock_belongs_to_where_its_owner_is_on_the_last_day(tmp_path: Path) -> None:
    deals = """
        Deal id,Owner id,Stage,Amount,Created on,Closed on
        1,1,Negotiation,800,2024-03-01,
        2,2,Negotiation,500,2024-03-01,
        3,3,Closed Won,500,2024-03-01,2024-04-29
    """
    item = Item("open_pipeline", 100, Timing.LEADING, target=1000_00, cap=5)
    now = now_of(scene_with(tmp_path, PEOPLE, item, deals=deals))
    assert [asked_and_reached(one) for one in now.teams] == [(1000_00, 500_00), (2000_00, 1300_00)]
    assert asked_and_reached(now.whole) == (3000_00, 1800_00)


def test_a_manager_who_changes_place_is_scored_for_each(tmp_path: Path) -> None:
    people = HEADER + STAYED + """\
1,Ana,Sales rep,North,Nora,2020-01-01,,2020-01-01
8,Nora,Sales manager,Lead,Olga,2020-01-01,2024-03-10,2019-01-01
8,Nora,Sales manager,Top,Pia,2024-03-11,,2019-01-01
"""  # fmt: skip
    item = Item("calls", 100, Timing.LEADING, target=42, scope=Scope.TEAM, cap=5)
    store = company(tmp_path, {"people.csv": people, "activities.csv": MADE}, {REP: (CALLS,), MANAGER: (item,)})
    now = now_of(as_of(store, "2024-04-30"))
    # Her team made 3 and 21 calls until the 10th, 12 afterwards.
    nora = next(one for one in results(as_of(store, "2024-04-30"), MARCH) if one.rep == "Nora")
    items = [item for stay in nora.parts[0].stays for item in stay.score.counted]
    assert [(one.reading.target, one.reading.actual) for one in items] == [
        (pytest.approx(12), 24),
        (pytest.approx(30), 12),
    ]
    assert named(now.teams)["Lead"] == pytest.approx(24 / 12)


def test_a_team_that_nobody_is_left_in_still_has_its_score(tmp_path: Path) -> None:
    people = HEADER + MOVED + STAYED.replace("2,Ben,Sales rep,North,Nora", "2,Ben,Sales rep,South,Omar")
    scene = scene_with(tmp_path, people, activities=MADE)
    north = now_of(scene, team="North")
    assert (asked_and_reached(north.whole), north.whole.people_count) == ((pytest.approx(6), 3), 0)
    assert north.people.empty


def test_a_closed_period_keeps_the_stays(tmp_path: Path) -> None:
    scene = scene_with(tmp_path, PEOPLE, activities=MADE)
    before = now_of(scene)
    close_period(scene.store, TESTER, scene, MARCH, date(2024, 5, 3))
    imported(scene.store, {"more.csv": calls((1, "2024-03-21", 9), (3, "2024-04-29", 1))})
    after = now_of(as_of(scene.store, "2024-04-30"))
    assert after.closing is not None
    assert named(after.teams) == named(before.teams)
    assert named(after.managers) == named(before.managers)


def test_a_period_closed_before_there_were_stays_counts_as_it_did(tmp_path: Path) -> None:
    scene = scene_with(tmp_path, PEOPLE, activities=MADE)
    close_period(scene.store, TESTER, scene, MARCH, date(2024, 5, 3))
    with writing(scene.store, "edit", TESTER, ["definitions"]) as open_set:
        for row in open_set.rows(ClosedScore, "id", "scorecard"):
            kept = row["scorecard"]
            parts = [{name: part[name] for name in part if name not in ("team", "manager", "stays")}
                     for part in kept["parts"]]  # fmt: skip
            open_set.update(ClosedScore, [{"id": row["id"], "scorecard": kept | {"parts": parts}}])
    after = now_of(as_of(scene.store, "2024-04-30"))
    # All of Ana's days in South, where she was last: 15 calls of 21, beside Cid's 0 of 21.
    assert named(after.teams) == {"North": pytest.approx(1.0), "South": pytest.approx(15 / 42)}


def test_one_number_for_the_same_days(tmp_path: Path) -> None:
    """What is added up by day is what the metrics say of the span."""
    items = (
        CALLS,
        Item("win_rate", 50, Timing.LAGGING, target=0.5),
        Item("bookings", 50, Timing.LAGGING, target_from="quota"),
    )
    scene = scene_with(tmp_path, PEOPLE, *items, activities=MADE, deals=BOOKED, quotas=QUOTAS)
    live = live_of(scene, QUARTER)
    (stretch,) = live.of(int(scene.org.person("Ana")["id"]))
    for stay in stretch.stays:
        for metric in ("calls", "win_rate", "bookings", "quota", "attainment"):
            asked = value(scene, metric, stay.span, rep="Ana")
            assert live.ground.figures.value(metric, stay, Scope.OWN, stay.span) == pytest.approx(asked), metric
