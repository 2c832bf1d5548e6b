"""Skill levels: one of those that scorecards know."""

from spm.intake.checking.draft import Draft

LEVELS = ("new", "developing", "proficient", "expert")


def check_skill_levels(draft: Draft) -> None:
    """Brings `level` to one of LEVELS; another word is refused."""
    written = draft["level"]
    draft["level"] = [word.strip().casefold() if word else None for word in written]
    for at, (level, word) in enumerate(zip(draft["level"], written, strict=True)):
        if level not in LEVELS and at not in draft.refused:
            draft.refuse(at, "no such skill level", "level", word, ", ".join(LEVELS))
