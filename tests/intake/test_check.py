"""A recognised table becomes checked rows, with every issue at once; layouts have rules of their own."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from spm.intake.check import check
from spm.intake.model import CheckedSheet, FoundTable, Issue, Severity
from spm.intake.recognise import recognise, recognise_as, with_overrides
from spm.intake.values import DayOrder
from tests.intake.tables import read_table, table


def checked(sheet: FoundTable, layout: str, **choices: Any) -> CheckedSheet:
    return check(sheet, recognise_as(sheet, layout), "x.csv", **choices)


def checked_file(file: Path, sheet: str | None = None) -> CheckedSheet:
    found = read_table(file, sheet)
    return check(found, recognise(found, file.name), file.name)


def told(sheet: CheckedSheet, severity: Severity) -> list[Issue]:
    return [issue for issue in sheet.issues if issue.severity is severity]


def column(sheet: CheckedSheet, key: str) -> list[Any]:
    return sheet.rows[key].tolist()


DEAL = "Deal id,Stage,Amount,Created on,Closed on,Region"


def deal(
    key: str,
    stage: str = "Won",
    amount: object = 5,
    created: object = "2017-01-01",
    closed: object = "2017-02-01",
    region: object = None,
) -> tuple[Any, ...]:
    return key, stage, amount, created, closed, region


# What holds for every layout


def test_a_checked_sheet_in_full() -> None:
    sheet = checked(table(DEAL, deal("001", region=" North ")), "deals")
    assert (sheet.layout, sheet.file_name, sheet.sheet, sheet.header) == (
        "deals",
        "x.csv",
        "Sheet1",
        tuple(DEAL.split(",")),
    )
    assert (sheet.refused, sheet.issues) == ((), ())
    row = sheet.rows.iloc[0].to_dict()
    assert {key: value for key, value in row.items() if value is not None} == {
        "key": "001",
        "stage": "Won",
        "status": "won",
        "amount": Decimal(5),
        "created_on": date(2017, 1, 1),
        "closed_on": date(2017, 2, 1),
        "row": 2,
        "attributes": {"Region": "North"},
    }
    assert {"name", "owner", "owner_key", "account", "product", "currency", "kind", "source"} < set(row)


def test_a_sheet_without_rows_is_no_error() -> None:
    sheet = checked(table(DEAL), "deals")
    assert (len(sheet.rows), sheet.refused, sheet.issues) == (0, (), ())


def test_unreadable_cells_refuse_their_rows_with_place_and_expectation() -> None:
    rows = [deal(f"D{n}") for n in range(400)]
    rows[7] = deal("D7", amount="five")
    rows[9] = deal("D9", closed="soon")
    sheet = checked(table(DEAL, *rows), "deals")
    assert sheet.refused == (9, 11)
    assert len(sheet.rows) == 398
    assert [(i.severity, i.row, i.column, i.found, i.expected) for i in sheet.issues] == [
        ("refused", 9, "Amount", "five", "an amount, such as 1234.56"),
        ("refused", 11, "Closed on", "soon", "a day, such as 2017-03-31"),
    ]


def test_a_column_that_mostly_cannot_be_read_stops() -> None:
    rows = [deal(f"D{n}", amount="lots" if n < 4 else n) for n in range(100)]
    sheet = checked(table(DEAL, *rows), "deals")
    (stop,) = told(sheet, Severity.STOP)
    assert (stop.column, stop.flag) == ("Amount", '--accept "Amount"')
    assert stop.message == "4 of 100 filled cells can't be read as an amount, such as 1234.56: “lots”"
    decided = checked(table(DEAL, *rows), "deals", accepted=frozenset({"amount"}))
    assert told(decided, Severity.STOP) == []
    assert (len(decided.rows), decided.refused) == (96, (2, 3, 4, 5))


def test_three_unreadable_cells_do_not_stop() -> None:
    rows = [deal(f"D{n}", amount="lots" if n < 3 else n) for n in range(10)]
    assert told(checked(table(DEAL, *rows), "deals"), Severity.STOP) == []


def test_what_cannot_be_read_of_a_lesser_field_is_left_empty_with_a_note() -> None:
    rows = [(f"D{n}", "Open", 5, "2017-01-01", "high" if n == 3 else 0.5) for n in range(300)]
    sheet = checked(table("Deal id,Stage,Amount,Created on,Probability", *rows), "deals")
    assert (sheet.refused, column(sheet, "probability")[3]) == ((), None)
    assert [(i.severity, i.row, i.found) for i in sheet.issues] == [("note", 5, "high")]


def test_columns_that_a_layout_needs() -> None:
    sheet = checked(table("Deal id,Amount", ("D1", 5)), "deals")
    (stop,) = told(sheet, Severity.STOP)
    assert stop.message == "Deals need a column for one of Stage, Status or Won, and none was found"
    assert stop.flag == '--map "Their column=stage"'


def test_missing_required_cells_are_refused() -> None:
    sheet = checked(table("Order id,Ordered on,Amount", ("O1", "2017-01-01", 5), ("O2", None, 6)), "orders")
    assert [(i.row, i.message, i.expected) for i in sheet.issues] == [
        (3, "ordered on is missing", "ordered on")
    ]
    assert column(sheet, "key") == ["O1"]


def test_days_that_fit_both_orders_stop_unless_another_column_decides() -> None:
    rows = [
        deal("D1", created="1/2/2017", closed="3/4/2017"),
        deal("D2", created="2/3/2017", closed="5/6/2017"),
    ]
    stops = told(checked(table(DEAL, *rows), "deals"), Severity.STOP)
    assert [(stop.column, stop.flag) for stop in stops] == [
        ("Created on", "--day-order dmy or --day-order mdy"),
        ("Closed on", "--day-order dmy or --day-order mdy"),
    ]
    chosen = checked(table(DEAL, *rows), "deals", day_order=DayOrder.MONTH_FIRST)
    assert column(chosen, "closed_on") == [date(2017, 3, 4), date(2017, 5, 6)]
    beside = checked(table(DEAL, *rows, deal("D3", created="2/3/2017", closed="3/31/2017")), "deals")
    assert column(beside, "created_on") == [date(2017, 1, 2), date(2017, 2, 3), date(2017, 2, 3)]
    assert [(i.severity, i.column) for i in beside.issues] == [("note", "Created on")]
    assert beside.issues[0].message == "read as month/day, as the other days of the sheet are"


def test_own_columns_are_attributes_and_ignored_ones_are_gone() -> None:
    sheet = table(
        "Deal id,Stage,Amount,Region,Seats,Empty",
        ("D1", "Open", 5, "North", 3.0, None),
        ("D2", "Open", 6, None, 4.5, ""),
    )
    decided = with_overrides(sheet, recognise_as(sheet, "deals"), columns={"Region": "ignore"})
    assert column(check(sheet, decided, "x.csv"), "attributes") == [{"Seats": "3"}, {"Seats": "4.5"}]
    assert column(checked(sheet, "deals"), "attributes") == [
        {"Region": "North", "Seats": "3"},
        {"Seats": "4.5"},
    ]


def test_exact_twins_are_kept() -> None:
    calls = table("Date,Direction,How many", ("2019-08-04", "in", 2), ("2019-08-04", "in", 2))
    assert len(checked(calls, "activities").rows) == 2


def test_days_that_no_fact_can_have_are_refused() -> None:
    sheet = checked(table(DEAL, deal("D1", created="1017-01-01"), deal("D2")), "deals")
    assert sheet.refused == (2,)
    assert (sheet.issues[0].found, sheet.issues[0].expected) == ("1017-01-01", "a day between 1990 and 2100")


def test_a_lone_day_far_beyond_the_others_is_told() -> None:
    rows = [deal(f"D{n}", closed=date(2017, 2, 1 + n)) for n in range(25)] + [
        deal("D25", closed=date(2027, 2, 1))
    ]
    sheet = checked(table(DEAL, *rows), "deals")
    assert [(i.severity, i.row, i.found) for i in sheet.issues] == [("note", 27, "2027-02-01")]
    assert len(sheet.rows) == 26


# Currency


def test_one_currency_fills_the_column() -> None:
    header = "Deal id,Stage,{},Closed on"
    for name, amount, code in [
        ("Amount_USD", 5, "USD"),
        ("Amount (€)", 5, "EUR"),
        ("Amount", "£5", "GBP"),
        ("Amount", 5, None),
    ]:
        sheet = checked(table(header.format(name), ("D1", "Won", amount, "2017-01-31")), "deals")
        assert column(sheet, "currency") == [code]


def test_several_currencies_stop_until_they_are_taken_as_an_attribute() -> None:
    sheet = table(
        "Deal id,Stage,Amount,Closed on,Currency",
        *[(n, "Won", 5, "2017-01-31", c) for n, c in enumerate(["usd", "US Dollar", "EUR"])],
    )
    mixed = checked(sheet, "deals")
    (stop,) = told(mixed, Severity.STOP)
    assert stop.flag == '--map "Currency=attribute"'
    assert column(mixed, "currency") == ["USD", "USD", "EUR"]
    decided = with_overrides(sheet, recognise_as(sheet, "deals"), columns={"Currency": "attribute"})
    as_own = check(sheet, decided, "x.csv")
    assert told(as_own, Severity.STOP) == []
    assert column(as_own, "currency") == [None] * 3
    assert column(as_own, "attributes")[2] == {"Currency": "EUR"}


def test_several_currencies_in_the_cells_stop() -> None:
    sheet = table(
        "Deal id,Stage,Amount,Closed on", ("D1", "Won", "£5", "2017-01-31"), ("D2", "Won", "€5", "2017-01-31")
    )
    assert [stop.flag for stop in told(checked(sheet, "deals"), Severity.STOP)] == ['--accept "Amount"']


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
    sheet = checked(
        table(DEAL, deal("D1", "Proposal"), deal("D2", "Proposal", amount=None, closed=None)), "deals"
    )
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
        table(
            "date,direction,calls_count", ("2019-08-04 00:00:00+03:00", "in", "2"), ("2019-08-05", "out", 1.5)
        ),
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
    sheet = checked(
        table("Owner,Quota,Quarter start", ("Ana", 5, "2017-04-01"), ("Ben", 5, "2011-05-31")), "quotas"
    )
    assert column(sheet, "ends_on") == [date(2017, 6, 30), date(2011, 8, 30)]


def test_quotas_without_a_period_are_refused() -> None:
    rows = [("Ana", 5, "some day"), ("Ben", 5, None), ("Cy", 5, "Q2")]
    sheet = checked(table("Owner,Quota,Period", *rows), "quotas")
    assert sheet.refused == (2, 3, 4)
    ends_first = table(
        "Owner,Quota,From,To (last day)",
        ("Ana", 5, "2017-02-01", "2017-01-01"),
        ("Ben", 5, "2017-02-03", None),
    )
    assert checked(ends_first, "quotas").refused == (2, 3)


# Files as they lie


def test_crm_sales_opportunities(shared_data: Path) -> None:
    sheet = checked_file(shared_data / "crm_sales_opportunities/maven_original/sales_pipeline.csv")
    assert sheet.rows["status"].value_counts().to_dict() == {"won": 4238, "lost": 2473, "open": 2089}
    won = sheet.rows[sheet.rows["status"] == "won"]
    assert sum(won["amount"]) == 10_005_534
    assert (min(won["closed_on"]), max(won["closed_on"])) == (date(2017, 3, 1), date(2017, 12, 31))
    assert (sheet.refused, sheet.issues) == ((), ())


def test_us_dates_read_as_the_iso_ones(shared_data: Path) -> None:
    days = {}
    for variant in ("maven_original", "us_dates_variant"):
        sheet = checked_file(shared_data / f"crm_sales_opportunities/{variant}/sales_pipeline.csv")
        days[variant] = sheet.rows[["key", "created_on", "closed_on"]]
    assert days["maven_original"].equals(days["us_dates_variant"])


def test_adventureworks(shared_data: Path) -> None:
    folder = shared_data / "adventureworks"
    orders, lines, quotas = (
        checked_file(folder / f"{name}.csv") for name in ("orders", "order_lines", "quotas")
    )
    assert (len(orders.rows), sum(orders.rows["amount"])) == (3796, Decimal("80450596.98"))
    assert (len(lines.rows), round(sum(lines.rows["amount"]), 2)) == (60855, Decimal("80450596.98"))
    assert [stop.flag for stop in told(lines, Severity.STOP)] == ['--map "currency_code=attribute"']
    first = quotas.rows[quotas.rows["owner_key"] == "276"].iloc[0]
    assert (first["starts_on"], first["ends_on"], first["amount"]) == (
        date(2011, 5, 31),
        date(2011, 8, 30),
        637_000,
    )


def test_both_forms_of_the_same_targets(shared_data: Path) -> None:
    pipe, tab = (
        checked_file(shared_data / f"adventureworks_pl300/{form}/Targets.csv").rows
        for form in ("pipe", "tab_us_text")
    )
    columns = ["owner_key", "starts_on", "ends_on", "amount"]
    assert (
        pipe[columns].sort_values(columns).values.tolist()
        == tab[columns].sort_values(columns).values.tolist()
    )


def test_status_wins_over_a_stage_that_stayed(shared_data: Path) -> None:
    sheet = checked_file(shared_data / "pbi_regional_sales/opportunities.csv")
    assert sheet.rows["status"].value_counts().to_dict() == {"lost": 7385, "won": 7282, "open": 5333}


def test_other_known_sums(shared_data: Path) -> None:
    calls = checked_file(shared_data / "telecom_calls/telecom_dataset_us.csv")
    assert (len(calls.rows), calls.refused) == (53902, ())
    cdnow = checked_file(shared_data / "cdnow_orders/CDNOW_master.csv")
    assert sum(cdnow.rows["amount"]) == Decimal("2500315.63")
    details = checked_file(shared_data / "northwind/order-details.csv")
    assert sum(details.rows["amount"]) == Decimal("1265793.0395")
    pivots = checked_file(shared_data / "pipeline_excel_pivots/Sales Pipeline.xlsx", "Sales Pipeline")
    assert (len(pivots.rows), round(sum(pivots.rows["amount"]), 2)) == (9994, Decimal("2297200.86"))
    targets = checked_file(shared_data / "fmcg_nigeria/Targets.csv")
    assert (len(targets.rows), set(targets.rows["currency"])) == (180, {"NGN"})
