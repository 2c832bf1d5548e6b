"""Daily counts: numbers from 0 on; calls, e-mails, meetings and demos come whole."""

from spm.intake.checking.draft import Draft
from spm.intake.layouts import COUNT
from spm.intake.recognising.headers import folded
from spm.intake.resolving.counts import TAKEN


def check_daily_counts(draft: Draft) -> None:
    """Refuses rows with a number below 0, or with half a call; asks about a column whose name is taken, and notes that what is
    told of a week has no day of its own."""
    if "week" in folded(draft.headers.get("happened_on", "")):
        draft.note("counts of a week are taken for the day it is named by", key="happened_on")
    known = {field.key for field in draft.layout.fields}
    for key in [key for key in draft.headers if key.startswith(COUNT)]:
        for at, count in enumerate(draft[key]):
            if count is None or at in draft.refused:
                continue
            if count < 0:
                draft.refuse(at, "a count is never below 0", key, str(count), "a number such as 3, or nothing")
            elif key in known and count != int(count):
                draft.refuse(at, "how many must be a whole number", key, str(count), "a whole number, such as 3")
        if key.endswith(TAKEN):
            _ask_about_taken_name(draft, key)


def _ask_about_taken_name(draft: Draft, key: str) -> None:
    """Whether a column that is called like a number of the app is a measure beside that one, under a name of its own."""
    header, label = draft.headers[key], draft.layout.field(key).label
    if key in draft.accepted:
        draft.note(f"counted as “{label}”, beside the number of this name that other sheets tell", key=key)
        return
    message = (
        "a number of this name comes from other sheets, which tell of each one: is this column counted beside it, as "
        f"“{label}”?"
    )
    draft.stop(message, key, f'--accept "{header}" or --map "{header}=Another name"', f"Yes, as “{label}”")
