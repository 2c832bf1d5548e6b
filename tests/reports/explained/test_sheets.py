"""The workbook of a scorecard, calculated anew by another program: it comes to what the app shows."""

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import formulas
import openpyxl
import pytest

from spm.calendar import FiscalCalendar, Grain
from spm.metrics.queries import Scene
from spm.metrics.registry import Timing
from spm.people.leave.actions import add_leave
from spm.people.roles import MANAGER, REP, SDR
from spm.reports.explained.queries import evidence_of, shared_of
from spm.reports.explained.sheets import group_workbook, scorecard_workbook
from spm.reports.explained.writing import FIRST_ROW
from spm.scorecards.closing.actions import close_period
from spm.scorecards.model import Item, Scope, Scorecard, as_plain
from spm.scorecards.queries import bands_of, live_of, results, scorecard_of
from spm.scorecards.result import RepScorecard
from spm.scorecards.rollup import GroupScore, group_score
from spm.scorecards.standing.queries import Kind, groups
from spm.store.change_sets import writing
from spm.store.opening import Store
from spm.store.tables import ScorecardVersion
from tests.companies import TESTER, empty_store, imported, scene

Q1 = FiscalCalendar().period("2024-Q1")

PEOPLE = """
    Rep id,Name,Role,Valid from,Valid to,Hire date,Manager
    1,Ana,Sales rep,,,2020-01-01,Nora
    2,Ben,Sales rep,,,2023-12-11,Nora
    5,Eve,SDR,2020-01-01,2024-01-31,2020-01-01,Nora
    5,Eve,Sales rep,2024-02-01,,2020-01-01,Nora
    9,Nora,Sales manager,,,2019-01-01,
"""
DEALS = """
    Deal id,Owner id,Name,Stage,Amount,Created on,Closed on
    1,1,Alpha,Closed Won,500.25,2023-12-01,2024-01-10
    2,1,Beta,Closed Won,300,2023-12-04,2024-02-10
    3,1,=2+3,Closed Lost,100,2023-12-04,2024-03-10
    4,2,Gamma,Closed Won,800,2023-12-31,2024-03-01
    5,2,Delta,Closed Lost,200,2023-12-31,2024-03-31
    6,5,Eps,Closed Won,50,2023-12-31,2024-02-15
"""
CALLS = "Owner id,Activity type,Activity date,Status\n" + "\n".join(
    f"{owner},Call,2024-{month:02}-{day:02},Completed"
    for owner, month, days in ((1, 1, 12), (1, 2, 9), (2, 2, 4), (5, 1, 10), (5, 3, 6))
    for day in range(1, days + 1)
)
QUOTAS = """
    Owner id,Quarter start,Quarter end,Quota
    1,2024-01-15,2024-04-14,1000
    2,2024-01-01,2024-03-31,700
"""
ITEMS = (
    Item("calls", 30, Timing.LEADING, target=10, seasonal=True),
    Item("bookings", 40, Timing.LAGGING, target=500_00, target_from="quota", period=Grain.QUARTER, floor=0.5),
    Item("win_rate", 20, Timing.LAGGING, target=0.6),
    Item("sales_cycle", 10, Timing.LAGGING, target=30, cap=1.3),
    Item("lost_deals", 15, Timing.LAGGING, target=1, period=Grain.QUARTER),
    Item("demos", 10, Timing.LEADING, target=3),
)


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    store = empty_store(tmp_path_factory.mktemp("company"))
    sheets = {"people.csv": PEOPLE, "deals.csv": DEALS, "activities.csv": CALLS, "quotas.csv": QUOTAS}
    imported(store, sheets, date(2024, 4, 30))
    team = (Item("attainment", 60, Timing.LAGGING, target=1.0, period=Grain.QUARTER, scope=Scope.TEAM),
            Item("bookings", 40, Timing.LAGGING, target=2000_00, period=Grain.QUARTER, scope=Scope.TEAM))  # fmt: skip
    versions = [(REP, ITEMS), (SDR, ITEMS[:1]), (MANAGER, team)]
    with writing(store, "edit", TESTER, ["definitions"]) as open_set:
        open_set.insert(
            ScorecardVersion,
            [{"role": role, "effective_on": None, "items": [as_plain(item) for item in items]}
             for role, items in versions],
        )  # fmt: skip
    return scene(store, date(2024, 4, 30))


def made(company: Scene, name: str) -> tuple[RepScorecard, bytes]:
    card = scorecard_of(company, int(company.org.person(name)["id"]), Q1)
    return card, scorecard_workbook(card, evidence_of(company, card), "USD")


def of_group(company: Scene, kind: Kind, name: str, where: dict[str, str]) -> tuple[GroupScore, bytes]:
    group = groups(company, results(company, Q1))[kind][name]
    score = group_score(name, group, bands_of(company))
    shared = shared_of(company, group, score, Q1, where)
    return score, group_workbook(score, shared, ["" for _ in shared], name, "USD")


def calculated(content: bytes, folder: Path) -> Callable[[str, str], Any]:
    """A cell of the workbook after `formulas` has worked out every one of them: sheet and address → value."""
    file = folder / "book.xlsx"
    file.write_bytes(content)
    solution = formulas.ExcelModel().loads(str(file)).finish().calculate()
    return lambda sheet, cell: solution[f"'[book.xlsx]{sheet.upper()}'!{cell}"].value[0, 0]


def score_cell(content: bytes, sheet: str = "Score", word: str = "Score", column: str = "L") -> str:
    """Where the line that begins with `word` has its number."""
    cells = openpyxl.load_workbook(BytesIO(content))[sheet]
    (row,) = [cell.row for cell in cells["A"] if cell.value == word]
    return f"{column}{row}"


@pytest.mark.parametrize("name", ["Ana", "Ben", "Nora"])
def test_every_formula_comes_to_what_the_app_shows(company: Scene, tmp_path: Path, name: str) -> None:
    card, content = made(company, name)
    assert card.score is not None
    value = calculated(content, tmp_path)
    assert value("Score", score_cell(content)) == pytest.approx(100 * card.score.value)
    for at, item in enumerate(card.score.counted, start=FIRST_ROW + 1):
        assert value("Score", f"K{at}") == pytest.approx(item.attainment), item.reading.metric.key
        assert value("Score", f"L{at}") == pytest.approx(item.points)
    if card.score.leading is not None:
        cell = score_cell(content, word="Score of the leading items")
        assert value("Score", cell) == pytest.approx(100 * card.score.leading)


def test_actuals_are_worked_out_from_the_rows(company: Scene, tmp_path: Path) -> None:
    card, content = made(company, "Ana")
    assert all(one.is_live for one in evidence_of(company, card)[0] if one.score)
    book = openpyxl.load_workbook(BytesIO(content))
    actuals = [cell.value for cell in book["Metrics"]["G"] if isinstance(cell.value, str) and cell.value[0] == "="]
    assert len(actuals) == 5
    rows = [[cell.value for cell in row] for row in book["Facts"].iter_rows(min_row=FIRST_ROW + 1)]
    won = [row for row in rows if row[1:3] == ["Bookings", "numerator"]]
    # The quota speaks from 15 January on: the deal of the 10th is none of its days.
    assert [(row[4].date(), row[8], row[11:14]) for row in won] == [(date(2024, 2, 10), 300, ["deals.csv", "deals", 3])]


def formulas_of(content: bytes, sheet: str, row: int) -> dict[str, str]:
    """The formulas in a row of a sheet, by column."""
    cells = openpyxl.load_workbook(BytesIO(content))[sheet][row]
    return {cell.column_letter: cell.value for cell in cells if str(cell.value).startswith("=")}


def test_a_quota_as_a_target_is_worked_out_from_its_rows(company: Scene, tmp_path: Path) -> None:
    card, content = made(company, "Ben")
    at = FIRST_ROW + 1 + [one.item.metric for one in evidence_of(company, card)[0]].index("bookings")
    assert formulas_of(content, "Targets", at)["C"].startswith("=SUM(Metrics!F")
    assert calculated(content, tmp_path)("Targets", f"H{at}") == pytest.approx(700)
    quotas = [[cell.value for cell in row] for row in openpyxl.load_workbook(BytesIO(content))["Facts"].iter_rows()]
    assert [row[8:10] + row[11:14] for row in quotas if row[2] == "target"] == [[700, 1, "quotas.csv", "quotas", 3]]


def test_a_median_is_worked_out_from_the_rows(company: Scene, tmp_path: Path) -> None:
    item = Item("median_sales_cycle", 100, Timing.LAGGING, target=30, period=Grain.QUARTER)
    card = scorecard_of(company, int(company.org.person("Ana")["id"]), Q1)
    (part,) = live_of(company, Q1, {REP: Scorecard(REP, (item,))}).parts(live_of(company, Q1).of(card.person_id))
    card = replace(card, role_scores=(part,), explanations=card.explanations[:1])
    content = scorecard_workbook(replace(card, whole=card.whole), evidence_of(company, card), "USD")
    assert formulas_of(content, "Metrics", FIRST_ROW + 1)["G"].startswith("=MEDIAN(")
    assert (
        calculated(content, tmp_path)("Metrics", f"G{FIRST_ROW + 1}") == (40 + 68) / 2
    )  # 1 Dec to 10 Jan, 4 Dec to 10 Feb


@pytest.fixture
def seasoned(tmp_path: Path) -> Store:
    """Three years of calls in a season, a rep who has just started and was away, and deals that were open before the quarter."""
    made_calls = [(1, year, month, month % 4 + 1) for year in (2021, 2022, 2023) for month in range(1, 13)]
    made_calls += [(owner, 2024, month, 2) for owner in (1, 2) for month in (1, 2, 3)]
    sheet = "Owner id,Activity type,Activity date,Status\n" + "\n".join(
        f"{owner},Call,{year}-{month:02}-{day:02},Completed"
        for owner, year, month, count in made_calls
        for day in range(1, count + 1)
    )
    store = empty_store(tmp_path)
    imported(store, {"people.csv": PEOPLE, "activities.csv": sheet, "deals.csv": DEALS}, date(2024, 4, 30))
    items = [
        Item("calls", 60, Timing.LEADING, seasonal=True),
        Item("open_deals", 40, Timing.LEADING, period=Grain.QUARTER),
    ]
    with writing(store, "edit", TESTER, ["definitions"]) as open_set:
        plain = [as_plain(item) for item in items]
        open_set.insert(ScorecardVersion, [{"role": REP, "effective_on": None, "items": plain}])
    add_leave(store, TESTER, person_id(store, "Ben"), date(2024, 1, 1), date(2024, 1, 5))  # 5 of 65 working days
    return store


def person_id(store: Store, name: str) -> int:
    return int(scene(store, date(2024, 4, 30)).org.person(name)["id"])


def targets_of(content: bytes, row: int) -> dict[str, str]:
    """How each number in a row of the targets is worked out, by column: the formula up to its first bracket."""
    return {column: formula.split("(")[0] for column, formula in formulas_of(content, "Targets", row).items()}


ALL_LIVE = {"C": "=PERCENTILE", "D": "=AVERAGE", "E": "=AVERAGE", "F": "=4*", "G": "=SUM", "H": "=C5*IF"}


def test_base_and_factors_are_worked_out_from_days_and_past_periods(seasoned: Store, tmp_path: Path) -> None:
    card, content = made(scene(seasoned, date(2024, 4, 30)), "Ben")
    aim = card.role_scores[0].aims[0][1]
    assert aim.target is not None
    factors = {factor.name: factor.value for factor in aim.target.factors}
    assert (factors["present"], factors["months"]) == (60 / 65, 3)
    assert targets_of(content, FIRST_ROW + 1) == ALL_LIVE
    value = calculated(content, tmp_path)
    # 12 months of 2 to 5, 1 to 4 and so on: the 60th percentile of 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4 is 3.
    assert [value("Targets", f"{column}5") for column in "CDEFGH"] == pytest.approx(
        [3, factors["ramp"], 60 / 65, factors["season"], 3, aim.target.value]
    )


def test_the_target_of_a_stock_is_worked_out_from_the_days_before(seasoned: Store, tmp_path: Path) -> None:
    card, content = made(scene(seasoned, date(2024, 4, 30)), "Ben")
    at = FIRST_ROW + 1 + [item.metric for item, _ in card.role_scores[0].aims].index("open_deals")
    assert targets_of(content, at) == {"C": "=PERCENTILE", "H": f"=C{at}*IF"}
    aim = card.role_scores[0].aims[1][1]
    assert aim.target is not None
    assert calculated(content, tmp_path)("Targets", f"H{at}") == pytest.approx(aim.target.value)


def test_the_targets_of_a_closed_period_are_worked_out_as_far_as_they_still_come_to_what_was_kept(
    seasoned: Store, tmp_path: Path
) -> None:
    before, _ = made(scene(seasoned, date(2024, 4, 30)), "Ben")
    close_period(seasoned, TESTER, scene(seasoned, date(2024, 4, 30)), Q1, date(2024, 4, 30))
    card, content = made(scene(seasoned, date(2024, 4, 30)), "Ben")
    assert card.closing
    assert targets_of(content, FIRST_ROW + 1) == ALL_LIVE
    target = before.role_scores[0].aims[0][1].target
    assert target is not None
    assert calculated(content, tmp_path)("Targets", "H5") == pytest.approx(target.value)
    add_leave(seasoned, TESTER, card.person_id, date(2024, 2, 5), date(2024, 2, 9))
    card, content = made(scene(seasoned, date(2024, 4, 30)), "Ben")
    kept = openpyxl.load_workbook(BytesIO(content))["Targets"]["E5"].value
    assert (kept, targets_of(content, FIRST_ROW + 1)) == (
        pytest.approx(60 / 65), {column: how for column, how in ALL_LIVE.items() if column != "E"}
    )  # fmt: skip
    assert calculated(content, tmp_path)("Targets", "H5") == pytest.approx(target.value)


@pytest.mark.parametrize(
    ("kind", "name", "where"),
    [
        (Kind.MANAGERS, "Nora", {"manager": "Nora"}),
        (Kind.ROLES, "Sales representative", {}),
        (Kind.ROLES, "Sales manager", {}),
    ],
)
def test_a_groups_score_is_worked_out_from_its_members(
    company: Scene, tmp_path: Path, kind: Kind, name: str, where: dict[str, str]
) -> None:
    score, content = of_group(company, kind, name, where)
    value = calculated(content, tmp_path)
    assert score.whole.value is not None
    assert value("Whole", score_cell(content, "Whole", column="C")) == pytest.approx(100 * score.whole.value)
    for number, role in enumerate(score.roles, start=1):
        for at, item in enumerate(role.score.counted, start=FIRST_ROW + 1):
            assert value(f"Score {number}", f"L{at}") == pytest.approx(item.points), item.reading.metric.key
    if kind is Kind.MANAGERS:
        assert [role.label for role in score.roles] == ["Sales representative", "Sales development representative"]


def test_what_a_member_reached_adds_up_their_rows(company: Scene) -> None:
    _, content = of_group(company, Kind.ROLES, "Sales representative", {})
    sheet = openpyxl.load_workbook(BytesIO(content))["Members"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=FIRST_ROW + 1)]
    booked = {row[2]: row for row in rows if row[1] == "Bookings"}
    assert all(str(row[7]).startswith("=SUMIFS(Facts!") for row in booked.values())
    # Ana's quota speaks from 15 January on, and Eve is a rep from 1 February on.
    assert [(row[2], row[4].date(), row[5].date()) for row in booked.values()] == [
        ("Ana", date(2024, 1, 1), date(2024, 3, 31)),
        ("Ben", date(2024, 1, 1), date(2024, 3, 31)),
        ("Eve", date(2024, 2, 1), date(2024, 3, 31)),
    ]
    assert "DATE(2024,1,15)" in booked["Ana"][7]
    assert "DATE(2024,2,1)" in booked["Eve"][7]
    assert {row[10] or "" for row in rows if row[1] in ("Bookings", "Calls", "Win rate", "Sales cycle")} == {""}
    assert [row[10] for row in rows if row[1] == "Demos"] == [
        "not in the sums: no value or no target for these days"
    ] * 3


def test_a_changed_fact_changes_the_score(company: Scene, tmp_path: Path) -> None:
    card, content = made(company, "Ben")
    assert card.score is not None
    book = openpyxl.load_workbook(BytesIO(content))
    rows = book["Facts"].iter_rows(min_row=FIRST_ROW + 1)
    (row,) = [row for row in rows if (row[1].value, row[2].value) == ("Bookings", "numerator")]
    row[8].value = 350  # half of the quota of 700 instead of 800
    changed = BytesIO()
    book.save(changed)
    value = calculated(changed.getvalue(), tmp_path)
    bookings = next(item for item in card.score.counted if item.reading.metric.key == "bookings")
    less = 100 * bookings.weight_share * (bookings.attainment - 0.5)
    assert value("Score", score_cell(content)) == pytest.approx(100 * (card.score.value or 0) - less)


def test_the_mean_of_two_roles(company: Scene, tmp_path: Path) -> None:
    card, content = made(company, "Eve")
    assert len(card.role_scores) == 2
    value = calculated(content, tmp_path)
    assert value("Whole", score_cell(content, "Whole", column="C")) == pytest.approx(100 * (card.whole.value or 0))


def test_no_text_of_a_sheet_becomes_a_formula(company: Scene) -> None:
    _, content = made(company, "Ana")
    facts = openpyxl.load_workbook(BytesIO(content))["Facts"]
    (cell,) = {cell.data_type for row in facts.iter_rows() for cell in row if cell.value == "=2+3"}
    assert cell == "s"


def test_the_values_are_in_the_file_for_programs_that_do_not_calculate(company: Scene) -> None:
    card, content = made(company, "Ana")
    book = openpyxl.load_workbook(BytesIO(content), data_only=True)
    assert book["Score"][score_cell(content)].value == pytest.approx(100 * (card.whole.value or 0))


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here")
def test_libreoffice_comes_to_the_same(company: Scene, tmp_path: Path) -> None:
    """All formulas of a rep's and of a group's workbook, from files that don't tell what they come to."""
    books = {"rep": made(company, "Ben")[1], "group": of_group(company, Kind.MANAGERS, "Nora", {"manager": "Nora"})[1]}
    for name, content in books.items():
        openpyxl.load_workbook(BytesIO(content)).save(tmp_path / f"{name}.xlsx")
    # By way of another format: a file that stays .xlsx may be passed on as it is.
    for source, target in (("xlsx", "ods"), ("ods", "xlsx")):
        files = [f"{name}.{source}" for name in books]
        subprocess.run(["soffice", "--headless", "--convert-to", target, *files], cwd=tmp_path, check=True, timeout=120)
    for name, content in books.items():
        told, again = (
            openpyxl.load_workbook(file, data_only=True) for file in (BytesIO(content), tmp_path / f"{name}.xlsx")
        )
        formulas_of = [
            (sheet.title, cell.coordinate)
            for sheet in openpyxl.load_workbook(BytesIO(content))
            for row in sheet.iter_rows()
            for cell in row
            if cell.data_type == "f"
        ]
        assert len(formulas_of) > 20
        for sheet, cell in formulas_of:
            assert again[sheet][cell].value == pytest.approx(told[sheet][cell].value), (name, sheet, cell)


def test_what_stands_on_a_day_is_worked_out_from_the_deals_that_stood_then(tmp_path: Path) -> None:
    store = empty_store(tmp_path)
    deals = """
        Deal id,Owner id,Stage,Amount,Created on,Closed on,Expected close date
        1,1,Closed Won,500,2023-12-01,2024-01-10,
        2,1,Closed Won,300,2023-12-04,2024-02-10,
        3,1,Negotiation,400,2024-01-05,,2024-03-20
        4,1,Negotiation,,2024-02-01,,2024-03-25
        5,1,Negotiation,250,2024-02-20,,2024-05-02
    """
    quotas = "Owner id,Quarter start,Quarter end,Quota\n1,2024-01-01,2024-03-31,1000"
    imported(store, {"people.csv": PEOPLE, "deals.csv": deals, "quotas.csv": quotas}, date(2024, 3, 1))
    items = (
        Item("open_pipeline", 40, Timing.LEADING, target=1000_00),
        Item("open_deals", 30, Timing.LEADING, target=4),
        Item("pipeline_coverage", 30, Timing.LEADING, target=3, period=Grain.QUARTER),
    )
    with writing(store, "edit", TESTER, ["definitions"]) as open_set:
        plain = [as_plain(item) for item in items]
        open_set.insert(ScorecardVersion, [{"role": REP, "effective_on": None, "items": plain}])
    company = scene(store, date(2024, 3, 1))
    card, content = made(company, "Ana")
    evidence = {one.item.metric: one for one in evidence_of(company, card)[0]}
    assert {key: [part.total for part in one.parts] for key, one in evidence.items()} == {
        "open_pipeline": [650_00],
        "open_deals": [3],
        "pipeline_coverage": [400_00, 1000_00, -800_00],
    }
    assert all(one.is_live for one in evidence.values())
    value = calculated(content, tmp_path)
    assert value("Score", score_cell(content)) == pytest.approx(100 * (card.score.value or 0) if card.score else None)
    book = openpyxl.load_workbook(BytesIO(content))["Metrics"]
    actuals = {book.cell(row, 1).value: f"G{row}" for row in range(book.max_row, FIRST_ROW, -1)}
    assert [value("Metrics", cell) for _, cell in sorted(actuals.items())] == pytest.approx([3, 650, 2.0])
