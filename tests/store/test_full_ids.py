"""A store that an older program filled with short ids meets today's files without doubles."""

from datetime import date
from pathlib import Path

from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from spm.ids import in_full, with_full_ids
from spm.intake.queries import preview
from spm.metrics.queries import value
from spm.store import totals
from spm.store.opening import Store
from spm.store.upgrading import config
from tests.companies import empty_store, imported, scene
from tests.store.contents import LIKE_0008
from tests.store.told import told

TODAY = date(2026, 4, 1)
DEAL, OWNER, ACCOUNT = "0061t00000AbCdE", "0051t00000XyZaB", "0011t00000QwErT"
PEOPLE = "User ID,Name,Role,Team\n{owner},Ana Ruiz,Account executive,North\n"
DEALS = """Id,OwnerId,AccountId,StageName,Amount,CreatedDate,CloseDate
{deal},{owner},{account},Closed Won,100,2026-01-02,2026-02-02
"""
ACCOUNTS = "Account ID,Account Name,Industry\n{account},Acme,Tools\n"
QUOTAS = "OwnerId,Quarter,Quota\n{owner},2026-Q1,500\n"
SHEETS = {"people.csv": PEOPLE, "opportunities.csv": DEALS, "accounts.csv": ACCOUNTS, "quotas.csv": QUOTAS}


def sheets() -> dict[str, str | bytes]:
    ids = {"deal": DEAL, "owner": OWNER, "account": ACCOUNT}
    return {name: sheet.format(**ids) for name, sheet in SHEETS.items()}


def with_short_ids(store: Store) -> None:
    """Writes the ids as an older program kept them."""
    with store.write_transaction() as connection:
        for table, column in (("person", "key"), ("deal", "key"), ("deal", "account"), ("listed", "key"), ("listed", "codes"),
                              ("quota", "key")):  # fmt: skip
            for short in (DEAL, OWNER, ACCOUNT):
                statement = f"UPDATE {table} SET {column} = replace({column}, :full, :short)"
                connection.execute(text(statement), {"full": in_full(short), "short": short})


def write_in_full(connection: Connection) -> int:
    """What the migration script does; how many cells changed."""
    script = ScriptDirectory.from_config(config(connection)).get_revision("0006")
    changed_count: int = script.module.write_in_full(connection)
    return changed_count


def test_ids_within_a_text_are_written_in_full() -> None:
    assert in_full("001A0000006Vm9r") == "001A0000006Vm9rIAC"
    assert with_full_ids("account | 001A0000006Vm9r") == "account | 001A0000006Vm9rIAC"
    assert with_full_ids("001A0000006Vm9rIAC#10") == "001A0000006Vm9rIAC#10"
    assert with_full_ids("000000000000001") == "000000000000001"


def test_a_store_with_short_ids_becomes_the_one_that_todays_files_make(tmp_path: Path) -> None:
    store = empty_store(tmp_path)
    imported(store, sheets(), TODAY)
    before = told(store)
    with_short_ids(store)
    assert told(store) != before
    with store.write_transaction() as connection:
        assert write_in_full(connection) > 0
        totals.rebuild(connection)
    assert told(store) == before
    files = [(name, content.encode()) for name, content in sheets().items() if isinstance(content, str)]
    assert preview(store, files, TODAY).changes_nothing
    assert value(scene(store, TODAY), "bookings", rep="Ana Ruiz") == 100_00


def test_a_file_of_an_older_program_is_opened_with_full_ids(tmp_path: Path) -> None:
    store = empty_store(tmp_path)
    imported(store, sheets(), TODAY)
    before = told(store)
    with_short_ids(store)
    with store.write_transaction() as connection:
        for statement in (*LIKE_0008, "DROP INDEX deal_by_expected_close"):  # which came later
            connection.execute(text(statement))
        connection.execute(text("UPDATE alembic_version SET version_num = '0005'"))
    store.close()
    assert told(empty_store(tmp_path)) == before


def test_a_full_id_that_is_there_already_keeps_its_row(tmp_path: Path) -> None:
    store = empty_store(tmp_path)
    imported(store, sheets(), TODAY)
    with_short_ids(store)
    imported(store, {"opportunities.csv": sheets()["opportunities.csv"]}, TODAY)
    with store.write_transaction() as connection:
        write_in_full(connection)
        keys = connection.execute(text("SELECT key FROM deal ORDER BY key")).scalars().all()
    assert keys == [DEAL, in_full(DEAL)]
