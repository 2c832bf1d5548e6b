"""Skill levels and targets agreed with one person: which holds, how it came about, and what it replaced."""

from datetime import date
from pathlib import Path

import pytest

from spm.calendar import FiscalCalendar, Grain
from spm.company.actions import change_settings
from spm.errors import Refusal, UnknownName
from spm.metrics.queries import Scene
from spm.metrics.registry import Timing
from spm.people.roles import REP
from spm.scorecards.agreed import actions
from spm.scorecards.agreed.queries import on_ramp
from spm.scorecards.aims import Aim, Origin
from spm.scorecards.model import Item
from spm.scorecards.personal import Level
from spm.scorecards.queries import personal_of, scorecard_of
from spm.store.opening import Store
from tests.companies import TESTER
from tests.scorecards.companies import as_of, calls, company

CALENDAR = FiscalCalendar()
MARCH, QUARTER = CALENDAR.period("2024-03"), CALENDAR.period("2024-Q1")
PEOPLE = """
    Rep id,Name,Role,Hire date
    1,Ana,Sales rep,2020-01-01
    2,Eve,Sales rep,2023-12-01
"""
CALLS = Item("calls", 100, Timing.LEADING, target=40, levels=(("new", 20.0), ("expert", 60.0)))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    sheet = calls((1, "2024-01-02", 30), (1, "2024-03-28", 30), (2, "2024-03-28", 30), (1, "2024-04-30", 1))
    return company(tmp_path, {"people.csv": PEOPLE, "activities.csv": sheet}, {REP: (CALLS,)})


def person(scene: Scene, name: str) -> int:
    return int(scene.org.person(name)["id"])


def aim_of(store: Store, name: str, label: str = "2024-03") -> Aim:
    scene = as_of(store, "2024-04-30")
    card = scorecard_of(scene, person(scene, name), CALENDAR.period(label))
    ((_, aim),) = card.role_scores[-1].aims
    return aim


def value(aim: Aim) -> float:
    assert aim.target is not None
    return aim.target.value


def agree(store: Store, name: str, target: float, reason: str = "inherited territory", **kwargs: object) -> int:
    scene = as_of(store, "2024-04-30")
    days = {"starts_on": date(2024, 3, 1), "last_day": date(2024, 3, 31), **kwargs}
    return actions.override_target(store, TESTER, scene, person(scene, name), CALLS, target, reason=reason, **days)  # type: ignore[arg-type]


def test_a_level_has_its_own_target_from_its_first_day_on(store: Store) -> None:
    ana = person(as_of(store, "2024-04-30"), "Ana")
    actions.set_level(store, TESTER, ana, Level.NEW, None)
    actions.set_level(store, TESTER, ana, Level.EXPERT, date(2024, 3, 1))
    assert [value(aim_of(store, "Ana", label)) for label in ("2024-02", "2024-03")] == [20, 60]
    assert aim_of(store, "Ana").words == "The scorecard asks 60 at the level “expert”."
    actions.set_level(store, TESTER, ana, Level.PROFICIENT, date(2024, 3, 1))  # no target of its own: the role's
    assert (value(aim_of(store, "Ana")), aim_of(store, "Ana").origin) == (40, Origin.SCORECARD)


def test_a_level_is_corrected_and_taken_away(store: Store) -> None:
    ana = person(as_of(store, "2024-04-30"), "Ana")
    actions.set_level(store, TESTER, ana, Level.NEW, date(2024, 1, 1))
    with pytest.raises(Refusal, match="how it is already"):
        actions.set_level(store, TESTER, ana, Level.NEW, date(2024, 1, 1))
    (held,) = personal_of(as_of(store, "2024-04-30")).levels[ana]
    actions.remove_level(store, TESTER, held.id)
    assert value(aim_of(store, "Ana")) == 40
    with pytest.raises(UnknownName):
        actions.remove_level(store, TESTER, held.id)


def test_ramp_applies_to_a_level_s_target(store: Store) -> None:
    actions.set_level(store, TESTER, person(as_of(store, "2024-04-30"), "Eve"), Level.NEW, None)
    assert aim_of(store, "Eve").words == "The scorecard asks 20 × 0.75 ramp = 15 at the level “new”."


def test_a_company_ramps_by_its_own_months_and_a_role_by_its_own(store: Store) -> None:
    started = as_of(store, "2024-04-30")  # Eve is in her fifth month, all of the ramp that comes with the app is over
    assert on_ramp(started, None, started.standing.company.ramp) == []
    change_settings(store, TESTER, ramp=(0.0, 0.0, 0.0, 0.5, 0.9, 1.0))
    assert aim_of(store, "Eve").words == "The scorecard asks 40 × 0.5 ramp = 20."
    assert on_ramp(as_of(store, "2024-04-30"), None, (0.0, 0.0, 0.0, 0.5, 0.9, 1.0)) == [("Eve", 0.9)]
    change_settings(store, TESTER, ramps_of_roles=((REP, (0.25, 1.0)),))
    assert value(aim_of(store, "Eve")) == 40
    assert on_ramp(as_of(store, "2024-04-30"), None, (0.0,) * 9 + (1.0,)) == []  # nobody has a role without its own
    assert on_ramp(as_of(store, "2024-04-30"), REP, (0.0,) * 9 + (1.0,)) == [("Eve", 0.0)]


def test_an_agreed_target_is_final_and_keeps_what_it_replaced(store: Store) -> None:
    assert value(aim_of(store, "Eve")) == 30  # 40 × 0.75, in her fourth month
    agree(store, "Eve", 35)
    aim = aim_of(store, "Eve")
    assert (value(aim), aim.origin) == (35, Origin.AGREED)
    assert aim.words.startswith(
        "35, agreed in place of 30 a month (The scorecard asks 40 × 0.75 ramp = 30), by tester on "
    )
    assert aim.words.endswith(": “inherited territory”.")


def test_a_full_agreed_target_is_ramped(store: Store) -> None:
    agree(store, "Eve", 60, is_full=True)
    assert value(aim_of(store, "Eve")) == 45


def test_an_agreed_target_holds_for_its_days_and_its_person_only(store: Store) -> None:
    agree(store, "Ana", 50)
    assert [value(aim_of(store, "Ana", label)) for label in ("2024-02", "2024-03")] == [40, 50]
    assert aim_of(store, "Eve").origin is Origin.SCORECARD
    assert value(aim_of(store, "Ana", "2024-Q1")) == 150  # the one in force on the last day, for three months


def test_the_one_set_last_holds_until_it_is_withdrawn(store: Store) -> None:
    agree(store, "Ana", 50)
    later = agree(store, "Ana", 55, "after the review", last_day=None)
    assert value(aim_of(store, "Ana")) == 55
    actions.withdraw_override(store, TESTER, later)
    assert value(aim_of(store, "Ana")) == 50


def test_the_calculated_value_is_that_of_the_item_s_own_period(store: Store) -> None:
    scene = as_of(store, "2024-04-30")
    item = Item("calls", 100, Timing.LEADING, target=120, period=Grain.QUARTER)
    actions.override_target(store, TESTER, scene, person(scene, "Ana"), item, 99, date(2024, 3, 1), None, "less", False)
    (override,) = personal_of(as_of(store, "2024-04-30")).overrides[person(scene, "Ana")]
    assert (override.calculated, override.grain) == (120, Grain.QUARTER)


@pytest.mark.parametrize(("target", "kwargs", "sentence"), [
    (10, {"reason": " "}, "Say why"),
    (-1, {}, "0 or more"),
    (10, {"last_day": date(2024, 2, 1)}, "before the first"),
])  # fmt: skip
def test_what_cannot_be_agreed_is_refused(
    store: Store, target: float, kwargs: dict[str, object], sentence: str
) -> None:
    with pytest.raises(Refusal, match=sentence):
        agree(store, "Ana", target, **kwargs)  # type: ignore[arg-type]
