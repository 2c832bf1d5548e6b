"""A recognised table becomes checked rows, with every issue at once; layouts have rules of their own."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from spm.intake.checking.check import check
from spm.intake.model import Severity
from spm.intake.recognising.overrides import recognise_as, with_overrides
from spm.intake.values import DayOrder
from tests.intake.tables import DEAL, checked, checked_file, column, deal, table, told

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
    assert stop.message == "Deals need a column for one of Stage, Status, Won or Closed on, and none was found"
    assert stop.flag == '--map "Their column=stage"'


def test_missing_required_cells_are_refused() -> None:
    sheet = checked(table("Order id,Ordered on,Amount", ("O1", "2017-01-01", 5), ("O2", None, 6)), "orders")
    assert [(i.row, i.message, i.expected) for i in sheet.issues] == [(3, "ordered on is missing", "ordered on")]
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
    rows = [deal(f"D{n}", closed=date(2017, 2, 1 + n)) for n in range(25)] + [deal("D25", closed=date(2027, 2, 1))]
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


def test_each_row_has_the_currency_of_its_column_unless_that_is_taken_as_an_attribute() -> None:
    sheet = table(
        "Deal id,Stage,Amount,Closed on,Currency",
        *[(n, "Won", 5, "2017-01-31", c) for n, c in enumerate(["usd", "US Dollar", "EUR"])],
    )
    mixed = checked(sheet, "deals")
    assert column(mixed, "currency") == ["USD", "USD", "EUR"]
    decided = with_overrides(sheet, recognise_as(sheet, "deals"), columns={"Currency": "attribute"})
    as_own = check(sheet, decided, "x.csv")
    assert column(as_own, "currency") == [None] * 3
    assert column(as_own, "attributes")[2] == {"Currency": "EUR"}


def test_several_currencies_in_the_cells() -> None:
    sheet = table(
        "Deal id,Stage,Amount,Closed on", ("D1", "Won", "£5", "2017-01-31"), ("D2", "Won", "€5", "2017-01-31")
    )
    assert column(checked(sheet, "deals"), "currency") == ["GBP", "EUR"]


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
    orders, lines, quotas = (checked_file(folder / f"{name}.csv") for name in ("orders", "order_lines", "quotas"))
    assert (len(orders.rows), sum(orders.rows["amount"])) == (3796, Decimal("80450596.98"))
    assert (len(lines.rows), round(sum(lines.rows["amount"]), 2)) == (60855, Decimal("80450596.98"))
    assert lines.rows["currency"].nunique() == 5
    first = quotas.rows[quotas.rows["owner_key"] == "276"].iloc[0]
    assert (first["starts_on"], first["ends_on"], first["amount"]) == (
        date(2011, 5, 31),
        date(2011, 8, 30),
        637_000,
    )


def test_both_forms_of_the_same_targets(shared_data: Path) -> None:
    pipe, tab = (
        checked_file(shared_data / f"adventureworks_pl300/{form}/Targets.csv").rows for form in ("pipe", "tab_us_text")
    )
    columns = ["owner_key", "starts_on", "ends_on", "amount"]
    assert pipe[columns].sort_values(columns).values.tolist() == tab[columns].sort_values(columns).values.tolist()


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
