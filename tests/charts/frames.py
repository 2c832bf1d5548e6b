"""A small frame for every picture, with the columns of its docstring, and what must then be readable."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from spm import charts

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Picture:
    """A chart function with rows to draw, texts that must then be readable, and texts that must not."""

    make: Callable[..., dict[str, Any]]
    rows: Rows
    texts: tuple[str, ...]
    unwanted: tuple[str, ...] = ()
    arguments: tuple[Any, ...] = ()

    def specification(self) -> dict[str, Any]:
        return self.make(*self.arguments)


def _table(columns: str, *rows: tuple[Any, ...]) -> Rows:
    return [dict(zip(columns.split(), row, strict=True)) for row in rows]


def _months(count: int) -> list[str]:
    return [dt.date(2016 + at // 12, at % 12 + 1, 1).isoformat() for at in range(count)]


PICTURES = {
    "results_by_month": Picture(
        charts.results_by_month,
        _table(
            "month value quota chosen running",
            *[(month, 900_000.0, None, False, False) for month in _months(10)],
            ("2016-11-01", None, None, False, False),
            ("2016-12-01", 3_086_111.0, 1_000_000.0, True, False),
            ("2017-01-01", 410_000.0, 1_200_000.0, True, True),
        ),
        ("$3M", "quota", "Jan", "2017"),
        arguments=("money", "$"),
    ),
    "projection": Picture(
        charts.projection,
        _table(
            "period label value booked projected low_80 high_80 low_95 high_95 note",
            ("2026-09-01", "September 2026", 500_000.0, None, None, None, None, None, None, "one large deal"),
            ("2026-10-01", "October 2026", 400_000.0, None, *[400_000.0] * 5, None),
            (
                "2026-11-01",
                "November 2026",
                None,
                100_000.0,
                450_000.0,
                400_000.0,
                500_000.0,
                350_000.0,
                550_000.0,
                None,
            ),
            ("2026-12-01", "December 2026", None, None, 615_000.0, 500_000.0, 700_000.0, 450_000.0, 800_000.0, None),
        ),
        ("one large deal", "$615K"),
        arguments=("money", "$"),
    ),
    "typical_year": Picture(
        charts.typical_year,
        _table("place part effect low high", (0, "Jan", 0.5, 0.2, 0.7), (1, "Feb", -0.3, -0.4, -0.1)),
        ("Jan", "Feb", "+60 %"),
    ),
    "part": Picture(
        charts.part,
        _table(
            "period label value", ("2026-09-01", "September 2026", 10_000.0), ("2026-10-01", "October 2026", -5_000.0)
        ),
        ("$10K",),
        arguments=("money", "$"),
    ),
    "said_and_came": Picture(
        charts.said_and_came,
        _table(
            "period label said low_80 high_80 low_95 high_95 came",
            ("2026-09-01", "September 2026", 50.0, 40.0, 60.0, 30.0, 70.0, 90.0),
            ("2026-10-01", "October 2026", 50.0, 40.0, 60.0, 30.0, 70.0, 55.0),
            ("2026-11-01", "November 2026", 50.0, 40.0, 60.0, 30.0, 70.0, None),
        ),
        ("out of range",),
        arguments=("count", ""),
    ),
    "pace": Picture(
        charts.pace,
        _table(
            "day booked expected expected_low expected_high quota today expected_is",
            ("2017-04-01", 100_000.0, 90_000.0, 80_000.0, 120_000.0, 1_200_000.0, False, "as Q2 2016"),
            ("2017-05-15", 640_000.0, 600_000.0, 500_000.0, 700_000.0, 1_200_000.0, True, "as Q2 2016"),
            ("2017-06-30", None, 1_200_000.0, 1_000_000.0, 1_400_000.0, 1_200_000.0, False, "as Q2 2016"),
        ),
        ("$640K", "quota $1.2M", "as Q2 2016", "today"),
        arguments=("$",),
    ),
    "bands": Picture(
        charts.bands,
        _table(
            "team band reps_count",
            ("Central", "outstanding", 2),
            ("Central", "needs help", 7),
            ("East", "no score", 0),
            ("East", "on target", 5),
        ),
        ("Central", "East", "2", "7", "5", "▲ outstanding", "▼ needs help", "● on target"),
        ("0",),
    ),
    "bands_over_time": Picture(
        charts.bands_over_time,
        _table(
            "period starts_on band people_count",
            ("Q1 2026", "2026-01-01", "outstanding", 2),
            ("Q1 2026", "2026-01-01", "needs help", 7),
            ("Q2 2026", "2026-04-01", "no score", 0),
            ("Q2 2026", "2026-04-01", "on target", 5),
        ),
        ("Q1 2026", "Q2 2026", "2", "7", "5", "▲ outstanding", "▼ needs help", "● on target"),
        ("0",),
    ),
    "score_distribution": Picture(
        charts.score_distribution,
        _table(
            "points with_draft",
            (79.0, False),
            (81.5, True),
            (None, True),
            (121.0, False),
        ),
        ("Score in points", "People", "80", "100", "120"),
    ),
    "score_dial": Picture(
        charts.score_dial,
        _table(
            "place part points whole",
            (0, "Score", 99.97, True),
            (1, "Leading", 88.0, False),
            (2, "Lagging", None, False),
        ),
        ("Score", "99", "88", "no score", "80", "120", "▼", "◐", "●", "▲"),
    ),
    "points": Picture(
        charts.points,
        _table(
            "place label kind points",
            (0, "Full score", "full", 100.0),
            (1, "Pipeline added", "item", -12.2),
            (2, "Win rate", "item", 4.5),
            (3, "Meetings", "item", 0.0),
            (4, "Score", "score", 92.3),
        ),
        ("Pipeline added", "100", "−12.2 lost", "+4.5 gained", "±0", "92"),
    ),
    "item_trend": Picture(
        charts.item_trend,
        _table(
            "period value target signal",
            *[(month, float(at), 6.0, None) for at, month in enumerate(_months(11))],
            ("2016-12-01", 12_400.0, None, "above"),
        ),
        ("12.4K",),
    ),
    "own_past": Picture(
        charts.own_past,
        _table(
            "month value last_year normal_low normal_high signal",
            *[(month, 800_000.0, 700_000.0, None, None, None) for month in _months(8)],
            ("2016-09-01", 300_000.0, 700_000.0, 600_000.0, 1_000_000.0, "below"),
            ("2016-10-01", 1_600_000.0, 700_000.0, 600_000.0, 1_000_000.0, "above"),
        ),
        ("normal range", "year before", "above normal", "$1.5M"),
        ("below normal",),
        arguments=("money", "$"),
    ),
    "funnel": Picture(
        charts.funnel,
        _table(
            "place stage count conversion_rate of of_count peers_rate",
            (0, "Leads", 1240.0, None, None, None, None),
            (1, "Qualified leads", None, None, "the stage before", 1240.0, 0.44),
            (2, "Demos", 507.0, 0.41, "the stage before", 1240.0, 0.39),
            (3, "Opportunities", 520.0, None, "the stage before", 507.0, None),
            (4, "Won deals", 61.5, 0.29, "those that closed", 212.0, None),
        ),
        (
            "1,240",
            "not in the sheets",
            "507",
            "61.5",
            "↓ 41 % of the stage before · peers 39 %",
            "more than the stage before",
            "↓ 29 % of those that closed",
        ),
    ),
    "imported_rows": Picture(
        charts.imported_rows,
        _table(
            "file outcome rows_count",
            ("sales_pipeline.csv", "new", 8650),
            ("sales_pipeline.csv", "refused", 12),
            ("sales_teams.csv", "same", 35),
            ("sales_teams.csv", "new", 0),
        ),
        ("sales_pipeline.csv", "8,650 new · 12 refused", "35 same"),
    ),
    "moved_months": Picture(
        charts.moved_months,
        _table(
            "month before after",
            ("2017-02-01", 150_055.0, 100_000.0),
            ("2017-03-01", None, 100_000.0),
            ("2017-04-01", 80_000.0, None),
        ),
        ("Before", "After", "100K"),
    ),
    "assignments": Picture(
        charts.assignments,
        _table(
            "team role manager start end days is_running",
            ("North", "Sales representative", "Max Boss", "2016-01-01", "2017-04-01", "until 31 Mar 2017", False),
            ("South", "Account executive", "–", "2017-04-01", "2017-12-31", "from 1 Apr 2017", True),
        ),
        ("North", "South", "Sales representative", "Account executive"),
    ),
    "waterfall": Picture(
        charts.waterfall,
        _table(
            "place label kind amount",
            (0, "Q2 2026", "start", 3_000.0),
            (1, "Closed deals", "part", 603.33),
            (2, "Win rate", "part", -606.67),
            (3, "Average deal", "part", 603.34),
            (4, "Q3 2026", "end", 3_600.0),
        ),
        ("Q2 2026", "Win rate", "$3K", "+$603", "−$607", "$3.6K"),
        arguments=("money", "$"),
    ),
    "beside_others": Picture(
        charts.beside_others,
        _table(
            "name month value normal_low normal_high signal is_own",
            *[("Ana", month, 0.4, 0.2, 0.5, None, True) for month in _months(9)],
            ("Ana", "2016-10-01", 0.63, 0.2, 0.5, "above", True),
            *[("Bo", month, 0.3, None, None, None, False) for month in _months(10)],
        ),
        ("63 %", "Jan", "Oct"),
        arguments=("share",),
    ),
    "beside_others_of_little": Picture(
        charts.beside_others,
        _table(
            "name month value normal_low normal_high signal is_own",
            *[("Ana", month, -0.4, None, None, None, True) for month in _months(9)],
            ("Ana", "2016-10-01", 15.0, None, None, None, True),
        ),
        ("1500 %", "300 %"),  # what it is, where the picture ends
        ("600 %", "1,000 %"),
        arguments=("share", "", 3.0),
    ),
    "standing": Picture(
        charts.standing,
        _table(
            "place name value low high likely peers",
            (0, "Ana", 0.4, 0.2, 0.6, 0.35, 0.33),
            (1, "Bo", 0.25, None, None, None, None),
            (2, "Cy", None, None, None, None, 0.33),
        ),
        ("Ana", "Bo", "40 %", "25 %"),
        arguments=("share",),
    ),
    "people_of_groups": Picture(
        charts.people_of_groups,
        _table(
            "place group rep value median top_quartile",
            (0, "Sales rep", "Ana", 0.2, 0.3, 0.4),
            (0, "Sales rep", "Bo", 0.4, 0.3, 0.4),
            (1, "SDR", "Cy", 0.1, None, None),
        ),
        ("Sales rep", "SDR", "median 30 %", "best quarter 40 %"),
        arguments=("share",),
    ),
    "breakdown": Picture(
        charts.breakdown,
        _table(
            "place name value before change",
            (0, "Enterprise", 2_500_000.0, 2_000_000.0, 0.25),
            (1, "Mid-market", 900_000.0, None, None),
            (2, "Not said", None, 40_000.0, -1.0),
        ),
        ("Enterprise", "$2.5M · +25 %", "$900K", "– · −100 %"),
        arguments=("money", "$"),
    ),
    "activities": Picture(
        charts.activities,
        _table(
            "week kind place count",
            ("2026-09-07", "Calls", 0, 12.0),
            ("2026-09-07", "E-mails", 1, 20.0),
            ("2026-09-14", "Calls", 0, 0.0),
        ),
        ("Calls", "E-mails"),
    ),
    "open_by_stage": Picture(
        charts.open_by_stage,
        _table(
            "stage stage_place age age_place deals",
            ("Qualification", 0, "under 30 d", 0, 105),
            ("Qualification", 0, "180 d and more", 4, 3),
            ("Stage not said", 1, "age not known", 5, 12),
        ),
        ("Qualification", "108", "Stage not said", "12", "under 30 d", "180 d and more"),
        ("age not known",),
    ),
    "scenario": Picture(
        charts.scenario,
        _table(
            "month label bookings low high baseline top",
            ("2027-01-01", "January 2027", 900_000.0, 700_000.0, 1_100_000.0, 800_000.0, 1_500_000.0),
            ("2027-02-01", "February 2027", 950_000.0, 700_000.0, 1_200_000.0, 850_000.0, 1_500_000.0),
        ),
        ("Jan", "Feb", "$500K"),
        arguments=("$",),
    ),
    "odds_curve": Picture(
        charts.odds_curve,
        _table(
            "low high share is_reached target",
            (1_000_000.0, 1_500_000.0, 0.3, "falls short", 1_500_000.0),
            (1_500_000.0, 2_000_000.0, 0.7, "reaches the plan", 1_500_000.0),
        ),
        ("Plan $1.5M", "reaches the plan", "falls short"),
        arguments=("$",),
    ),
    "tornado": Picture(
        charts.tornado,
        _table(
            "place label low high least most base",
            (0, "Market 5 % lower or higher", 0.38, 0.61, 0.38, 0.61, 0.49),
            (1, "Nobody, or a quarter leaves in a year", 0.49, 0.36, 0.36, 0.49, 0.49),
        ),
        ("Market 5 % lower or higher", "38 %", "61 %", "36 %"),
    ),
    "backcast": Picture(
        charts.backcast,
        _table(
            "rep team quota attainment whole low high is_outside name",
            ("Ana", "North", 100_000.0, 1.02, 1.0, 0.8, 1.2, False, ""),
            ("Bo", "South", 180_000.0, 0.55, 1.0, 0.8, 1.2, True, "Bo"),
        ),
        ("Bo", "Proposed quota"),
        arguments=("$",),
    ),
}
