"""What is out of the ordinary in a small company: a month that jumps, and nothing else."""

from datetime import date
from pathlib import Path

import pytest

from spm.benchmarks.own_past import Signal
from spm.calendar import plus_months
from spm.coaching.attention.queries import Mover, moved_last_week, reps_out_of_the_ordinary, untold
from spm.coaching.portrait.queries import activities_by_week, alike, milestones
from spm.metrics.queries import Scene
from tests.companies import empty_store, imported, scene

PEOPLE = """
    Employee ID,Name,Title,Hire Date
    E1,Ana,Sales Representative,2022-01-01
    E2,Bo,Sales Representative,2022-01-01
"""


def deals() -> str:
    """Ten and eleven deals a month in turn for fourteen months; in the last one Ana wins thirty and Bo as ever."""
    rows = ["Deal id,Owner,Stage,Amount,Created on,Closed on"]
    for at in range(14):
        month = plus_months(date(2023, 1, 1), at)
        for owner in ("Ana", "Bo"):
            count = 30 if owner == "Ana" and at == 13 else 10 + at % 2
            for place in range(count):
                day = month.replace(day=1 + place % 28)
                rows.append(f"{owner}{at}-{place},{owner},Closed Won,{100 if place else 5000},{day},{day}")
    rows.append("end,Cy,Closed Lost,100,2024-02-29,2024-02-29")
    return "\n".join(rows)


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    store = empty_store(tmp_path_factory.mktemp("attention"))
    imported(store, {"people.csv": PEOPLE, "deals.csv": deals()})
    return scene(store)


def told(found: Mover) -> tuple[str, str, str, float, bool]:
    return found.name, found.metric.key, found.period.label, found.value, found.is_good


def test_whose_month_is_a_signal(company: Scene) -> None:
    found = reps_out_of_the_ordinary(company)
    opened = [one for one in found.found if one.metric.key == "opportunities_opened"]
    assert [told(one) for one in opened] == [("Ana", "opportunities_opened", "2024-02", 30.0, True)]
    assert opened[0].usual == pytest.approx(10.46, abs=0.01)
    assert opened[0].signal is Signal.ABOVE
    assert "Bo" not in {one.name for one in found.found}
    assert 0 < found.by_luck_count < 1


def test_a_week_like_the_others_moves_nothing(tmp_path: Path) -> None:
    store = empty_store(tmp_path)
    rows = ["Deal id,Owner,Stage,Amount,Created on,Closed on"]
    for at in range(300):
        day = date.fromordinal(date(2023, 1, 2).toordinal() + at)
        rows.append(f"{at},Ana,Closed Won,100,{day},{day}")
    imported(store, {"deals.csv": "\n".join(rows)})
    moved = moved_last_week(scene(store), {})
    assert moved.found == ()
    assert moved.series_count == 3  # bookings, won deals, opportunities opened


def test_milestones(company: Scene) -> None:
    found = milestones(company, int(company.org.person("Ana")["id"]))
    assert found.tenure_days == (date(2024, 2, 29) - date(2022, 1, 1)).days + 1
    assert found.best_month is not None
    assert (found.best_month.label, found.best_month_cents) == ("2024-02", 7_900_00)
    assert found.first_won is not None
    assert (found.first_won.closed_on, found.first_won.amount_cents) == (date(2023, 1, 1), 5_000_00)
    assert found.big_cents is not None
    assert found.first_big == found.first_won  # 5,000 is more than three times the average


def test_who_is_alike(company: Scene) -> None:
    period = company.standing.opens_on
    # Nothing is known of Cy but the role, which is as far as Bo's: no nearer than Bo for that.
    assert alike(company, "Ana", period)["rep"].tolist() == ["Bo", "Cy"]
    assert activities_by_week(company, {"rep": "Ana"}, period).empty  # no sheet of activities


def test_people_of_whom_no_sheet_tells_anything(company: Scene, tmp_path: Path) -> None:
    assert untold(company).empty
    store = empty_store(tmp_path)
    more = """
    Employee ID,Name,Title,Hire Date,Last Day
    E3,Di,Sales Representative,2022-01-01,
    E4,Ed,Sales Manager,2022-01-01,
    E5,Flo,Sales Representative,2022-01-01,2023-05-31
    E6,Gus,Sales Representative,2022-01-01,
    """
    calls = "Activity Type,Date,Assigned To\nCall,2024-02-01,Gus"
    imported(store, {"people.csv": more, "deals.csv": deals(), "activities.csv": calls})
    assert untold(scene(store))["rep"].tolist() == ["Di"]  # Ed leads, Flo has left, Gus called somebody
