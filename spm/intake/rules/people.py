"""People: a name, in one piece or two."""

from collections.abc import Container
from re import compile, split

from spm.intake.checking.draft import Draft
from spm.intake.recognising.headers import folded

BETWEEN_TEAMS = compile(r"\s*[;|]\s*")
PERHAPS_BETWEEN_TEAMS = compile(r"\s*[,/&+]\s*|\s+and\s+")


def check_people(draft: Draft) -> None:
    """Fills `name` from first and last name where there is none; a row without name, e-mail and id is
    refused."""
    fill_names(draft)
    _settle_teams(draft)
    for at, known in enumerate(zip(draft["name"], draft["email"], draft["key"], strict=True)):
        if not any(known):
            draft.refuse(at, "nobody is named", "name", expected="a name, an e-mail or an id")
    for at, (started_on, ended_on) in enumerate(zip(draft["started_on"], draft["ended_on"], strict=True)):
        if started_on and ended_on and ended_on < started_on:
            draft.note("left before the first day", at, "ended_on", f"{ended_on} before {started_on}")


def _settle_teams(draft: Draft) -> None:
    """Of a cell that names several teams the first one counts: a person is in one team at a time. A comma may stand in the name
    of a team, unless each part is a team in a cell of its own."""
    known = {folded(team) for team in draft["team"] if team}
    for at, team in enumerate(draft["team"]):
        if team and len(named := _teams_in(team, known)) > 1:
            draft["team"][at] = named[0]
            draft.note(
                f"names several teams, of which a person can be in one at a time: {named[0]} counts", at, "team", team
            )


def _teams_in(text: str, known: Container[str]) -> list[str]:
    """The teams that a text names: one, unless something stands between them that no name has, or all are `known` (folded)."""
    for between in (BETWEEN_TEAMS, PERHAPS_BETWEEN_TEAMS):
        parts = [part for part in split(between, text) if part]
        if len(parts) > 1 and (between is BETWEEN_TEAMS or all(folded(part) in known for part in parts)):
            return parts
    return [text]


def fill_names(draft: Draft) -> None:
    rows = zip(draft["name"], draft["first_name"], draft["last_name"], strict=True)
    draft["name"] = [name or " ".join(filter(None, (first, last))) or None for name, first, last in rows]
