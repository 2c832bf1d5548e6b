"""A version of a role's scorecard, and which one holds on a day. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from spm.people.org import ALWAYS
from spm.people.roles import DEFAULT_ROLE, ROLES
from spm.scorecards.model import Scorecard
from spm.scorecards.starting import STARTING


@dataclass(frozen=True)
class Version:
    """A scorecard with the day from which it holds (None: always), who made it when, and why."""

    scorecard: Scorecard
    effective_on: date | None
    reason: str
    author: str
    made_at: datetime

    @property
    def id(self) -> int:
        return self.scorecard.version or 0

    @property
    def title(self) -> str:
        """As in "from 1 Apr 2026 (Nora, 20 Mar 2026)"."""
        since = f"from {self.effective_on.day} {self.effective_on:%b %Y}" if self.effective_on else "from the start"
        return f"{since} ({self.author}, {self.made_at.day} {self.made_at:%b %Y})"


Versions = Mapping[str, tuple[Version, ...]]
"""Role → its versions, the one in force longest ago first."""


def by_role(versions: Iterable[Version]) -> Versions:
    """The versions put together by role, in the order in which they come."""
    found: dict[str, list[Version]] = {}
    for version in versions:
        found.setdefault(version.scorecard.role, []).append(version)
    return {role: tuple(known) for role, known in found.items()}


def scorecard_on(versions: Versions, role: str, day: date) -> Scorecard:
    """What a role answers for on a day: the version in force, else what it starts with.

    A role that has neither gets the sales representative's.
    """
    version = version_on(versions, role, day)
    if version:
        return version.scorecard
    return STARTING.get(role) or replace(STARTING[DEFAULT_ROLE], role=role)


def version_on(versions: Versions, role: str, day: date) -> Version | None:
    """The version of a role in force on a day, None before the first."""
    in_force = [version for version in versions.get(role, ()) if (version.effective_on or ALWAYS) <= day]
    return in_force[-1] if in_force else None


def overtaken(versions: Versions, role: str, day: date | None) -> str:
    """What to know of a scorecard that is to hold from `day` on (None: always) where a later version ends it; else ""."""
    later = (one for one in versions.get(role, ()) if one.effective_on and one.effective_on > (day or ALWAYS))
    version = next(later, None)
    return f"It holds only until the version {version.title} takes over." if version else ""


def is_borrowed(versions: Versions, role: str, day: date) -> bool:
    """Whether a role has no scorecard of its own on a day and is scored by the sales representative's."""
    return role not in STARTING and version_on(versions, role, day) is None


def known_roles(versions: Versions, held: Iterable[str] = ()) -> list[str]:
    """Every role: the four that there always are, those with a scorecard, those that somebody `held`."""
    return list(dict.fromkeys([*ROLES, *sorted(versions), *sorted(held)]))
