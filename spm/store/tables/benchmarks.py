"""What is good, according to whom, as of when: industry figures, and internal benchmarks pinned as of a day."""

from datetime import date

from sqlalchemy import Index

from spm.store.tables.base import Recorded


class IndustryFigure(Recorded, table=True):
    """What others reach, as somebody published it; in the metric's unit, amounts in minor units. No figure without source.

    An empty role or segment means any.
    """

    __tablename__ = "industry_figure"
    __table_args__ = (Index("industry_figure_of", "metric", "role", "segment", "dated_on", unique=True),)
    metric: str
    role: str = ""
    segment: str = ""
    low: float | None = None
    typical: float | None = None
    high: float | None = None
    source: str
    dated_on: date


class PinnedBenchmark(Recorded, table=True):
    """What a group of the company's own people reached in a period, kept as it was on the day it was pinned."""

    __tablename__ = "pinned_benchmark"
    __table_args__ = (
        Index("pinned_benchmark_of", "metric", "grouped_by", "group", "starts_on", "ends_before", unique=True),
    )
    metric: str
    grouped_by: str
    group: str
    starts_on: date
    ends_before: date
    pinned_on: date
    people_count: int
    median: float | None = None
    top_quartile: float | None = None
