"""Leads: whether one is qualified, and whether it became a deal."""

from spm.intake.checking.draft import Draft
from spm.intake.rules.people import fill_names
from spm.intake.values.meanings import CONVERTED, NOT_QUALIFIED, QUALIFIED, letters


def check_leads(draft: Draft) -> None:
    """Fills `is_qualified` (None where nothing says it) and `is_converted`; a lead that became a deal is
    qualified.

    The status is believed before the life cycle: "Open" in the one and "Customer" in the other is a qualified
    lead, since only a word that says qualified decides for both.
    """
    fill_names(draft)
    rows = zip(
        draft["status"], draft["lifecycle"], draft["qualified_on"], draft["converted_on"],
        draft["is_converted"], draft["deal_key"], strict=True,
    )  # fmt: skip
    qualified: list[bool | None] = []
    converted: list[bool | None] = []
    for status, lifecycle, qualified_on, converted_on, is_converted, deal_key in rows:
        words = {letters(word) for word in (status, lifecycle) if word}
        became_deal = bool(is_converted or converted_on or deal_key or words & CONVERTED)
        if became_deal or qualified_on or words & QUALIFIED:
            qualified.append(True)
        else:
            qualified.append(False if words & NOT_QUALIFIED else None)
        converted.append(True if became_deal else is_converted)
    draft["is_qualified"], draft["is_converted"] = qualified, converted
