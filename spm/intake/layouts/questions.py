"""What the questions of surveys ask for."""

from functools import cache
from re import IGNORECASE, search

QUESTIONS = (
    ("nps score", r"how likely|recommend|empfehl|recommand|recomend|weiterempfehl"),
    ("csat score", r"how (?:satisfied|happy)|satisf|zufrieden|overall.*\b(?:rate|rating)|how would you rate"),
    (
        "sales rep",
        r"^(?:who|wer|qui|quién)\b.*(?:sales|rep\b|contact|advisor|consultant|helped|served|betreut|commercial)",
    ),
    ("company", r"(?:which|what|name of).*(?:company|organi[sz]ation)"),
)
"""What questions of surveys ask for, by words in them: the first that fits."""
FEWEST_WORDS_ASKED = 4


@cache
def question_asks(header: str) -> str | None:
    """The name of a column that is a whole question: "How likely are you to recommend us?" is “nps score”."""
    if not ("?" in header or "？" in header) or len(header.split()) < FEWEST_WORDS_ASKED:
        return None
    return next((name for name, words in QUESTIONS if search(words, header, IGNORECASE)), None)
