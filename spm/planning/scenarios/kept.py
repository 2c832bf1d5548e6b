"""A scenario as it was saved. Pure."""

from dataclasses import dataclass
from datetime import datetime

from spm.planning.scenarios.scenario import Scenario


@dataclass(frozen=True)
class Kept:
    """One version of a scenario, with who saved it when, and from which one it was copied ("" from none)."""

    scenario: Scenario
    number: int
    copied_from: str
    note: str
    author: str
    made_at: datetime

    @property
    def title(self) -> str:
        """As in "Version 2 (Nora, 20 Mar 2026)"."""
        return f"Version {self.number} ({self.author}, {self.made_at.day} {self.made_at:%b %Y})"
