"""Deals over time: whether a state is open, won or lost."""

from spm.intake.checking.draft import Draft
from spm.intake.recognising.headers import folded
from spm.intake.rules.stages import stage_said
from spm.intake.values.meanings import status_named

OF_STAGES = frozenset({"stage", "stagename", "status", "dealstage", "phase"})


def check_deal_history(draft: Draft) -> None:
    """Fills `status` (open, won, lost): as it is said outright, else by the stage. A row without both is refused, and one of
    a log of changes that tells of anything but the stage."""
    for at, changed in enumerate(draft["changed"]):
        if changed and folded(changed) not in OF_STAGES and at not in draft.refused:
            draft.refuse(at, "tells of a change of something else", "changed", changed, "a change of the stage")
    for at, (stage, status) in enumerate(zip(draft["stage"], draft["status"], strict=True)):
        if not stage and not status and at not in draft.refused:
            draft.refuse(at, "neither a stage nor a status", "stage", expected="what the deal was")
    draft["status"] = [
        stage_said(draft.stages, status, stage) or status_named(status or "") or status_named(stage or "") or "open"
        for stage, status in zip(draft["stage"], draft["status"], strict=True)
    ]
