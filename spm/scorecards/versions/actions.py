"""Saving scorecards: each a version from a day on, with author and reason; none that was kept is ever changed."""

from collections.abc import Sequence
from datetime import date

from spm.errors import Refusal
from spm.people.roles import label_of
from spm.scorecards.bands import Bands
from spm.scorecards.model import Scorecard, as_plain, checked
from spm.store.change_sets import Author, writing
from spm.store.opening import Store
from spm.store.tables import ScorecardVersion


def save_versions(
    store: Store, author: Author, scorecards: Sequence[Scorecard], effective_on: date | None, reason: str, bands: Bands
) -> list[int]:
    """Keeps scorecards as the versions of their roles from `effective_on` on (None: for all time), as one change set.

    Returns their ids. Raises Refusal without a reason, without a scorecard, or for one that can't be scored.
    """
    if not reason.strip():
        raise Refusal("Say why the scorecard changes.", "Whoever looks back later reads it beside the version.")
    if not scorecards:
        raise Refusal("There is no scorecard to save.")
    rows = [
        {
            "role": checked(scorecard, bands).role,
            "effective_on": effective_on,
            "reason": reason.strip(),
            "items": [as_plain(item) for item in scorecard.items],
        }
        for scorecard in scorecards
    ]
    roles = ", ".join(label_of(scorecard.role) for scorecard in scorecards)
    since = f" from {effective_on.day} {effective_on:%b %Y}" if effective_on else ""
    with writing(store, "edit", author, ["definitions"], f"scorecard of {roles}{since}: {reason.strip()}") as open_set:
        return open_set.insert(ScorecardVersion, rows)


def checked_role(name: str, known: Sequence[str]) -> str:
    """The key of a new role of the company's own: its name. Raises Refusal for none, or one that there is."""
    role = " ".join(name.split())
    if not role:
        raise Refusal("The new role needs a name.")
    if role.casefold() in {label_of(one).casefold() for one in known} | {one.casefold() for one in known}:
        raise Refusal(f"There is a role {role} already.", "Choose it in the list, or take another name.")
    return role
