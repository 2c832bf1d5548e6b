"""Every table. Amounts are integer minor units (`_cents`) or ten-thousandths of one (`_e4`); spans are half-open.

A `Recorded` row says which change set made it, which one changed it last, and from which sheet and row it came.
SQLModel does not validate a `table=True` row: what reaches these tables was checked by the intake or the domain.
"""

from spm.store.tables.base import NOBODY, Recorded, Table
from spm.store.tables.benchmarks import IndustryFigure, PinnedBenchmark
from spm.store.tables.change_sets import BeforeImage, ChangeSet, Revision, SheetIssue, Source, UndoneRows
from spm.store.tables.definitions import (
    OwnMeasure,
    OwnMetric,
    RememberedAnswers,
    RememberedLayout,
    ScorecardVersion,
    Setting,
)
from spm.store.tables.facts import (
    Activity,
    Cost,
    Deal,
    DealCredit,
    DealVersion,
    ExchangeRate,
    Fact,
    Lead,
    Order,
    OrderLine,
    Product,
    Quota,
    Survey,
)
from spm.store.tables.forecasts import BacktestScore, ForecastCall, ForecastRun, ProjectedTotals
from spm.store.tables.lists import Listed
from spm.store.tables.people import Assignment, Leave, Person, Spelling, Team
from spm.store.tables.plans import PlannedQuota, PlanScenario, QuotaPlan, QuotaReview
from spm.store.tables.scorecards import ClosedPeriod, ClosedScore, ItemOpinion, SkillLevel, TargetOverride
from spm.store.tables.totals import (
    Attribute,
    CompanyByDay,
    CompanyByMonth,
    CompanyBySlice,
    CompanyStays,
    CoveredSpan,
    FirstPurchase,
    Slice,
    SliceValue,
    StageStay,
    TotalByDay,
    TotalByMonth,
    TotalBySlice,
)

__all__ = [
    "NOBODY",
    "Activity",
    "Assignment",
    "Attribute",
    "BacktestScore",
    "BeforeImage",
    "ChangeSet",
    "ClosedPeriod",
    "ClosedScore",
    "CompanyByDay",
    "CompanyByMonth",
    "CompanyBySlice",
    "CompanyStays",
    "Cost",
    "CoveredSpan",
    "Deal",
    "DealCredit",
    "DealVersion",
    "ExchangeRate",
    "Fact",
    "FirstPurchase",
    "ForecastCall",
    "ForecastRun",
    "IndustryFigure",
    "ItemOpinion",
    "Lead",
    "Leave",
    "Listed",
    "Order",
    "OrderLine",
    "OwnMeasure",
    "OwnMetric",
    "Person",
    "PinnedBenchmark",
    "PlanScenario",
    "PlannedQuota",
    "Product",
    "ProjectedTotals",
    "Quota",
    "QuotaPlan",
    "QuotaReview",
    "Recorded",
    "RememberedAnswers",
    "RememberedLayout",
    "Revision",
    "ScorecardVersion",
    "Setting",
    "SheetIssue",
    "SkillLevel",
    "Slice",
    "SliceValue",
    "Source",
    "Spelling",
    "StageStay",
    "Survey",
    "Table",
    "TargetOverride",
    "Team",
    "TotalByDay",
    "TotalByMonth",
    "TotalBySlice",
    "UndoneRows",
]
