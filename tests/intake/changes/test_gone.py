"""A sheet that is the whole truth takes away what it lacks, asks where that is much, and gives it back."""

from datetime import date
from pathlib import Path

import pytest

from spm.errors import DecisionNeeded
from spm.intake.actions import undo
from spm.intake.changes.gone import NEVER_WHOLE, WholeTruth
from spm.intake.choices import Choices
from spm.intake.layouts import LAYOUTS
from spm.intake.model import Severity
from spm.intake.queries import preview
from spm.metrics.queries import value
from spm.store import facts, reading
from spm.store.opening import Store
from tests.companies import TESTER, empty_store, imported, scene
from tests.store.contents import LOGS, fingerprints

TODAY = date(2024, 12, 31)
HEADER = "Deal id,Owner,Stage,Amount,Created on,Closed on"


def deals(*numbers: int, spoilt: int | None = None) -> str:
    """Deal n: of Ana where n is even, else of Ben; created and closed in month n % 12 + 1; amount 100."""
    rows = []
    for at in numbers:
        closed = "31 Febtember" if at == spoilt else f"2024-{at % 12 + 1:02}-20"
        rows.append(f"D{at},{'Ana' if at % 2 == 0 else 'Ben'},Won,100,2024-{at % 12 + 1:02}-05,{closed}")
    return "\n".join([HEADER, *rows])


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = empty_store(tmp_path)
    imported(made, {"deals.csv": deals(*range(40))}, TODAY)
    return made


def held(store: Store) -> dict[str, tuple[int, str]]:
    with store.reading() as connection:
        return fingerprints(connection, LOGS)


def gone_keys(store: Store, content: str, **choices: object) -> set[str]:
    plan = preview(store, [("deals.csv", content.encode())], TODAY, Choices(**choices))  # type: ignore[arg-type]
    return {key for gone in plan.gone for key in gone.rows["key"]}


def test_without_the_word_of_a_person_nothing_is_gone(store: Store) -> None:
    assert gone_keys(store, deals(1)) == set()


def test_a_few_rows_that_a_whole_sheet_lacks_go_and_come_back(store: Store) -> None:
    before = held(store)
    done = imported(store, {"deals.csv": deals(*range(2, 40))}, TODAY, whole_truth=WholeTruth.SHEET)
    assert [issue.message for issue in done.preview.sheets[0].issues] == ["gone: 2 deals, $200.00"]
    assert done.preview.sheets[0].gone_count == 2
    assert value(scene(store), "bookings") == 380_000
    undo(store, done.batch or 0, TESTER)
    assert held(store) == before


def test_more_than_five_in_a_hundred_must_be_confirmed(store: Store) -> None:
    sheets = {"deals.csv": deals(*range(3, 40))}
    with pytest.raises(DecisionNeeded, match=r"gone: 3 deals, \$300\.00\. That is 8% of the 40 .*--confirm-gone"):
        imported(store, sheets, TODAY, whole_truth=WholeTruth.SHEET)
    imported(store, sheets, TODAY, whole_truth=WholeTruth.SHEET, confirms_gone=True)
    assert value(scene(store), "bookings") == 370_000


def test_a_sheet_speaks_for_its_days_or_for_its_people(store: Store) -> None:
    of_march = [at for at in range(40) if at % 12 == 2]
    assert gone_keys(store, deals(of_march[0]), whole_truth=WholeTruth.SPAN) == {f"D{at}" for at in of_march[1:]}
    of_ana = {f"D{at}" for at in range(0, 40, 2)}
    assert gone_keys(store, deals(0), whole_truth=WholeTruth.OWNER) == of_ana - {"D0"}


def test_a_row_that_was_refused_is_not_gone(store: Store) -> None:
    assert gone_keys(store, deals(*range(40), spoilt=7), whole_truth=WholeTruth.SHEET) == set()


def test_refused_rows_without_ids_stop_it(store: Store) -> None:
    calls = "Activity Type,Date,Assigned To\n" + "\n".join(f"Call,2024-02-{day:02},Ana" for day in range(1, 29))
    imported(store, {"calls.csv": calls}, TODAY)
    spoilt = calls.replace("2024-02-09", "no day")
    plan = preview(store, [("calls.csv", spoilt.encode())], TODAY, Choices(whole_truth=WholeTruth.SHEET))
    stops = [issue.message for issue in plan.sheets[0].issues if issue.severity is Severity.STOP]
    assert stops == ["rows were refused that have no id, so nobody can tell what is gone: mend them first"]


def test_two_sheets_of_one_upload_are_the_truth_together(store: Store) -> None:
    files = [("a.csv", deals(*range(20)).encode()), ("b.csv", deals(*range(20, 40)).encode())]
    assert preview(store, files, TODAY, Choices(whole_truth=WholeTruth.SHEET)).gone == []


def test_every_kind_of_sheet_can_be_the_whole_truth_or_says_why_not(store: Store) -> None:
    of_facts = {"deals", "orders", "order_lines", "leads", "activities", "daily_counts", "quotas", "surveys", "costs", "leave",
                "skill_levels", "splits"}  # fmt: skip
    assert of_facts == {*LAYOUTS} - {*NEVER_WHOLE}
    products = "Product,Category\nBox,Paper\nJar,Glass"
    imported(store, {"products.csv": products}, TODAY)
    fewer = preview(store, [("products.csv", products[:-10].encode())], TODAY, Choices(whole_truth=WholeTruth.SHEET))
    assert fewer.gone == []
    said = "adds and changes only, it is never the whole truth: what is sold no longer has been sold"
    assert said in [issue.message for issue in fewer.sheets[0].issues]


ORDERS = "Order ID,Customer,Sales Rep,Order Date,Order Total\nO1,Acme,Ana,2024-01-10,100\nO2,Zeta,Ben,2024-02-10,50"
LINES = """Order ID,Line,Order Date,Product,Quantity,Line Total
O1,1,,Box,1,60
O1,2,,Jar,1,30
O1,3,,Jar,1,10
O2,1,,Box,1,50
O3,1,2024-01-20,Box,1,7
O3,2,2024-01-20,Jar,1,5
O4,1,2024-01-21,Jar,1,9"""


def without(lines: str, *starts: str) -> str:
    return "\n".join(line for line in lines.splitlines() if not line.startswith(starts))


def amounts(store: Store) -> tuple[dict[str, int], dict[str, int]]:
    """What each order is worth, and each line of it, in minor units, rounded."""
    orders, lines = facts.stored(store, "order"), facts.stored(store, "order_line")
    of_lines = zip(lines["key"], lines["amount_e4"], strict=True)
    return dict(zip(orders["key"], orders["amount_cents"], strict=True)), {
        key: round(e4 / 10_000) for key, e4 in of_lines
    }


@pytest.fixture
def with_orders(store: Store) -> Store:
    imported(store, {"orders.csv": ORDERS, "lines.csv": LINES}, TODAY)
    return store


def test_lines_that_are_gone_leave_the_orders_right(with_orders: Store) -> None:
    before = held(with_orders)
    fewer = without(LINES, "O1,3", "O2,1", "O3,2", "O4,1")
    said = {"whole_truth": WholeTruth.SHEET, "confirms_gone": True}
    done = imported(with_orders, {"lines.csv": fewer}, TODAY, **said)
    assert done.preview.sheets[0].gone_count == 4
    assert "gone: 4 order lines, $74.00" in [issue.message for issue in done.preview.sheets[0].issues]
    orders, lines = amounts(with_orders)
    assert orders == {"O1": 10_000, "O2": 5_000, "O3": 700}  # O4 was made of its line alone
    assert lines == {"O1#1": 6_667, "O1#2": 3_333, "O3#1": 700}  # the header's 100 by 60 and 30
    assert value(scene(with_orders), "orders") == 3
    undo(with_orders, done.batch or 0, TESTER)
    assert held(with_orders) == before


def test_lines_speak_for_the_people_and_the_days_of_their_orders(with_orders: Store) -> None:
    of_ana = without(LINES, "O1,3", "O2", "O3", "O4")
    assert gone_keys(with_orders, of_ana, whole_truth=WholeTruth.OWNER) == {"O1#3"}
    of_january = without(LINES, "O1,3", "O2", "O3,2")
    assert gone_keys(with_orders, of_january, whole_truth=WholeTruth.SPAN) == {"O1#3", "O3#2"}


def test_an_order_that_is_gone_takes_its_lines(with_orders: Store) -> None:
    done = imported(with_orders, {"orders.csv": without(ORDERS, "O2")}, TODAY, whole_truth=WholeTruth.OWNER)
    assert done.preview.gone == []
    imported(
        with_orders, {"orders.csv": without(ORDERS, "O1")}, TODAY, whole_truth=WholeTruth.SHEET, confirms_gone=True
    )
    assert amounts(with_orders) == ({"O2": 5_000}, {"O2#1": 5_000})


def test_a_log_and_daily_counts_do_not_speak_for_each_other(store: Store) -> None:
    log = "Activity Type,Date,Assigned To\nCall,2024-02-01,Ana\nMeeting,2024-02-02,Ana\nCall,2024-02-03,Ana"
    imported(store, {"calls.csv": log}, TODAY)
    counts = "Rep,Date,Doors,Samples\nAna,2024-03-01,12,3\nAna,2024-03-02,9,1"
    imported(store, {"counts.csv": counts}, TODAY)
    fewer = preview(store, [("calls.csv", without(log, "Meeting", "Call,2024-02-03").encode())], TODAY,
                    Choices(whole_truth=WholeTruth.SHEET))  # fmt: skip
    [found] = fewer.gone
    assert list(found.rows["happened_on"]) == [date(2024, 2, 3)]
    fewer = preview(store, [("counts.csv", without(counts, "Ana,2024-03-02").encode())], TODAY,
                    Choices(whole_truth=WholeTruth.SHEET))  # fmt: skip
    [found] = fewer.gone
    assert sorted(found.rows["kind"]) == ["doors", "samples"]


def test_leave_that_a_sheet_lacks_is_gone(store: Store) -> None:
    leave = "Name,From,To (last day),Reason\nAna,2024-03-01,2024-03-05,Holiday\nBen,2024-04-01,2024-04-05,Holiday"
    imported(store, {"leave.csv": leave}, TODAY)
    fewer = {"leave.csv": without(leave, "Ben")}
    imported(store, fewer, TODAY, whole_truth=WholeTruth.SHEET, confirms_gone=True)
    assert list(reading.leaves(store)["starts_on"]) == [date(2024, 3, 1)]


def test_what_a_sheet_says_is_deleted_goes_without_being_asked_and_comes_back(store: Store) -> None:
    before = held(store)
    header, *rows = deals(*range(4)).splitlines()
    flags = ["Yes", "Yes", "Yes", "No"]
    told = "\n".join([f"{header},Deleted", *(f"{row},{flag}" for row, flag in zip(rows, flags, strict=True))])
    assert gone_keys(store, told) == {"D0", "D1", "D2"}
    assert len(preview(store, [("deals.csv", told.encode())], TODAY, Choices(whole_truth=WholeTruth.SHEET)).gone) == 2
    done = imported(store, {"deals.csv": told}, TODAY)
    assert "gone: 3 deals, $300.00" in [issue.message for issue in done.preview.sheets[0].issues]
    assert value(scene(store), "bookings") == 370_000
    assert imported(store, {"deals.csv": told}, TODAY).batch is None
    undo(store, done.batch or 0, TESTER)
    assert held(store) == before
