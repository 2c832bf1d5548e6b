"""Deals over time: whether a state is open, won or lost."""

from spm.intake.checking.draft import Draft
from spm.intake.rules.words import status_named


def check_deal_history(draft: Draft) -> None:
    """Fills `status` (open, won, lost): as it is said outright, else by the stage. A row without both is refused."""
    for at, (stage, status) in enumerate(zip(draft["stage"], draft["status"], strict=True)):
        if not stage and not status:
            draft.refuse(at, "neither a stage nor a status", "stage", expected="what the deal was")
    draft["status"] = [
        status_named(status or "") or status_named(stage or "") or "open"
        for stage, status in zip(draft["stage"], draft["status"], strict=True)
    ]
