"""Writing exchange rates: what they convert changes in the same change set, and its undo brings both back."""

from spm.errors import Refusal
from spm.intake.actions import FACTS
from spm.intake.exchange.rates import MONEY, Rate, Revaluation
from spm.intake.queries import AREAS
from spm.intake.resolving.rates import Needed, mean
from spm.store import tables
from spm.store.change_sets import Author, Writing, writing
from spm.store.opening import Store, revision
from spm.store.rows import Row
from spm.store.upkeep import refresh_totals

SETTING = "plan_rates_of"
TOLD = ("currency", "is_plan", "starts_on", "rate", "origin")


def change_rates(store: Store, author: Author, planned: Revaluation) -> int:
    """Stores rates and everything that follows from them, as one change set; returns its id.

    Raises Refusal where somebody else wrote since it was worked out.
    """
    with writing(store, "settings", author, AREAS, planned.note) as open_set:
        if planned.revision != revision(open_set.connection, *AREAS):
            raise Refusal("Somebody else changed something meanwhile.", "Look at what would change once more.")
        _write_rates(open_set, planned)
        _write_setting(open_set, planned.company.plan_rates_of)
        for found in planned.differences:
            names = ["id", *(name for name in MONEY if name in found.given)]
            open_set.update(FACTS[found.table], found.changed[names].to_dict("records"))
        refresh_totals(open_set, planned.company.working_calendar)
        return open_set.change_set_id


def _write_rates(open_set: Writing, planned: Revaluation) -> None:
    """One that says something else than its sheet did no longer names the sheet."""
    stored = {
        Needed(row["currency"], row["is_plan"], row["starts_on"]).key: row
        for row in open_set.rows(tables.ExchangeRate, "id", *TOLD)
    }
    wanted = {key: _told(rate, planned) for key, rate in planned.rates.items()}
    open_set.insert(tables.ExchangeRate, [row for key, row in wanted.items() if key not in stored])
    changed = {
        key: row for key, row in wanted.items() if key in stored and stored[key] != {"id": stored[key]["id"], **row}
    }
    by_hand = {"source_id": None, "source_row": None}
    open_set.update(tables.ExchangeRate, [{"id": stored[key]["id"], **row, **by_hand} for key, row in changed.items()])
    open_set.delete(tables.ExchangeRate, [row["id"] for key, row in stored.items() if key not in wanted])


def _told(rate: Rate, planned: Revaluation) -> Row:
    starts_on = rate.needed(planned.company).starts_on
    return dict(zip(TOLD, (rate.currency, rate.is_plan, starts_on, mean([rate.rate]), rate.origin), strict=True))


def _write_setting(open_set: Writing, year: int | None) -> None:
    known = open_set.rows(tables.Setting, "id", "value", key=SETTING)
    if not known and year is not None:
        open_set.insert(tables.Setting, [{"key": SETTING, "value": year}])
    elif known and known[0]["value"] != year:
        open_set.update(tables.Setting, [{"id": known[0]["id"], "value": year}])
