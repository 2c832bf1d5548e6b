"""What an empty store takes over from an export of another one, and its currency from the first sheets."""

from dataclasses import replace

from spm.company.settings import Company, from_plain, refuse_unless_sound
from spm.errors import Refusal
from spm.intake.changes.preview import Preview, SheetPreview
from spm.intake.checking.draft import some
from spm.intake.model import Issue, Severity
from spm.intake.resolving.decisions import MADE, Decisions, decisions_of
from spm.intake.resolving.rates import own_currency
from spm.store import made_here, reading
from spm.store.opening import Store

ONLY_EMPTY = "what was decided and made in the app is taken over by an empty database only: this one keeps its own"


def adopt_decisions(plan: Preview, store: Store) -> None:
    """An empty store takes over what an export of spm says that the company decided; any other keeps its own."""
    shown = plan.of_layout("decisions")
    told = decisions_of(sheet.source.checked for _, sheet in shown if sheet.source.checked is not None)
    if not told:
        return
    is_empty = plan.revision[0] == 0
    for _, sheet in shown:
        rows = sheet.source.checked.rows if sheet.source.checked is not None else ()
        sheet.new_count, sheet.same_count = (len(rows), 0) if is_empty else (0, len(rows))
        if not is_empty:
            sheet.issues.append(Issue(Severity.NOTE, ONLY_EMPTY, sheet.source.sheet))
    if is_empty:
        told.settings = {key: value for key, value in told.settings.items() if key not in reading.settings(store)}
        plan.decisions, plan.company = told, _sound(shown[0][1], told, store)


def leave_out_what_does_not_fit(plan: Preview, store: Store) -> None:
    """Leaves out of the decisions what this store can't take over: what it has of its own, or whose people nobody knows."""
    made = plan.decisions.made
    if not made:
        return
    known = plan.members.keys() | plan.added_people.keys() | set(reading.people(store)["key"])
    own = made_here.filled(store, MADE)
    if unknown := made_here.people_named(made) - known:
        reason = f"they name {some(unknown)}, and no sheet of people does"
    elif own:
        reason = f"there are {' and '.join(sorted(name.replace('_', ' ') + 's' for name in own))} already"
    elif not all(map(made_here.fits, made)):
        reason = "another version of spm wrote them"
    else:
        return
    plan.decisions.made = []
    _, shown = plan.of_layout("decisions")[0]
    message = f"scorecards, plans and what else was made in the app are left out: {reason}"
    shown.issues.append(Issue(Severity.NOTE, message, shown.source.sheet))
    shown.new_count -= len(made)


def _sound(sheet: SheetPreview, told: Decisions, store: Store) -> Company:
    """The company with the settings that are told; as it is, and without them, where no company can have them."""
    known = reading.settings(store)
    try:
        company = from_plain({**told.settings, **known})
        refuse_unless_sound(company, has_facts=False, before=company)
    except (Refusal, TypeError, ValueError) as wrong:
        sheet.issues.append(Issue(Severity.NOTE, f"the settings are left out: {wrong}", sheet.source.sheet))
        told.settings = {}
        return from_plain(known)
    return company


def adopt_currency(plan: Preview, store: Store) -> None:
    """The first sheets of a company say its currency."""
    said = reading.settings(store) | plan.decisions.settings
    if said.get("currency") is not None or plan.revision[0] > 0:
        return
    checked = [sheet.source.checked for sheet in plan.sheets if sheet.source.checked is not None]
    if (own := own_currency(checked)) is not None:
        plan.currency = own
        plan.company = replace(plan.company, currency=own)
