"""What an upload needs to know from a person, and what each answer means. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from spm.intake.changes.preview import Preview
from spm.intake.model import Issue, Severity


class Asks(StrEnum):
    """What kind of answer a question wants, by the flag that gives it on the command line."""

    DAY_ORDER = "--day-order"
    YEAR = "--year"
    ACCEPT = "--accept"
    COLUMN = "--map"
    SHEET = "--sheet"
    LAYOUT = "--layout"
    FRACTION = "--fraction"
    FILL_DOWN = "--fill-down"
    MANAGER_QUOTAS = "--manager-quotas"
    SAME_PERSON = "--same-person"
    CONFIRM_GONE = "--confirm-gone"


WITH_A_DEFAULT = (Asks.MANAGER_QUOTAS, Asks.SAME_PERSON)
"""What is taken for something and goes on without an answer."""


@dataclass(frozen=True)
class Question:
    """One question about a sheet (`at` is its place in the preview) or one of its columns; `taken` is the default, if
    any."""

    asks: Asks
    at: int
    column: str | None
    text: str
    taken: str | None = None
    yes: str = ""  # what a yes means
    new_name: tuple[str, str] | None = (
        None  # of what is another number than it is taken for, and what it could be called
    )

    @property
    def stops(self) -> bool:
        """Whether nothing goes on without an answer."""
        return self.taken is None


def questions(plan: Preview) -> list[Question]:
    """The open questions of a preview, and those with a default, each sheet's in order."""
    found = [
        Question(
            Asks(issue.flag.split()[0]),
            at,
            issue.column,
            issue.message,
            _default(issue),
            issue.expected or "",
            issue.new_name,
        )
        for at, sheet in enumerate(plan.sheets)
        for issue in sheet.issues
        if issue.flag and (issue.severity is Severity.STOP or issue.flag.startswith(WITH_A_DEFAULT))
    ]
    return list(dict.fromkeys(found))


def _default(issue: Issue) -> str | None:
    return None if issue.severity is Severity.STOP else issue.found


def accepted_name(question: Question) -> str:
    """What is accepted with a yes: the column, or the currency of all amounts."""
    return question.column or "currency"
