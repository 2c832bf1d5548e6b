"""People as the store has them."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import pandas as pd

from spm.calendar import ONE_DAY, Span
from spm.errors import UnknownName
from spm.people import org
from spm.people.history import Names, steps
from spm.people.lines import in_lines
from spm.people.org import nearest
from spm.people.roles import DEFAULT_ROLE
from spm.store import history, reading
from spm.store.opening import Store
from spm.store.tables import Assignment, Leave, Person, Spelling


@dataclass(frozen=True)
class Org:
    """People, their assignments over time and the teams, read together."""

    people: pd.DataFrame
    assignments: pd.DataFrame
    teams: pd.DataFrame
    leaves: pd.DataFrame
    _active: dict[Span, pd.DataFrame] = field(default_factory=dict, repr=False, compare=False)

    def active(self, span: Span) -> pd.DataFrame:
        """See `org.active`; worked out once a span."""
        if span not in self._active:
            self._active[span] = org.active(self._stays, span)
        return self._active[span]

    @cached_property
    def _stays(self) -> pd.DataFrame:
        return org.stays(self.people, self.in_lines)

    @cached_property
    def in_lines(self) -> pd.DataFrame:
        """See `lines.in_lines`."""
        return in_lines(self.assignments, self.people)

    def within(self, team: str) -> frozenset[str]:
        """The team and all teams below it, by name; none where there is no such team."""
        return self.branches.get(team, frozenset())

    @cached_property
    def branches(self) -> dict[str, frozenset[str]]:
        """See `org.branches`."""
        return org.branches(self.teams)

    def person(self, text: str) -> pd.Series:
        """The person of that id, e-mail or name (case does not matter). Raises UnknownName with the nearest names."""
        wanted = text.casefold().strip()
        for column in ("key", "name", "email"):
            found = self.people[self.people[column].map(lambda value: str(value or "").casefold() == wanted)]
            if len(found):
                return found.iloc[0]
        near = nearest(text, self.people["name"].tolist())
        raise UnknownName(f"Nobody is called “{text}”.", f"Did you mean {' or '.join(near)}?" if near else "")

    def on(self, person_id: int, day: date) -> pd.Series | None:
        """A person's assignment on a day, None where there is none."""
        known = org.spans(self.assignments)
        found = known[(known["person_id"] == person_id) & (known["starts_on"] <= day) & (day < known["ends_before"])]
        return found.iloc[0] if len(found) else None

    def led_by(self, person_id: int, span: Span) -> pd.DataFrame:
        """The people who report to a manager in `span`, as in `active`."""
        name = self.people.loc[self.people["id"] == person_id, "name"].iloc[0]
        everyone = self.active(span)
        return everyone[everyone["manager"] == name]


def org_of(store: Store) -> Org:
    """Everyone in the store; `rep` in `people` is the name, with the id behind it where two share a name.

    Whoever no sheet gives a role has the sales representative's, marked `is_role_assumed` in `assignments`.
    """
    people = reading.people(store)
    shared = people["name"].duplicated(keep=False)
    people["rep"] = people["name"].where(~shared, people["name"] + " (" + people["key"] + ")")
    assignments = reading.assignments(store)
    assignments["is_role_assumed"] = assignments["role"].isna()
    assignments["role"] = assignments["role"].where(assignments["role"].notna(), DEFAULT_ROLE)
    return Org(people, assignments, reading.teams(store), reading.leaves(store))


def tenure_days(person: pd.Series, day: date) -> int | None:
    """Days from a person's start to `day`; None where the start is not known."""
    started_on = person["started_on"]
    return (day + ONE_DAY - started_on).days if started_on else None


def past_of(store: Store, person_id: int) -> pd.DataFrame:
    """Everything that changed about a person, the latest first; what was undone is left out.

    Columns: change_set_id, made_at, author, kind, note, what, before, after.
    """
    tables = ((Person, "id"), (Assignment, "person_id"), (Leave, "person_id"), (Spelling, "person_id"))
    found = [change for model, column in tables for change in history.changes(store, model, column, person_id)]
    names = Names(_by_id(reading.teams(store)), _by_id(reading.people(store)))
    told = pd.DataFrame(
        [
            (change.change_set_id, step.what, step.before, step.after)
            for change in found
            for step in steps(change.table, change.before, change.after, names)
        ],
        columns=["change_set_id", "what", "before", "after"],
    )
    made = history.change_sets(store, set(told["change_set_id"])).rename(columns={"id": "change_set_id"})
    known = told.merge(made, on="change_set_id").sort_values("change_set_id", ascending=False, kind="stable")
    return known[["change_set_id", "made_at", "author", "kind", "note", "what", "before", "after"]]


def spellings_of(store: Store, person_id: int) -> list[str]:
    """The other ids, e-mails and names under which sheets mean a person."""
    known = reading.spellings(store)
    return sorted(known.loc[known["person_id"] == person_id, "text"])


def _by_id(frame: pd.DataFrame) -> dict[int, str]:
    return dict(zip(frame["id"], frame["name"], strict=True))
