"""What was forecast and what people called, kept for good: each is held against what came."""

from datetime import date, datetime

from sqlalchemy import JSON, BigInteger, DateTime, Text
from sqlmodel import Field

from spm.store.tables.base import Recorded, Table


class ForecastRun(Table, table=True):
    """One forecast of bookings from one state of the facts; without `made_at` while a process is making it.

    `is_rebuilt`: made later, from the history as it stood before `first_on`. `stretches`: how much wider landings are than
    worked out from their months, by level.
    """

    __tablename__ = "forecast_run"
    id: int = Field(primary_key=True)
    state: str = Field(unique=True)
    as_of: date
    first_on: date = Field(index=True)  # the first month that it projects
    begun_at: datetime = Field(sa_type=DateTime)
    made_at: datetime | None = Field(default=None, sa_type=DateTime)
    facts_revision: int
    people_revision: int
    seed: int
    is_rebuilt: bool = False
    stretches: dict[str, list[list[list[float]]]] | None = Field(default=None, sa_type=JSON)


class ProjectedTotals(Table, table=True):
    """What a run says of one member of a level (company, team, rep, product), month by month from the run's first on.

    `months` holds for each of value, low_80, high_80, low_95, high_95 a list of amounts in minor units, None where no
    range is known. `member` is the name of then, "" without one, such as for bookings that nobody owns; `member_id` is the
    rep's or team's, who keep what was said of them under another name.
    """

    __tablename__ = "projected_totals"
    run_id: int = Field(primary_key=True, foreign_key="forecast_run.id")
    level: str = Field(primary_key=True)
    member: str = Field(primary_key=True)
    member_id: int | None = None
    model: str
    months: dict[str, list[int | None]] = Field(sa_type=JSON)


class BacktestScore(Table, table=True):
    """How good a member's forecast was on months held out in time order, against the simple rule."""

    __tablename__ = "backtest_score"
    run_id: int = Field(primary_key=True, foreign_key="forecast_run.id")
    level: str = Field(primary_key=True)
    member: str = Field(primary_key=True)
    member_id: int | None = None
    model: str
    wape: float | None = None
    mase: float | None = None
    coverage_80: float | None = None
    coverage_95: float | None = None
    value_added: float | None = None


class ForecastCall(Recorded, table=True):
    """What somebody expects a rep, a team or the company to book in a period. A changed mind is a new row.

    `landing_cents` is where the projection saw the period land at that moment, so that both can be held against what came.
    """

    __tablename__ = "forecast_call"
    level: str = Field(index=True)
    member: str = Field(index=True)
    member_id: int | None = None
    caller: str
    called_on: date
    starts_on: date
    ends_before: date
    commit_cents: int = Field(sa_type=BigInteger)
    best_case_cents: int | None = Field(default=None, sa_type=BigInteger)
    landing_cents: int | None = Field(default=None, sa_type=BigInteger)
    note: str = Field(default="", sa_type=Text)
