"""Deals that are shared no longer: by a row without anybody beside, or by a whole truth that lacks them."""

from datetime import date
from pathlib import Path

import pytest

from spm.calendar import ONE_DAY, Span
from spm.intake.actions import undo
from spm.intake.changes.gone import WholeTruth
from spm.intake.changes.queries import moves
from spm.intake.choices import Choices
from spm.intake.model import Severity
from spm.intake.queries import preview
from spm.metrics.queries import value
from spm.store.opening import Store
from tests.companies import TESTER, empty_store, imported, scene
from tests.store.contents import LOGS, fingerprints

TODAY = date(2024, 12, 31)
DEALS = "Deal id,Owner,Stage,Amount,Created on,Closed on\n" + "\n".join(
    f"D{at},Ana,Won,100,2024-{at:02}-01,2024-{at:02}-20" for at in range(1, 7)
)
SPLITS = "Deal id,Owner,Share\n" + "\n".join(f"D{at},Ana,60%\nD{at},Ben,40%" for at in range(1, 6))
BESIDE = """Deal id,Owner,Rep 2,Split 2 %,Stage,Amount,Created on,Closed on
D7,Ana,Ben,50,Won,100,2024-07-01,2024-07-20
D8,Ana,{second},Won,100,2024-08-01,2024-08-20"""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = empty_store(tmp_path)
    imported(made, {"deals.csv": DEALS, "splits.csv": SPLITS}, TODAY)
    return made


def of_reps(store: Store) -> tuple[float | None, float | None]:
    asked = scene(store, TODAY)
    return value(asked, "bookings", rep="Ana"), value(asked, "bookings", rep="Ben")


def without(*deals: str) -> str:
    return "\n".join(line for line in SPLITS.splitlines() if not line.startswith(deals))


def test_splits_that_are_not_the_whole_truth_take_nothing_away(store: Store) -> None:
    assert imported(store, {"splits.csv": without("D1", "D2")}, TODAY).batch is None
    assert of_reps(store) == (40_000, 20_000)


def test_a_whole_truth_gives_deals_back_to_their_owner_and_an_undo_shares_them_again(store: Store) -> None:
    with store.reading() as connection:
        before = fingerprints(connection, LOGS)
    fewer = {"splits.csv": without("D1", "D2")}
    plan = preview(store, [("splits.csv", fewer["splits.csv"].encode())], TODAY, Choices(whole_truth=WholeTruth.SHEET))
    ((_, asked),) = plan.stops
    assert asked.message == (
        "gone: who shares 2 deals, each is its owner’s alone again. That is 40% of the 10 that the sheet speaks for: "
        "are they all gone?"
    )
    told = moves(store, plan, TODAY)
    of_rep = told.by_rep[told.by_rep["metric"] == "bookings"].set_index("rep")
    assert of_rep["after"].to_dict() == {"Ana": 20_000, "Ben": 0}  # of the months of the two deals
    done = imported(store, fewer, TODAY, whole_truth=WholeTruth.SHEET, confirms_gone=True)
    assert of_reps(store) == (48_000, 12_000)
    undo(store, done.batch or 0, TESTER)
    with store.reading() as connection:
        assert fingerprints(connection, LOGS) == before


def test_a_whole_truth_of_a_span_speaks_for_its_deals_only(store: Store) -> None:
    of_middle = "Deal id,Owner,Share\nD2,Ana,60%\nD2,Ben,40%\nD4,Ana,60%\nD4,Ben,40%"
    imported(store, {"splits.csv": of_middle}, TODAY, whole_truth=WholeTruth.SPAN, confirms_gone=True)
    march = Span(date(2024, 3, 1), date(2024, 3, 31) + ONE_DAY)
    assert value(scene(store, TODAY), "bookings", march, rep="Ben") in (None, 0)
    assert of_reps(store) == (44_000, 16_000)


def test_splits_speak_for_no_people(store: Store) -> None:
    files = [("splits.csv", without("D1").encode())]
    plan = preview(store, files, TODAY, Choices(whole_truth=WholeTruth.OWNER))
    assert plan.gone == []
    assert any("speaks for deals" in issue.message for issue in plan.sheets[0].issues)


def test_a_row_with_nobody_beside_is_its_owners_alone(store: Store) -> None:
    imported(store, {"more deals.csv": BESIDE.format(second="Ben,50")}, TODAY)
    assert of_reps(store) == (50_000, 30_000)
    done = imported(store, {"more deals.csv": BESIDE.format(second=",")}, TODAY)
    notes = [issue.message for issue in done.preview.sheets[0].issues if issue.severity is Severity.NOTE]
    assert "gone: who shares a deal, which is its owner’s alone again" in notes
    assert of_reps(store) == (55_000, 25_000)
    assert imported(store, {"more deals.csv": BESIDE.format(second=",")}, TODAY).batch is None
