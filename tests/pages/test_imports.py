"""Imports: what came in, from whom, which rows stand of it, what was said of them."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from spm.company.actions import change_settings
from spm.intake.actions import undo
from spm.intake.inbox.actions import take_in
from spm.intake.queries import import_issues, imported_rows, imports
from spm.store.opening import open_store
from tests.companies import REAL_TODAY, TESTER, imported
from tests.stores import DEALS

Reader = Callable[..., AppTest]

BROKEN = DEALS.replace(b"D1,Ana", b"D9,Ana").replace(b"2017-03-11", b"31 Febtember")


def opened(app: AppTest, source_id: int) -> AppTest:
    app.query_params["sheet"] = str(source_id)
    app.run()
    assert not app.exception
    return app


def test_an_empty_page_points_to_upload(reader: Reader, empty_url: str) -> None:
    app = reader(empty_url, "imports")
    assert not app.exception
    assert app.title[0].value == "Nothing has come in yet"
    assert [button.label for button in app.button] == ["Upload sheets"]


def test_what_the_inbox_refused_is_named_until_it_has_come_in(reader: Reader, filled_url: str, tmp_path: Path) -> None:
    store = open_store(filled_url)
    change_settings(store, TESTER, inbox_folder=str(tmp_path))
    (tmp_path / "more.csv").write_text("Deal id,Owner,Stage,Amount,Close date\nX1,Ana,Live,5,2017-01-02\n")
    os.utime(tmp_path / "more.csv", (0, 0))
    taken = take_in(store, tmp_path, REAL_TODAY)
    assert taken is not None
    assert taken.is_refused
    assert "The inbox refused more.csv." in [one.value for one in reader(filled_url, "home").markdown]
    (shown,) = reader(filled_url, "imports").expander
    assert shown.label.startswith("more.csv, taken on ")
    assert "is it won, lost or still open?" in shown.text[0].value

    (taken.lies_in / "more.csv").rename(taken.lies_in / "deals.csv")
    imported(store, {"deals.csv": DEALS.replace(b"Won,1000", b"Won,1100")}, REAL_TODAY)
    assert [shown.label for shown in reader(filled_url, "imports").expander] == []
    assert not [one for one in reader(filled_url, "home").markdown if "inbox refused" in one.value]


def test_every_sheet_is_listed_with_who_brought_it_and_that_nobody_checked(reader: Reader, filled_url: str) -> None:
    app = reader(filled_url, "imports")
    assert app.title[0].value == "4 sheets from 1 import"
    listed = app.dataframe[0].value
    assert listed["name"].tolist() == ["people.csv", "deals.csv", "activities.csv", "quotas.csv"]
    assert listed["who"].unique().tolist() == ["Olga Ops, not verified"]
    assert listed["new_count"].tolist() == [4, 5, 3, 4]
    assert listed["status"].unique().tolist() == ["in"]


def test_a_sheet_opens_to_its_rows(reader: Reader, filled_url: str) -> None:
    app = opened(reader(filled_url, "imports"), 2)
    assert app.subheader[0].value == "deals.csv"
    rows = app.dataframe[1].value
    assert rows["source_row"].tolist() == [2, 3, 4, 5, 6]
    assert rows["owner"].tolist() == ["Ana Ruiz", "A. Ruiz", "A. Ruiz", "Bo Li", "Bo Li"]
    assert rows["amount"].tolist() == [1000, 500, 300, 2000, 900]


def test_a_key_that_no_sheet_says_is_not_shown(reader: Reader, filled_url: str) -> None:
    assert "D1" in opened(reader(filled_url, "imports"), 2).dataframe[1].value["key"].tolist()
    assert "key" not in opened(reader(filled_url, "imports"), 3).dataframe[1].value  # calls have no ids


def test_a_row_belongs_to_the_last_sheet_that_told_of_it(filled_url: str) -> None:
    store = open_store(filled_url)
    imported(store, {"later.csv": DEALS.replace(b"Box,East,Won,1000", b"Box,East,Won,1100")}, REAL_TODAY)
    later = int(imports(store)["source_id"].iloc[0])
    assert imported_rows(store, later)[["key", "amount_cents"]].values.tolist() == [["D1", 110_000]]
    assert imported_rows(store, 2)["key"].tolist() == ["D2", "D3", "D4", "D5"]


def test_what_was_said_of_a_sheet_stays_with_it(reader: Reader, filled_url: str) -> None:
    store = open_store(filled_url)
    imported(store, {"broken.csv": BROKEN}, REAL_TODAY)
    source = int(imports(store)["source_id"].iloc[0])
    said = import_issues(store, source)
    assert said.loc[0, ["severity", "row", "column", "found"]].tolist() == ["refused", 4, "Close Date", "31 Febtember"]
    app = opened(reader(filled_url, "imports"), source)
    assert app.dataframe[-1].value["what"].iloc[0] == "refused"


def test_an_undone_import_stays_in_the_list_without_rows_and_without_an_undo(reader: Reader, filled_url: str) -> None:
    undo(open_store(filled_url), 1, TESTER)
    app = reader(filled_url, "imports")
    assert app.title[0].value == "Nothing stands: every import was undone"
    assert app.dataframe[0].value["status"].unique().tolist() == ["undone by tester"]
    opened(app, 2)
    assert not any(button.label.startswith("Undo") for button in app.button)


RATES = "Currency,To,Month,Rate,Source\nEUR,USD,2017-02-01,1.085,ECB"
SPLITS = "Opportunity ID,Owner,Split\nD1,Ana Ruiz,60 %\nD1,Bo Li,40 %"
LEAVE = "Name,From,To (last day),Share away,Reason\nBo Li,2017-03-06,2017-03-10,50 %,Holiday"
COUNTS = "Rep,Date,Doors,Samples\nBo Li,2017-03-01,12,3"


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("rates.csv", RATES, {"currency": "EUR", "starts_on": date(2017, 2, 1), "rate": "1.085", "origin": "ECB"}),
        ("splits.csv", SPLITS, {"deal": "D1", "owner": "Ana Ruiz", "amount": 600.0, "credit_share": 60.0}),
        ("leave.csv", LEAVE, {"owner": "Bo Li", "until": date(2017, 3, 10), "away_share": 50.0, "reason": "Holiday"}),
        ("counts.csv", COUNTS, {"on": date(2017, 3, 1), "owner": "Bo Li", "count": 12.0, "kind": "doors"}),
    ],
)
def test_every_kind_of_sheet_opens_to_what_its_rows_say(
    reader: Reader, filled_url: str, name: str, content: str, expected: dict[str, Any]
) -> None:
    imported(open_store(filled_url), {name: content})
    row = opened(reader(filled_url, "imports"), 5).dataframe[1].value.iloc[0]
    assert row["source_row"] == 2
    assert {column: pd.Timestamp(row[column]).date() if isinstance(told, date) else row[column]
            for column, told in expected.items()} == expected  # fmt: skip
