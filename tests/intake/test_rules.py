"""What holds for the rows of each layout beyond its columns."""

from datetime import date
from decimal import Decimal

import pytest

from tests.intake.tables import DEAL, checked, column, deal, table

# Deals


@pytest.mark.parametrize(
    ("stage", "status"),
    [
        ("Closed Won", "won"),
        ("closedwon", "won"),
        ("Closed - Won", "won"),
        ("6 - Closed Won", "won"),
        ("WON", "won"),
        ("Closed Lost", "lost"),
        ("closedlost", "lost"),
        ("Lost", "lost"),
        ("In_Progress", "open"),
        ("Engaging", "open"),
        ("Negotiation/Review", "open"),
        ("Decision Maker Bought-In", "open"),
        ("1-Qualify", "open"),
    ],
)
def test_a_stage_says_open_won_or_lost(stage: str, status: str) -> None:
    sheet = checked(table(DEAL, deal("D1", stage)), "deals")
    assert (column(sheet, "status"), column(sheet, "stage")) == ([status], [stage])
    assert sheet.issues == ()


def test_an_unknown_stage_is_open_with_a_note() -> None:
    sheet = checked(table(DEAL, deal("D1", "EB Sign Off"), deal("D2", "Won")), "deals")
    assert column(sheet, "status") == ["open", "won"]
    assert sheet.issues[0].message == "taken as open, because neither won nor lost: “EB Sign Off”"


def test_a_status_is_believed_before_flags_and_flags_before_the_stage() -> None:
    header = "Deal id,Status,Is Won,Is Closed,Stage,Amount,Closed on"
    rows = [
        ("Won", None, None, "4-Close"),
        ("Lost", True, True, "Closed Won"),
        ("Odd", True, True, "Proposal"),
        (None, False, True, "Proposal"),
        (None, None, True, "Closed Lost"),
        (None, False, False, "Closed Won"),
    ]
    deals = table(header, *[(n, *row, 5, "2017-01-31") for n, row in enumerate(rows)])
    assert column(checked(deals, "deals"), "status") == ["won", "lost", "won", "lost", "lost", "open"]


def test_the_close_date_of_an_open_deal_is_expected() -> None:
    sheet = checked(table(DEAL, deal("D1", "Proposal"), deal("D2", "Proposal", amount=None, closed=None)), "deals")
    assert column(sheet, "expected_close_on") == [date(2017, 2, 1), None]
    assert column(sheet, "closed_on") == [None, None]
    assert column(sheet, "amount") == [Decimal(5), None]


def test_a_closed_deal_needs_its_close_date() -> None:
    sheet = checked(table(DEAL, deal("D1", "Won", closed=None), deal("D2", "Lost", amount=0)), "deals")
    assert sheet.refused == (2,)
    assert (sheet.issues[0].message, sheet.issues[0].column) == (
        "a won deal needs its close date",
        "Closed on",
    )
    assert column(sheet, "amount") == [Decimal(0)]


def test_odd_but_possible_deals_are_kept_with_a_note() -> None:
    rows = [deal("D1", created="2017-03-01"), deal("D2", amount=None)]
    sheet = checked(table(DEAL, *rows), "deals")
    assert len(sheet.rows) == 2
    assert [(i.severity, i.row, i.message.split(":")[0]) for i in sheet.issues] == [
        ("note", 2, "the deal closed before it was created"),
        ("note", 3, "a won deal without an amount"),
    ]


def test_a_sheet_without_amounts_says_so_once() -> None:
    deals = table("Deal id,Stage,Closed on", ("D1", "Won", "2017-01-31"), ("D2", "Won", "2017-01-31"))
    assert [issue.message for issue in checked(deals, "deals").issues] == [
        "no column says the amount: won deals count, and add no money"
    ]


def test_kinds_of_deals_are_normalised_and_the_words_kept() -> None:
    words = [
        "New Business",
        "Existing Business",
        "Upsell",
        "Cross-Sell",
        "New Business / Add-on",
        "Renewal",
        "Other",
        None,
    ]
    deals = table("Deal id,Stage,Amount,Type", *[(n, "Open", 5, word) for n, word in enumerate(words)])
    sheet = checked(deals, "deals")
    assert column(sheet, "kind") == [
        "new",
        "expansion",
        "expansion",
        "expansion",
        "new",
        "renewal",
        None,
        None,
    ]
    assert column(sheet, "attributes")[3:] == [{"Type": word} for word in words[3:7]] + [{}]


# People, leads, activities


def test_names_in_two_columns_and_columns_of_numbers_as_attributes() -> None:
    people = table(
        "Rep id,First name,Last name,Team,regional_office,quota",
        (1.0, "Ana", "Sá", "A", "East", 300000.0),
        (None, "", "", "B", "", 1),
    )
    sheet = checked(people, "people")
    assert (column(sheet, "key"), column(sheet, "name")) == (["1"], ["Ana Sá"])
    assert column(sheet, "attributes") == [{"regional_office": "East", "quota": "300000"}]
    assert [(i.row, i.message) for i in sheet.issues] == [(3, "nobody is named")]


def test_leads_are_qualified_by_status_stage_day_or_deal() -> None:
    header = "Lead id,Created on,Status,Lifecycle stage,Qualified on,Converted date,Is converted"
    rows = [
        ("Qualified", None, None, None, None),
        ("Working - Contacted", None, None, None, False),
        ("Closed - Converted", None, None, None, None),
        ("Closed - Not Converted", None, None, None, False),
        ("New", "Sales Qualified Lead", None, None, None),
        (None, "Other", None, None, None),
        (None, None, "2017-02-01", None, None),
        (None, None, None, "2017-03-01", True),
    ]
    sheet = checked(table(header, *[(n, "2017-01-01", *row) for n, row in enumerate(rows)]), "leads")
    assert column(sheet, "is_qualified") == [True, False, True, False, True, None, True, True]
    assert column(sheet, "is_converted") == [None, False, True, False, None, None, None, True]


def test_activities_by_kind_outcome_and_whether_they_took_place() -> None:
    header = "Activity id,Activity type,Activity date,Call outcome,Meeting outcome"
    rows = [
        ("Call", "Connected", None),
        ("E-Mail", None, None),
        ("Meeting", None, "No Show"),
        ("Product Demo", None, "Completed"),
        ("Note", None, None),
        ("Meeting", None, "Scheduled"),
        ("Call", "No Answer", None),
    ]
    sheet = checked(
        table(header, *[(n, kind, "2017-01-01", *rest) for n, (kind, *rest) in enumerate(rows)]), "activities"
    )
    assert column(sheet, "kind") == ["call", "email", "meeting", "demo", "other", "meeting", "call"]
    assert column(sheet, "outcome") == [
        "Connected",
        None,
        "No Show",
        "Completed",
        None,
        "Scheduled",
        "No Answer",
    ]
    assert column(sheet, "completed") == [True, True, False, True, True, False, True]
    assert column(sheet, "count") == [1.0] * 7


def test_a_log_without_kinds_is_a_log_of_calls() -> None:
    sheet = checked(
        table("date,direction,calls_count", ("2019-08-04 00:00:00+03:00", "in", "2"), ("2019-08-05", "out", 1.5)),
        "activities",
    )
    assert (column(sheet, "kind"), column(sheet, "count"), sheet.refused) == (["call"], [2.0], (3,))


# Orders and quotas


def test_the_amount_of_a_line_is_worked_out_exactly() -> None:
    lines = table(
        "Order id,Product,Quantity,Unit price,Discount",
        ("O1", "P", 3, "19.99", 0.15),
        ("O1", "Q", 2, 0.1, None),
        ("O1", "R", None, 5, 0),
    )
    sheet = checked(lines, "order_lines")
    assert column(sheet, "amount") == [Decimal("50.9745"), Decimal("0.2")]
    assert sheet.refused == (4,)
    assert "1 rows say no discount: taken as none" in [issue.message for issue in sheet.issues]


def test_a_quota_of_a_month_in_whatever_form() -> None:
    for header, month in [
        ("Month", "2017-02-01"),
        ("TargetMonth", "Wednesday, February 1, 2017"),
        ("Period", "Feb 2017"),
        ("Period", "Feb-17"),
        ("Period", "2017-02"),
        ("Period", "02/2017"),
        ("Period", "2017 February"),
    ]:
        sheet = checked(table(f"Owner,Quota,{header}", ("Ana", 5, month)), "quotas")
        assert [*column(sheet, "starts_on"), *column(sheet, "ends_on")] == [
            date(2017, 2, 1),
            date(2017, 2, 28),
        ], month


def test_a_quota_of_a_year_and_a_month() -> None:
    rows = [(2024, "Feb", "Lagos", 5), (2024, 3, "Lagos", 6)]
    sheet = checked(table("Year,Month,Region,Sales_Target_NGN", *rows), "quotas")
    assert column(sheet, "starts_on") == [date(2024, 2, 1), date(2024, 3, 1)]
    assert column(sheet, "ends_on") == [date(2024, 2, 29), date(2024, 3, 31)]
    assert column(sheet, "currency") == ["NGN", "NGN"]


def test_a_quarter_or_year_by_name_is_left_to_the_fiscal_calendar() -> None:
    for period, left in [
        ("2017-Q2", "2017-Q2"),
        ("Q2 2017", "2017-Q2"),
        ("FY2017 Q2", "2017-Q2"),
        ("2017", "2017"),
    ]:
        sheet = checked(table("Owner,Quota,Period", ("Ana", 5, period)), "quotas")
        assert (column(sheet, "period"), column(sheet, "starts_on")) == ([left], [None])


def test_a_quarter_by_its_first_day() -> None:
    sheet = checked(table("Owner,Quota,Quarter start", ("Ana", 5, "2017-04-01"), ("Ben", 5, "2011-05-31")), "quotas")
    assert column(sheet, "ends_on") == [date(2017, 6, 30), date(2011, 8, 30)]


def test_quotas_without_a_period_are_refused() -> None:
    rows = [("Ana", 5, "some day"), ("Ben", 5, None), ("Cy", 5, "2017-Q2")]
    assert checked(table("Owner,Quota,Period", *rows), "quotas").refused == (2, 3)
    ends_first = table(
        "Owner,Quota,From,To (last day)",
        ("Ana", 5, "2017-02-01", "2017-01-01"),
        ("Ben", 5, "2017-02-03", None),
    )
    assert checked(ends_first, "quotas").refused == (2, 3)


def test_periods_without_a_year_wait_for_one() -> None:
    quotas = table("Owner,Quota,Period", ("Ana", 5, "Q2"), ("Ben", 5, "Mar"), ("Cy", 5, "2017-Q2"))
    sheet = checked(quotas, "quotas")
    assert (column(sheet, "owner"), sheet.refused) == (["Cy"], ())
    assert [issue.message for issue in sheet.issues] == ["“Q2” to “Mar” name no year: which one is meant?"]
    costs = table("Category,Amount,Month", ("Travel", 5, "March"))
    assert [issue.flag for issue in checked(costs, "costs").issues if issue.flag] == ["--year YEAR"]
