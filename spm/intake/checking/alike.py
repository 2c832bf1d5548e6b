"""Issues that say the same of many rows, told once. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from re import compile

from spm.intake.checking.draft import some
from spm.intake.model import Issue, Severity
from spm.intake.recognising.left_out import numbered

OF_ONE_ROW = compile(r"“[^”]*”|row \d+")  # in a message about a row, what may be another in the next


@dataclass(frozen=True)
class Alike:
    """Issues of one sheet that say the same of one column: the first of them, the rows they are of (none: the whole
    column or sheet), and what stood there."""

    first: Issue
    row_numbers: tuple[int, ...]
    found: tuple[str, ...]

    @property
    def rows_in_words(self) -> str:
        """ "row 4", "rows 2–46"; empty where they are of no row."""
        words = numbered(self.row_numbers) if self.row_numbers else ""
        return words[:1].lower() + words[1:]

    @property
    def message(self) -> str:
        """What is said of all of them; where it names something of each row, what is said of the first."""
        differs = OF_ONE_ROW.search(self.first.message) and len(self.row_numbers) > 1
        return f"{self.first.message}; and the like" if differs else self.first.message

    @property
    def found_in_words(self) -> str | None:
        """What stood there: as it is for one, a few of many."""
        return self.found[0] if len(self.found) == 1 else some(self.found) if self.found else None


def alike(issues: Iterable[Issue]) -> list[Alike]:
    """The issues of a sheet, those that say the same in one, what must be decided first."""
    together: dict[tuple[Severity, str | None, str, str | None], list[Issue]] = {}
    for issue in issues:
        message = issue.message if issue.row is None else OF_ONE_ROW.sub("…", issue.message)
        together.setdefault((issue.severity, issue.column, message, issue.flag), []).append(issue)
    found = [
        Alike(
            of_one[0],
            tuple(sorted({issue.row for issue in of_one if issue.row is not None})),
            tuple(dict.fromkeys(issue.found for issue in of_one if issue.found)),
        )
        for of_one in together.values()
    ]
    return sorted(found, key=lambda group: list(Severity).index(group.first.severity), reverse=True)
