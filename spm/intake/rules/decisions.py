"""Decisions of the company: each of a kind that is known, in the form that its kind has."""

from spm.intake.checking.draft import Draft
from spm.intake.resolving.decisions import KINDS, is_sound, whole


def check_decisions(draft: Draft) -> None:
    """Refuses a decision of no known kind, and one that is not as the app's own export writes it."""
    for places, kind, of, value in whole(zip(draft["kind"], draft["of"], draft["value"], strict=True)):
        if not draft.refused.isdisjoint(places):
            wrong = ("a part of this is refused", "kind", kind, "")
        elif kind not in KINDS:
            wrong = ("no such thing can be decided", "kind", kind, f"one of {', '.join(KINDS)}")
        elif not is_sound(kind, of, value):
            wrong = ("not as an export of spm writes it", "value", value[:200], "the cell as it was given out")
        else:
            continue
        for at in places:
            if at not in draft.refused:
                draft.refuse(at, *wrong)
