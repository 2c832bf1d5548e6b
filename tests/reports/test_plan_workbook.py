"""A plan goes out as a workbook whose sums are formulas, and what was set in it comes back."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from spm import money
from spm.planning.allocation.quotas import Allocation, allocation
from spm.planning.allocation.roster import first_draft, person_key, plan_of
from spm.planning.baseline.course import Baseline
from spm.planning.baseline.queries import baseline_of
from spm.planning.draft import Draft, Terms
from spm.planning.scenarios.levers import Market, WinRate
from spm.planning.scenarios.scenario import Scenario, outcome
from spm.planning.segments.queries import split
from spm.reports.plan_workbook import BEFORE, HEADER_ROW, SHEET, edited_draft, plan_workbook
from spm.reports.scenario_sheet import SCENARIO_SHEET
from tests.planning import sellers

Cell = str
BASELINE = Scenario("")


@pytest.fixture(scope="module")
def baseline(tmp_path_factory: pytest.TempPathFactory) -> Baseline:
    scene = sellers.scene(sellers.sellers(tmp_path_factory.mktemp("sellers")))
    return baseline_of(scene, scene.standing.company.fiscal_calendar.period("2027-Q1"))


def made(baseline: Baseline, draft: Draft) -> tuple[bytes, Allocation]:
    found = allocation(plan_of(baseline, draft))
    return plan_workbook(baseline, draft, found, BASELINE), found


def sheet(content: bytes) -> Worksheet:
    return openpyxl.load_workbook(BytesIO(content))[SHEET]


def computed(found: Worksheet, cell: Cell) -> float:
    """The value of a cell, its formula worked out anew: SUM of cells and ranges, or ROUND(a+b-c*d, digits)."""
    value = found[cell].value
    if not isinstance(value, str) or not value.startswith("="):
        return float(value or 0)
    if check := re.fullmatch(r"=ROUND\((\w+)\+(\w+)-(\w+)\*(\w+),(\d)\)", value):
        total, gone, target, times = (computed(found, check[at]) for at in (1, 2, 3, 4))
        return round(total + gone - target * times, int(check[5]))
    inside = re.fullmatch(r"=SUM\(([A-Z0-9:,]+)\)", value)
    assert inside, value
    return sum(computed(found, one) for part in inside[1].split(",") for one in _cells(found, part))


def _cells(found: Worksheet, part: str) -> Iterator[Cell]:
    block = found[part]
    rows = block if isinstance(block, tuple) else ((block,),)
    for row in rows:
        yield from (cell.coordinate for cell in row)


def test_every_sum_is_a_formula_that_comes_to_the_plan(baseline: Baseline) -> None:
    content, found = made(baseline, replace(first_draft(baseline), over_assignment=1.07))
    rows = sheet(content)
    header = [cell.value for cell in rows[HEADER_ROW + 1]]
    for line in rows.iter_rows(min_row=HEADER_ROW + 2):
        quota = found.quotas[line[0].value]
        total = line[header.index("Quota")]
        assert str(total.value).startswith("=SUM(")
        assert money.cents(money.Decimal(str(round(computed(rows, total.coordinate), 2))), "USD") == quota.amount_cents
        for at, cents in enumerate(quota.months_cents):
            cell = line[header.index("Quota") + 1 + at]
            assert round(computed(rows, cell.coordinate) * 100) == cents
            assert str(cell.value).startswith("=SUM(") == bool(found.plan.tree.within(quota.owner))
    assert computed(rows, "H1") == 0


def test_what_was_set_comes_back(baseline: Baseline) -> None:
    ana, bo, cy, di = (person_key(int(person)) for person in baseline.members.sort_values("rep")["person_id"])
    terms = {
        ana: Terms(override_cents=100_000_01, reason="=key account", potential=12.5),
        bo: Terms(floor_cents=0, ceiling_cents=90_000_00),
        "team South": Terms(ceiling_cents=300_000_00),
    }
    draft = replace(first_draft(baseline), terms=terms)
    content, found = made(baseline, draft)
    back, wrong = edited_draft(content, replace(draft, terms={}), baseline)
    assert wrong == []
    assert back.terms == terms
    assert cy not in back.terms
    locked = replace(draft, terms={di: Terms(locked_cents=found.quotas[di].amount_cents)})
    content, _ = made(baseline, locked)
    assert edited_draft(content, replace(draft, terms={}), baseline)[0].terms == locked.terms


def edited(content: bytes, cells: dict[tuple[str, str], object], without: str = "") -> bytes:
    """The workbook with other values in cells, by owner's key and column, as somebody saves it; `without` a sheet."""
    book = openpyxl.load_workbook(BytesIO(content))
    rows = book[SHEET]
    header = [cell.value for cell in rows[HEADER_ROW + 1]]
    keys = {line[0].value: line[0].row for line in rows.iter_rows(min_row=HEADER_ROW + 2)}
    for (key, column), value in cells.items():
        rows.cell(keys[key], header.index(column) + 1).value = value
    if without:
        del book[without]
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def test_months_that_were_changed_are_set_by_hand_and_the_others_take_the_rest(baseline: Baseline) -> None:
    ana, bo = (person_key(int(person)) for person in baseline.members.sort_values("rep")["person_id"][:2])
    january, february, march = baseline.months
    draft = first_draft(baseline)
    content, found = made(baseline, draft)
    said = {(ana, "2027-01"): 10_000.5, (ana, "2027-03"): 0, (ana, "Reason"): "leave in March", (bo, "2027-02"): None}
    back, wrong = edited_draft(edited(content, said), draft, baseline)
    assert wrong == []
    assert back.terms == {
        ana: Terms(months_cents={january: 10_000_50, march: 0}, reason="leave in March")
    }  # empty is no 0
    again = allocation(plan_of(baseline, back))
    amount = found.quotas[ana].amount_cents
    assert again.quotas[ana].amount_cents == amount
    assert again.quotas[ana].months_cents == (10_000_50, amount - 10_000_50, 0)
    assert again.quotas["company"].amount_cents == draft.target_cents == sum(again.quotas["company"].months_cents)
    content, _ = made(baseline, back)  # out again: what is set by hand stays, until its cell is emptied
    assert edited_draft(content, draft, baseline)[0].terms == back.terms
    back, wrong = edited_draft(edited(content, {(ana, "2027-01"): None}), back, baseline)
    assert back.terms[ana].months_cents == {march: 0}
    assert february not in back.terms[ana].months_cents


def test_months_that_cannot_be_are_named(baseline: Baseline) -> None:
    ana, bo = (person_key(int(person)) for person in baseline.members.sort_values("rep")["person_id"][:2])
    draft = first_draft(baseline)
    content, _ = made(baseline, draft)
    _, wrong = edited_draft(edited(content, {(ana, "2027-01"): 5, (bo, "2027-02"): "abc"}), draft, baseline)
    assert [sentence.split(": ", 1)[1] for sentence in wrong] == [
        "what is set by hand for Ana Ruiz has no reason.", "“abc” is no amount of 0 or more."
    ]  # fmt: skip
    _, wrong = edited_draft(edited(content, {}, without=BEFORE), draft, baseline)
    assert wrong == ["The hidden sheet “As it was” is gone: without it nobody can tell which months were changed."]
    published = replace(draft, kept_months={ana: {baseline.months[0]: 7}})
    content, _ = made(baseline, published)
    _, wrong = edited_draft(edited(content, {(ana, "2027-01"): 5, (ana, "Reason"): "late"}), published, baseline)
    assert wrong[0].endswith("2027-01: what was published holds for it.")


def test_wrong_cells_are_named_and_nothing_raises(baseline: Baseline) -> None:
    content, _ = made(baseline, first_draft(baseline))
    book = openpyxl.load_workbook(BytesIO(content))
    rows = book[SHEET]
    header = [cell.value for cell in rows[HEADER_ROW + 1]]
    row = HEADER_ROW + 4
    rows.cell(row, header.index("At least") + 1, "abc")
    rows.cell(row + 1, header.index("Override") + 1, 5)
    rows.cell(row + 2, 1, "person 999")
    file = BytesIO()
    book.save(file)
    _, wrong = edited_draft(file.getvalue(), first_draft(baseline), baseline)
    assert wrong[0] == f"Row {row}, At least: “abc” is no amount of 0 or more."
    assert "has no reason" in wrong[1]
    assert wrong[2] == f"Row {row + 2}: “person 999” is nobody in this plan."


@pytest.mark.parametrize("content", [b"", b"no workbook", b"PK\x03\x04broken"])
def test_another_file_is_a_sentence(baseline: Baseline, content: bytes) -> None:
    draft = first_draft(baseline)
    assert edited_draft(content, draft, baseline) == (
        draft,
        ["This is no workbook of a plan: it has no sheet “Quotas”."],
    )


def test_months_are_named_by_their_first_day(baseline: Baseline) -> None:
    content, _ = made(baseline, first_draft(baseline))
    header = [cell.value for cell in sheet(content)[HEADER_ROW + 1]]
    assert header[-3:] == ["2027-01", "2027-02", "2027-03"]
    assert baseline.months[0] == date(2027, 1, 1)


def test_a_scenarios_levers_are_a_sheet_that_adds_up(tmp_path: Path) -> None:
    scene = sellers.scene(sellers.sellers(tmp_path, sellers.deals_by_segment()))
    known = baseline_of(scene, scene.standing.company.fiscal_calendar.period("2027-Q1"))
    large = WinRate(name="=large", starts_on=date(2027, 2, 1), change_points=0.03, segment=("segment", "Enterprise"))
    scenario = Scenario("Boom", (Market(name="more", starts_on=date(2027, 1, 1), change_share=0.1), large))
    by_segment = split(scene, known, scenario.segments)
    draft = first_draft(known)
    content = plan_workbook(by_segment, draft, allocation(plan_of(known, draft)), scenario)
    found = openpyxl.load_workbook(BytesIO(content))[SCENARIO_SHEET]
    rows = [[cell.value for cell in row] for row in found.iter_rows(min_row=3)]
    assert rows[0] == ["Lever", "What changes", "Rests on", "Bookings"]
    assert [row[0] for row in rows[1:]] == ["Baseline", "more", "=large", "Levers meeting", "Bookings"]
    assert rows[3][1] == "win rate +3 points in segment Enterprise from Feb 2027"
    assert found["A6"].data_type == "s"
    assert computed(found, "D8") == pytest.approx(outcome(by_segment.outlook, scenario).total_cents / 100)
    assert SCENARIO_SHEET not in openpyxl.load_workbook(BytesIO(made(known, draft)[0])).sheetnames
