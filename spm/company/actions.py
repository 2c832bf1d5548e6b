"""Changing the company's settings."""

from typing import Any

from spm.company.settings import SETTING_KEYS, plain
from spm.errors import UnknownName
from spm.store.change_sets import Author, writing
from spm.store.opening import Store
from spm.store.tables import Setting


def change_settings(store: Store, author: Author, **values: Any) -> int:
    """Stores the given settings (fields of `Company`), as one change set; returns its id.

    Raises UnknownName for a setting that there is none of.
    """
    unknown = set(values) - set(SETTING_KEYS)
    if unknown:
        raise UnknownName(f"There is no setting {', '.join(sorted(unknown))}.", f"There are {', '.join(SETTING_KEYS)}.")
    with writing(store, "settings", author, ["settings"], note=", ".join(sorted(values))) as open_set:
        ids = open_set.ids_by(Setting, "key")
        open_set.insert(
            Setting, [{"key": key, "value": plain(value)} for key, value in values.items() if key not in ids]
        )
        open_set.update(
            Setting, [{"id": ids[key], "value": plain(value)} for key, value in values.items() if key in ids]
        )
        return open_set.change_set_id
