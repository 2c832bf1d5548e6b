"""Versions of scorecards: saved, in force, compared, tried before they are saved, carried in a workbook."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from spm.calendar import FiscalCalendar, Grain
from spm.errors import Refusal
from spm.intake.reading.workbook import read_workbook
from spm.metrics.registry import METRICS, Timing
from spm.people.actions import assign
from spm.people.roles import EXECUTIVE, MANAGER, REP, SDR
from spm.reports.workbook import workbook
from spm.scorecards.bands import Band
from spm.scorecards.drafts.trial import suggestion, trial, verdict
from spm.scorecards.model import Item, Scope, Scorecard
from spm.scorecards.queries import live_of, scorecard_of
from spm.scorecards.starting import STARTING
from spm.scorecards.versions.actions import checked_role, save_versions
from spm.scorecards.versions.difference import differences
from spm.scorecards.versions.model import overtaken
from spm.scorecards.versions.queries import last_over, roles_of, scorecard_for, versions_of
from spm.scorecards.versions.sheet import rows_of, scorecards_of
from tests.companies import TESTER, imported
from tests.scorecards.companies import BANDS, as_of, calls, company

LEADING, LAGGING = Timing.LEADING, Timing.LAGGING
MARCH = FiscalCalendar().period("2024-03")
PEOPLE = """
    Rep id,Name,Role,Hire date
    1,Ana,Sales rep,2020-01-01
    2,Ben,Sales rep,2020-01-01
    3,Cid,SDR,2020-01-01
"""
SHEET = calls((1, "2024-02-01", 10), (2, "2024-02-01", 20), (3, "2024-02-01", 99), (1, "2024-03-05", 9),
              (2, "2024-03-05", 13), (1, "2024-04-30", 1))  # fmt: skip
CALLS = Item("calls", 100, LEADING, target=10)


@pytest.fixture
def store(tmp_path: Path):  # type: ignore[no-untyped-def]
    return company(tmp_path, {"people.csv": PEOPLE, "activities.csv": SHEET}, {REP: (CALLS,)})


def test_a_version_says_since_when_by_whom_and_why(store) -> None:  # type: ignore[no-untyped-def]
    harder = Scorecard(REP, (replace(CALLS, target=12),))
    save_versions(store, TESTER, [harder], date(2024, 4, 1), "more capacity", BANDS)
    scene = as_of(store, "2024-04-30")
    first, second = versions_of(scene)[REP]
    assert (first.effective_on, second.effective_on, second.reason, second.author) == (
        None, date(2024, 4, 1), "more capacity", "tester")  # fmt: skip
    targets = [scorecard_for(scene, REP, day).items[0].target for day in (date(2024, 3, 31), date(2024, 4, 1))]
    assert targets == [10, 12]


def test_a_version_says_where_a_later_one_takes_over(store) -> None:  # type: ignore[no-untyped-def]
    save_versions(store, TESTER, [Scorecard(REP, (CALLS,))], date(2024, 4, 1), "more capacity", BANDS)
    versions = versions_of(as_of(store, "2024-04-30"))
    said = "It holds only until the version from 1 Apr 2024 (tester"
    assert overtaken(versions, REP, None).startswith(said)
    assert overtaken(versions, REP, date(2024, 3, 31)).startswith(said)
    assert overtaken(versions, REP, date(2024, 4, 1)) == ""
    assert overtaken(versions, SDR, None) == ""


@pytest.mark.parametrize(("scorecard", "reason", "sentence"), [
    (Scorecard(REP, (CALLS,)), "", "Say why"),
    (Scorecard(REP, ()), "why", "at least one item"),
    (Scorecard(REP, (replace(CALLS, cap=1.1),)), "why", "nobody could be outstanding"),
    (Scorecard(REP, (replace(CALLS, levels=(("new", -1.0),)),)), "why", "for new is -1"),
])  # fmt: skip
def test_what_cannot_be_kept_is_refused(store, scorecard: Scorecard, reason: str, sentence: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Refusal, match=sentence):
        save_versions(store, TESTER, [scorecard], None, reason, BANDS)


def test_a_role_of_the_company_s_own(store) -> None:  # type: ignore[no-untyped-def]
    scene = as_of(store, "2024-04-30")
    role = checked_role("  Door   knocker ", roles_of(scene))
    assert role == "Door knocker"
    with pytest.raises(Refusal, match="There is a role sales manager already"):
        checked_role("sales manager", roles_of(scene))
    save_versions(store, TESTER, [Scorecard(role, (replace(CALLS, target=5),))], None, "new job", BANDS)
    ana = int(scene.org.person("Ana")["id"])
    assign(store, TESTER, [ana], {"role": role})
    scene = as_of(store, "2024-04-30")
    assert roles_of(scene)[:4] == [SDR, REP, EXECUTIVE, MANAGER]
    assert "Door knocker" in roles_of(scene)
    card = scorecard_of(scene, ana, MARCH)
    assert (card.roles, card.whole.value) == ("Door knocker", 1.5)


def test_a_people_sheet_gives_a_role_of_the_company_s_own(store) -> None:  # type: ignore[no-untyped-def]
    save_versions(store, TESTER, [Scorecard("Door knocker", (CALLS,))], None, "new job", BANDS)
    imported(store, {"more.csv": "Rep id,Name,Role,Hire date\n7,Fay,door  KNOCKER,2024-01-01"})
    scene = as_of(store, "2024-04-30")
    assert scorecard_of(scene, int(scene.org.person("Fay")["id"]), MARCH).roles == "Door knocker"


def test_two_versions_side_by_side() -> None:
    before = Scorecard(REP, (CALLS, Item("demos", 20, LEADING), Item("win_rate", 30, LAGGING, target=0.5)))
    changed = replace(CALLS, weight=80, target=12, cap=1.2, levels=(("new", 6.0),))
    bookings = Item("bookings", 5, LAGGING, target_from="quota", period=Grain.QUARTER)
    after = Scorecard(REP, (changed, Item("win_rate", 30, LAGGING, target=0.5), bookings))
    found = differences(before, after, METRICS.__getitem__, "USD")
    assert [(one.label, one.kind) for one in found] == [
        ("Calls", "changed"), ("Win rate", "same"), ("Bookings", "new"), ("Demos", "gone")]  # fmt: skip
    changes = [{change.what: (change.before, change.after) for change in one.changes} for one in found]
    assert changes[0] == {
        "weight": ("100", "80"), "target": ("10", "12"), "for new": (None, "6"), "cap": ("150 %", "120 %")}  # fmt: skip
    assert changes[1] == {}
    assert changes[2] == {
        "weight": (None, "5"), "target": (None, "quota, else 60th percentile of the past"), "for a": (None, "quarter"),
        "counts as": (None, "lagging"), "seasonal": (None, "no"), "cap": (None, "150 %")}  # fmt: skip
    assert changes[3]["target"] == ("60th percentile of the past", None)


def test_a_draft_is_tried_before_it_is_saved(store) -> None:  # type: ignore[no-untyped-def]
    scene = as_of(store, "2024-04-30")
    live = live_of(scene, MARCH)
    same = trial(live, Scorecard(REP, (CALLS,)))
    assert verdict(same) == "As it is in March 2024: the score in the middle of 2 people is 130."
    draft = Scorecard(REP, (replace(CALLS, target=13),))
    found = trial(live, draft)
    assert found.people[["rep", "before", "after"]].values.tolist() == [
        ["Ana", pytest.approx(0.9), pytest.approx(9 / 13)],
        ["Ben", 1.3, 1.0],
    ]
    assert found.moved["rep"].tolist() == ["Ben", "Ana"]
    assert found.band_counts("band_after")[Band.ON_TARGET] == 1
    assert verdict(found) == "In March 2024 2 people of 2 change band; the score in the middle would be 100."
    assert scorecard_for(scene, REP, date(2024, 3, 31)).items[0].target == 10


def test_who_has_no_score_either_way_changes_no_band(store) -> None:  # type: ignore[no-untyped-def]
    demos, cycle = Item("demos", 100, LEADING, target=3), Item("sales_cycle", 100, LAGGING, target=30)
    live = live_of(as_of(store, "2024-04-30"), MARCH, {REP: Scorecard(REP, (demos,))})  # no sheet has demos or deals
    assert trial(live, Scorecard(REP, (cycle,))).moved.empty
    assert set(trial(live, Scorecard(REP, (CALLS,))).moved["rep"]) == {"Ana", "Ben"}


def test_a_draft_of_a_role_that_nobody_has(store) -> None:  # type: ignore[no-untyped-def]
    found = trial(live_of(as_of(store, "2024-04-30"), MARCH), Scorecard("Door knocker", (CALLS,)))
    assert verdict(found) == "Nobody had this role in March 2024: nothing to try it on."


def test_a_suggestion_is_of_the_role_s_own_results(store) -> None:  # type: ignore[no-untyped-def]
    scene = as_of(store, "2024-04-30")
    live = live_of(scene, FiscalCalendar().period("2024-04"))
    # February and March: 10 and 20, 9 and 13. The SDR's 99 is not theirs.
    found = suggestion(live, replace(CALLS, target=None), REP)
    assert found is not None
    assert (found.value, found.values_count, found.met_share) == (pytest.approx(12.4), 4, 0.5)
    lower = suggestion(live, replace(CALLS, target=None, percentile=50.0), REP)
    assert lower is not None
    assert lower.value == pytest.approx(11.5)
    assert last_over(scene, Grain.MONTH).label == "2024-04"


FULL = (
    Item("calls", 30, LEADING, target=12.5, seasonal=True, levels=(("new", 5.0), ("expert", 20.0))),
    Item("bookings", 40, LAGGING, target=123456, target_from="quota", period=Grain.QUARTER, floor=0.5, cap=2.0),
    Item("win_rate", 20, LAGGING, target=0.55, higher_is_better=True, period=Grain.YEAR),
    Item("attainment", 10, LAGGING, scope=Scope.TEAM, percentile=75.0, period=Grain.WEEK),
)


def read_back(content: bytes) -> pd.DataFrame:
    (sheet,) = read_workbook("scorecards.xlsx", content).sheets
    header, *rows = sheet.rows
    return pd.DataFrame(rows, columns=[str(name) for name in header], dtype=object)


def test_out_to_a_workbook_and_in_again_is_the_same() -> None:
    known = [Scorecard(REP, FULL), STARTING[MANAGER], STARTING[SDR], Scorecard("Door knocker", FULL[:1])]
    content = workbook({"Scorecards": rows_of(known, METRICS.__getitem__, "USD")})
    found = scorecards_of(read_back(content), METRICS, BANDS, "USD")
    assert (found.wrong, found.refused) == ((), "")
    assert list(found.scorecards) == known


def test_every_wrong_cell_is_told_at_once() -> None:
    frame = pd.DataFrame([
        {"Role": "SDR", "Metric": "Cals", "Weight": "a lot", "Period": "month"},
        {"Role": "SDR", "Metric": "Demos", "Weight": 20, "Period": "fortnight"},
        {"Role": "", "Metric": "Demos", "Weight": 20},
    ])  # fmt: skip
    found = scorecards_of(frame, METRICS, BANDS, "USD")
    assert found.scorecards == ()
    assert [(one.row, one.column) for one in found.wrong] == [
        (2, "Metric"),
        (2, "Weight"),
        (3, "Period"),
        (4, "Role"),
    ]
    assert found.wrong[0].sentence == "Row 2, Metric: found “Cals”, expected a metric, such as Calls."


def test_what_the_sheet_asks_must_be_sound() -> None:
    frame = pd.DataFrame([{"Role": "Sales representative", "Metric": "Calls", "Weight": 0}])
    assert scorecards_of(frame, METRICS, BANDS, "USD").refused.startswith(
        "Sales representative: The weight of calls is 0"
    )


def test_a_sheet_without_roles_or_metrics_says_what_it_lacks() -> None:
    def refused(*columns: str) -> str:
        return scorecards_of(pd.DataFrame([["x"] * len(columns)], columns=list(columns)), METRICS, BANDS, "USD").refused

    assert refused("hello").startswith("No column is called Role or Metric. Download")
    assert refused("Role", "Weight").startswith("No column is called Metric.")
    assert refused("Role", "Metric key") == ""


def test_a_metric_that_its_key_contradicts_is_refused() -> None:
    frame = pd.DataFrame([["Sales rep", "Demos", "calls", 100]], columns=["Role", "Metric", "Metric key", "Weight"])
    (wrong,) = scorecards_of(frame, METRICS, BANDS, "USD").wrong
    assert (wrong.row, wrong.column, wrong.found) == (2, "Metric", "Demos")
    assert wrong.expected == "“Calls”, as its key says; for another metric empty the cell with the key"
