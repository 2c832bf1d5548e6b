"""What an upload needs to know from a person, and what each answer means. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
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
    SHARE = "--share"
    STAGE = "--stage"
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
    return _once_of_a_sheet(dict.fromkeys(found))


def _once_of_a_sheet(found: Iterable[Question]) -> list[Question]:
    """The order of days is that of a sheet: one question, about each column that leaves it open."""
    settled: list[Question] = []
    first_of: dict[int, int] = {}
    for question in found:
        if question.asks is Asks.DAY_ORDER and question.at in first_of:
            first = settled[first_of[question.at]]
            settled[first_of[question.at]] = replace(first, column=f"{first.column}, {question.column}")
            continue
        if question.asks is Asks.DAY_ORDER:
            first_of[question.at] = len(settled)
        settled.append(question)
    return settled


def _default(issue: Issue) -> str | None:
    return None if issue.severity is Severity.STOP else issue.found


def accepted_name(question: Question) -> str:
    """What is accepted with a yes: the column, or the currency of all amounts."""
    return question.column or "currency"
