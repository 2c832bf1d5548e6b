"""Any question about any company: what metrics answer is what a loop over the deals comes to.

People change role, team and manager on any day, managers too; deals are shared; half a region is not said. The loop knows
nothing of totals, months or reporting lines: it looks at each deal, on its day, on its own.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import floor, isnan
from pathlib import Path
from random import Random

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spm.calendar import FiscalCalendar, Grain, Span
from spm.metrics.queries import Question, Scene, values
from tests.companies import empty_store, imported, scene

CALENDAR = FiscalCalendar(first_month=1)
FIRST, DAYS_COUNT = date(2023, 1, 1), 500
REPS, MANAGERS, DIRECTORS = ("Ana", "Ben", "Cid", "Dee", "Eve", "Fay"), ("Mia", "Nora", "Omar"), ("Vera", "Will")
ROLES = {"Sales rep": "sales_representative", "Account executive": "account_executive"}
TEAMS = ("North", "South", "East")
METRICS = ("bookings", "won_deals", "lost_deals", "win_rate", "average_deal_size", "sales_cycle")


@dataclass(frozen=True)
class Post:
    """What somebody is from a day on."""

    starts_on: date
    role: str
    team: str
    manager: str


@dataclass(frozen=True)
class Sold:
    """A person's part of a deal that was closed."""

    rep: str
    day: date
    is_won: bool
    share: float
    cents: float
    days_open: int
    region: str


@dataclass(frozen=True)
class Company:
    """The same company as the app has it, and as the loop does.

    `asked_of`: everybody's quota, day by day. `parents`: team → the one that it is below.
    """

    scene: Scene = field(repr=False)
    posts: dict[str, list[Post]] = field(repr=False)
    sold: list[Sold] = field(repr=False)
    asked_of: list[Sold] = field(repr=False)
    parents: dict[str, str | None]

    def of(self, one: Sold, dimension: str) -> str | None:
        """What a part of a deal is by a dimension."""
        if dimension in ("rep", "region"):
            return getattr(one, dimension) or None
        if dimension in ("team", "manager"):
            return str(getattr(self.post(one.rep, one.day), dimension))
        if dimension == "role":
            return ROLES[self.post(one.rep, one.day).role]
        return CALENDAR.period_of(Grain(dimension), one.day).label

    def is_in(self, one: Sold, dimension: str, wanted: str) -> bool:
        if dimension == "manager":
            return wanted in self.above(one.rep, one.day)
        found = self.of(one, dimension)
        while dimension == "team" and found not in (wanted, None):
            found = self.parents[str(found)]
        return found == wanted

    def above(self, name: str, day: date) -> Iterator[str]:
        while name in self.posts:
            name = self.post(name, day).manager
            yield name

    def post(self, name: str, day: date) -> Post:
        return next(post for post in reversed(self.posts[name]) if post.starts_on <= day)


def made(folder: Path, seed: int) -> Company:
    luck = Random(seed)
    posts = {rep: history(luck, list(ROLES), MANAGERS) for rep in REPS}
    posts |= {manager: history(luck, ["Sales manager"], DIRECTORS) for manager in MANAGERS}
    people = ["Name,Role,Team,Manager,In this role and team from"]
    people += [
        f"{name},{post.role},{post.team},{post.manager},{post.starts_on}" for name in posts for post in posts[name]
    ]
    people += [f"{name},Sales manager,{TEAMS[0]},,{FIRST}" for name in DIRECTORS]
    deals, splits, sold = ["Deal id,Owner,Stage,Amount,Created on,Closed on,Region"], ["Deal id,Owner,Share"], []
    for at in range(150):
        created = FIRST + timedelta(luck.randrange(DAYS_COUNT - 60))
        closed, is_won, cents = created + timedelta(luck.randrange(60)), luck.random() < 0.6, luck.randrange(1, 500_00)
        region, owners = luck.choice(("West", "Coast", "")), luck.sample(REPS, 2)
        deals.append(f"D{at},{owners[0]},{'Won' if is_won else 'Lost'},{cents / 100:.2f},{created},{closed},{region}")
        shares = [1.0]
        if luck.random() < 0.3:
            shares = luck.choice(([0.37, 0.63], [0.71, 0.29]))
            splits += [f"D{at},{owner},{share:.0%}" for owner, share in zip(owners, shares, strict=True)]
        for owner, share, part in zip(owners, shares, split(cents, shares), strict=False):
            sold.append(Sold(owner, closed, is_won, share, part, (closed - created).days, region))
    quotas, asked_of = ["Owner,Quota start,Quota end,Quota"], []
    for rep in REPS:
        for start in range(0, DAYS_COUNT, 91):
            first, last = (FIRST + timedelta(start + shift) for shift in (luck.randrange(20), luck.randrange(40, 90)))
            amount = luck.randrange(1_000, 9_000)
            quotas.append(f"{rep},{first},{last},{amount}")
            asked_of += quota_days(rep, first, last, amount * 100)
    store = empty_store(folder)
    sheets: dict[str, str | bytes] = {"people.csv": "\n".join(people), "deals.csv": "\n".join(deals),
                                      "splits.csv": "\n".join(splits), "quotas.csv": "\n".join(quotas)}  # fmt: skip
    imported(store, sheets)
    known = scene(store, FIRST + timedelta(DAYS_COUNT))
    names = dict(zip(known.org.teams["id"], known.org.teams["name"], strict=True))
    parents = {row["name"]: names.get(row["parent_id"]) for row in known.org.teams.to_dict("records")}
    return Company(known, posts, sold, asked_of, parents)


def history(luck: Random, roles: Sequence[str], managers: Sequence[str]) -> list[Post]:
    days = [FIRST, *sorted({FIRST + timedelta(luck.randrange(1, DAYS_COUNT)) for _ in range(luck.randrange(4))})]
    return [Post(day, luck.choice(roles), luck.choice(TEAMS), luck.choice(managers)) for day in days]


def quota_days(rep: str, first: date, last: date, cents: int) -> list[Sold]:
    """A quota on its working days; each has as much of it."""
    days = [first + timedelta(at) for at in range((last - first).days + 1)]
    working = [day for day in days if day.weekday() < 5]
    return [Sold(rep, day, True, 1.0, cents / len(working), 0, "") for day in working]


def split(cents: int, shares: Sequence[float]) -> list[int]:
    """By largest remainders."""
    exact = [cents * round(100 * share) / 100 for share in shares]
    found = [floor(part) for part in exact]
    rest = sorted(range(len(shares)), key=lambda at: found[at] - exact[at])
    for at in rest[: cents - sum(found)]:
        found[at] += 1
    return found


Sums = dict[str, tuple[float, float | None]]
"""Metric → what stands above, and below where it is a ratio."""


def sums(parts: Sequence[Sold]) -> Sums:
    def total(number: Callable[[Sold], float], is_won: bool) -> float:
        return sum(number(one) for one in parts if one.is_won is is_won)

    won, lost = total(lambda one: one.share, True), total(lambda one: one.share, False)
    booked, days = total(lambda one: one.cents, True), total(lambda one: one.share * one.days_open, True)
    return {"bookings": (booked, None), "won_deals": (won, None), "lost_deals": (lost, None),
            "win_rate": (won, won + lost), "average_deal_size": (booked, won), "sales_cycle": (days, won)}  # fmt: skip


@pytest.fixture(scope="module", params=[1, 2, 3])
def company(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Company:
    return made(tmp_path_factory.mktemp("any"), request.param)


VALUES = {"rep": REPS, "team": TEAMS, "manager": (*MANAGERS, *DIRECTORS), "role": tuple(ROLES.values()),
          "region": ("West", "Coast")}  # fmt: skip
DIMENSIONS = (*VALUES, "day", "week", "month", "quarter", "year")
DAYS = st.integers(0, DAYS_COUNT - 1)


@st.composite
def questions(draw: st.DrawFn, metrics: Sequence[str]) -> Question:
    by = draw(st.lists(st.sampled_from(DIMENSIONS), max_size=2, unique=True))
    filtered = draw(st.lists(st.sampled_from(tuple(VALUES)), max_size=2, unique=True))
    where = tuple((name, draw(st.sampled_from(VALUES[name]))) for name in filtered)
    first, last = sorted((draw(DAYS), draw(DAYS)))
    span = draw(st.sampled_from((None, Span(FIRST + timedelta(first), FIRST + timedelta(last + 1)))))
    return Question(draw(st.sampled_from(metrics)), tuple(by), where, span)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=questions(("quota",)))
def test_any_part_of_the_quotas_is_what_a_loop_over_their_days_comes_to(company: Company, asked: Question) -> None:
    if "region" in (*asked.by, *dict(asked.where)):
        return  # a quota is no region's
    compared(company, asked, company.asked_of, {"quota": "bookings"}, within_cents=50)


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=questions(METRICS))
def test_any_question_is_answered_as_a_loop_over_the_deals_does(company: Company, asked: Question) -> None:
    compared(company, asked, company.sold, {}, within_cents=1e-6)


def compared(
    company: Company, asked: Question, parts: Sequence[Sold], counted_as: Mapping[str, str], within_cents: float
) -> None:
    """What the app answers against the sums of the parts; `counted_as`: the sum that a metric is, where not its own.

    `within_cents`: the app splits a quota into days of whole cents.
    """
    meant = [
        one for one in parts
        if (asked.span is None or one.day in asked.span)
        and all(company.is_in(one, name, wanted) for name, wanted in asked.where)
    ]  # fmt: skip
    groups = defaultdict[tuple[str | None, ...], list[Sold]](list)
    for one in meant:
        groups[tuple(company.of(one, name) for name in asked.by)].append(one)
    found = {
        tuple(None if pd.isna(row[name]) else row[name] for name in asked.by): row
        for row in values(company.scene, asked).to_dict("records")
    }
    for group in {*groups, *found}:
        above, below = sums(groups.get(group, []))[counted_as.get(asked.metric, asked.metric)]
        row = found.get(group)
        if None in group or (row is None and not above and not below):
            continue
        assert row is not None, group
        if below is None:
            is_silent = not above and isnan(row["value"])  # on days of which no sheet speaks
            assert is_silent or row["value"] == pytest.approx(above, abs=within_cents), group
        elif below:
            assert row["value"] == pytest.approx(above / below), group
            assert (row["numerator"], row["denominator"]) == (pytest.approx(above), pytest.approx(below)), group
        else:
            assert isnan(row["value"]), group
