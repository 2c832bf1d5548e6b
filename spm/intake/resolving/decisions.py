"""What the company decided, as the app's own export says it: settings, marks to filter by, answers to questions about sheets,
spellings of people, and the days that sheets speak for. An empty store takes them from there. Pure."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from spm.calendar import ONE_DAY, Span
from spm.intake.model import JOINT, CheckedSheet

SETTING, FILTER, LAYOUT, ANSWER, SPELLING, COVERS = "setting", "filter", "sheet", "answer", "spelling", "days"
KINDS = (SETTING, FILTER, LAYOUT, ANSWER, SPELLING, COVERS)
OF_HEADERS = (LAYOUT, ANSWER)  # of the names of columns, as a list
OF_THE_MACHINE = ("inbox_folder",)  # settings that mean nothing elsewhere
LONGEST_CELL = 32_000  # characters, as a spreadsheet has them

Told = tuple[str, str, Any]
"""Kind, what it is of, and what was decided, as plain values."""


@dataclass
class Decisions:
    """Decisions by what they are of: settings by key, whether a column is to filter by, what a header is and how its cells are
    meant, a person's key by another spelling, the spans that are spoken for by measure."""

    settings: dict[str, Any] = field(default_factory=dict)
    filters: dict[str, bool] = field(default_factory=dict)
    layouts: dict[str, dict[str, Any]] = field(default_factory=dict)
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    spellings: dict[str, str] = field(default_factory=dict)
    spans: dict[str, list[Span]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return any(vars(self).values())


def decisions_of(sheets: Iterable[CheckedSheet]) -> Decisions:
    """What sheets of decisions say, the later one where several say it."""
    found = Decisions()
    by_kind: dict[str, dict[str, Any]] = {SETTING: found.settings, FILTER: found.filters, LAYOUT: found.layouts,
                                          ANSWER: found.answers, SPELLING: found.spellings}  # fmt: skip
    for sheet in sheets:
        for kind, of, text in sheet.rows[["kind", "of", "value"]].itertuples(index=False):
            said = json.loads(text)["is"]
            if kind == COVERS:
                found.spans[of] = [span_of(*days) for days in said]
            elif of not in OF_THE_MACHINE:
                by_kind[kind][JOINT.join(json.loads(of)) if kind in OF_HEADERS else of] = said
    return found


def span_of(first: str, last: str) -> Span:
    """The span from one day to another, both named as in 2026-01-31."""
    return Span(date.fromisoformat(first), date.fromisoformat(last) + ONE_DAY)


def is_sound(kind: str, of: str, said: Any) -> bool:
    """Whether a decision has the form that its kind has."""
    if kind in OF_HEADERS:
        try:
            names = json.loads(of)
        except ValueError:
            return False
        if not (isinstance(names, list) and all(isinstance(name, str) for name in names)):
            return False
    match kind:
        case "filter":
            return isinstance(said, bool)
        case "spelling":
            return isinstance(said, str)
        case "sheet":
            return isinstance(said, dict) and said.keys() == {"layout", "fields", "ignored"}
        case "answer":
            return isinstance(said, dict)
        case "days":
            try:
                return all(span_of(*days) for days in said)
            except (TypeError, ValueError):
                return False
    return kind == SETTING


def told(decisions: Decisions) -> Iterator[tuple[str, str, str]]:
    """Decisions as the rows of their sheet: kind, what of, and the decision as a cell. What is too long for one is left out."""
    spans = {key: [[str(one.start), str(one.last_day)] for one in of] for key, of in decisions.spans.items()}
    parts: tuple[tuple[str, Mapping[str, Any]], ...] = (
        (SETTING, decisions.settings), (FILTER, decisions.filters), (LAYOUT, decisions.layouts),
        (ANSWER, decisions.answers), (SPELLING, decisions.spellings), (COVERS, spans),
    )  # fmt: skip
    for kind, of_kind in parts:
        for key, said in sorted(of_kind.items()):
            of = json.dumps(key.split(JOINT), ensure_ascii=False) if kind in OF_HEADERS else key
            value = json.dumps({"is": said}, ensure_ascii=False, sort_keys=True)
            if of not in OF_THE_MACHINE and max(len(of), len(value)) <= LONGEST_CELL:
                yield kind, of, value
