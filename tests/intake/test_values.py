"""Whole columns of cells become values: any country's way of writing, and nothing guessed without a word."""

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spm.intake.layouts import Kind
from spm.intake.model import Cell
from spm.intake.values import DayOrder, Unread, as_written, read_column
from spm.intake.values.column import UNCALCULATED

A_DAY = date(2017, 3, 1)
DAYS = st.dates(date(1970, 1, 1), date(2068, 12, 31))
AMOUNTS = st.decimals(-(10**9), 10**9, places=2, allow_nan=False)


# Days


@pytest.mark.parametrize(
    "cell",
    [
        A_DAY,
        datetime(2017, 3, 1, 23, 59),
        "2017-03-01",
        "2017/3/1",
        " 2017-03-01 ",
        "20170301",
        20170301,
        20170301.0,
        42795,  # a spreadsheet's day number
        42795.75,
        "42795",
        "1-Mar-17",
        "1 March 2017",
        "March 1, 2017",
        "Mar 1st, 2017",
        "Wednesday, March 1, 2017",
        "1. März 2017",
        "1 de marzo de 2017",
        "1er mars 2017",
        "2017-Mar-01",
        "2017-03-01T13:26:08.000+0000",
        "2017-03-01T23:59:59Z",
        "2017-03-01 00:00:00+03:00",
        "2017-03-01 00:00:00.000",
        "1.3.2017",
    ],
)
def test_a_day_in_whatever_form(cell: object) -> None:
    read = read_column(Kind.DAY, [cell])
    assert read.values == [A_DAY]
    assert read.unread == []
    assert read.question is None


@pytest.mark.parametrize(
    "cell",
    ["30-02-2017", "2017-13-01", "soon", True, 3, "Mar 2017", "12", 0.5, "99/99/9999", float("inf"), 1e300, "9" * 20],
)
def test_what_is_no_day_is_told(cell: object) -> None:
    read = read_column(Kind.DAY, [None, cell])
    assert read.values == [None, None]
    assert read.unread == [Unread(1, as_written(cell))]


def test_the_column_decides_which_number_is_the_month() -> None:
    assert read_column(Kind.DAY, ["3/1/2017", "10/20/2016"]).values == [date(2017, 3, 1), date(2016, 10, 20)]
    assert read_column(Kind.DAY, ["3/1/2017", "20/10/2016"]).values == [date(2017, 1, 3), date(2016, 10, 20)]
    assert read_column(Kind.DAY, ["02/03/24 08:55 PM", "02/23/26"]).values == [
        date(2024, 2, 3),
        date(2026, 2, 23),
    ]


def test_days_that_fit_both_orders_are_asked() -> None:
    read = read_column(Kind.DAY, ["3/1/2017", "4/5/2017"])
    assert read.question == "the days fit both orders: is 3/1/2017 day/month or month/day?"
    decided = read_column(Kind.DAY, ["3/1/2017", "4/5/2017"], DayOrder.MONTH_FIRST)
    assert (decided.values, decided.question) == ([date(2017, 3, 1), date(2017, 4, 5)], None)


def test_the_same_day_in_both_orders_is_no_question() -> None:
    assert read_column(Kind.DAY, ["1/1/2017", "7/7/2017"]).question is None


def test_both_orders_side_by_side_are_asked() -> None:
    read = read_column(Kind.DAY, ["13/1/2017", "1/14/2017", "2/3/2017"])
    assert read.question is not None
    assert "others month/day" in read.question


def test_a_typing_error_does_not_unsettle_a_column() -> None:
    read = read_column(Kind.DAY, [f"1/{day}/2017" for day in range(13, 32)] * 6 + ["31/2/2017"])
    assert read.question is None
    assert [unread.found for unread in read.unread] == ["31/2/2017"]


def test_two_digit_years_lie_between_1969_and_2068() -> None:
    assert read_column(Kind.DAY, ["31/12/68", "31/12/69"]).values == [date(2068, 12, 31), date(1969, 12, 31)]


def test_the_order_that_a_column_can_only_have() -> None:
    assert read_column(Kind.DAY, ["1/2/2017", "31/1/2017"]).day_order is DayOrder.DAY_FIRST
    assert read_column(Kind.DAY, ["1/2/2017"]).day_order is None
    assert read_column(Kind.DAY, [A_DAY]).day_order is None


def test_day_numbers_come_with_a_remark() -> None:
    assert read_column(Kind.DAY, [42795.0, 42796.0, None]).remarks == (
        "2 numbers were read as day numbers of a spreadsheet",
    )
    assert read_column(Kind.DAY, [20170301]).remarks == ()


@given(
    st.lists(DAYS, min_size=1),
    st.sampled_from(["%Y-%m-%d", "%d %B %Y", "%b %d, %Y", "%A, %B %d, %Y", "%Y%m%d", "%d-%b-%y"]),
)
def test_days_survive_being_written(days: list[date], form: str) -> None:
    read = read_column(Kind.DAY, [f"{day:{form}}" for day in days])
    assert read.values == days


@given(
    st.lists(DAYS, min_size=1),
    st.sampled_from([("%d/%m/%Y", DayOrder.DAY_FIRST), ("%m-%d-%y", DayOrder.MONTH_FIRST)]),
)
def test_days_in_numbers_survive_in_their_order_and_are_never_read_in_the_other(
    days: list[date], form: tuple[str, DayOrder]
) -> None:
    written, order = form
    cells = [f"{day:{written}}" for day in days]
    assert read_column(Kind.DAY, cells, order).values == days
    undecided = read_column(Kind.DAY, cells)
    assert undecided.question or undecided.values == days


@given(DAYS, st.integers(-12, 14), st.integers(0, 23))
def test_the_local_day_counts_whatever_the_zone(day: date, zone_hours: int, hour: int) -> None:
    zone = timezone(timedelta(hours=zone_hours))
    written = datetime(day.year, day.month, day.day, hour, tzinfo=zone).isoformat()
    assert read_column(Kind.DAY, [written]).values == [day]


# Money


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        (12, "12"),
        (0.1 + 0.2, "0.3"),
        (2573.8200000000002, "2573.82"),
        ("1234.56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("1.234,56", "1234.56"),
        ("1 234,56", "1234.56"),
        ("1\u202f234,56 €", "1234.56"),
        ("1'234.56", "1234.56"),
        ("CHF 1’234.50", "1234.50"),
        ("1,23,456.00", "123456.00"),
        ("$500,000", "500000"),
        ("1.234.567", "1234567"),
        ("(500.25)", "-500.25"),
        ("($1,200.00)", "-1200.00"),
        ("500-", "-500"),
        ("-$4.50", "-4.50"),
        ("$-4.50", "-4.50"),
        ("−7", "-7"),
        ("1.2M", "1200000"),
        ("$3k", "3000"),
        ("€ 1,5 Mio", "1500000"),
        ("1.2E+05", "120000"),
        (".5", "0.5"),
        ("0,125", "0.125"),
        ("2024.994", "2024.994"),
    ],
)
def test_an_amount_in_whatever_form(cell: object, amount: str) -> None:
    read = read_column(Kind.MONEY, [cell])
    assert read.values == [Decimal(amount)]
    assert (read.unread, read.question) == ([], None)


@pytest.mark.parametrize(
    "cell",
    [
        "abc",
        "12,34.5",
        "(5",
        "10 %",
        True,
        "1,2,3",
        "5 XXZ",
        date(2017, 1, 1),
        "1.2.3,4",
        "1 2",
        "1e400",
        float("inf"),
        "9" * 20,
    ],
)
def test_what_is_no_amount_is_told(cell: object) -> None:
    read = read_column(Kind.MONEY, [cell])
    assert read.values == [None]
    assert [unread.found for unread in read.unread] == [as_written(cell)]


@pytest.mark.parametrize("nothing", ["", "  ", "NULL", "None", "N/A", "-", "nan", None, float("nan")])
def test_nothing_is_missing_and_never_0(nothing: object) -> None:
    for kind in Kind:
        if kind is not Kind.KEY:
            read = read_column(kind, [nothing])
            assert (read.values, read.unread) == ([None], [])


def test_the_column_decides_its_decimal_sign() -> None:
    assert read_column(Kind.MONEY, ["1.234", "12,5"]).values == [Decimal(1234), Decimal("12.5")]
    assert read_column(Kind.MONEY, ["1.234", "0.5"]).values == [Decimal("1.234"), Decimal("0.5")]
    assert read_column(Kind.MONEY, ["1,234", "2,500"]).values == [Decimal(1234), Decimal(2500)]


def test_a_point_that_may_be_either_is_asked() -> None:
    read = read_column(Kind.MONEY, ["1.234", "12.500"])
    assert read.question == "is 1.234 a thousand and more, or a fraction? It was read as thousands"
    assert read.values == [Decimal(1234), Decimal(12500)]


def test_amounts_that_contradict_each_other_are_read_only_where_clear() -> None:
    read = read_column(Kind.MONEY, ["1.234,56", "1,234.56", "1.234"])
    assert read.values == [Decimal("1234.56"), Decimal("1234.56"), None]
    assert read.unread == [Unread(2, "1.234")]


def test_the_currencies_that_cells_name() -> None:
    assert read_column(Kind.MONEY, ["£3", "EUR 5", "7 eur"]).currencies == {"GBP", "EUR"}
    dollars = read_column(Kind.MONEY, ["$500,000"])
    assert dollars.currencies == {"USD"}
    assert "$ was read as US dollars" in dollars.remarks


def _written(amount: Decimal, group: str, decimal_sign: str) -> str:
    return f"{amount:,.2f}".replace(",", "G").replace(".", decimal_sign).replace("G", group)


@given(
    st.lists(AMOUNTS, min_size=1),
    st.sampled_from([(",", "."), (".", ","), (" ", ","), ("\u00a0", ","), ("'", "."), ("", ","), ("", ".")]),
)
def test_amounts_survive_being_written(amounts: list[Decimal], signs: tuple[str, str]) -> None:
    read = read_column(Kind.MONEY, [_written(amount, *signs) for amount in amounts])
    assert read.values == amounts


@given(st.lists(AMOUNTS, min_size=1))
def test_amounts_survive_as_floats(amounts: list[Decimal]) -> None:
    assert read_column(Kind.MONEY, [float(amount) for amount in amounts]).values == amounts


# Shares, numbers, yes and no, text, ids


def test_a_column_of_shares_decides_for_all_its_bare_numbers() -> None:
    assert read_column(Kind.SHARE, [0.75, 0.1]).values == [0.75, 0.1]
    assert read_column(Kind.SHARE, [75, 10, 0.5]).values == [0.75, 0.1, 0.005]
    assert read_column(Kind.SHARE, ["75 %", "5%", "0.5"]).values == [0.75, 0.05, 0.5]


@pytest.mark.parametrize(
    ("cells", "shares"),
    [
        (["23.456 %", "7 %"], [0.23456, 0.07]),
        (["23,456 %", "7,5 %"], [0.23456, 0.075]),
        (["0,125", "0.125"], [0.125, 0.125]),
    ],
)
def test_no_share_is_written_in_thousands_alone(cells: list[str], shares: list[float]) -> None:
    column = read_column(Kind.SHARE, cells)
    assert (column.values, column.question) == (shares, None)


def test_numbers_are_floats() -> None:
    assert read_column(Kind.NUMBER, ["1,5", 2, "3.000,25"]).values == [1.5, 2.0, 3000.25]


def test_yes_and_no_in_their_forms() -> None:
    cells = [
        True,
        "TRUE",
        1,
        "yes",
        "Ja",
        "oui",
        "x",
        False,
        "false",
        0,
        "no",
        "NEIN",
        "non",
        None,
        "perhaps",
    ]
    read = read_column(Kind.YES_NO, cells)
    assert read.values == [True] * 7 + [False] * 6 + [None, None]
    assert read.unread == [Unread(14, "perhaps")]


def test_text_is_stripped_and_folded() -> None:
    cells = ["  Power  Horse\n250ml ", 276.0, A_DAY, True, "n/a", "N/A Ltd"]
    assert read_column(Kind.TEXT, cells).values == [
        "Power Horse 250ml",
        "276",
        "2017-03-01",
        "true",
        None,
        "N/A Ltd",
    ]


def test_ids_keep_zeros_and_case_and_short_names() -> None:
    cells = [276.0, "00123", "aB ", 12345678901234, "NA", "-", "NULL", ""]
    assert read_column(Kind.KEY, cells).values == [
        "276",
        "00123",
        "aB",
        "12345678901234",
        "NA",
        "-",
        None,
        None,
    ]


@pytest.mark.parametrize("kind", [Kind.KEY, Kind.TEXT])
def test_ids_of_salesforce_are_the_same_short_and_in_full(kind: Kind) -> None:
    short = ["00530000004tBS6", "0015g00000AbCde", "0015g00000AbCdE"]
    full = ["00530000004tBS6AAM", "0015g00000AbCdeAAF", "0015g00000AbCdEAAV"]
    assert read_column(kind, short).values == read_column(kind, full).values == full
    others = ["012345012345678", "A-15-LETTERS-ID", "Fifteen letters"]
    assert read_column(kind, others).values == others


def test_letters_that_nobody_sees_make_no_other_name() -> None:
    written = ["Ana Ruiz", "\u200bAna Ruiz", "Ana\u00a0Ruiz\ufeff", "\u202aAna Ruiz\u202c"]
    assert set(read_column(Kind.TEXT, written).values) == {"Ana Ruiz"}


@pytest.mark.parametrize("kind", list(Kind))
def test_no_cell_takes_long_or_raises(kind: Kind) -> None:
    odd = [
        "1e999999999",
        "-1E-999999999",
        "NaN",
        "-Infinity",
        "1E400",
        "9" * 100_000,
        "1 " * 5_000 + "x",
        "1." * 20_000,
    ]
    odd += ["a " * 20_000 + "2026", "2026-01-01 " + "1:" * 20_000, "2026-01-01 10:00 (" + "a" * 50_000, "(" * 20_000]
    odd += ["Mon " * 20_000, "1'" * 20_000, "x" + " " * 50_000 + "x", "1 of " * 20_000, "\u00a0" * 20_000 + "1"]
    started = process_time()
    for cell in odd:
        read_column(kind, [cell, f"{cell}1", cell[:88], cell[:58]])
    assert process_time() - started < 2


def test_names_with_the_last_name_first_are_turned_round_and_two_people_are_not() -> None:
    read = read_column(Kind.PERSON, ["Ruiz, Ana", "Ruiz Gómez, Eva", None, "Li,Bo"])
    assert read.values == ["Ana Ruiz", "Eva Ruiz Gómez", None, "Bo Li"]
    assert read.remarks == ("the last name stands first: “Li,Bo” was read as Bo Li",)
    for others in (["Ana Ruiz, Bo Li", "Cy Orr, Dee Fox"], ["Ana Ruiz", "Li, Bo"], ["Acme, Inc"], [None]):
        assert read_column(Kind.PERSON, others).values == others


@pytest.mark.parametrize(
    ("kind", "cell", "value"), [(Kind.TEXT, "West", "West"), (Kind.MONEY, 5.0, 5), (Kind.KEY, "D1", "D1")]
)
def test_a_formula_that_was_never_calculated_is_unread_whatever_the_column_is(
    kind: Kind, cell: Cell, value: object
) -> None:
    column = read_column(kind, [cell, UNCALCULATED, None])
    assert column.values == [value, None, None]
    assert [(one.index, one.found) for one in column.unread] == [(1, "formula without a value")]
    assert column.expected
