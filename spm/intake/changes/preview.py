"""What committing an upload would write, and how it is told: counts, days, sums and issues of each sheet. Pure."""

from dataclasses import dataclass, field

from spm.calendar import Span
from spm.company.settings import Company
from spm.intake.changes.gone import Gone
from spm.intake.changes.merge import Difference
from spm.intake.choices import Choices
from spm.intake.model import Issue, Severity
from spm.intake.resolving.attributes import OwnColumn
from spm.intake.resolving.decisions import Decisions
from spm.intake.staffing.staff import Member, Posting
from spm.intake.upload import Upload, UploadedSheet


@dataclass
class SheetPreview:
    """What one sheet would do: counts of its rows (of its people), its days, its sums of money, and every issue."""

    source: UploadedSheet
    new_count: int = 0
    changed_count: int = 0
    same_count: int = 0
    refused_count: int = 0
    days: Span | None = None
    sums_cents: dict[str, int] = field(default_factory=dict)
    covers: dict[str, Span] = field(default_factory=dict)
    guessed_covers: dict[str, Span] = field(default_factory=dict)  # as its own days tell; `covers` is as a person says
    gone_count: int = 0
    issues: list[Issue] = field(default_factory=list)

    @property
    def place(self) -> str:
        """File and sheet, as whoever is named in it remembers where."""
        return f"{self.source.file_name} › {self.source.sheet}"


@dataclass
class Preview:
    """Everything that committing an upload would write; a number beside a difference, member or posting is the place of
    its sheet in `sheets`."""

    upload: Upload
    choices: Choices
    company: Company
    revision: tuple[int, ...]
    sheets: list[SheetPreview]
    differences: list[tuple[int, Difference]] = field(default_factory=list)
    gone: list[Gone] = field(default_factory=list)
    members: dict[str, tuple[int, Member]] = field(default_factory=dict)
    changed_members: set[str] = field(default_factory=set)
    postings: dict[str, list[Posting]] = field(default_factory=dict)
    changed_postings: dict[str, int | None] = field(default_factory=dict)
    added_people: dict[str, tuple[int, str]] = field(
        default_factory=dict
    )  # key → place of the sheet that names them, name
    spellings: dict[str, str] = field(default_factory=dict)  # name that someone said means somebody → their key
    names: dict[str, str] = field(default_factory=dict)  # of everybody whom the store or the upload knows, by key
    team_parents: dict[str, str | None] = field(default_factory=dict)
    own_columns: list[OwnColumn] = field(default_factory=list)
    filters_to_mark: list[str] = field(default_factory=list)
    own_measures: dict[str, str] = field(default_factory=dict)  # key → label of what sheets of daily counts count
    decisions: Decisions = field(default_factory=Decisions)  # that an empty store takes from an export
    currency: str | None = None  # to be adopted by a company that has no money yet

    @property
    def stops(self) -> list[tuple[str, Issue]]:
        """The issues that hold up the commit, each with the sheet's name."""
        return [
            (sheet.source.name, issue)
            for sheet in self.sheets
            for issue in sheet.issues
            if issue.severity is Severity.STOP
        ]

    @property
    def refused_count(self) -> int:
        return sum(sheet.refused_count for sheet in self.sheets)

    @property
    def changes_nothing(self) -> bool:
        return not (
            any(len(found.new) or len(found.changed) for _, found in self.differences)
            or self.changed_members or self.changed_postings or self.added_people or self.gone or self.decisions
            or any(sheet.covers != sheet.guessed_covers for sheet in self.sheets)
        )  # fmt: skip

    def of_layout(self, *layouts: str) -> list[tuple[int, SheetPreview]]:
        """The checked sheets of these layouts, each with its place."""
        return [
            (at, sheet)
            for at, sheet in enumerate(self.sheets)
            if sheet.source.checked is not None and sheet.source.checked.layout in layouts
        ]
