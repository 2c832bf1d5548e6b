"""The company as sheets."""

import pandas as pd

from spm.company.queries import company_of
from spm.intake.exporting.sheets import (
    TABLES,
    counts_sheet,
    decisions_sheet,
    history_sheet,
    list_sheets,
    people_sheet,
    sheet_of,
)
from spm.intake.layouts import LAYOUTS
from spm.intake.resolving.decisions import MADE, Decisions, told
from spm.metrics.covering import joined
from spm.store import earlier, facts, imports, made_here, reading
from spm.store.opening import Store


def company_sheets(store: Store) -> dict[str, pd.DataFrame]:
    """Name of a sheet → its rows, of everything that sheets told of people and facts; empty ones are left out.

    Brought in again they change nothing; brought into an empty store they make the same company.
    """
    people, currency = reading.people(store), company_of(store).currency
    names = dict(zip(people["key"], people["name"], strict=True))
    rows = {layout: earlier.keyed(store, table) for layout, table in TABLES.items()}
    counted = earlier.counted_daily(store)
    if len(rows["orders"]):  # of the others only lines told: they come again with those
        told_of = imports.sources(store).query("layout == 'orders'")["source_id"]
        rows["orders"] = rows["orders"][rows["orders"]["source_id"].isin(told_of)]
    if len(counted):
        rows["activities"] = rows["activities"][~rows["activities"]["key"].isin(counted["key"])]
    made = {"people": people_sheet(people, reading.assignments(store))} if len(people) else {}
    made |= {layout: sheet_of(layout, of_sheet.reset_index(drop=True), names, currency)
             for layout, of_sheet in rows.items() if len(of_sheet)}  # fmt: skip
    versions = earlier.keyed(store, "deal_version")
    if len(versions):
        made["deal_history"] = history_sheet(versions, rows["deals"], names, currency)
    if len(counted):
        own = reading.own_measures(store)
        made["daily_counts"] = counts_sheet(counted, names, dict(zip(own["key"], own["label"], strict=True)))
    sheets = {LAYOUTS[layout].label: sheet for layout, sheet in made.items()} | list_sheets(
        facts.stored(store, "listed")
    )
    decided = decisions_sheet(told(decisions(store)))
    return sheets | ({LAYOUTS["decisions"].label: decided} if sheets and len(decided) else {})


def decisions(store: Store) -> Decisions:
    """What the company decided and made in the app, as an empty store takes it over."""
    keys = dict(zip(*(reading.people(store)[name] for name in ("id", "key")), strict=True))
    spelt, marks, layouts = reading.spellings(store), reading.attributes(store), reading.remembered_layouts(store)
    said = layouts[["layout", "fields", "ignored"]].astype(object).to_dict("records")
    teams = reading.teams(store)
    names = dict(zip(teams["id"], teams["name"], strict=True))
    return Decisions(
        settings=reading.settings(store),
        filters={key: bool(is_filter) for key, is_filter in zip(marks["key"], marks["is_filter"], strict=True)},
        layouts=dict(zip(layouts["header"], said, strict=True)),
        answers=reading.remembered_answers(store),
        spellings={text: keys[of] for text, of in zip(spelt["text"], spelt["person_id"], strict=True)},
        spans={measure: joined(spans) for measure, spans in reading.covered_spans(store).items()},
        teams={name: names.get(above) for name, above in zip(teams["name"], teams["parent_id"], strict=True)},
        made=made_here.told(store, MADE),
    )
