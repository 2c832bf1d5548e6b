"""One case by hand for each rule of DEFINITIONS 3, from sheets through the store to a rep's score."""

from datetime import date
from pathlib import Path

import pytest

from spm.calendar import FiscalCalendar, Grain, Period
from spm.metrics.queries import Scene
from spm.metrics.registry import Timing
from spm.people.leave.actions import add_leave
from spm.people.roles import REP, SDR
from spm.scorecards.bands import Band
from spm.scorecards.model import Item, Scorecard
from spm.scorecards.queries import live_of, scorecard_of
from spm.scorecards.result import RepScorecard
from spm.scorecards.rollup import everybody, group_score
from spm.scorecards.scoring import ItemScore, Standing
from spm.scorecards.standing.queries import standing
from tests.companies import TESTER
from tests.scorecards.companies import as_of, calls, company

LEADING, LAGGING = Timing.LEADING, Timing.LAGGING
MARCH = FiscalCalendar().period("2024-03")
QUARTER = FiscalCalendar().period("2024-Q1")
PEOPLE = """
    Rep id,Name,Role,Team,Manager,Hire date
    1,Ana,Sales rep,North,Nora,2020-01-01
    2,Ben,Sales rep,North,Nora,2020-01-01
    3,Cid,Sales rep,North,Nora,2020-01-01
    4,Dee,Sales rep,North,Nora,2020-01-01
    9,Nora,Sales manager,,,2019-01-01
"""
DEALS = """
    Deal id,Owner id,Stage,Amount,Created on,Closed on
    1,1,Closed Won,800,2024-03-01,2024-03-11
    2,1,Closed Lost,100,2024-03-01,2024-03-12
    3,2,Closed Won,1200,2024-03-01,2024-03-31
    4,2,Closed Won,10,2024-03-01,2024-03-21
    5,2,Closed Lost,100,2024-03-01,2024-03-12
    6,3,Closed Won,1199.99,2024-03-01,2024-03-13
"""


def card_of(scene: Scene, name: str, period: Period = MARCH) -> RepScorecard:
    return scorecard_of(scene, int(scene.org.person(name)["id"]), period)


def item_of(card: RepScorecard) -> ItemScore:
    assert card.score is not None
    (item,) = card.score.counted
    return item


@pytest.fixture(scope="module")
def sold(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """The people with their deals of March."""
    folder = tmp_path_factory.mktemp("sold")
    return as_of(company(folder, {"people.csv": PEOPLE, "deals.csv": DEALS}, {}), "2024-04-30")


def tried(scene: Scene, item: Item, name: str) -> RepScorecard:
    """Someone's March, where sales representatives answer for one item."""
    live = live_of(scene, MARCH, {REP: Scorecard(REP, (item,))})
    return live.card(int(scene.org.person(name)["id"]))


def test_floor_below_it_an_item_counts_0(sold: Scene) -> None:
    item = Item("bookings", 100, LAGGING, target=1000_00, floor=0.81)
    assert item_of(tried(sold, item, "Ana")).attainment == 0  # 800 of 1,000 is 80 %
    assert item_of(tried(sold, item, "Ben")).attainment == pytest.approx(1.21)


def test_cap_what_is_beyond_does_not_count(sold: Scene) -> None:
    item = item_of(tried(sold, Item("bookings", 100, LAGGING, target=500_00, cap=1.2), "Ben"))
    assert (item.attainment, item.reading.uncapped_attainment) == (1.2, pytest.approx(2.42))


@pytest.mark.parametrize(("target", "score", "band"), [
    (1000_00, 0.8, Band.NEAR_TARGET), (1000_01, 0.8, Band.NEEDS_HELP), (800_00, 1.0, Band.ON_TARGET),
    (666_66, 1.2, Band.OUTSTANDING), (666_67, 1.2, Band.ON_TARGET),
])  # fmt: skip
def test_exactly_80_100_and_120_percent(sold: Scene, target: float, score: float, band: Band) -> None:
    card = tried(sold, Item("bookings", 100, LAGGING, target=target), "Ana")
    assert card.whole.value == pytest.approx(score, abs=1e-4)
    assert card.band is band


def test_lower_is_better_is_target_over_actual(sold: Scene) -> None:
    item = Item("sales_cycle", 100, LAGGING, target=15)
    # Ana won one deal in 10 days, Ben one in 30 and one in 20, Cid one in 12.
    attained = [item_of(tried(sold, item, name)).reading.uncapped_attainment for name in ("Ana", "Ben", "Cid")]
    assert attained == [1.5, pytest.approx(15 / 25), 1.25]


def test_lower_is_better_with_an_actual_of_0_stands_at_the_cap(sold: Scene) -> None:
    item = Item("lost_deals", 100, LAGGING, target=2, cap=1.4)
    assert item_of(tried(sold, item, "Cid")).attainment == 1.4
    assert item_of(tried(sold, item, "Ana")).attainment == 1.4  # 2 ÷ 1 is beyond it


def test_lower_is_better_with_a_target_of_0(sold: Scene) -> None:
    item = Item("lost_deals", 100, LAGGING, target=0)
    assert [item_of(tried(sold, item, name)).attainment for name in ("Cid", "Ana")] == [1.0, 0.0]


def test_a_missing_actual_is_left_out_and_the_others_carry_its_weight(tmp_path: Path) -> None:
    store = company(tmp_path, {"people.csv": PEOPLE, "deals.csv": DEALS}, {
        REP: (Item("bookings", 40, LAGGING, target=1000_00), Item("win_rate", 20, LAGGING, target=1.0),
              Item("demos", 40, LEADING, target=3)),
    })  # fmt: skip
    card = card_of(as_of(store, "2024-04-30"), "Ana")
    assert card.score is not None
    assert card.whole.value == pytest.approx((40 * 0.8 + 20 * 0.5) / 60)
    assert (card.score.completeness, card.score.left_out[0].standing) == ("2 of 3 items", Standing.MISSING)


def test_what_a_lifetime_value_lacks_names_the_setting(tmp_path: Path) -> None:
    deals = DEALS.replace("Owner id,", "Account,Owner id,").replace("\n    1,1,", "\n    1,Acme,1,").replace(
        "\n    2,1,", "\n    2,Acme,1,")  # fmt: skip
    item = Item("customer_lifetime_value", 100, LAGGING, target=1000_00)
    sheets = {"people.csv": PEOPLE, "deals.csv": "\n".join(deals.splitlines()[:4])}
    card = card_of(as_of(company(tmp_path, sheets, {REP: (item,)}), "2024-04-30"), "Ana")
    reason = "no gross margin: set one under Settings, or bring a cost column of orders"
    assert card.missing == {"customer_lifetime_value": reason}
    assert f"Customer lifetime value: {reason}." in card.notes


def test_a_quota_of_0_asks_nothing_and_no_quota_is_none(tmp_path: Path) -> None:
    item = Item("bookings", 100, LAGGING, target_from="quota", period=Grain.QUARTER)
    quotas = "Owner id,Quarter start,Quarter end,Quota\n1,2024-01-01,2024-03-31,0\n2,2024-01-01,2024-03-31,1100\n"
    sheets = {"people.csv": PEOPLE, "deals.csv": DEALS, "quotas.csv": quotas}
    scene = as_of(company(tmp_path, sheets, {REP: (item,)}), "2024-04-30")
    card = card_of(scene, "Ana", QUARTER)
    assert card.score is not None
    assert (card.whole.value, card.score.left_out[0].standing) == (None, Standing.NOTHING_ASKED)
    assert item_of(card_of(scene, "Ben", QUARTER)).attainment == pytest.approx(1.1)


NEWCOMER = """
    Rep id,Name,Role,Hire date
    1,Ana,Sales rep,2018-01-01
    2,Eve,Sales rep,2022-11-01
"""


def test_ramp_times_presence_times_season(tmp_path: Path) -> None:
    # In both years before, February had 99 calls and every other month 91: 12 × 198 ÷ (198 + 22 × 91) = 1.08.
    # Eve started on 1 November: February is her fourth month, 0.75. Two of its 20 working days she is away: 0.9.
    months = [date(2021 + at // 12, at % 12 + 1, 1) for at in range(1, 25)]
    history = [(1, day.isoformat(), 99 if day.month == 2 else 91) for day in months]
    sheet = calls(*history, (1, "2023-02-28", 30), (2, "2023-02-28", 30))
    item = Item("calls", 100, LEADING, target=40, seasonal=True)
    store = company(tmp_path, {"people.csv": NEWCOMER, "activities.csv": sheet}, {REP: (item,)})
    eve_id = int(as_of(store, "2023-02-28").org.person("Eve")["id"])
    add_leave(store, TESTER, eve_id, date(2023, 2, 6), date(2023, 2, 7))
    card = card_of(as_of(store, "2023-02-28"), "Eve", FiscalCalendar().period("2023-02"))
    (aim,) = [aim for _, aim in card.role_scores[-1].aims]
    assert aim.words == "The scorecard asks 40 × 0.75 ramp × 0.9 present × 1.08 season = 29.16."
    assert aim.target is not None
    assert aim.target.value == pytest.approx(29.16)
    assert card.whole.value == pytest.approx(30 / 29.16)


def test_a_group_of_four_with_two_at_0_is_at_40_percent(tmp_path: Path) -> None:
    sheet = calls((1, "2024-03-04", 8), (2, "2024-03-05", 8), (1, "2024-04-29", 1))
    item = Item("calls", 100, LEADING, target=10, cap=2.0)
    store = company(tmp_path, {"people.csv": PEOPLE, "activities.csv": sheet}, {REP: (item,)})
    scene = as_of(store, "2024-04-30")
    north = standing(scene, MARCH, {"team": "North"})
    assert north.whole.whole.value == pytest.approx(0.4)
    assert north.whole.band_counts["needs help"] == 2
    assert [(one.name, one.whole.value) for one in north.teams] == [("North", pytest.approx(0.4))]
    nora = next(one for one in standing(scene, MARCH, {}).managers if one.name == "Nora")
    assert nora.whole.value == pytest.approx(0.4)


def test_a_ratio_s_group_target_is_weighted_by_what_each_closed(sold: Scene) -> None:
    # Ana won 1 of 2, Ben 2 of 3, Cid 1 of 1, Dee closed nothing. Asked: 60 % of all; so 4 of 6 against 60 %.
    live = live_of(sold, MARCH, {REP: Scorecard(REP, (Item("win_rate", 100, LAGGING, target=0.6),))})
    whole = group_score("North", everybody(live.results()), live.bands)
    assert whole.whole.value == pytest.approx((4 / 6) / 0.6)


FISCAL = FiscalCalendar(2)


def test_a_yearly_target_in_a_quarter_of_a_fiscal_year_from_february(tmp_path: Path) -> None:
    # Fiscal 2024 is February 2023 to January 2024: 261 working days, 64 of them in its first quarter (20 + 23 + 20).
    sheet = calls((1, "2023-03-15", 63), (1, "2024-01-31", 1))
    item = Item("calls", 100, LEADING, target=261, period=Grain.YEAR)
    store = company(tmp_path, {"people.csv": PEOPLE, "activities.csv": sheet}, {REP: (item,)}, fiscal_first_month=2)
    card = card_of(as_of(store, "2024-04-30"), "Ana", FISCAL.period("2024-Q1"))
    assert (card.period.start, card.period.last_day) == (date(2023, 2, 1), date(2023, 4, 30))
    item_score = item_of(card)
    assert item_score.reading.target == pytest.approx(261 * 63 / 261)
    assert item_score.attainment == pytest.approx(1.0)


def test_a_week_across_a_quarter_s_end_has_a_part_of_both_quarters(tmp_path: Path) -> None:
    # 30 and 31 December are 2 of the quarter's 66 working days, 1 to 3 January 3 of the next one's 64.
    week = FiscalCalendar().period("2025-W01")
    assert (week.start, week.last_day) == (date(2024, 12, 30), date(2025, 1, 5))
    sheet = calls((1, "2024-12-31", 4), (1, "2025-01-02", 5), (1, "2025-01-31", 1))
    item = Item("calls", 100, LEADING, target=660, period=Grain.QUARTER, cap=5)
    store = company(tmp_path, {"people.csv": PEOPLE, "activities.csv": sheet}, {REP: (item,)})
    item_score = item_of(card_of(as_of(store, "2025-01-31"), "Ana", week))
    assert item_score.reading.actual == 9
    assert item_score.reading.target == pytest.approx(660 * (2 / 66 + 3 / 64))


CAREER = """
    Rep id,Name,Role,Valid from,Valid to,Hire date
    5,Eve,SDR,2020-01-01,2024-01-31,2020-01-01
    5,Eve,Sales rep,2024-02-01,,2020-01-01
"""


def test_a_role_change_scores_each_span_on_its_own_scorecard(tmp_path: Path) -> None:
    sheet = calls((5, "2024-01-10", 10), (5, "2024-02-10", 21), (5, "2024-03-31", 0), (5, "2024-04-01", 1))
    versions = {SDR: (Item("calls", 100, LEADING, target=20),), REP: (Item("calls", 100, LEADING, target=10),)}
    store = company(tmp_path, {"people.csv": CAREER, "activities.csv": sheet}, versions)
    card = card_of(as_of(store, "2024-04-30"), "Eve", QUARTER)
    # 10 of 20 in January's 23 working days; 21 of 2 × 10 in the 42 of February and March.
    assert [part.score.value for part in card.role_scores] == [0.5, pytest.approx(1.05)]
    assert card.whole.value == pytest.approx((23 * 0.5 + 42 * 1.05) / 65)
    scene = as_of(store, "2024-04-30")
    roles = {one.name: one.whole.value for one in standing(scene, QUARTER, {}).roles}
    assert roles == {"Sales development representative": 0.5, "Sales representative": pytest.approx(1.05)}


def test_two_items_each_capped_at_120_percent_are_106(tmp_path: Path) -> None:
    sheet = calls((1, "2024-03-04", 2), (1, "2024-04-29", 1))
    items = (Item("calls", 20, LEADING, target=4, cap=1.2), Item("bookings", 80, LAGGING, target=400_00, cap=1.2))
    store = company(tmp_path, {"people.csv": PEOPLE, "deals.csv": DEALS, "activities.csv": sheet}, {REP: items})
    card = card_of(as_of(store, "2024-04-30"), "Ana")
    assert card.score is not None
    assert (card.score.leading, card.score.lagging) == (0.5, 1.2)
    assert card.whole.value == pytest.approx(1.06)
