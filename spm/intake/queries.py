"""What an upload would change: everything worked out against the store, nothing written."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import cache, partial
from typing import Any

import pandas as pd

from spm.calendar import ONE_DAY, Span
from spm.company.queries import company_of
from spm.intake import garbage
from spm.intake.adopting.queries import adopt_currency, adopt_decisions, leave_out_what_does_not_fit
from spm.intake.changes import coverage, fingerprints
from spm.intake.changes.counted_already import ask_about_measures
from spm.intake.changes.logged import settle_logs
from spm.intake.changes.merge import Difference, apart, difference
from spm.intake.changes.overlaps import settle_overlaps
from spm.intake.changes.preview import Preview, SheetPreview
from spm.intake.changes.wanted import wanted
from spm.intake.changes.whole_truth import plan_gone
from spm.intake.choices import NO_CHOICES, Choices
from spm.intake.model import JOINT, Recognition, Severity, Wanted, Workbook
from spm.intake.progress import Progress, part_of, silent
from spm.intake.resolving import attributes, counts, orders, quotas, resolve
from spm.intake.resolving.lists import without_told
from spm.intake.staffing import staff
from spm.intake.staffing.directory import Directory
from spm.intake.staffing.headings import ask_about_headings
from spm.intake.staffing.roster import plan_added, plan_people
from spm.intake.staffing.staff import Member, Posting
from spm.intake.upload import Upload, read_workbooks, upload_of
from spm.people.org import folded
from spm.people.roles import ROLES
from spm.store import earlier, facts, reading, scorecards
from spm.store import imports as log
from spm.store.opening import Store

READ_SHARE, PLANNED_SHARE = 0.5, 0.9  # of the time until a preview is shown: files are read; only what moves is missing
CHECKED_SHARE = 0.7  # of the time after reading
AREAS = ("facts", "people", "definitions", "settings")
DAY_COLUMNS = {"deal": ("closed_on", "created_on"), "order": ("ordered_on",), "order_line": ("ordered_on",),
               "lead": ("created_on",), "activity": ("happened_on",), "survey": ("answered_on",), "cost": ("spent_on",),
               "quota": ("starts_on",)}  # fmt: skip
FACT_LAYOUTS = ("deals", "orders", "order_lines", "leads", "activities", "daily_counts", "surveys", "costs", "products",
                "lists", "rates", "leave", "skill_levels")  # fmt: skip


def remembered_layouts(store: Store) -> dict[tuple[str, ...], Recognition]:
    """Header → what someone said it is."""
    return {
        tuple(row.header.split(JOINT)): Recognition(row.layout, 1.0, row.fields, frozenset(row.ignored))
        for row in reading.remembered_layouts(store).itertuples()
    }


def remembered_answers(store: Store) -> dict[tuple[str, ...], dict[str, Any]]:
    """Header → how someone said that its cells are meant."""
    return {tuple(header.split(JOINT)): answers for header, answers in reading.remembered_answers(store).items()}


def preview(
    store: Store,
    files: Sequence[tuple[str, bytes]],
    today: date,
    choices: Choices = NO_CHOICES,
    by_sheet: Mapping[tuple[str, str], Choices] | None = None,
    progress: Progress = silent,
) -> Preview:
    """What the files (name, content) would change. `today` is the day from which an undated change of role or team
    holds.

    Raises UnknownName for a choice that names nothing; what is wrong in the files is in `issues`.
    """
    workbooks = read_workbooks(files, part_of(progress, 0.0, READ_SHARE))
    return preview_of_workbooks(store, workbooks, today, choices, by_sheet, part_of(progress, READ_SHARE, 1.0))


def preview_of_workbooks(
    store: Store,
    workbooks: Sequence[Workbook],
    today: date,
    choices: Choices = NO_CHOICES,
    by_sheet: Mapping[tuple[str, str], Choices] | None = None,
    progress: Progress = silent,
) -> Preview:
    """The same for files that have been read."""
    checking = part_of(progress, 0.0, CHECKED_SHARE)
    upload = upload_of(workbooks, remembered_layouts(store), choices, by_sheet, checking, remembered_answers(store))
    progress(CHECKED_SHARE, "Comparing with what is there")
    return preview_of(store, upload, today, choices)


@garbage.left_alone()
def preview_of(store: Store, upload: Upload, today: date, choices: Choices = NO_CHOICES) -> Preview:
    """The same for an upload that has been read and checked."""
    sheets = [SheetPreview(sheet, issues=list(sheet.issues)) for sheet in upload.sheets]
    plan = Preview(upload, choices, company_of(store), store.revision(*AREAS), sheets)
    adopt_decisions(plan, store)
    people, members, postings = _known_people(store, plan.decisions.roles)
    adopt_currency(plan, store)
    plan_people(plan, people, members, postings, today)
    spelt = {**plan.decisions.spellings, **choices.same_people}
    meant = {name: people.mean(name, other) for name, other in spelt.items()}
    plan.spellings = {name: key for name, key in meant.items() if key is not None}
    ask_about_headings(plan, people)
    made = [(at, wanted(sheet.source.checked, people, plan.company)) for at, sheet in plan.of_layout(*FACT_LAYOUTS)
            if sheet.source.checked is not None]  # fmt: skip
    leads = staff.leaders(plan.postings)
    made += [(at, quotas.wanted_quotas(sheet.source.checked, people, plan.company, leads, choices.manager_quotas))
             for at, sheet in plan.of_layout("quotas") if sheet.source.checked is not None]  # fmt: skip
    stored = cache(partial(earlier.keyed, store))
    made = resolve.resolved(plan, made, stored, earlier.logged_spans(store))
    _find_counts_again(plan, store, made)
    at_new_rates = resolve.converted_again(made, plan.company, stored)
    plan_gone(plan, made, stored, lambda: set(earlier.counted_daily(store)["key"]))
    settle_overlaps(plan, made, stored("quota"))
    settle_logs(plan, made, partial(earlier.counted_daily, store), stored)
    _compare(plan, store, made, at_new_rates)
    ask_about_measures(plan, partial(earlier.counted_by, store))
    for at, again in resolve.looked_up_again(made, stored):
        _add(plan, at, again, difference(again, stored(again.table)))
    for at, of_deals in [*resolve.credits(plan, people, stored), *resolve.versions(plan, made, people, stored, today)]:
        _add(plan, at, of_deals, difference(of_deals, stored(of_deals.table)))
    plan_added(plan, people, postings)
    leave_out_what_does_not_fit(plan, store)
    _plan_attributes(plan, store, [of_sheet for _, of_sheet in made])
    for sheet in sheets:
        sheet.guessed_covers, sheet.covers = sheet.covers, coverage.as_said(sheet.covers, sheet.source.choices.covers)
        for measure in plan.decisions.spans:  # what was spoken for is known, and not guessed
            sheet.covers.pop(measure, None)
            sheet.guessed_covers.pop(measure, None)
        rows = {issue.row for issue in sheet.issues if issue.severity is Severity.REFUSED}
        sheet.refused_count = len(rows.union(sheet.source.checked.refused if sheet.source.checked else ()))
    return plan


def _known_people(
    store: Store, told_roles: Collection[str]
) -> tuple[Directory, dict[str, Member], dict[str, list[Posting]]]:
    people, spellings = reading.people(store), reading.spellings(store)
    others: dict[int, set[str]] = {}
    for row in spellings.itertuples():
        others.setdefault(row.person_id, set()).add(row.text)
    own_roles = {folded(role): role for role in {*scorecards.versions(store)["role"], *told_roles} - ROLES.keys()}
    directory, members = Directory(own_roles=own_roles), {}
    for row in people.itertuples():
        spelt = others.get(row.id, set())
        directory.know(row.key, row.name, (row.email, *sorted(spelt)))
        members[row.key] = Member(
            row.key, row.name, row.email, row.started_on, row.ended_on, row.attributes or {}, spelt
        )
    keys = dict(zip(people["id"], people["key"], strict=True))
    postings: dict[str, list[Posting]] = {}
    for row in reading.assignments(store).itertuples():
        boss = keys.get(row.manager_id)
        postings.setdefault(keys[row.person_id], []).append(
            Posting(row.starts_on, row.ends_before, row.role, row.team, boss, row.source_row)
        )
    return directory, members, postings


def _compare(plan: Preview, store: Store, made: list[tuple[int, Wanted]], at_new_rates: resolve.Made) -> None:
    """Fills the differences with the store and each sheet's counts; orders and their lines are brought together
    first."""
    made[:] = _once_in_upload(plan, made)
    every = [*made, *at_new_rates]
    of_orders = [(at, sheet) for at, sheet in every if sheet.table in ("order", "order_line")]
    for at, sheet in every:
        if sheet.table not in ("order", "order_line"):
            _add(plan, at, sheet, _difference(store, sheet))
    if of_orders:
        stored = {table: facts.stored(store, table) for table in ("order", "order_line")}
        lost = [found.rows for found in plan.gone if found.table == "order_line"]
        for at, sheet in orders.reconciled(
            of_orders, stored["order"], stored["order_line"], plan.company.currency, lost
        ):
            _add(plan, at, sheet, difference(sheet, stored[sheet.table]))


def _find_counts_again(plan: Preview, store: Store, made: list[tuple[int, Wanted]]) -> None:
    """Daily counts that the store has under other keys are those."""
    of_counts = {at for at, _ in plan.of_layout("daily_counts")}
    for place, (at, sheet) in enumerate(made):
        if at in of_counts and len(sheet.rows):
            days = sheet.rows["happened_on"]
            counted = earlier.counted_daily(
                store, sheet.rows["kind"].unique().tolist(), Span(min(days), max(days) + ONE_DAY)
            )
            made[place] = (at, counts.told_again(sheet, counted))


def _difference(store: Store, sheet: Wanted) -> Difference:
    """What a sheet would change; only rows that say something else than last time are compared with the store's."""
    known = None if sheet.is_derived else facts.fingerprints(store, sheet.table)
    if known is None:
        return difference(sheet, earlier.keyed(store, sheet.table))
    rest = fingerprints.without_known(fingerprints.with_fingerprints(sheet), known)
    return difference(rest, facts.stored(store, sheet.table, [key for key in rest.rows["key"] if key in known]))


def _once_in_upload(plan: Preview, made: list[tuple[int, Wanted]]) -> list[tuple[int, Wanted]]:
    """The sheets without the rows that an earlier one of the same upload brings."""
    earlier: dict[str, list[pd.DataFrame]] = {}
    alone = []
    for at, sheet in made:
        source = plan.sheets[at].source
        if sheet.table in earlier:
            known = pd.concat(earlier[sheet.table], ignore_index=True)
            is_list = sheet.table == "listed"
            sheet = without_told(sheet, known, source.sheet) if is_list else apart(sheet, known, source.sheet)
        earlier.setdefault(sheet.table, []).append(sheet.rows.assign(sheet=source.name))
        alone.append((at, sheet))
    return alone


def _add(plan: Preview, at: int, sheet: Wanted, found: Difference) -> None:
    plan.differences.append((at, found))
    shown = plan.sheets[at]
    shown.issues += sheet.issues
    if sheet.is_derived:
        shown.covers |= coverage.covered(sheet.table, found.new)
        return
    shown.new_count += len(found.new)
    shown.changed_count += len(found.changed)
    shown.same_count += found.same_count
    shown.covers |= coverage.covered(sheet.table, sheet.rows)
    last_days = [end - ONE_DAY for end in sheet.rows["ends_before"]] if sheet.table == "quota" else []
    shown.days = coverage.hull(*(sheet.rows[name] for name in DAY_COLUMNS.get(sheet.table, ())), last_days)
    shown.sums_cents = _sums_cents(sheet)


def _sums_cents(sheet: Wanted) -> dict[str, int]:
    """What the money of a sheet adds up to, by what it is."""
    rows = sheet.rows
    match sheet.table:
        case "deal":
            return {"won": int(rows.loc[rows["status"] == "won", "amount_cents"].dropna().sum())}
        case "order":
            return {"ordered": int(rows["amount_cents"].sum())}
        case "order_line":
            return {"order lines": round(int(rows["stated_e4"].sum()) / orders.E4)}
        case "cost":
            return {"cost": int(rows["amount_cents"].sum())}
        case "quota":
            of_bookings = rows[rows["metric"] == "bookings"]
            is_team = of_bookings["person_key"].isna()
            return {
                "quotas of reps": int(of_bookings.loc[~is_team, "amount_cents"].sum()),
                "quotas of teams": int(of_bookings.loc[is_team, "amount_cents"].sum()),
            }
    return {}


def _plan_attributes(plan: Preview, store: Store, made: list[Wanted]) -> None:
    known = reading.attributes(store)
    columns = attributes.own_columns(made)
    already = list(known.loc[known["is_filter"].astype(bool), "key"])
    marks = plan.decisions.filters
    new = [key for key in attributes.marked(columns, already, list(known["key"])) if key not in marks]
    plan.filters_to_mark = [*new, *(column.key for column in columns if marks.get(column.key))]
    plan.own_columns = [column for column in columns if column.key not in set(known["key"])]


# -- what came in ------------------------------------------------------------------------------------------------------


def imports(store: Store) -> pd.DataFrame:
    """Every sheet that was ever imported, the latest first: source_id, batch, made_at, author, is_verified, file_name,
    sha256, sheet, layout, new_count, changed_count, same_count, refused_count, undone_in (None: it stands),
    undone_by."""
    return log.sources(store)


def imported_rows(store: Store, source_id: int) -> pd.DataFrame:
    """The rows of which this sheet is the last word, in its order; columns as in `facts.SHOWN`, owner, source_row."""
    return log.rows_of(store, source_id)


def import_issues(store: Store, source_id: int) -> pd.DataFrame:
    """What was said of an imported sheet: severity, message, row, column, found, expected."""
    return log.issues_of(store, source_id)
