"""What an upload does to the people: who is new, who moves, and whom only a name in a sheet tells of. Pure."""

from collections.abc import Mapping
from datetime import date

from spm.intake.changes.preview import Preview
from spm.intake.model import Issue, Severity
from spm.intake.staffing import staff
from spm.intake.staffing.directory import Directory
from spm.intake.staffing.staff import Member, Posting

MOST_NAMED = 10  # people in one note


def plan_people(
    plan: Preview,
    people: Directory,
    members: Mapping[str, Member],
    postings: Mapping[str, list[Posting]],
    today: date,
) -> None:
    """Fills in what the people sheets of an upload say, and counts it; `people` learns to know those who are new.

    `members` and `postings` are those of the store, by key; `today` is the day from which an undated move holds.
    """
    plan.postings = dict(postings)
    for at, sheet in plan.of_layout("people", "team_history"):
        assert sheet.source.checked is not None
        found, issues = staff.members(sheet.source.checked, people)
        sheet.issues += issues
        before = plan.postings
        merged = staff.with_history if sheet.source.checked.layout == "team_history" else staff.merged
        moved = {key: merged(before.get(key, ()), member.postings, today, people.names)
                 for key, member in found.items()}  # fmt: skip
        plan.postings = staff.with_manager_roles({**before, **moved})
        for key, member in found.items():
            known = plan.members[key][1] if key in plan.members else members.get(key)
            is_told = known is None or staff.tells_more(member, known)
            is_moved = _differ(plan.postings[key], before.get(key, []))
            changes, is_here = is_told or is_moved, key in members
            plan.members[key] = (at, staff.combined(known, member))
            if is_told:
                plan.changed_members.add(key)
            if is_moved:
                plan.changed_postings[key] = at
            sheet.new_count += changes and not is_here
            sheet.changed_count += changes and is_here
            sheet.same_count += not changes


def plan_added(plan: Preview, people: Directory, postings: Mapping[str, list[Posting]]) -> None:
    """People whom only a name in a sheet tells of: added, with a note and a suggestion of who else may be meant.

    Comes after everything else of the upload that names people. Whom only refused rows name is left out. `postings` are
    those of the store.
    """
    plainly_new: dict[int, list[str]] = {}
    places = {sheet.place: at for at, sheet in enumerate(plan.sheets)}
    named = _named(plan)
    for key, where in people.added.items():
        if key in plan.members or key not in named:
            continue
        name = people.names[key]
        at = places[where]
        plan.added_people[key] = (at, name)
        plan.postings.setdefault(key, [Posting(None, None, None, None, None)])
        if alike := people.alike(name):
            message = f"“{name}” is new, and spelt much like {' or '.join(alike)}: is this the same person?"
            flag = f'--same-person "{name}={alike[0]}"'
            _note(plan, at, message, name, alike[0], flag)
        else:
            plainly_new.setdefault(at, []).append(name)
    for at, names in plainly_new.items():
        some = ", ".join(f"“{name}”" for name in names[:MOST_NAMED])
        more = f" and {len(names) - MOST_NAMED:,} more" if len(names) > MOST_NAMED else ""
        verb = "is new and was added" if len(names) == 1 else "are new and were added"
        _note(plan, at, f"{some}{more} {verb}", names[0])
    for name, where in people.unsure.items():
        message = f"more than one person is called “{name}”: rows that give no id are taken for {people.key_of(name)}"
        _note(plan, places[where], message, name)
    plan.postings = staff.with_manager_roles(plan.postings)
    for key, known in plan.postings.items():
        if _differ(known, postings.get(key, [])):
            plan.changed_postings.setdefault(key, None)
    plan.names = people.names
    plan.team_parents = staff.team_parents(plan.postings)


def _named(plan: Preview) -> set[str]:
    """The keys of everybody whom a row that lands, or a posting, names."""
    rows = (rows for _, found in plan.differences for rows in (found.new, found.changed) if "person_key" in rows)
    owners = {key for of_sheet in rows for key in of_sheet["person_key"].dropna().unique()}
    return owners | {
        posting.manager_key for known in plan.postings.values() for posting in known if posting.manager_key
    }


def _note(
    plan: Preview, at: int, message: str, name: str, expected: str | None = None, flag: str | None = None
) -> None:
    sheet = plan.sheets[at]
    sheet.issues.append(Issue(Severity.NOTE, message, sheet.source.sheet, found=name, expected=expected, flag=flag))


def _differ(postings: list[Posting], others: list[Posting]) -> bool:
    return [posting.content for posting in postings] != [posting.content for posting in others]
