"""A small company to plan for: two teams, five reps, 2026."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from spm.calendar import plus_months
from spm.planning.allocation.owners import Owner, Tree
from spm.planning.allocation.plan import Plan
from spm.planning.seasons import EVEN_SEASON

YEAR = tuple(plus_months(date(2026, 1, 1), at) for at in range(12))
COMPANY = Owner("company", "Company")
NORTH = Owner("north", "North", "company")
SOUTH = Owner("south", "South", "company")
ANA = Owner("ana", "Ana", "north", {"history": 300, "potential": 10})
BEN = Owner("ben", "Ben", "north", {"history": 100, "potential": 30})
CARL = Owner("carl", "Carl", "south", {"history": 200, "potential": 20})
DORA = Owner("dora", "Dora", "south", {"history": 200, "potential": 20})
EVE = Owner("eve", "Eve", "south", {"history": 200, "potential": 20})
OWNERS = (COMPANY, NORTH, SOUTH, ANA, BEN, CARL, DORA, EVE)


def plan(target_cents: int = 1_000_00, *instead: Owner, owners: Iterable[Owner] = OWNERS, **others: Any) -> Plan:
    """A plan by history; `instead` replaces owners of the same key, `others` are fields of `Plan`."""
    by_key = {owner.key: owner for owner in (*owners, *instead)}
    asked = {"months": YEAR, "season": EVEN_SEASON, "mix": {"history": 1}, "currency": "USD", **others}
    return Plan(target_cents, Tree(tuple(by_key.values())), **asked)
