"""Changing the company's settings, and backing up."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from spm.company.queries import company_of
from spm.company.settings import LABELS, SETTING_KEYS, plain, refuse_unless_sound
from spm.errors import Refusal, UnknownName
from spm.store import migration, reading
from spm.store.change_sets import Author, writing
from spm.store.opening import Store
from spm.store.tables import Setting
from spm.store.upkeep import refresh_totals


def change_settings(store: Store, author: Author, **values: Any) -> int | None:
    """Stores the given settings (fields of `Company`) as one change set; returns its id, None where nothing changed.

    Quotas are spread anew where the working days changed. Raises UnknownName for a setting that there is none of,
    Refusal for a value that a company can't have.
    """
    unknown = set(values) - set(SETTING_KEYS)
    if unknown:
        raise UnknownName(f"There is no setting {', '.join(sorted(unknown))}.", f"There are {', '.join(SETTING_KEYS)}.")
    before = company_of(store)
    company = replace(before, **values)
    refuse_unless_sound(company, bool(reading.covered_spans(store)), before)
    if company.currency != before.currency and len(reading.exchange_rates(store)):
        raise Refusal(
            f"Amounts in other currencies were converted into {before.currency} by rates that are in {before.currency}.",
            f"Import the sheets into a new database in {company.currency}.",
        )
    changed = {key: plain(value) for key, value in values.items() if value != getattr(before, key)}
    if not changed:
        return None
    note = ", ".join(LABELS[key] for key in LABELS if key in changed)
    with writing(store, "settings", author, ["settings"], note) as open_set:
        ids = open_set.ids_by(Setting, "key")
        open_set.insert(Setting, [{"key": key, "value": changed[key]} for key in changed if key not in ids])
        open_set.update(Setting, [{"id": ids[key], "value": changed[key]} for key in changed if key in ids])
        refresh_totals(open_set, company.working_calendar)
        return open_set.change_set_id


def back_up(store: Store) -> Path | None:
    """A copy of the database beside it; None where a database server keeps it (its own tools back it up)."""
    return migration.back_up(store.engine)
