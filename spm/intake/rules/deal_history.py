"""Deals over time: whether a stage is open, won or lost."""

from spm.intake.checking.draft import Draft
from spm.intake.rules.words import DEAL_STATUS, letters


def check_deal_history(draft: Draft) -> None:
    """Fills `status` (open, won, lost) by the stage."""
    draft["status"] = [DEAL_STATUS.get(letters(stage), "open") if stage else "open" for stage in draft["stage"]]
