"""What the company decided, as the app's own export says it: settings, marks to filter by, answers to questions about sheets,
spellings of people, the days that sheets speak for, which team is below which, and all that was made in the app itself, such
as scorecards and plans. An empty store takes it from there. Pure."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from spm.calendar import ONE_DAY, Span
from spm.intake.model import JOINT, CheckedSheet
from spm.intake.values.words import UNSEEN

SETTING, FILTER, LAYOUT, ANSWER, SPELLING, COVERS, TEAM = (
    "setting",
    "filter",
    "sheet",
    "answer",
    "spelling",
    "days",
    "team",
)
MADE = {
    "own_metric": ("label",),
    "scorecard_version": ("role", "effective_on"),
    "target_override": ("person_id", "metric", "starts_on"),
    "closed_period": ("label",),
    "closed_score": ("person_id", "closed_period_id"),
    "industry_figure": ("metric", "role", "source"),
    "pinned_benchmark": ("metric", "group", "starts_on"),
    "plan_scenario": ("name", "version"),
    "quota_plan": ("starts_on", "version", "stage"),
    "planned_quota": ("person_id", "plan_id"),
    "quota_review": ("person_id", "plan_id"),
    "forecast_call": ("member", "caller", "starts_on"),
}
"""Tables whose rows people make in the app, and what tells a reader which one a row is; the kind is the table's name.

Opinions on scorecards are none of them: nobody is told whose they are."""
KINDS = (SETTING, FILTER, LAYOUT, ANSWER, SPELLING, COVERS, TEAM, *(name.replace("_", " ") for name in MADE))
CONTINUED = "continued"  # of the row above, where a cell is too short for the whole of it
OF_HEADERS = (LAYOUT, ANSWER)  # of the names of columns, as a list
OF_THE_MACHINE = ("inbox_folder",)  # settings that mean nothing elsewhere
LONGEST_CELL = 32_000  # characters, as a spreadsheet has them
NOT_READ = re.compile(
    rf"(?<= ) |[^\S ]|[{''.join(sorted(UNSEEN))}]"
)  # of a text: more than one blank, and what nobody sees

Made = tuple[str, dict[str, Any]]
"""A table, and one row of it: people by key, teams by name, rows of one another by number (see `spm.store.made_here`)."""


@dataclass
class Decisions:
    """Decisions by what they are of: settings by key, whether a column is to filter by, what a header is and how its cells are
    meant, a person's key by another spelling, the spans that are spoken for by measure, the team above each team (None: none),
    and rows of `MADE` in the order in which they were made."""

    settings: dict[str, Any] = field(default_factory=dict)
    filters: dict[str, bool] = field(default_factory=dict)
    layouts: dict[str, dict[str, Any]] = field(default_factory=dict)
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    spellings: dict[str, str] = field(default_factory=dict)
    spans: dict[str, list[Span]] = field(default_factory=dict)
    teams: dict[str, str | None] = field(default_factory=dict)
    made: list[Made] = field(default_factory=list)

    def __bool__(self) -> bool:
        return any(vars(self).values())

    @property
    def roles(self) -> set[str]:
        """The roles that have a scorecard."""
        return {row["role"] for table, row in self.made if table == "scorecard_version"}


def decisions_of(sheets: Iterable[CheckedSheet]) -> Decisions:
    """What sheets of decisions say, the later one where several say it."""
    found = Decisions()
    by_kind: dict[str, dict[str, Any]] = {SETTING: found.settings, FILTER: found.filters, LAYOUT: found.layouts,
                                          ANSWER: found.answers, SPELLING: found.spellings, TEAM: found.teams}  # fmt: skip
    for sheet in sheets:
        for _, kind, of, text in whole(sheet.rows[["kind", "of", "value"]].itertuples(index=False, name=None)):
            said = json.loads(text)["is"]
            if kind == COVERS:
                found.spans[of] = [span_of(*days) for days in said]
            elif (table := kind.replace(" ", "_")) in MADE:
                found.made.append((table, said))
            elif of not in OF_THE_MACHINE:
                by_kind[kind][JOINT.join(json.loads(of)) if kind in OF_HEADERS else of] = said
    return found


def whole(rows: Iterable[tuple[str, str, str]]) -> Iterator[tuple[list[int], str, str, str]]:
    """The decisions of rows of cells, those that continue the one above put to it: places of the rows, kind, of, value."""
    places: list[int] = []
    kind = of = value = ""
    for at, (next_kind, next_of, next_value) in enumerate(rows):
        if places and (next_kind, next_of) == (CONTINUED, of):
            places.append(at)
            value += next_value
            continue
        if places:
            yield places, kind, of, value
        places, kind, of, value = [at], next_kind, next_of, next_value
    if places:
        yield places, kind, of, value


def span_of(first: str, last: str) -> Span:
    """The span from one day to another, both named as in 2026-01-31."""
    return Span(date.fromisoformat(first), date.fromisoformat(last) + ONE_DAY)


def is_sound(kind: str, of: str, value: str) -> bool:
    """Whether a decision, as its cells have it, has the form that its kind has; what was made in the app is as it was given
    out, to the letter."""
    try:
        wrapped = json.loads(value)
        names = json.loads(of) if kind in OF_HEADERS else []
    except ValueError:
        return False
    if not isinstance(wrapped, dict) or not isinstance(names, list):
        return False
    said = wrapped.get("is")
    if kind.replace(" ", "_") in MADE:
        return wrapped.keys() == {"is", "seal"} and wrapped["seal"] == _seal(kind, said)
    return wrapped.keys() == {"is"} and all(isinstance(name, str) for name in names) and _has_form(kind, said)


def _has_form(kind: str, said: Any) -> bool:
    match kind:
        case "filter":
            return isinstance(said, bool)
        case "spelling":
            return isinstance(said, str)
        case "team":
            return said is None or isinstance(said, str)
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


def _seal(kind: str, said: Any) -> str:
    """What shows that somebody changed a row by hand: the app's own pages check what they are given, a cell does not."""
    return hashlib.sha256(f"{kind} {_as_json(said)}".encode()).hexdigest()[:16]


def _as_json(value: Any) -> str:
    """A value on one line, in which nothing is lost where white space is folded."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return NOT_READ.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def told(decisions: Decisions) -> Iterator[tuple[str, str, str]]:
    """Decisions as the rows of their sheet: kind, what of, and the decision as a cell. One that is longer than a cell goes on
    in the next row; what has too long a name is left out."""
    spans = {key: [[str(one.start), str(one.last_day)] for one in of] for key, of in decisions.spans.items()}
    parts: tuple[tuple[str, Mapping[str, Any]], ...] = (
        (SETTING, decisions.settings), (FILTER, decisions.filters), (LAYOUT, decisions.layouts),
        (ANSWER, decisions.answers), (SPELLING, decisions.spellings), (COVERS, spans), (TEAM, decisions.teams),
    )  # fmt: skip
    for kind, of_kind in parts:
        for key, said in sorted(of_kind.items()):
            of = json.dumps(key.split(JOINT), ensure_ascii=False) if kind in OF_HEADERS else key
            if of not in OF_THE_MACHINE:
                yield from _cells(kind, of, _as_json({"is": said}))
    for table, row in decisions.made:
        kind = table.replace("_", " ")
        of = ", ".join(str(row[name]) for name in MADE[table] if row[name])
        yield from _cells(kind, of[:LONGEST_CELL], _as_json({"is": row, "seal": _seal(kind, row)}))


def _cells(kind: str, of: str, value: str) -> Iterator[tuple[str, str, str]]:
    if len(value) > LONGEST_CELL:  # nobody reads it, and a blank at the end of a cell is lost
        value = json.dumps(json.loads(value), separators=(",", ":"), sort_keys=True).replace(" ", r"\u0020")
    if len(of) <= LONGEST_CELL:
        pieces = [value[at : at + LONGEST_CELL] for at in range(0, len(value), LONGEST_CELL)]
        yield from zip([kind, *[CONTINUED] * (len(pieces) - 1)], [of] * len(pieces), pieces, strict=True)
