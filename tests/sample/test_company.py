"""The sample company is believable, whole, and the same every time."""

from datetime import date, timedelta
from hashlib import sha256

import numpy as np
import pandas as pd
import pytest

from spm.intake.layouts import LAYOUTS
from spm.sample.company import company
from spm.sample.words import OPEN_STAGES

LAST_DAY = date(2026, 11, 20)
OWN_ATTRIBUTES = {"deals": {"segment", "region"}, "people": {"region"}}
ROLES = {
    "Sales Development Representative",
    "Sales Representative",
    "Account Executive",
    "Sales Manager",
    "Head of Sales",
}
Sheets = dict[str, pd.DataFrame]


@pytest.fixture(scope="module")
def sheets() -> Sheets:
    return company(last_day=LAST_DAY)


def digest(sheets: Sheets) -> str:
    return sha256("".join(f"{key}{frame.to_csv()}" for key, frame in sheets.items()).encode()).hexdigest()


def first_rows(sheets: Sheets) -> pd.DataFrame:
    return sheets["people"].drop_duplicates("key").set_index("key")


def quarter(days: pd.Series) -> pd.Series:
    return pd.to_datetime(days).dt.to_period("Q")


def won(sheets: Sheets) -> pd.DataFrame:
    deals = sheets["deals"]
    deals = deals[deals["stage"] == "Closed Won"]
    return deals.assign(amount=deals["amount"].astype(float), quarter=quarter(deals["closed_on"]))


def own_quotas(sheets: Sheets) -> pd.DataFrame:
    quotas = sheets["quotas"]
    return quotas[quotas["scope"] == "Own"].assign(quarter=lambda rows: quarter(rows["starts_on"]))


def test_same_arguments_give_the_same_cells_and_another_seed_others() -> None:
    small = {"last_day": LAST_DAY, "reps_count": 12, "months_count": 12}
    assert digest(company(**small, seed=7)) == digest(company(**small, seed=7))
    assert digest(company(**small, seed=7)) != digest(company(**small, seed=8))


def test_columns_are_fields_of_the_layouts_or_the_companys_own(sheets: Sheets) -> None:
    assert list(sheets) == ["people", "products", "deals", "leads", "activities", "quotas", "costs", "deal_history"]
    for key, frame in sheets.items():
        known = {field.key for field in LAYOUTS[key].fields}
        assert set(frame.columns) - known == OWN_ATTRIBUTES.get(key, set())


def test_counts(sheets: Sheets) -> None:
    assert len(sheets["deals"]) == 6_480
    assert len(sheets["leads"]) == 7_776
    assert len(sheets["activities"]) == 14_400
    assert len(sheets["costs"]) == 36 * 6 * 3  # a month, source and segment each
    people = first_rows(sheets)
    assert people["role"].isin(["Sales Manager", "Head of Sales"]).sum() == 6
    assert len(people) == 46
    assert people["name"].is_unique
    assert people["email"].is_unique
    assert set(sheets["people"]["role"]) == ROLES


@pytest.mark.parametrize(
    ("reps_count", "months_count", "deals_count"),
    [(1, 1, 1), (1, 3, 5), (3, 7, 50), (25, 5, 400), (60, 13, 900)],
)
def test_any_size_will_do(reps_count: int, months_count: int, deals_count: int) -> None:
    sheets = company(
        last_day=date(2026, 2, 1), reps_count=reps_count, months_count=months_count, deals_count=deals_count
    )
    assert len(sheets["deals"]) == deals_count
    days = pd.concat([sheets["deals"]["created_on"], sheets["leads"]["created_on"]])
    assert days.max() <= date(2026, 2, 1)


@pytest.mark.parametrize("wrong", [{"reps_count": 0}, {"months_count": 0}, {"deals_count": 0}, {"reps_count": 5_000}])
def test_a_size_that_makes_no_sense_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"at least one|names for"):
        company(last_day=LAST_DAY, **wrong)


def test_nothing_happens_before_the_first_or_after_the_last_day(sheets: Sheets) -> None:
    first_day = date(2023, 12, 1)
    for key, column in (
        ("deals", "created_on"), ("deals", "closed_on"), ("leads", "created_on"), ("leads", "qualified_on"),
        ("leads", "converted_on"), ("activities", "happened_on"),
    ):  # fmt: skip
        days = sheets[key][column].dropna()
        assert first_day <= days.min()
        assert days.max() <= LAST_DAY


def test_a_deal_closes_on_or_after_the_day_it_opens_and_only_then_has_an_end(sheets: Sheets) -> None:
    deals = sheets["deals"]
    is_closed = deals["stage"].isin(["Closed Won", "Closed Lost"])
    closed = deals[is_closed]
    assert (closed["closed_on"] >= closed["created_on"]).all()
    assert deals.loc[~is_closed, "closed_on"].isna().all()
    assert closed["amount"].notna().all()
    assert deals["key"].is_unique


def test_some_open_deals_are_late_old_or_without_a_value(sheets: Sheets) -> None:
    deals = sheets["deals"]
    open_deals = deals[deals["closed_on"].isna()]
    assert set(open_deals["stage"]) == {"Qualification", "Discovery", "Demo", "Proposal", "Negotiation"}
    assert (open_deals["expected_close_on"] < LAST_DAY).sum() >= 20
    assert (open_deals["created_on"] < LAST_DAY - timedelta(days=180)).sum() >= 10
    assert 0 < open_deals["amount"].isna().sum() < len(open_deals) / 10


def test_bookings_peak_at_quarter_ends_and_dip_in_summer(sheets: Sheets) -> None:
    deals = sheets["deals"]
    in_two_years = won(sheets)[lambda rows: rows["closed_on"].between(date(2024, 10, 1), date(2026, 9, 30))]
    month = pd.to_datetime(in_two_years["closed_on"]).dt.month
    by_month = in_two_years.groupby(month)["amount"].sum()
    last_of_quarter = by_month[[3, 6, 9, 12]].mean()
    assert last_of_quarter > 1.4 * by_month.drop([3, 6, 9, 12]).mean()
    opened = deals.groupby(pd.to_datetime(deals["created_on"]).dt.month).size()
    assert opened[[7, 8]].mean() < 0.9 * opened[[5, 6, 9, 10]].mean()


def test_leavers_have_nothing_after_their_last_day_and_nobody_before_the_first(sheets: Sheets) -> None:
    people = first_rows(sheets)
    assert 6 <= people["ended_on"].notna().sum() <= 15
    for key, column in (("deals", "closed_on"), ("leads", "created_on"), ("activities", "happened_on")):
        rows = sheets[key].dropna(subset=column)
        started, ended = (rows["owner_key"].map(people[day]) for day in ("started_on", "ended_on"))
        assert (rows[column] >= started).all()
        assert (rows[column] <= ended.fillna(LAST_DAY)).all()
    open_deals = sheets["deals"][lambda rows: rows["closed_on"].isna()]
    assert open_deals["owner_key"].map(people["ended_on"]).isna().all()


def test_starters_open_less_in_their_first_three_months(sheets: Sheets) -> None:
    people, deals = first_rows(sheets), sheets["deals"]
    sellers = people[people["role"].isin(["Sales Representative", "Account Executive"])]
    starters = sellers[sellers["started_on"].between(date(2023, 12, 2), date(2026, 1, 1)) & sellers["ended_on"].isna()]
    assert len(starters) >= 3
    own = deals[deals["owner_key"].isin(starters.index)]
    tenure_days = (
        pd.to_datetime(own["created_on"]) - pd.to_datetime(own["owner_key"].map(starters["started_on"]))
    ).dt.days
    assert (tenure_days < 91).sum() < 0.6 * ((tenure_days >= 182) & (tenure_days < 273)).sum()


def test_people_change_role_team_and_manager_from_a_day_on(sheets: Sheets) -> None:
    people = sheets["people"]
    assert (people.groupby("key")["valid_from"].diff().dropna() > timedelta(0)).all()
    assert (people["valid_from"] >= people["started_on"]).all()
    reps = people[~people["role"].isin(["Sales Manager", "Head of Sales"])]
    assert (reps.groupby("key")["role"].nunique() == 2).sum() >= 2  # promoted
    assert (reps.groupby("key")["team"].nunique() == 2).sum() >= 2  # moved
    assert (reps.groupby("team")["manager"].nunique() == 2).sum() >= 3  # handed over or swapped
    managers = people[people["role"] == "Sales Manager"]
    assert (managers.groupby("key")["team"].nunique() == 2).sum() == 2
    assert set(managers["manager_key"]) == set(people.loc[people["role"] == "Head of Sales", "key"])
    assert people.groupby("key")[["started_on", "name"]].nunique().eq(1).all(axis=None)


def test_quotas_are_whole_thousands_and_a_teams_is_a_little_less_than_its_members(sheets: Sheets) -> None:
    quotas, people = sheets["quotas"], sheets["people"]
    assert all(amount % 1_000 == 0 and amount > 0 for amount in quotas["amount"])
    assert (quotas["ends_on"] >= quotas["starts_on"]).all()
    assert not quotas.duplicated(["owner_key", "starts_on", "scope"]).any()
    team = quotas[(quotas["scope"] == "Team") & (quotas["starts_on"] == date(2025, 7, 1))]
    assert sorted(team["team"]) == ["Central", "Northeast"]
    on_the_day = people[people["valid_from"] <= date(2025, 7, 1)].drop_duplicates("key", keep="last").set_index("key")
    own = own_quotas(sheets)[lambda rows: rows["quarter"] == "2025Q3"]
    members = own.groupby(own["owner_key"].map(on_the_day["team"]))["amount"].sum()
    for _, row in team.iterrows():
        assert abs(float(row["amount"]) - float(members[row["team"]]) * 0.95) <= 500
        assert on_the_day.loc[row["owner_key"], "team"] == row["team"]


def test_the_plan_of_a_quarter_is_close_to_what_is_booked(sheets: Sheets) -> None:
    plan = own_quotas(sheets).groupby("quarter")["amount"].sum().astype(float)
    booked = won(sheets).groupby("quarter")["amount"].sum()
    attained = (booked / plan)["2024Q1":"2026Q3"]
    assert attained.between(0.85, 1.2).all()


def test_attainments_spread_over_all_bands(sheets: Sheets) -> None:
    quotas = own_quotas(sheets)[lambda rows: rows["quarter"].between("2024Q1", "2026Q3")]
    booked = won(sheets).groupby(["owner_key", "quarter"])["amount"].sum()
    quota = quotas.set_index(["owner_key", "quarter"])["amount"].astype(float)
    attained = booked.reindex(quota.index).fillna(0) / quota
    shares = np.histogram(attained, bins=[0, 0.8, 1, 1.2, 99])[0] / len(attained)
    assert shares == pytest.approx([0.2, 0.33, 0.32, 0.15], abs=0.08)


def test_a_converted_lead_names_a_later_deal_of_the_same_account_and_source(sheets: Sheets) -> None:
    leads, deals = sheets["leads"], sheets["deals"].set_index("key")
    converted = leads[leads["status"] == "Converted"]
    assert 0.2 < len(converted) / len(leads) < 0.35
    assert converted["deal_key"].is_unique
    assert leads.loc[leads["status"] != "Converted", ["deal_key", "converted_on"]].isna().all(axis=None)
    deal = deals.loc[converted["deal_key"]].set_axis(converted.index)
    assert (deal["account"] == converted["account"]).all()
    assert (deal["source"] == converted["source"]).all()
    assert (deal["created_on"] == converted["converted_on"]).all()
    assert (converted["created_on"] <= converted["qualified_on"]).all()
    assert (converted["qualified_on"] <= converted["converted_on"]).all()
    assert set(leads["status"]) == {"New", "Working", "Qualified", "Converted", "Disqualified"}


def test_an_activity_on_a_deal_lies_in_its_life_and_is_its_owners(sheets: Sheets) -> None:
    activities, deals = sheets["activities"], sheets["deals"].set_index("key")
    on_deals = activities.dropna(subset="deal_key")
    assert 0.5 < len(on_deals) / len(activities) < 0.6
    deal = deals.loc[on_deals["deal_key"]].set_axis(on_deals.index)
    assert (deal["owner_key"] == on_deals["owner_key"]).all()
    assert (deal["account"] == on_deals["account"]).all()
    assert (on_deals["happened_on"] >= deal["created_on"]).all()
    assert (on_deals["happened_on"] <= deal["closed_on"].fillna(LAST_DAY)).all()
    assert set(activities["kind"]) == {"Call", "Email", "Meeting", "Demo"}
    meetings = activities[activities["kind"].isin(["Meeting", "Demo"])]
    assert set(meetings["outcome"]) == {"Completed", "No show", "Cancelled"}


def test_a_name_and_an_id_are_the_same_person_everywhere(sheets: Sheets) -> None:
    name = first_rows(sheets)["name"]
    for key in ("deals", "leads", "activities", "quotas"):
        assert (sheets[key]["owner_key"].map(name) == sheets[key]["owner"]).all()


def test_costs_are_a_tenth_of_bookings_and_events_cost_most_for_what_they_bring(sheets: Sheets) -> None:
    spent = sheets["costs"].astype({"amount": float}).groupby("source")["amount"].sum()
    share = spent / won(sheets).groupby("source")["amount"].sum()
    assert 0.08 < spent.sum() / won(sheets)["amount"].sum() < 0.13
    assert share.idxmax() == "Event"
    assert share.idxmin() == "Referral"
    assert set(sheets["costs"]["segment"]) == set(sheets["deals"]["segment"])
    assert all(day.day == 1 and day <= LAST_DAY for day in sheets["costs"]["spent_on"])


def test_a_history_begins_with_the_deal_and_ends_where_it_is(sheets: Sheets) -> None:
    history, deals = sheets["deal_history"], sheets["deals"].set_index("key")
    of_deal = history.groupby("deal_key", sort=False)
    first, last = of_deal.first(), of_deal.last()
    told = deals.loc[last.index]
    assert (first["known_on"] == told["created_on"]).all()
    assert (last["stage"] == told["stage"]).all()
    assert (last["expected_close_on"] == told["expected_close_on"]).all()
    assert (last["owner_key"] == told["owner_key"]).all()
    closed = told["closed_on"].notna()
    assert (last.loc[closed, "known_on"] == told.loc[closed, "closed_on"]).all()
    assert of_deal["known_on"].apply(lambda days: days.is_monotonic_increasing).all()
    since = date(2025, 6, 1)  # a CRM keeps 18 months
    assert set(last.index) == set(deals.index[deals["created_on"] >= since])


def test_deals_go_through_the_stages_in_their_order_and_some_closes_are_put_off(sheets: Sheets) -> None:
    history = sheets["deal_history"]
    places = history["stage"].map(
        {stage: place for place, stage in enumerate([*OPEN_STAGES, "Closed Won", "Closed Lost"])}
    )
    went = places.groupby(history["deal_key"], sort=False)
    assert went.apply(lambda of: of.is_monotonic_increasing and of.iloc[0] == 0).all()
    won_keys = history.loc[history["stage"] == "Closed Won", "deal_key"]
    assert (history[history["deal_key"].isin(won_keys)].groupby("deal_key").size() == 6).all()  # no stage left out
    put_off = history.groupby("deal_key")["expected_close_on"].agg(lambda days: days.iloc[0] < days.iloc[-1])
    changed = history.groupby("deal_key").size() > 1
    assert 0.2 < put_off[changed].mean() < 0.35
    assert not put_off[~changed].any()
