"""The company as sheets."""

import pandas as pd

from spm.company.queries import company_of
from spm.intake.exporting.sheets import TABLES, people_sheet, sheet_of
from spm.intake.layouts import LAYOUTS
from spm.store import earlier, reading
from spm.store.opening import Store


def company_sheets(store: Store) -> dict[str, pd.DataFrame]:
    """Name of a sheet → its rows, of everything that the store holds of people and facts; empty ones are left out.

    Brought in again they change nothing.
    """
    people, currency = reading.people(store), company_of(store).currency
    names = dict(zip(people["key"], people["name"], strict=True))
    sheets = {LAYOUTS["people"].label: people_sheet(people, reading.assignments(store))} if len(people) else {}
    for layout, table in TABLES.items():
        rows = earlier.keyed(store, table)
        if table == "order" and len(rows):
            rows = rows[rows["has_header"].astype(bool)].reset_index(drop=True)
        if len(rows):
            sheets[LAYOUTS[layout].label] = sheet_of(layout, rows, names, currency)
    return sheets
