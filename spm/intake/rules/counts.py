"""Daily counts: numbers from 0 on; calls, e-mails, meetings and demos come whole."""

from spm.intake.checking.draft import Draft
from spm.intake.layouts import COUNT
from spm.intake.recognising.headers import folded
from spm.intake.resolving.counts import TAKEN


def check_daily_counts(draft: Draft) -> None:
    """Refuses rows with a number below 0, or with half a call; notes what a column is counted as where its own name is
    taken, and that what is told of a week has no day of its own."""
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
            label = draft.layout.field(key).label
            draft.note(
                f"a number of this name comes from other sheets: counted as “{label}”, a measure of its own", key=key
            )
