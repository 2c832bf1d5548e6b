"""Exports that others wrote, taken whole and without code for them: the answers against sums of the files themselves."""

import csv
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from spm.metrics.queries import Question, Scene, values
from spm.store import reading
from tests.companies import empty_store, files_of, imported, scene


def rows_of(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened))


def company(folder: Path, database: Path, *names: str) -> Scene:
    store = empty_store(database)
    imported(store, files_of(folder, *names))
    return scene(store)


def by(scene_of_all: Scene, metric: str, dimension: str) -> dict[str, Decimal]:
    """The metric by a dimension, in major units, groups without a value left out."""
    frame = values(scene_of_all, Question(metric, by=(dimension,)))
    told = zip(frame[dimension], frame["numerator"].fillna(frame["value"]), strict=True)
    return {name: Decimal(int(value)) / 100 for name, value in told if value and isinstance(name, str)}


def test_opportunities_in_star_shape(shared_data: Path, tmp_path: Path) -> None:
    folder = shared_data / "pbi_regional_sales"
    names = ("accounts", "campaigns", "industries", "opportunities", "owners", "products", "territories")
    whole = company(folder, tmp_path, *(f"{name}.csv" for name in names))
    owners = {row["owner_id"]: row["Owner"] for row in rows_of(folder / "owners.csv")}
    industries = {row["IndustrySeq"]: row["Industry"] for row in rows_of(folder / "industries.csv")}
    accounts = {row["AccountSeq"]: industries[row["IndustrySeq"]] for row in rows_of(folder / "accounts.csv")}
    by_owner: Counter[str] = Counter()
    by_industry: Counter[str] = Counter()
    for row in rows_of(folder / "opportunities.csv"):
        if row["Status"] == "Won":
            by_owner[owners[row["SystemUserSeq"]]] += int(row["Value"])
            by_industry[accounts[row["AccountSeq"]]] += int(row["Value"])
    assert by(whole, "bookings", "rep") == by_owner
    told = by(whole, "bookings", "industry")
    assert {name: amount for name, amount in by_industry.items() if name != "n/a"} == {
        name: amount
        for name, amount in told.items()
        if name != "0"  # the industry that the list calls n/a
    }


def test_deals_that_name_companies_by_their_domain(shared_data: Path, tmp_path: Path) -> None:
    folder = shared_data / "hubspot_dummy"
    whole = company(folder, tmp_path, "hubspot_companies.csv", "hubspot_deals.csv")
    industries = {row["Company Domain Name"]: row["Industry"] for row in rows_of(folder / "hubspot_companies.csv")}
    won: Counter[str] = Counter()
    for row in rows_of(folder / "hubspot_deals.csv"):
        if row["Deal Stage"] == "Closed Won":
            won[industries[row["Associated Company Domain"]]] += Decimal(row["Amount"])  # type: ignore[assignment]
    assert by(whole, "bookings", "industry") == won


def test_orders_of_customers_whose_segment_is_in_another_file(shared_data: Path, tmp_path: Path) -> None:
    folder = shared_data / "fmcg_nigeria"
    whole = company(folder, tmp_path, "Customers.csv", "Products.csv", "Sales.csv", "SalesReps.csv")
    segments = {row["Customer_ID"]: row["Segment"] for row in rows_of(folder / "Customers.csv")}
    sums: Counter[str] = Counter()
    for row in {row["Order_ID"]: row for row in rows_of(folder / "Sales.csv")}.values():
        if row["Units_Sold"] and row["Unit_Price_NGN"]:
            discount = 1 - Decimal(row["Discount_Pct"].replace("N/A", "0"))
            sums[segments[row["Customer_ID"]]] += Decimal(row["Units_Sold"]) * Decimal(row["Unit_Price_NGN"]) * discount  # type: ignore[assignment]
    sums.pop("", None)  # a customer without a segment
    told = by(whole, "bookings", "segment")
    assert told.keys() == sums.keys()
    assert all(abs(told[name] - sums[name]) < 1 for name in sums)  # each order is rounded to the kobo


@pytest.mark.parametrize(("day", "team"), [(date(2012, 11, 29), "Northeast"), (date(2012, 11, 30), "Central")])
def test_territories_over_time(shared_data: Path, tmp_path: Path, day: date, team: str) -> None:
    store = empty_store(tmp_path)
    imported(store, files_of(shared_data / "adventureworks", "reps.csv", "territory_history.csv"))
    people, assignments = reading.people(store), reading.assignments(store)
    own = assignments[assignments["person_id"] == people.set_index("name")["id"]["Michael Blythe"]]
    held = [row.team for row in own.itertuples() if (row.starts_on or day) <= day < (row.ends_before or date.max)]
    assert held == [team]
