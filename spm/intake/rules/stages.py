"""Stages that a company calls in its own way: whether they are won, lost or open is asked where none is called won. Pure."""

from collections import Counter
from collections.abc import Mapping

from spm.intake.checking.draft import Draft, some

MOST_ASKED = 8  # stages of one sheet, the commonest first


def stage_said(stages: Mapping[str, str], *words: str | None) -> str | None:
    """open, won or lost as a person said of the first of the words of which one did."""
    return next((stages[word.casefold()] for word in words if word and word.casefold() in stages), None)


def tell_unknown_stages(draft: Draft, key: str, deals_count: Counter[str], *, has_won: bool) -> None:
    """A question for each stage (`deals_count` by its name) that is neither won nor lost by its name, unless some other deal
    of the sheet is won; else a note."""
    if has_won or key in draft.accepted:
        draft.note(f"taken as open, because neither won nor lost: {some(deals_count)}", key=key)
        return
    for stage, count in deals_count.most_common(MOST_ASKED):
        deals = "1 deal is" if count == 1 else f"{count:,} deals are"
        flag = f'--stage "{stage}=won" (or lost, or open) or --accept "{draft.headers[key]}" for all that are open'
        draft.stop(f"{deals} “{stage}”, and no stage is called won: is it won, lost or still open?", key, flag, stage)
