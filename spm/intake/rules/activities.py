"""Activities: a call, an e-mail, a meeting, a demo or another kind; and whether it took place."""

from spm.intake.checking.draft import Draft, some
from spm.intake.values.meanings import ACTIVITY_KINDS, DID_NOT_HAPPEN, letters

OUTCOMES = ("outcome", "call_outcome", "meeting_outcome", "task_status")

OF_CALENDARS = frozenset({"attendees", "is_whole_day"})


def check_activities(draft: Draft) -> None:
    """Fills `kind` (call, email, meeting, demo, other), `outcome`, `completed` and `count` (1 unless said).

    A sheet of a calendar has meetings. A sheet with a direction or a count of calls but no kind is a log of calls.
    """
    if "kind" in draft.headers:
        _settle_kind(draft)
    elif OF_CALENDARS & set(draft.headers):
        draft["kind"] = ["meeting"] * len(draft)
        draft.note("the sheet is a calendar: every row is taken as a meeting")
        for key in OF_CALENDARS:
            draft.keep_as_written(key)
    else:
        draft["kind"] = ["call"] * len(draft)
        draft.note("no column says the kind: every row is taken as a call")
    outcomes = zip(*(draft[key] for key in OUTCOMES), strict=True)
    draft["outcome"] = [next((outcome for outcome in row if outcome), None) for row in outcomes]
    draft["completed"] = [not (outcome and letters(outcome) in DID_NOT_HAPPEN) for outcome in draft["outcome"]]
    draft["count"] = [1.0 if count is None else count for count in draft["count"]]
    for at, count in enumerate(draft["count"]):
        if count < 0 or count != int(count):
            draft.refuse(at, "how many must be a whole number", "count", str(count), "a whole number, such as 3")


def _settle_kind(draft: Draft) -> None:
    written = draft["kind"]
    settled = [ACTIVITY_KINDS.get(letters(kind), "other") if kind else "other" for kind in written]
    if any(word and letters(word) != kind for word, kind in zip(written, settled, strict=True)):
        draft.keep_as_written("kind")
    draft["kind"] = settled
    others = {kind for kind in written if kind and letters(kind) not in ACTIVITY_KINDS}
    if others:
        draft.note(f"counted as other activities: {some(others)}", key="kind")
