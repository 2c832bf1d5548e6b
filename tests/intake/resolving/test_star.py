"""Exports in star shape: ids become names, and what the lists say of them becomes columns to filter by."""

from pathlib import Path

import pytest
from sqlalchemy import select

from spm.intake.actions import undo
from spm.intake.resolving.lists import is_id, kind_named
from spm.store.opening import Store
from spm.store.tables import Attribute, Deal, DealVersion
from tests.companies import TESTER, empty_store, imported
from tests.store.contents import LOGS, fingerprints

DEALS = """
    OpportunitySeq,AccountSeq,CampaignSeq,SystemUserSeq,Status,Value,Opportunity Created On,CloseDate
    1,1000,7,1,Won,100,2017-01-02,2017-02-02
    2,1001,8,2,Won,200,2017-01-02,2017-02-03
    3,1000,7,2,Lost,300,2017-01-02,2017-02-04
    4,9999,8,1,Won,400,2017-01-02,2017-02-05
"""
ACCOUNTS = """
    Account Name,Country,AccountID,AccountSeq,IndustrySeq,Type
    Acme,Chile,0061aB,1000,20,Partner
    Bond,Peru,0061AB,1001,21,Customer
"""
INDUSTRIES = """
    Industry,IndustrySeq
    Mining,20
    Retail,21
"""
CAMPAIGNS = """
    CampaignSeq,Campaign Type,Campaign
    7,E-mail,Spring mail
    8,Fair,Autumn fair
"""
USERS = """
    Owner,Manager,owner_id
    Ana Ruiz,Max Boss,1
    Bo Li,Max Boss,2
"""
STAR = {
    "accounts.csv": ACCOUNTS, "industries.csv": INDUSTRIES, "campaigns.csv": CAMPAIGNS, "owners.csv": USERS,
    "opportunities.csv": DEALS,
}  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return empty_store(tmp_path)


def deals(store: Store) -> dict[str, tuple[str, dict[str, str]]]:
    with store.reading() as connection:
        return {key: (account, of_row) for key, account, of_row in connection.execute(
            select(Deal.key, Deal.account, Deal.attributes))}  # fmt: skip


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("AccountSeq", "account"),
        ("Customer_ID", "account"),
        ("Company Name", "account"),
        ("SalesTerritoryKey", "sales territory"),
        ("CampaignId", "campaign"),
        ("AnlyTxHack__Account_External_Id__c", "account external"),
        ("Id", "opportunity"),
        ("Region", "region"),
    ],
)
def test_the_kind_of_thing_that_a_column_names(header: str, kind: str) -> None:
    assert kind_named(header, ("opportunities", "x.csv")) == kind


def test_which_columns_are_ids() -> None:
    assert [is_id(header) for header in ("AccountSeq", "Id", "Account Number", "Paid", "Identity")] == [True] * 3 + [
        False
    ] * 2


def test_ids_become_names_and_lists_of_lists_are_followed(store: Store) -> None:
    imported(store, STAR)
    found = deals(store)
    assert found["1"] == (
        "Acme",
        {
            "Country": "Chile",
            "Industry": "Mining",
            "Account type": "Partner",
            "Campaign": "Spring mail",
            "Campaign Type": "E-mail",
        },
    )
    assert found["2"][1]["Industry"] == "Retail"


def test_an_id_that_no_list_has_stays_and_is_told(store: Store) -> None:
    done = imported(store, STAR)
    assert deals(store)["4"][0] == "9999"
    sheet = next(sheet for sheet in done.preview.sheets if sheet.source.file_name == "opportunities.csv")
    message = "1 rows name accounts that no list of accounts has, and are taken as written: “9999”"
    assert message in [issue.message for issue in sheet.issues]


@pytest.mark.parametrize("code", ["0061aB", "0061AB", "1001", "acme"])
def test_ids_are_told_apart_by_case_and_names_are_not(store: Store, code: str) -> None:
    sheet = DEALS.replace("1,1000,7", f"1,{code},7")
    imported(store, STAR | {"opportunities.csv": sheet})
    assert deals(store)["1"][0] == {"0061aB": "Acme", "0061AB": "Bond", "1001": "Bond", "acme": "Acme"}[code]


def test_facts_that_came_before_their_lists_take_over_what_they_say(store: Store) -> None:
    imported(store, {"opportunities.csv": DEALS})
    assert deals(store)["1"] == ("1000", {"CampaignSeq": "7"})
    imported(store, {name: text for name, text in STAR.items() if name != "opportunities.csv"})
    account, of_row = deals(store)["1"]
    assert (account, of_row["Industry"], of_row["Campaign"]) == ("Acme", "Mining", "Spring mail")
    with store.reading() as connection:
        assert connection.execute(select(DealVersion.id)).all() == []  # a name for an id is no new state of a deal


def test_lists_that_came_before_serve_later_facts_and_the_same_again_changes_nothing(store: Store) -> None:
    imported(store, {name: text for name, text in STAR.items() if name != "opportunities.csv"})
    imported(store, {"opportunities.csv": DEALS})
    assert deals(store)["3"][1]["Campaign Type"] == "E-mail"
    assert imported(store, STAR).batch is None


def test_a_list_that_changes_changes_the_facts_and_undo_restores_them(store: Store) -> None:
    imported(store, STAR)
    with store.reading() as connection:
        before = fingerprints(connection, LOGS)
    batch = imported(store, {"accounts.csv": ACCOUNTS.replace("Chile", "Cuba")}).batch
    assert deals(store)["3"][1]["Country"] == "Cuba"
    assert batch is not None
    undo(store, batch, TESTER)
    with store.reading() as connection:
        assert fingerprints(connection, LOGS) == before


def test_what_the_lists_say_can_be_filtered_by(store: Store) -> None:
    imported(store, STAR)
    with store.reading() as connection:
        marked = set(connection.execute(select(Attribute.key).where(Attribute.is_filter)).scalars())
    assert {"country", "industry", "campaign_type", "account_type"} <= marked
