"""The owners of a plan, from who is there and what was drafted for them. Pure."""

from collections.abc import Mapping, Sequence
from math import isfinite, isnan
from typing import Any

import pandas as pd

from spm.errors import Refusal
from spm.planning.allocation.drivers import EVEN, WORDS
from spm.planning.allocation.owners import Owner, Tree
from spm.planning.allocation.plan import Plan
from spm.planning.baseline.course import NO_TEAM, Baseline
from spm.planning.draft import Draft, Terms
from spm.planning.ramp import ramp_by_month

COMPANY = "company"
HISTORY, PROJECTION, POTENTIAL = "history", "projection", "potential"
SAID_DIGITS = 3  # of a first proposal: more would say that more is known


def person_key(person_id: int) -> str:
    return f"person {person_id}"


def person_of(key: str) -> int | None:
    """The person whose key it is, None for a team's or the company's."""
    kind, _, number = key.partition(" ")
    return int(number) if kind == "person" else None


def team_key(team: str) -> str:
    return f"team {team}"


def first_draft(baseline: Baseline) -> Draft:
    """A draft to begin with: the projection as the target, rounded, shared by each rep's own projection.

    Not a goal, and said so: about as likely as not.
    """
    by = PROJECTION if (baseline.members["projection_cents"].fillna(0) > 0).any() else EVEN
    rounded = int(float(f"{max(baseline.landing.lands.value, 0.0):.{SAID_DIGITS}g}"))
    return Draft(rounded, ((by, 1.0),), max(baseline.period.start, baseline.today.replace(day=1)))


def plan_of(baseline: Baseline, draft: Draft) -> Plan:
    """What is to be allocated: the company, its teams as they are nested, and the reps in them.

    Raises Refusal where nobody carries a quota, or for an override without a reason.
    """
    members = baseline.members
    if members.empty:
        raise Refusal("Nobody carries a quota in this period.", "Say on People who sells, and from when.")
    owners = [Owner(COMPANY, baseline.company)]
    teams = _teams(members["team"].unique().tolist(), baseline.teams_above)
    owners += [_team(team, within, draft) for team, within in teams.items()]
    owners += [_rep(row, baseline, draft, bool(teams)) for row in members.to_dict("records")]
    return Plan(draft.target_cents, Tree(tuple(owners)), baseline.months, baseline.season, dict(draft.mix),
                baseline.currency, draft.over_assignment, driver_words=_driver_words(draft),
                gone_cents=sum(gone_cents(baseline, draft).values()))  # fmt: skip


def gone_cents(baseline: Baseline, draft: Draft) -> dict[int, int]:
    """Person → what they carried before a change, of those who carry nothing after it: they left."""
    there = set(baseline.members["person_id"])
    sums = {person_of(key): sum(months.values()) for key, months in draft.kept_months.items()}
    return {person: cents for person, cents in sums.items() if person is not None and person not in there and cents}


def _driver_words(draft: Draft) -> dict[str, str]:
    """What drivers are called: the potential by the column that it is from."""
    column = draft.potential_from.replace("_", " ")
    return WORDS | ({POTENTIAL: f"{POTENTIAL} ({column})"} if column else {})


def _teams(named: list[str], above: Mapping[str, str | None]) -> dict[str, str | None]:
    """Each team with a member, and those that it is part of, → the one above; nothing where nobody is in a team."""
    if named == [NO_TEAM]:
        return {}
    found: dict[str, str | None] = {}
    for team in sorted(named):
        line: list[str] = []
        current: str | None = team
        while current is not None and current not in line:
            line.append(current)
            current = above.get(current)
        found |= {one: above.get(one) for one in reversed(line)}
    return found


def _team(team: str, within: str | None, draft: Draft) -> Owner:
    terms = draft.of(team_key(team))
    return Owner(team_key(team), team, team_key(within) if within else COMPANY, limits=terms.limits(None),
                 locked_cents=terms.locked_cents, override=terms.override)  # fmt: skip


def _rep(row: Mapping[str, Any], baseline: Baseline, draft: Draft, has_teams: bool) -> Owner:
    key = person_key(int(row["person_id"]))
    terms: Terms = draft.of(key)
    last_year, projected = _whole(row["last_year_cents"]), _whole(row["projection_cents"])
    history = None if not last_year and projected else last_year  # who sold nothing then and does now was not there yet
    is_ramp_projected = bool(projected) and {driver for driver, weight in draft.mix if weight} == {PROJECTION}
    ramp = () if is_ramp_projected else ramp_by_month(row["started_on"] or None, baseline.months, baseline.ramp)
    if terms.months_cents and terms.is_waiting:
        raise Refusal(f"Months of {row['rep']} are set without a reason.", "Say why, for the one who will ask.")
    return Owner(
        key, row["rep"], team_key(row["team"]) if has_teams else COMPANY,
        {HISTORY: history, PROJECTION: projected, POTENTIAL: _potential(row, terms, draft)}, last_year,
        terms.limits(None if history is None else draft.change_share), ramp,
        terms.locked_cents, {**terms.months_cents, **draft.kept_months.get(key, {})}, terms.override,
    )  # fmt: skip


def potential_columns(baseline: Baseline, columns: Sequence[str]) -> list[str]:
    """Those of the company's own `columns` of people that can say how large a territory is: a number for at least one."""
    members = baseline.members
    return [name for name in columns if name in members and any(number_in(cell) is not None for cell in members[name])]


def number_in(cell: object) -> float | None:
    """The number that a column's text is, None where it is none: "1,200" and "1 200" are 1200."""
    try:
        found = float(str(cell).replace(",", "").replace("\N{NO-BREAK SPACE}", "").replace(" ", ""))
    except ValueError:
        return None
    return found if isfinite(found) else None


def _potential(row: Mapping[str, Any], terms: Terms, draft: Draft) -> float | None:
    """What was typed in for somebody, else what the column says."""
    typed = terms.potential
    return number_in(row.get(draft.potential_from)) if typed is None and draft.potential_from else typed


def _whole(value: Any) -> int | None:
    return None if value is None or pd.isna(value) or isnan(value) else round(value)
