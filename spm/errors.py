"""The few errors that a person can do something about.

What is wrong in a sheet is not here: that is a value (`spm.intake.model.Issue`). A bug is not here either: it surfaces.
"""


class Refusal(Exception):
    """Something asked of the app that it cannot honour: a sentence, and a hint on what to do instead.

    `ui` shows it in one place, the command line prints it and exits with 1.
    """

    def __init__(self, sentence: str, hint: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.sentence} {self.hint}".strip()


class UnknownName(Refusal):
    """A metric, person, team, period or attribute of which nobody knows the name."""


class UndoRefused(Refusal):
    """A change set that cannot be undone, because a later one touched or refers to its rows."""


class DecisionNeeded(Refusal):
    """An import that stopped because going on would lose or distort values; the hint names the flag that decides."""


class NewerDatabase(Refusal):
    """A database file that a newer version of this program has written."""
