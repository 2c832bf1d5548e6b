from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from spm.calendar import Span
from spm.company.actions import back_up, change_settings
from spm.company.queries import backups_of, change_list, company_of, database_of, standing_of
from spm.errors import Refusal
from spm.intake.actions import undo
from spm.metrics.queries import scene_of, value
from spm.store.opening import Store, open_store
from tests.companies import imported
from tests.stores import AUTHOR, TODAY, contents, small_company


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = small_company(tmp_path)
    yield opened
    opened.close()


def test_settings_are_kept_and_named_in_the_list_of_changes(store: Store) -> None:
    number = change_settings(store, AUTHOR, name="Acme", fiscal_first_month=2, closing_days=(date(2017, 12, 27),))
    company = company_of(store)
    assert (company.name, company.fiscal_first_month, company.closing_days) == ("Acme", 2, (date(2017, 12, 27),))
    latest = change_list(store).iloc[0]
    assert (latest["id"], latest["kind"], latest["author"]) == (number, "settings", "Olga Ops")
    assert latest["note"] == "company name, first month of the fiscal year, closing days"
    assert not latest["is_verified"]


def test_what_is_so_already_makes_no_change_set(store: Store) -> None:
    assert change_settings(store, AUTHOR, currency="USD", outstanding=1.2) is None
    assert len(change_list(store)) == 1


@pytest.mark.parametrize(
    "values",
    [
        {"colour": "red"},
        {"name": " "},
        {"currency": "XYZ"},
        {"currency": "JPY"},
        {"fiscal_first_month": 13},
        {"country": "ZZ"},
        {"country": "DE-XX"},
        {"bookings_from": "dreams"},
        {"outstanding": 0.9},
        {"near_target": 0.0},
    ],
)
def test_what_a_company_cannot_have_is_refused(store: Store, values: dict[str, Any]) -> None:
    before = contents(store)
    with pytest.raises(Refusal):
        change_settings(store, AUTHOR, **values)
    assert contents(store) == before


def test_an_empty_company_may_count_in_a_currency_without_cents(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'empty.db'}")
    change_settings(store, AUTHOR, currency="JPY")
    assert company_of(store).currency == "JPY"
    store.close()


def test_holidays_spread_quotas_anew_and_undo_spreads_them_back(store: Store) -> None:
    """Bo's 2,100 from April to June 2017: 65 weekdays; 64 and Memorial Day in the US."""
    may = Span(date(2017, 5, 1), date(2017, 6, 1))
    weekdays, before = value(scene_of(store, TODAY), "quota", may, rep="Bo Li"), contents(store)
    assert weekdays == pytest.approx(2100_00 * 23 / 65, abs=1)
    number = change_settings(store, AUTHOR, country="US")
    assert number is not None
    assert value(scene_of(store, TODAY), "quota", may, rep="Bo Li") == pytest.approx(2100_00 * 22 / 64, abs=1)
    undo(store, number, AUTHOR)
    assert value(scene_of(store, TODAY), "quota", may, rep="Bo Li") == weekdays
    assert contents(store) == before


def test_a_closing_day_is_no_working_day(store: Store) -> None:
    first = Span(date(2017, 4, 3), date(2017, 4, 4))
    change_settings(store, AUTHOR, closing_days=(date(2017, 4, 3),))
    assert value(scene_of(store, TODAY), "quota", first, rep="Bo Li") in (None, 0.0)


def test_a_backup_lies_beside_the_database_and_opens(store: Store, tmp_path: Path) -> None:
    file = back_up(store)
    assert file is not None
    (backup,) = backups_of(store)
    assert (backup.file, backup.bytes_count) == (file, file.stat().st_size)
    copy = open_store(f"sqlite:///{file}")
    assert contents(copy) == contents(store)
    copy.close()
    assert database_of(store) == str(tmp_path / "spm.db")


def test_today_says_where_it_comes_from(store: Store) -> None:
    fresh = date(2017, 5, 26)
    assert standing_of(store, fresh).today == fresh
    old = standing_of(store, date(2026, 1, 1))
    assert (old.today, old.last_fact_on) == (date(2017, 4, 11), date(2017, 4, 11))
    change_settings(store, AUTHOR, today_override=date(2017, 3, 1))
    assert standing_of(store, TODAY).today == date(2017, 3, 1)


def test_a_ramp_is_kept_for_everybody_and_for_a_role(store: Store) -> None:
    assert company_of(store).ramp_of("account_executive") == (0.0, 0.25, 0.5, 0.75, 1.0)
    change_settings(store, AUTHOR, ramp=(0.5, 1.0))
    change_settings(store, AUTHOR, ramps_of_roles=(("account_executive", (0.0, 0.0, 0.4, 1.0)),))
    company = company_of(store)
    assert company.ramp_of("account_executive") == (0.0, 0.0, 0.4, 1.0)
    assert company.ramp_of("sales_representative") == (0.5, 1.0)
    assert change_list(store).iloc[0]["note"] == "ramps of single roles"


@pytest.mark.parametrize(
    ("ramp", "reason"),
    [((), "ends with the whole"), ((0.5,), "ends with the whole"), ((1.2, 1.0), "between 0 and 100 %"),
     ((-0.1, 1.0), "between 0 and 100 %"), ((0.5,) * 36 + (1.0,), "at most 36 months")],
)  # fmt: skip
def test_a_ramp_rises_to_the_whole_target(store: Store, ramp: tuple[float, ...], reason: str) -> None:
    for changed in ({"ramp": ramp}, {"ramps_of_roles": (("account_executive", ramp),)}):
        with pytest.raises(Refusal, match=reason):
            change_settings(store, AUTHOR, **changed)


def test_the_currency_stays_once_others_were_converted_into_it(store: Store) -> None:
    imported(store, {"rates.csv": "Currency,To,Month,Rate\nGBP,USD,2017-02-01,1.25"})
    with pytest.raises(Refusal, match="converted into USD"):
        change_settings(store, AUTHOR, currency="EUR")
