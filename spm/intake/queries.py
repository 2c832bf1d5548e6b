"""What an upload would change: everything worked out against the store, nothing written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from spm.calendar import ONE_DAY, Span
from spm.company.queries import company_of
from spm.company.settings import Company
from spm.intake import attributes, coverage, orders, quotas, staff
from spm.intake.attributes import OwnColumn
from spm.intake.directory import Directory
from spm.intake.merge import Difference, difference
from spm.intake.model import Issue, Recognition, Severity
from spm.intake.staff import Member, Posting
from spm.intake.upload import Choices, Upload, UploadedSheet, read_upload
from spm.intake.wanted import Wanted, wanted
from spm.store import facts, reading
from spm.store.opening import Store

AREAS = ("facts", "people", "definitions", "settings")
DAY_COLUMNS = {"deal": ("closed_on", "created_on"), "order": ("ordered_on",), "order_line": ("ordered_on",),
               "lead": ("created_on",), "activity": ("happened_on",), "quota": ("starts_on",)}  # fmt: skip
MONEY_COLUMNS = {"deal": "amount_cents", "order": "amount_cents", "quota": "amount_cents"}
FACT_LAYOUTS = ("deals", "orders", "order_lines", "leads", "activities", "products")


@dataclass
class SheetPreview:
    """What one sheet would do: counts of its rows, its days, its sum of money, and every issue."""

    source: UploadedSheet
    new_count: int = 0
    changed_count: int = 0
    same_count: int = 0
    refused_count: int = 0
    days: Span | None = None
    sums_cents: dict[str, int] = field(default_factory=dict)
    covers: dict[str, Span] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)


@dataclass
class Preview:
    """Everything that committing an upload would write; a number beside a difference, member or posting is the place of its
    sheet in `sheets`."""

    upload: Upload
    choices: Choices
    company: Company
    revision: tuple[int, ...]
    sheets: list[SheetPreview]
    differences: list[tuple[int, Difference]] = field(default_factory=list)
    members: dict[str, tuple[int, Member]] = field(default_factory=dict)
    changed_members: set[str] = field(default_factory=set)
    postings: dict[str, list[Posting]] = field(default_factory=dict)
    changed_postings: dict[str, int | None] = field(default_factory=dict)
    added_people: dict[str, str] = field(default_factory=dict)  # key → name
    team_parents: dict[str, str | None] = field(default_factory=dict)
    own_columns: list[OwnColumn] = field(default_factory=list)
    filters_to_mark: list[str] = field(default_factory=list)
    currency: str | None = None  # to be adopted by a company that has no money yet

    @property
    def stops(self) -> list[tuple[str, Issue]]:
        """The issues that hold up the commit, each with the sheet's name."""
        return [
            (sheet.source.name, issue)
            for sheet in self.sheets
            for issue in sheet.issues
            if issue.severity is Severity.STOP
        ]

    @property
    def refused_count(self) -> int:
        return sum(sheet.refused_count for sheet in self.sheets)

    @property
    def changes_nothing(self) -> bool:
        return not (
            any(len(found.new) or len(found.changed) for _, found in self.differences)
            or self.changed_members or self.changed_postings or self.added_people
        )  # fmt: skip


def remembered_layouts(store: Store) -> dict[tuple[str, ...], Recognition]:
    """Header → what someone said it is."""
    return {
        tuple(row.header.split("\x1f")): Recognition(row.layout, 1.0, row.fields, frozenset(row.ignored))
        for row in reading.remembered_layouts(store).itertuples()
    }


def preview(
    store: Store,
    files: Sequence[tuple[str, bytes]],
    today: date,
    choices: Choices = Choices(),
    by_sheet: Mapping[tuple[str, str], Choices] | None = None,
) -> Preview:
    """What the files (name, content) would change. `today` is the day from which an undated change of role or team holds.

    Raises UnknownName for a choice that names nothing; what is wrong in the files is in `issues`.
    """
    orders_known = "orders" in reading.covered_spans(store)
    upload = read_upload(files, remembered_layouts(store), choices, by_sheet, orders_known)
    return preview_of(store, upload, today, choices)


def preview_of(store: Store, upload: Upload, today: date, choices: Choices = Choices()) -> Preview:
    """The same for an upload that has been read and checked."""
    company = company_of(store)
    sheets = [SheetPreview(sheet, issues=list(sheet.issues)) for sheet in upload.sheets]
    for sheet in sheets:
        sheet.refused_count = len(sheet.source.checked.refused) if sheet.source.checked else 0
    plan = Preview(upload, choices, company, store.revision(*AREAS), sheets)
    people, stored_people, stored_postings = _known_people(store)
    _adopt_currency(plan, store)
    _plan_people(plan, people, stored_people, stored_postings, today)
    made = _wanted_facts(plan, people)
    _plan_quotas(plan, people, made, stored_postings)
    for at, of_sheet in made:
        plan.sheets[at].issues += of_sheet.issues
        plan.sheets[at].refused_count += sum(issue.severity is Severity.REFUSED for issue in of_sheet.issues)
    _compare(plan, store, made)
    _plan_added(plan, people, stored_postings)
    _plan_attributes(plan, store, [of_sheet for _, of_sheet in made])
    return plan


def _known_people(store: Store) -> tuple[Directory, pd.DataFrame, dict[str, list[Posting]]]:
    people, spellings = reading.people(store), reading.spellings(store)
    directory = Directory()
    others: dict[int, list[str]] = {}
    for row in spellings.itertuples():
        others.setdefault(row.person_id, []).append(row.text)
    for row in people.itertuples():
        directory.know(row.key, row.name, (row.email, *others.get(row.id, ())))
    keys = dict(zip(people["id"], people["key"], strict=True))
    postings: dict[str, list[Posting]] = {}
    for row in reading.assignments(store).itertuples():
        boss = keys.get(row.manager_id)
        postings.setdefault(keys[row.person_id], []).append(
            Posting(row.starts_on, row.ends_before, row.role, row.team, boss, row.source_row)
        )
    return directory, people.set_index("key"), postings


def _adopt_currency(plan: Preview, store: Store) -> None:
    """The first sheets of a company say its currency; later ones in another are stopped, since no rate is known."""
    codes = [
        (sheet, code)
        for sheet in plan.sheets
        if sheet.source.checked is not None and "currency" in sheet.source.checked.rows
        for code in sheet.source.checked.rows["currency"].dropna().unique()
    ]
    ours = reading.settings(store).get("currency")
    distinct = {code for _, code in codes}
    if ours is None and len(distinct) == 1 and plan.revision[0] == 0:
        plan.currency = distinct.pop()
        plan.company = Company(**{**plan.company.__dict__, "currency": plan.currency})
    for sheet, code in codes:
        if code == plan.company.currency or len(sheet.source.checked.rows["currency"].dropna().unique()) > 1:  # type: ignore[union-attr]
            continue
        if "currency" not in plan.choices.accepted:
            message = f"the amounts are in {code}, the company’s are in {plan.company.currency}, and no rate is known"
            flag = "--accept currency  (takes them as they are)"
            sheet.issues.append(Issue(Severity.STOP, message, sheet.source.sheet, found=code, flag=flag))


def _plan_people(
    plan: Preview, people: Directory, stored: pd.DataFrame, stored_postings: dict[str, list[Posting]], today: date
) -> None:
    plan.postings = dict(stored_postings)
    for at, sheet in enumerate(plan.sheets):
        checked = sheet.source.checked
        if checked is None or checked.layout != "people":
            continue
        found, issues = staff.members(checked, people)
        sheet.issues += issues
        for key, member in found.items():
            plan.members[key] = (at, member)
            before = plan.postings.get(key, [])
            plan.postings[key] = staff.merged(before, member.postings, today)
            is_same = [posting.content for posting in plan.postings[key]] == [posting.content for posting in before]
            if not is_same:
                plan.changed_postings[key] = at
            if key not in stored.index:
                plan.changed_members.add(key)
                sheet.new_count += 1
            elif _differs(stored.loc[key], member):
                plan.changed_members.add(key)
                sheet.changed_count += 1
            elif not is_same:
                sheet.changed_count += 1
            else:
                sheet.same_count += 1


def _differs(stored: pd.Series, member: Member) -> bool:
    for name in ("email", "started_on", "ended_on"):
        said = getattr(member, name)
        if said is not None and said != stored[name]:
            return True
    if member.name != stored["name"]:
        return True
    known = stored["attributes"] or {}
    return any(known.get(key) != value for key, value in member.attributes.items())


def _wanted_facts(plan: Preview, people: Directory) -> list[tuple[int, Wanted]]:
    return [
        (at, wanted(sheet.source.checked, people, plan.company))
        for at, sheet in enumerate(plan.sheets)
        if sheet.source.checked is not None and sheet.source.checked.layout in FACT_LAYOUTS
    ]


def _plan_quotas(
    plan: Preview, people: Directory, made: list[tuple[int, Wanted]], stored_postings: dict[str, list[Posting]]
) -> None:
    leads = staff.leaders(plan.postings)
    for at, sheet in enumerate(plan.sheets):
        checked = sheet.source.checked
        if checked is not None and checked.layout == "quotas":
            made.append((at, quotas.wanted_quotas(checked, people, plan.company, leads, plan.choices.manager_quotas)))


def _compare(plan: Preview, store: Store, made: list[tuple[int, Wanted]]) -> None:
    """Fills the differences with the store and each sheet's counts; orders and their lines are brought together first."""
    stored: dict[str, pd.DataFrame] = {}
    of_orders = [(at, sheet) for at, sheet in made if sheet.table in ("order", "order_line")]
    others = [(at, sheet) for at, sheet in made if sheet.table not in ("order", "order_line")]
    for at, sheet in others:
        if sheet.table not in stored:
            stored[sheet.table] = facts.stored(store, sheet.table)
        _add(plan, at, sheet, difference(sheet, stored[sheet.table]))
    if of_orders:
        lines, headers = facts.stored(store, "order_line"), facts.stored(store, "order")
        for at, sheet in orders.reconciled(of_orders, headers, lines):
            _add(plan, at, sheet, difference(sheet, headers if sheet.table == "order" else lines))


def _add(plan: Preview, at: int, sheet: Wanted, found: Difference) -> None:
    plan.differences.append((at, found))
    shown = plan.sheets[at]
    if sheet.is_derived:
        shown.covers |= coverage.covered(sheet.table, found.new)
        return
    shown.new_count += len(found.new)
    shown.changed_count += len(found.changed)
    shown.same_count += found.same_count
    shown.covers |= coverage.covered(sheet.table, sheet.rows)
    days = [
        day for name in DAY_COLUMNS.get(sheet.table, ()) for day in sheet.rows[name] if day is not None and day == day
    ]
    shown.days = Span(min(days), max(days) + ONE_DAY) if days else None
    column = MONEY_COLUMNS.get(sheet.table)
    if sheet.table == "deal":
        is_won = sheet.rows["status"] == "won"
        shown.sums_cents["won"] = int(sheet.rows.loc[is_won, "amount_cents"].dropna().sum())
    elif sheet.table == "order_line":
        shown.sums_cents["order lines"] = int(sheet.rows["stated_e4"].sum()) // 10_000
    elif column:
        shown.sums_cents["quota" if sheet.table == "quota" else "ordered"] = int(sheet.rows[column].sum())


def _plan_added(plan: Preview, people: Directory, stored_postings: dict[str, list[Posting]]) -> None:
    """People whom only a name in a sheet tells of: added, with a note and a suggestion of who else may be meant."""
    for key, where in people.added.items():
        if key in plan.members:
            continue
        name = people.names[key]
        plan.added_people[key] = name
        plan.postings.setdefault(key, [Posting(None, None, None, None, None)])
        plan.changed_postings.setdefault(key, None)
        alike = people.alike(name)
        hint = f"; spelt much like {' or '.join(alike)}: merge them on the People page if they are one" if alike else ""
        sheet = next(
            (sheet for sheet in plan.sheets if f"{sheet.source.file_name} › {sheet.source.sheet}" == where), None
        )
        if sheet:
            sheet.issues.append(
                Issue(Severity.NOTE, f"“{name}” is new and was added{hint}", sheet.source.sheet, found=name)
            )
    before = plan.postings
    plan.postings = staff.with_manager_roles(before)
    for key, known in plan.postings.items():
        if known != before[key] and key not in plan.changed_postings:
            plan.changed_postings[key] = None
    plan.team_parents = staff.team_parents(plan.postings)


def _plan_attributes(plan: Preview, store: Store, made: list[Wanted]) -> None:
    known = reading.attributes(store)
    columns = attributes.own_columns(made)
    already = list(known.loc[known["is_filter"].astype(bool), "key"])
    plan.filters_to_mark = attributes.marked(columns, already, list(known["key"]))
    plan.own_columns = [column for column in columns if column.key not in set(known["key"])]
    _suggest_products(plan, store, made)


def _suggest_products(plan: Preview, store: Store, made: list[Wanted]) -> None:
    """A product of the deals that no product sheet has: a note, with the one that it is spelt like."""
    listed = set(facts.stored(store, "product")["name"]) | {
        name for sheet in made if sheet.table == "product" for name in sheet.rows["name"]
    }
    if not listed:
        return
    for at, sheet in enumerate(plan.sheets):
        checked = sheet.source.checked
        if checked is None or checked.layout not in ("deals", "order_lines", "orders"):
            continue
        for name in sorted(set(checked.rows["product"].dropna()) - listed):
            near = Directory(names={product: product for product in listed}).alike(name)
            hint = f"; the product sheet has “{near[0]}”" if near else ""
            count = int((checked.rows["product"] == name).sum())
            plan.sheets[at].issues.append(
                Issue(
                    Severity.NOTE,
                    f"the product “{name}” ({count:,} rows) is taken as one of its own{hint}",
                    sheet.source.sheet,
                    found=name,
                )
            )
