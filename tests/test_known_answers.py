"""The known answers of two companies come out of the app to the unit, from the files as they are.

Each figure is worked out a second time here, in plain Python over the file, for every rep and every quarter.
"""

import csv
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from spm.calendar import FiscalCalendar, typed_range
from spm.intake.actions import undo
from spm.metrics.queries import Question, Scene, value, values
from tests.companies import TESTER, empty_store, files_of, imported, scene

CALENDAR = FiscalCalendar()
Rows = list[dict[str, str]]


def rows_of(file: Path) -> Rows:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def quarter(day: str) -> str:
    return f"{day[:4]}-Q{(int(day[5:7]) - 1) // 3 + 1}"


def by(scene: Scene, metric: str, *names: str) -> dict[object, float]:
    """The metric by the named dimensions, NaN left out; one dimension gives plain keys, several tuples."""
    frame = values(scene, Question(metric, names)).dropna(subset=["value"])
    keys = frame[names[0]] if len(names) == 1 else zip(*(frame[name] for name in names), strict=True)
    return dict(zip(keys, frame["value"], strict=True))


def without_zeros(found: dict[object, float]) -> dict[object, float]:
    return {key: number for key, number in found.items() if number}


@pytest.fixture(scope="module")
def crm_files(shared_data: Path) -> Path:
    return shared_data / "crm_sales_opportunities" / "maven_original"


@pytest.fixture(scope="module")
def crm(crm_files: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    store = empty_store(tmp_path_factory.mktemp("crm"))
    every_file = sorted(file.name for file in crm_files.iterdir())
    committed = imported(store, files_of(crm_files, *every_file))
    assert {sheet.source.file_name: sheet.new_count for sheet in committed.preview.sheets} == {
        "accounts.csv": 85, "data_dictionary.csv": 0, "products.csv": 7, "sales_pipeline.csv": 8800, "sales_teams.csv": 35,
    }  # fmt: skip
    yield scene(store)
    store.close()


@pytest.fixture(scope="module")
def deals(crm_files: Path) -> Rows:
    return rows_of(crm_files / "sales_pipeline.csv")


@pytest.mark.parametrize(
    ("metric", "expected"),
    [
        ("bookings", 10_005_534_00),
        ("won_deals", 4_238),
        ("lost_deals", 2_473),
        ("win_rate", 4_238 / 6_711),
        ("average_deal_size", 10_005_534_00 / 4_238),
        ("median_sales_cycle", 57),
        ("open_deals", 2_089),
        ("opportunities_opened", 8_300),  # 500 are prospects without a date
    ],
)
def test_the_company(crm: Scene, metric: str, expected: float) -> None:
    assert value(crm, metric) == expected


def test_the_mean_sales_cycle_is_51_78_days(crm: Scene) -> None:
    assert round(value(crm, "sales_cycle") or 0, 2) == 51.78


@pytest.mark.parametrize(
    "metric", ["open_pipeline", "win_rate_by_value", "quota", "attainment", "calls", "leads", "orders"]
)
def test_what_no_sheet_says_is_missing(crm: Scene, metric: str) -> None:
    assert value(crm, metric) is None


def test_the_app_stands_on_the_last_day_of_its_facts(crm: Scene) -> None:
    assert crm.today == date(2017, 12, 31)
    assert crm.standing.opens_on.label == "2017-Q4"


def test_quarters(crm: Scene) -> None:
    assert by(crm, "bookings", "quarter") == {
        "2017-Q1": 1_134_672_00, "2017-Q2": 3_086_111_00, "2017-Q3": 2_982_255_00, "2017-Q4": 2_802_496_00,
    }  # fmt: skip
    assert by(crm, "won_deals", "quarter") == {"2017-Q1": 531, "2017-Q2": 1254, "2017-Q3": 1257, "2017-Q4": 1196}


def test_managers(crm: Scene) -> None:
    assert by(crm, "bookings", "manager") == {
        "Melvin Marxen": 2_251_930_00, "Summer Sewald": 1_964_750_00, "Rocco Neubert": 1_960_545_00,
        "Celia Rouche": 1_603_897_00, "Cara Losch": 1_130_049_00, "Dustin Brinkmann": 1_094_363_00,
    }  # fmt: skip


def test_one_rep(crm: Scene) -> None:
    assert value(crm, "bookings", rep="Darcel Schlecht") == 1_153_214_00
    assert value(crm, "won_deals", rep="Darcel Schlecht") == 349
    assert value(crm, "lost_deals", rep="Darcel Schlecht") == 204


Cell = Callable[[dict[str, str]], float]
COUNTED: dict[str, tuple[str, Cell]] = {
    "bookings": ("Won", lambda deal: int(Decimal(deal["close_value"]) * 100)),
    "won_deals": ("Won", lambda deal: 1),
    "lost_deals": ("Lost", lambda deal: 1),
}


@pytest.mark.parametrize("metric", COUNTED)
@pytest.mark.parametrize("dimension", ["sales_agent", "product", "regional_office"])
def test_every_rep_product_and_office_in_every_quarter(
    crm: Scene, crm_files: Path, deals: Rows, metric: str, dimension: str
) -> None:
    offices = {row["sales_agent"]: row["regional_office"] for row in rows_of(crm_files / "sales_teams.csv")}
    stage, amount = COUNTED[metric]
    expected: dict[object, float] = defaultdict(float)
    for deal in deals:
        if deal["deal_stage"] == stage:
            group = offices[deal["sales_agent"]] if dimension == "regional_office" else deal[dimension]
            expected[group, quarter(deal["close_date"])] += amount(deal)
    ours = {"sales_agent": "rep"}.get(dimension, dimension)
    assert without_zeros(by(crm, metric, ours, "quarter")) == without_zeros(expected)


def test_every_month_of_every_rep_of_one_product(crm: Scene, deals: Rows) -> None:
    expected: Counter[object] = Counter()
    for deal in deals:
        if deal["deal_stage"] == "Won" and deal["product"] == "GTX Plus Pro":
            expected[deal["sales_agent"], deal["close_date"][:7]] += int(Decimal(deal["close_value"]) * 100)
    frame = values(crm, Question("bookings", ("rep", "month"), (("product", "GTX Plus Pro"),)))
    found = dict(zip(zip(frame["rep"], frame["month"], strict=True), frame["value"], strict=True))
    assert without_zeros(found) == expected


def test_all_thirty_five_of_the_team_sheet_are_there_and_five_have_nothing(crm: Scene) -> None:
    reps = by(crm, "won_deals", "rep")
    assert len(reps) == 35
    assert sum(not number for number in reps.values()) == 5


@pytest.fixture(scope="module")
def adventureworks(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    store = empty_store(tmp_path_factory.mktemp("adventureworks"))
    files = files_of(shared_data / "adventureworks", "reps.csv", "orders.csv", "order_lines.csv", "quotas.csv")
    committed = imported(store, files)
    assert {sheet.source.file_name: (sheet.new_count, sheet.refused_count) for sheet in committed.preview.sheets} == {
        "reps.csv": (17, 0), "orders.csv": (3796, 0), "order_lines.csv": (60855, 0), "quotas.csv": (163, 0),
    }  # fmt: skip
    yield scene(store)
    store.close()


def test_orders_and_their_lines_count_once(adventureworks: Scene) -> None:
    assert value(adventureworks, "bookings") == 80_450_596_98
    assert value(adventureworks, "orders") == 3_796
    assert round(sum(by(adventureworks, "bookings", "product").values())) == 80_450_596_98


def test_every_rep_in_every_month_of_orders(adventureworks: Scene, shared_data: Path) -> None:
    expected: Counter[object] = Counter()
    for order in rows_of(shared_data / "adventureworks" / "orders.csv"):
        expected[order["rep_name"], order["order_date"][:7]] += int(Decimal(order["amount"]) * 100)
    assert without_zeros(by(adventureworks, "bookings", "rep", "month")) == expected


def test_every_product_category_adds_up_to_its_lines(adventureworks: Scene, shared_data: Path) -> None:
    expected: dict[object, Decimal] = defaultdict(Decimal)
    for line in rows_of(shared_data / "adventureworks" / "order_lines.csv"):
        expected[line["product"]] += Decimal(line["amount"])
    found = by(adventureworks, "bookings", "product")
    assert found.keys() == expected.keys()
    worst = max(abs(found[name] / 100 - float(expected[name])) for name in expected)
    assert worst < 0.5  # an order's rounding to cents goes to its largest line


@pytest.mark.parametrize(
    ("first", "last", "booked", "quota", "percent"),
    [
        (date(2011, 5, 31), date(2011, 8, 30), 459_057_34, 637_000_00, 72.07),
        (date(2013, 2, 28), date(2013, 5, 29), 966_498_55, 1_021_000_00, 94.66),
    ],
)
def test_linda_mitchells_attainment(
    adventureworks: Scene, first: date, last: date, booked: int, quota: int, percent: float
) -> None:
    where = (("rep", "Linda Mitchell"),)
    (row,) = values(adventureworks, Question("attainment", ("rep",), where, typed_range(first, last))).to_dict(
        "records"
    )
    assert (row["numerator"], row["denominator"], round(100 * row["value"], 2)) == (booked, quota, percent)


def test_every_quota_of_every_rep(adventureworks: Scene, shared_data: Path) -> None:
    orders = rows_of(shared_data / "adventureworks" / "orders.csv")
    for quota in rows_of(shared_data / "adventureworks" / "quotas.csv"):
        last = quota["quarter_end"] or "2014-05-31"
        booked = sum(
            int(Decimal(order["amount"]) * 100)
            for order in orders
            if order["rep_id"] == quota["rep_id"] and quota["quarter_start"] <= order["order_date"] <= last
        )
        span = typed_range(date.fromisoformat(quota["quarter_start"]), date.fromisoformat(last))
        frame = values(adventureworks, Question("attainment", (), (("rep", quota["rep_name"]),), span))
        (row,) = frame.to_dict("records")
        assert (row["numerator"], row["denominator"]) == (booked, int(quota["quota"]) * 100), quota


def test_the_same_files_again_change_nothing_and_an_undo_leaves_nothing(shared_data: Path, tmp_path: Path) -> None:
    store = empty_store(tmp_path)
    files = files_of(
        shared_data / "crm_sales_opportunities" / "maven_original", "sales_pipeline.csv", "sales_teams.csv"
    )
    first = imported(store, files)
    again = imported(store, files)
    assert again.batch is None
    assert [sheet.same_count for sheet in again.preview.sheets] == [8800, 35]
    undo(store, first.batch or 0, TESTER)
    assert value(scene(store), "bookings") is None
    assert scene(store).org.people.empty
