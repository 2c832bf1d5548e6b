"""A small company with three years of deals that are known to the cent, for projections of it."""

from datetime import date
from pathlib import Path

from spm.metrics.queries import Scene
from spm.store.opening import Store
from tests.companies import empty_store, imported, scene

TODAY = date(2026, 11, 10)
PEOPLE = """
    Employee ID,Name,Title,Team,Manager,Hire Date,End Date
    E1,Ana Ruiz,Account Executive,North,Max Boss,2023-01-02,
    E2,Bo Li,Account Executive,North,Max Boss,2023-01-02,
    E3,Cy Oak,Account Executive,South,Max Boss,2023-01-02,2026-06-30
    E4,Di Yu,Account Executive,South,Max Boss,2026-08-03,
    E5,Max Boss,Sales Manager,,,2020-01-06,
"""
SEASON = (1.0, 0.8, 2.0) * 4  # quarters end strongly
OWNERS = {"Ana Ruiz": 1000, "Bo Li": 600, "Cy Oak": 400}
PRODUCTS = ("Box", "Jar")


def deals(until: date = TODAY) -> str:
    """Two won deals a rep and month on its 10th and 20th from January 2023, and what was lost; Di Yu from August 2026."""
    rows = ["Opportunity ID,Sales Agent,Product,Stage,Amount,Created,Close Date"]
    for month in range(47):
        year, at = 2023 + month // 12, month % 12
        for name, size in {**OWNERS, "Di Yu": 300}.items():
            if (name == "Di Yu" and (year, at) < (2026, 7)) or (name == "Cy Oak" and (year, at) > (2026, 5)):
                continue
            for part, day in enumerate((10, 20)):
                closed = date(year, at + 1, day)
                if closed <= until:
                    amount = round(size * SEASON[at] * (1 + 0.1 * ((month * 7 + part) % 5 - 2)) / 2, 2)
                    key = f"D{len(rows)}"
                    rows.append(f"{key},{name},{PRODUCTS[part]},Won,{amount},{closed.replace(day=1)},{closed}")
                    rows.append(f"{key}L,{name},{PRODUCTS[part]},Lost,{amount},{closed.replace(day=1)},{closed}")
    return "\n".join(rows)


QUOTAS = """
    Sales Rep,Quota,Start Date,End Date
    Ana Ruiz,4000,2026-10-01,2026-12-31
    Bo Li,2500,2026-10-01,2026-12-31
    Di Yu,1000,2026-10-01,2026-12-31
"""


def three_years(folder: Path, name: str = "spm.db") -> Store:
    store = empty_store(folder, name)
    imported(store, {"people.csv": PEOPLE, "deals.csv": deals(), "quotas.csv": QUOTAS}, TODAY)
    return store


def three_year_scene(folder: Path) -> Scene:
    return scene(three_years(folder), TODAY)
