"""Splits: shares from 0 to 1, and which of them are overlay."""

from spm.intake.checking.draft import Draft


def check_splits(draft: Draft) -> None:
    """Fills `overlay`: credit beside the deal's own, in no roll-up. Refuses a share below 0 or above the whole."""
    draft["overlay"] = ["overlay" in kind.casefold() if kind else False for kind in draft["kind"]]
    for at, share in enumerate(draft["share"]):
        if share is not None and not 0 <= share <= 1 and at not in draft.refused:
            draft.refuse(at, "a share lies between 0 and 100 %", "share", f"{share:g}", "a share, such as 50 %")
