"""What a store holds as a reader would tell it: names in place of ids, without when and in which batch it came."""

from typing import Any

import pandas as pd
from sqlalchemy import select

from spm.store import earlier, facts, reading
from spm.store.opening import Store
from spm.store.tables import Table

KEYED = ("deal", "deal_credit", "deal_version", "order", "order_line", "lead", "activity", "survey", "cost", "quota",
         "product", "exchange_rate", "leave", "skill_level")  # fmt: skip
BOOKKEEPING = (
    "id",
    "created_in",
    "changed_in",
    "source_id",
    "source_row",
    "fingerprint",
    "slice_id",
    "deal_id",
    "order_id",
)
MADE_KEYS = ("activity",)  # of some of them the key is made of how a name is written


def told(store: Store) -> dict[str, list[str]]:
    """Table → its rows, in order; of totals those of the whole."""
    found = {name: earlier.keyed(store, name) for name in KEYED} | {"listed": facts.stored(store, "listed")}
    for name in MADE_KEYS:
        found[name] = found[name].drop(columns="key", errors="ignore")
    people, teams = reading.people(store), reading.teams(store)
    keys, names = (dict(zip(rows["id"], rows[name], strict=True)) for rows, name in ((people, "key"), (teams, "name")))
    postings = reading.assignments(store)
    found["person"] = people
    found["team"] = teams.assign(parent_id=teams["parent_id"].map(names.get))
    found["assignment"] = postings.assign(
        person_id=postings["person_id"].map(keys.get),
        manager_id=postings["manager_id"].map(keys.get),
        team_id=postings["team_id"].map(names.get),
    )
    found["own_measure"] = reading.own_measures(store)
    for name in ("total_by_day", "total_by_month"):
        table = Table.metadata.tables[name]
        rows = store.frame(select(table))
        found[name] = rows.assign(person_id=rows["person_id"].map(keys.get))
    return {name: _lines(rows) for name, rows in found.items()}


def _lines(rows: pd.DataFrame) -> list[str]:
    kept = rows[[name for name in sorted(rows) if name not in BOOKKEEPING]]
    return sorted(str([_plain(value) for value in row]) for row in kept.itertuples(index=False))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return sorted(value.items())
    return None if value is None or value != value else value
