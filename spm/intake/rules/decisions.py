"""Decisions of the company: each of a kind that is known, in the form that its kind has."""

import json

from spm.intake.checking.draft import Draft
from spm.intake.resolving.decisions import KINDS, is_sound


def check_decisions(draft: Draft) -> None:
    """Refuses a decision of no known kind, and one that is not as the app's own export writes it."""
    for at, (kind, of, value) in enumerate(zip(draft["kind"], draft["of"], draft["value"], strict=True)):
        if at in draft.refused:
            continue
        if kind not in KINDS:
            draft.refuse(at, "no such thing can be decided", "kind", kind, f"one of {', '.join(KINDS)}")
        elif not _is_sound(kind, of, value):
            draft.refuse(at, "not as an export of spm writes it", "value", value)


def _is_sound(kind: str, of: str, value: str) -> bool:
    try:
        said = json.loads(value)
    except ValueError:
        return False
    return isinstance(said, dict) and said.keys() == {"is"} and is_sound(kind, of, said["is"])
