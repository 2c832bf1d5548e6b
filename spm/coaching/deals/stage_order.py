"""In which order deals go through their stages, where no sheet lists it. Pure."""

import re

import pandas as pd

NUMBERED = re.compile(r"^\D{0,8}(\d+)")  # "1-Qualify", "Stage 2: Develop"
KNOWN = (
    r"prospect|lead|new\b|contact|appointment",
    r"qualif",
    r"engag|discover|needs|analysis|research",
    r"demo|present|develop|solution|value prop",
    r"decision|evaluat|perception|pilot|trial|validat",
    r"proposal|propose|quot|offer|pric",
    r"negotiat|review|legal|procure",
    r"contract|verbal|commit|sign|clos",
)
"""What stages of a sales process are called, by where they stand in it."""


def in_order(stages: pd.DataFrame) -> list[str]:
    """The names of stages, a row each, the first of the process first.

    `stages`: index the name; columns probability (mean of their deals, missing where no sheet says it) and age (mean; any unit).
    The order is that of the number that each name begins with; else of the probabilities; else of what such stages are usually
    called: the first of these that tells all of them, and not the same of all. Those alike come by age, the youngest first.
    """
    names = stages.index.to_series().astype(str)
    told = (
        names.map(_number).astype(float),
        stages["probability"].astype(float),
        names.map(_known_place).astype(float),
    )
    clues = [clue for clue in told if clue.notna().all() and clue.nunique() > 1]
    keys = pd.DataFrame({"clue": clues[0] if clues else 0.0, "age": stages["age"].astype(float)}, index=stages.index)
    return list(keys.sort_values(["clue", "age"], kind="stable").index)


def _number(name: str) -> int | None:
    found = NUMBERED.match(name)
    return int(found[1]) if found else None


def _known_place(name: str) -> int | None:
    """The last of KNOWN that the name speaks of: "Qualified, contract sent" is near the end."""
    lowered = name.lower()
    return max((place for place, words in enumerate(KNOWN) if re.search(words, lowered)), default=None)
