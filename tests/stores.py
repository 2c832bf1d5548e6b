"""A small company in a store, and what a store holds, for tests that change it and put it back."""

from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select

from spm.intake.actions import commit
from spm.intake.queries import preview
from spm.store.change_sets import Author
from spm.store.history import change_sets
from spm.store.opening import Store, open_store
from spm.store.tables import Table

AUTHOR = Author("Olga Ops")
TODAY = date(2017, 6, 30)

PEOPLE = b"""Employee ID,Name,Email,Title,Team,Manager,Hire Date
E1,Ana Ruiz,ana@x.com,Account Executive,North,Max Boss,2016-01-04
E2,A. Ruiz,a.ruiz@x.com,Account Executive,North,Max Boss,2017-01-02
E3,Bo Li,bo@x.com,,South,Max Boss,2016-03-01
E4,Max Boss,max@x.com,Sales Manager,,,2015-01-05
"""

DEALS = b"""Opportunity ID,Sales Agent,Product,Region,Stage,Amount,Created,Close Date
D1,Ana Ruiz,Box,East,Won,1000,2017-01-10,2017-02-10
D2,A. Ruiz,Box,West,Won,500,2017-01-11,2017-02-11
D3,A. Ruiz,Jar,West,Lost,300,2017-02-01,2017-03-11
D4,Bo Li,Jar,East,Won,2000,2017-03-01,2017-04-11
D5,Bo Li,Box,West,Open,900,2017-05-01,
"""

ACTIVITIES = b"""Activity Type,Date,Assigned To
Call,2017-02-01,Ana Ruiz
Call,2017-02-02,A. Ruiz
Call,2017-02-02,A. Ruiz
"""

QUOTAS = b"""Sales Rep,Quota,Start Date,End Date
Ana Ruiz,900,2017-01-01,2017-03-31
A. Ruiz,600,2017-01-01,2017-03-31
A. Ruiz,700,2017-04-01,2017-06-30
Bo Li,2100,2017-04-01,2017-06-30
"""

SHEETS = (("people.csv", PEOPLE), ("deals.csv", DEALS), ("activities.csv", ACTIVITIES), ("quotas.csv", QUOTAS))


def small_company(folder: Path) -> Store:
    """Four people, of whom two are one under two spellings, with deals, activities and quotas."""
    store = open_store(f"sqlite:///{folder / 'spm.db'}")
    commit(store, preview(store, SHEETS, TODAY), AUTHOR, TODAY)
    return store


def contents(store: Store) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table that a change set can put back."""
    held = {}
    with store.reading() as connection:
        for table in Table.metadata.sorted_tables:
            if "created_in" in table.c or table.name.startswith("total_"):
                rows = [dict(row) for row in connection.execute(select(table)).mappings()]
                held[table.name] = sorted(rows, key=lambda row: str(sorted(row.items(), key=str)))
    return held


def latest_change_set(store: Store) -> int:
    """The id of what was written last."""
    return int(change_sets(store)["id"].iloc[0])


def id_of(store: Store, name: str) -> int:
    """The id of the person of that name."""
    with store.reading() as connection:
        person = Table.metadata.tables["person"]
        return connection.execute(select(person.c.id).where(person.c.name == name)).scalar_one()
