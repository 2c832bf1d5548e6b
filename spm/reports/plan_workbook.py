"""A plan's quotas as a workbook that keeps its sums as formulas, and what somebody set in it read back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from io import BytesIO
from typing import Any

import xlsxwriter
from python_calamine import CalamineError, CalamineWorkbook
from xlsxwriter.utility import xl_rowcol_to_cell

from spm import money
from spm.planning.allocation.owners import Owner, Tree
from spm.planning.allocation.quotas import Allocation
from spm.planning.allocation.roster import person_key, person_of
from spm.planning.baseline.course import Baseline
from spm.planning.draft import Draft, Terms
from spm.planning.scenarios.scenario import Scenario
from spm.reports.scenario_sheet import write_scenario
from spm.reports.workbook import FORMULA_STARTS, Format

SHEET, KEY = "Quotas", "Key"
BEFORE = "As it was"  # hidden: the months as they went out, to tell those that somebody changed
SET = {"At least": "floor_cents", "At most": "ceiling_cents", "Override": "override_cents"}
COLUMNS = (KEY, "Owner", "Last year", "Projection", "Locked", *SET, "Reason", "Potential", "Quota")
FIRST_MONTH = len(COLUMNS)
YES = ("yes", "y", "x", "true", "1", "ja", "oui")
HEADER_ROW = 2


def plan_workbook(baseline: Baseline, draft: Draft, found: Allocation, scenario: Scenario) -> bytes:
    """Company, teams and reps, a column a month; every total of a row or of those within is a formula. A sheet of its own has
    the levers of the scenario, where it has any.

    Above the table the target, and a check that is 0 while all quotas add up to what is to be assigned.
    """
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet(SHEET)
        amount, bold = book.add_format({"num_format": str(Format.MONEY)}), book.add_format({"bold": True})
        total = book.add_format({"num_format": str(Format.MONEY), "bold": True})
        text = book.add_format({"quote_prefix": True})
        tree, currency = found.plan.tree, found.plan.currency
        order = list(_in_order(tree, tree.top))
        rows = {owner.key: HEADER_ROW + 1 + at for at, owner in enumerate(order)}
        last_month = FIRST_MONTH + len(found.plan.months) - 1
        quota_column = COLUMNS.index("Quota")
        known = {person_key(int(row["person_id"])): row for row in baseline.members.to_dict("records")}
        for at, name in enumerate([*COLUMNS, *(f"{month:%Y-%m}" for month in found.plan.months)]):
            sheet.write_string(HEADER_ROW, at, name, bold)
        for owner in order:
            row, quota = rows[owner.key], found.quotas[owner.key]
            sheet.write_string(row, 0, owner.key)
            sheet.write_string(row, 1, owner.name, text if owner.name.startswith(FORMULA_STARTS) else None)
            _write_terms(sheet, row, draft.of(owner.key), known.get(owner.key), currency, (amount, text))
            within = tree.within(owner)
            style = total if within else amount
            for at, cents in enumerate(quota.months_cents):
                value, column = money.major(cents, currency), FIRST_MONTH + at
                if within:
                    sheet.write_formula(row, column, _sum_of(tree, owner, rows, column), style, value)
                else:
                    sheet.write_number(row, column, value, style)
            months = f"{xl_rowcol_to_cell(row, FIRST_MONTH)}:{xl_rowcol_to_cell(row, last_month)}"
            sheet.write_formula(row, quota_column, f"=SUM({months})", style, money.major(quota.amount_cents, currency))
        target = money.major(draft.target_cents, currency)
        gone = money.major(found.plan.gone_cents, currency)
        sheet.write_row(0, 0, ["Target", target, "Assigned ÷ target", draft.over_assignment, "Carried by who left", gone,
                               "Check (0 is right)"], bold)  # fmt: skip
        top = xl_rowcol_to_cell(rows[tree.top.key], quota_column)
        sheet.write_formula(0, 7, f"=ROUND({top}+F1-B1*D1,{money.minor_digits(currency)})", total, 0)
        sheet.write_string(
            1, 0, "Read back: Locked, At least, At most, Override, Reason, Potential, and the months of a rep. "
            "What you change needs a reason; a month that you empty is worked out again. All else is worked out."
        )  # fmt: skip
        _write_before(book.add_worksheet(BEFORE), draft, found)
        if scenario.levers:
            write_scenario(book, baseline.outlook, scenario, currency)
        sheet.freeze_panes(HEADER_ROW + 1, 2)
        sheet.set_column(0, 0, 12)
        sheet.set_column(1, 1, 26)
        sheet.set_column(2, last_month, 14)
    return file.getvalue()


def edited_draft(content: bytes, draft: Draft, baseline: Baseline) -> tuple[Draft, list[str]]:
    """The draft with what a workbook of `plan_workbook` says of each owner, and what is wrong in it, one sentence a cell.

    A month of a rep that is another than the one that went out is set by hand. Owners whose row is gone keep what was set
    for them. Never raises for what is in the file.
    """
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        cells = book.get_sheet_by_name(SHEET).to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError):
        return draft, [f"This is no workbook of a plan: it has no sheet “{SHEET}”."]
    at = next((row for row, line in enumerate(cells) if line and line[0] == KEY), None)
    if at is None:
        return draft, [f"No row of the sheet “{SHEET}” begins with “{KEY}”."]
    header = [str(name) for name in cells[at]]
    keys = {person_key(int(person)) for person in baseline.members["person_id"]}
    keys |= {f"team {team}" for team in baseline.members["team"]}
    wrong: list[str] = []
    went_out = _went_out(book, baseline)
    if not went_out:
        wrong.append(f"The hidden sheet “{BEFORE}” is gone: without it nobody can tell which months were changed.")
    for number, line in enumerate(cells[at + 1 :], start=at + 2):
        row = dict(zip(header, line, strict=False))
        key = str(row.get(KEY, "")).strip()
        if not key or key == "company":
            continue
        if key not in keys:
            wrong.append(f"Row {number}: “{key}” is nobody in this plan.")
            continue
        terms, said = _terms(row, header, number, baseline.currency)
        if person_of(key) is not None:
            months, unread = _months(row, number, went_out.get(key, {}), baseline.currency)
            terms, held = replace(terms, months_cents=months), draft.kept_months.get(key, {})
            said += [one for one in unread if one not in said]
            said += [
                f"Row {number}, {month:%Y-%m}: what was published holds for it." for month in months if month in held
            ]
        if terms.is_waiting:
            said.append(f"Row {number}: what is set by hand for {row.get('Owner')} has no reason.")
        draft, wrong = draft.with_terms(key, terms), [*wrong, *said]
    return draft, wrong


def _write_before(sheet: Any, draft: Draft, found: Allocation) -> None:
    """The months of each rep as they go out, in minor units; empty where one is set by hand already."""
    sheet.hide()
    sheet.write_row(0, 0, [KEY, *(f"{month:%Y-%m}" for month in found.plan.months)])
    for row, rep in enumerate(found.plan.tree.leaves(found.plan.tree.top), start=1):
        sheet.write_string(row, 0, rep.key)
        for at, month in enumerate(found.plan.months):
            if month not in draft.of(rep.key).months_cents:
                sheet.write_number(row, at + 1, found.quotas[rep.key].months_cents[at])


def _went_out(book: CalamineWorkbook, baseline: Baseline) -> dict[str, dict[date, int | None]]:
    """Rep's key → month → what went out, in minor units, None where it was set by hand; nothing where the sheet is gone."""
    if BEFORE not in book.sheet_names:
        return {}
    header, *lines = book.get_sheet_by_name(BEFORE).to_python(skip_empty_area=False) or [[]]
    named = {f"{month:%Y-%m}": month for month in baseline.months}
    return {
        str(line[0]): {
            named[str(name)]: round(cents) if isinstance(cents, int | float) else None
            for name, cents in zip(header[1:], line[1:], strict=False)
            if str(name) in named
        }
        for line in lines
    }


def _months(
    row: Mapping[str, Any], number: int, went_out: Mapping[date, int | None], currency: str
) -> tuple[dict[date, int], list[str]]:
    """The months of a rep that are set by hand: neither empty nor what went out; and what is wrong in them."""
    found: dict[date, int] = {}
    wrong: list[str] = []
    for month, before in went_out.items():
        name = f"{month:%Y-%m}"
        cell = row.get(name)
        amount = None if cell in (None, "") else _amount_in(cell)
        if amount is not None and money.cents(amount, currency) != before:
            found[month] = money.cents(amount, currency)
        elif amount is None and cell not in (None, ""):
            wrong.append(f"Row {number}, {name}: “{cell}” is no amount of 0 or more.")
    return found, wrong


def _amount_in(cell: Any) -> Decimal | None:
    """The amount of 0 or more that a cell says, None where it says none."""
    try:
        found = Decimal(str(cell).replace(",", "").strip())
    except InvalidOperation:
        return None
    return found if found.is_finite() and found >= 0 else None


def _in_order(tree: Tree, owner: Owner) -> Iterator[Owner]:
    """An owner, then the reps directly within it, then its teams, so that reps of a team lie in one block."""
    yield owner
    for each in sorted(tree.within(owner), key=lambda one: bool(tree.within(one))):
        yield from _in_order(tree, each)


def _sum_of(tree: Tree, owner: Owner, rows: Mapping[str, int], column: int) -> str:
    """The formula that adds up those directly within an owner, in one column."""
    members = tree.within(owner)
    reps = sorted(rows[one.key] for one in members if not tree.within(one))
    teams = [xl_rowcol_to_cell(rows[one.key], column) for one in members if tree.within(one)]
    block = [f"{xl_rowcol_to_cell(reps[0], column)}:{xl_rowcol_to_cell(reps[-1], column)}"] if reps else []
    return f"=SUM({','.join([*block, *teams])})"


def _write_terms(
    sheet: Any, row: int, terms: Terms, known: Mapping[str, Any] | None, currency: str, styles: tuple[Any, Any]
) -> None:
    amount, text = styles
    facts = (("Last year", "last_year_cents"), ("Projection", "projection_cents")) if known else ()
    for name, field in facts:
        cents = known[field] if known else None
        if cents is not None and cents == cents:  # the missing are not equal to themselves
            sheet.write_number(row, COLUMNS.index(name), money.major(float(cents), currency), amount)
    for name, field in SET.items():
        if (cents := getattr(terms, field)) is not None:
            sheet.write_number(row, COLUMNS.index(name), money.major(cents, currency), amount)
    if terms.locked_cents is not None:
        sheet.write_string(row, COLUMNS.index("Locked"), "yes")
    if terms.reason:
        sheet.write_string(row, COLUMNS.index("Reason"), terms.reason, text)
    if terms.potential is not None:
        sheet.write_number(row, COLUMNS.index("Potential"), terms.potential)


def _terms(row: Mapping[str, Any], header: Sequence[str], number: int, currency: str) -> tuple[Terms, list[str]]:
    wrong: list[str] = []

    def amount(name: str) -> Decimal | None:
        cell = row.get(name)
        if cell in (None, ""):
            return None
        found = _amount_in(cell)
        if found is None:
            wrong.append(f"Row {number}, {name}: “{cell}” is no amount of 0 or more.")
        return found

    given = {field: amount(name) for name, field in SET.items()}
    cents: dict[str, Any] = {
        field: None if value is None else money.cents(value, currency) for field, value in given.items()
    }
    potential = amount("Potential")
    terms = Terms(
        reason=str(row.get("Reason") or "").strip(), potential=None if potential is None else float(potential), **cents
    )
    if str(row.get("Locked") or "").strip().casefold() in YES:
        months = [amount(name) for name in header[FIRST_MONTH:] if name]
        locked = sum((money.cents(month, currency) for month in months if month is not None), 0)
        terms = replace(terms, locked_cents=locked)
    return terms, wrong
