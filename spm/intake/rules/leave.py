"""Leave: from a day to a day, wholly or in part."""

from spm.intake.checking.draft import Draft


def check_leave(draft: Draft) -> None:
    """Fills `share` with the whole where nothing is said. Refuses days in the wrong order, and a share of nothing or of
    more than the whole."""
    for at, (first, last) in enumerate(zip(draft["starts_on"], draft["ends_on"], strict=True)):
        if first and last and last < first and at not in draft.refused:
            draft.refuse(at, "the last day lies before the first", "ends_on", str(last), f"a day from {first} on")
    draft["share"] = [1.0 if share is None else share for share in draft["share"]]
    for at, share in enumerate(draft["share"]):
        if not 0 < share <= 1 and at not in draft.refused:
            draft.refuse(at, "a share lies above 0 and up to 100 %", "share", f"{share:g}", "a share, such as 50 %")
