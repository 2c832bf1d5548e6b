"""A company to plan for, through the real intake: two teams, four reps who book, 2024 to October 2026, quotas of 2026."""

from datetime import date
from pathlib import Path

from spm.calendar import plus_months
from spm.metrics.queries import Scene, scene_of
from spm.store.change_sets import Author
from spm.store.opening import Store
from tests.companies import REAL_TODAY, empty_store, imported

LEADER = Author("Lea Leader")
MONTHS = [plus_months(date(2024, 1, 1), at) for at in range(34)]
REPS = {"Ana Ruiz": 40, "Bo Li": 20, "Cy Day": 30, "Di Fox": 10}  # thousands in a mean month
SEASON = (8, 9, 12, 9, 10, 11, 8, 7, 10, 12, 13, 11)

PEOPLE = """
Employee ID,Name,Title,Team,Manager,Hire Date
E1,Ana Ruiz,Account Executive,North,Max Boss,2020-01-06
E2,Bo Li,Account Executive,North,Max Boss,2023-03-01
E3,Cy Day,Account Executive,South,Zoe Head,2021-05-03
E4,Di Fox,Account Executive,South,Zoe Head,2023-09-04
E5,Max Boss,Sales Manager,,,2019-01-07
E6,Zoe Head,Sales Manager,,,2019-01-07
"""
QUOTAS = "Sales Rep,Quota,Start Date,End Date\n" + "\n".join(
    f"{rep},{size * 12_000},2026-01-01,2026-12-31" for rep, size in REPS.items()
)


def deals() -> str:
    """Two won deals and a lost one a rep and month, by the season, a little more every year."""
    rows = ["Opportunity ID,Sales Agent,Stage,Amount,Created,Close Date"]
    for at, month in enumerate(MONTHS):
        for rep, size in REPS.items():
            amount = size * SEASON[month.month - 1] * (100 + at) // 2 + 7 * (at % 5)
            for part, (stage, share) in enumerate((("Won", 1), ("Won", 1), ("Lost", 1))):
                day = month.replace(day=10 + 5 * part)
                rows.append(f"{rep[0]}{at}-{part},{rep},{stage},{amount * share},{month.isoformat()},{day.isoformat()}")
    return "\n".join(rows)


def deals_by_segment() -> str:
    """The same deals, each with a segment and a region: one of the two that Ana wins and the one that she loses are enterprises',
    all others SMB's; only Cy sells in the West."""
    header, *rows = deals().splitlines()
    told = [f"{header},Segment,Region"]
    for row in rows:
        deal, rep, *_ = row.split(",")
        segment = "Enterprise" if rep == "Ana Ruiz" and not deal.endswith("-0") else "SMB"
        told.append(f"{row},{segment},{'West' if rep == 'Cy Day' else 'East'}")
    return "\n".join(told)


def sellers(folder: Path, sheet: str = "") -> Store:
    """The company in a new store; `sheet` in place of its deals."""
    store = empty_store(folder)
    imported(store, {"people.csv": PEOPLE, "deals.csv": sheet or deals(), "quotas.csv": QUOTAS})
    return store


def scene(store: Store) -> Scene:
    return scene_of(store, REAL_TODAY, date(2026, 11, 2))
