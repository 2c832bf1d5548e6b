"""The deals of the sample company: when they open, how long they take, how they end, what they are worth."""

import numpy as np
import pandas as pd

from spm.sample.cells import dollars, numbered, picks, where_known
from spm.sample.roster import CLOSING, EXECUTIVE, SIZING, Roster, shared_out
from spm.sample.timeline import Indexes, Numbers, Objects, Timeline
from spm.sample.words import (
    ACCOUNT_STEMS,
    ACCOUNT_TRADE,
    DEAL_KINDS,
    OPEN_STAGES,
    PRODUCTS,
    REGIONS,
    SEGMENTS,
    SOURCES,
    STAGES,
)

WORDS = {
    "stage": STAGES,
    "kind": DEAL_KINDS,
    "source": SOURCES,
    "segment": SEGMENTS,
    "region": REGIONS,
    "product": tuple(product.name for product in PRODUCTS),
}  # of the codes in a draft
WON, LOST = STAGES.index("Closed Won"), STAGES.index("Closed Lost")
NEW, EXPANSION, RENEWAL = range(len(DEAL_KINDS))
REP_KIND_SHARES, EXECUTIVE_KIND_SHARES = (0.92, 0.08, 0.0), (0.1, 0.55, 0.35)
SEGMENT_SHARES = (0.58, 0.31, 0.11)
CYCLE_MEDIAN_DAYS = (24, 44, 80)  # by segment
CYCLE_FACTOR = (1.0, 0.75, 0.55)  # by kind
WIN_RATE = (0.3, 0.46, 0.78)  # by kind
WIN_FACTOR = (1.08, 1.0, 0.8)  # by segment
SIZE_FACTOR = (0.55, 1.6, 4.2)  # by segment
PRODUCT_SHARES = (
    (0.36, 0.18, 0.04, 0.12, 0.02, 0.16, 0.05, 0.07),
    (0.08, 0.3, 0.16, 0.12, 0.1, 0.1, 0.08, 0.06),
    (0.02, 0.12, 0.36, 0.06, 0.18, 0.06, 0.14, 0.06),
)  # by segment, then product
SOURCE_SHARES = (0.31, 0.18, 0.22, 0.1, 0.12, 0.07)
PROBABILITY = (0.1, 0.2, 0.4, 0.6, 0.8, 1.0, 0.0)  # by stage
STALE_SHARE, STALE_DAYS = 0.02, 240  # deals that nobody closes for a long time
SLIP_TO_QUARTER_END = (0.24, 0.32, 0.0)  # by month of the quarter
SLIP_TO_MONTH_END, MONTH_END_DAYS = 0.35, 8
HOME_REGION_SHARE = 0.85
DEALS_PER_ACCOUNT = 6
EXECUTIVE_PACE = 0.8  # deals that an account executive opens for one of a sales representative
UNPRICED_SHARE = 0.1  # of the deals that are still being qualified


def deals(timeline: Timeline, staff: Roster, deals_count: int, luck: np.random.Generator) -> pd.DataFrame:
    """`deals_count` deals in the order in which they were created, drafted in codes.

    `owner` is a row of the roster; `created`, `closed` (-1 while open) and `planned` are days of the
    timeline; `amount` is in whole dollars, NaN where nobody has set it; `stage`, `kind`, `source`,
    `segment`, `region` and `product` are places in the word lists, `account` is a name. Nothing of a leaver
    lies after the last day at work: the heir closes it.
    """
    weights = staff.sells * staff.pace(timeline) * np.where(staff.role == EXECUTIVE, EXECUTIVE_PACE, 1.0)
    opener, month = shared_out(deals_count, weights, luck)
    created = staff.workday(timeline, opener, month, luck)
    in_order = np.argsort(created, kind="stable")
    opener, month, created = opener[in_order], month[in_order], created[in_order]

    accounts = _accounts(deals_count, luck)
    account = _account_of_each(staff.team[opener, month] % len(REGIONS), accounts["region"].to_numpy(), luck)
    segment = accounts["segment"].to_numpy()[account]
    kind = np.where(
        staff.role[opener, month] == EXECUTIVE,
        picks(EXECUTIVE_KIND_SHARES, deals_count, luck),
        picks(REP_KIND_SHARES, deals_count, luck),
    )
    product = np.select(
        [segment == at for at in range(len(SEGMENTS))],
        [picks(shares, deals_count, luck) for shares in PRODUCT_SHARES],
    )

    cycle_days = _cycle_days(segment, kind, luck)
    typical = created + cycle_days
    is_stale = luck.random(deals_count) < STALE_SHARE
    dragging = typical + (STALE_DAYS * luck.lognormal(0, 0.5, deals_count)).astype(np.int64)
    ending = _slipped(timeline, np.where(is_stale, dragging, typical), luck)
    is_open = ending >= timeline.days_count
    closed = np.where(is_open, -1, np.maximum(timeline.workday_before(ending), created))
    last_seen = np.where(is_open, timeline.days_count - 1, closed)
    owner = np.where(last_seen >= staff.until_day[opener], staff.heir[opener], opener)

    win_rate = np.array(WIN_RATE)[kind] * np.array(WIN_FACTOR)[segment] * staff.skill[CLOSING, opener, month]
    is_won = luck.random(deals_count) < win_rate * ~is_stale
    progress = (timeline.days_count - created) / np.maximum(ending - created, 1)
    open_stage = (progress * len(OPEN_STAGES) * luck.uniform(0.7, 1.1, deals_count)).astype(np.int64)
    stage = np.where(is_open, open_stage.clip(0, len(OPEN_STAGES) - 1), np.where(is_won, WON, LOST))

    price = np.array([one.price for one in PRODUCTS])[product]
    size = np.array(SIZE_FACTOR)[segment] * staff.skill[SIZING, opener, month] * luck.lognormal(0, 0.45, deals_count)
    amount = rounded_price(price * size)
    amount[(stage == 0) & (luck.random(deals_count) < UNPRICED_SHARE)] = np.nan
    return pd.DataFrame(
        {
            "owner": owner,
            "created": created,
            "closed": closed,
            "planned": np.where(is_stale | is_open, _slipped(timeline, typical, luck), closed),
            "stage": stage,
            "amount": amount,
            "kind": kind,
            "product": product,
            "segment": segment,
            "region": accounts["region"].to_numpy()[account],
            "source": picks(SOURCE_SHARES, deals_count, luck),
            "account": accounts["name"].to_numpy()[account],
        }
    )


def rounded_price(amount: Numbers) -> Numbers:
    """Amounts as salespeople write them: whole tens of dollars, at least 100."""
    return np.maximum(np.round(amount, -1), 100.0)


def _accounts(deals_count: int, luck: np.random.Generator) -> pd.DataFrame:
    """The customers: name, segment and region (codes); every region has one."""
    words = len(ACCOUNT_STEMS)
    count = min(max(deals_count // DEALS_PER_ACCOUNT, 4 * len(REGIONS)), words * len(ACCOUNT_TRADE))
    picked = luck.choice(words * len(ACCOUNT_TRADE), count, replace=False)
    names = [f"{ACCOUNT_STEMS[at % words]} {ACCOUNT_TRADE[at // words]}" for at in picked.tolist()]
    return pd.DataFrame(
        {
            "name": pd.Series(names, dtype=object),
            "segment": picks(SEGMENT_SHARES, count, luck),
            "region": np.arange(count) % len(REGIONS),
        }
    )


def _account_of_each(team_region: Indexes, account_region: Indexes, luck: np.random.Generator) -> Indexes:
    """An account for each deal, mostly of the team's own region; accounts lie in the regions in turn."""
    count, regions_count = len(team_region), len(REGIONS)
    elsewhere = luck.random(count) > HOME_REGION_SHARE
    region = np.where(elsewhere, luck.integers(0, regions_count, count), team_region)
    per_region = len(account_region) // regions_count
    return luck.integers(0, per_region, count) * regions_count + region


def _cycle_days(segment: Indexes, kind: Indexes, luck: np.random.Generator) -> Indexes:
    days = np.array(CYCLE_MEDIAN_DAYS)[segment] * np.array(CYCLE_FACTOR)[kind] * luck.lognormal(0, 0.5, len(segment))
    return np.maximum(days, 2).astype(np.int64)


def _slipped(timeline: Timeline, days: Indexes, luck: np.random.Generator) -> Indexes:
    """The days on which deals really close: many only at the end of the quarter or month."""
    days = np.minimum(days, len(timeline.dates) - 100)
    first_month = timeline.first_day.month - 1
    month = timeline.month_of[days]
    place = (first_month + month) % 3
    slips = luck.random(len(days)) < np.array(SLIP_TO_QUARTER_END)[place]
    month = np.where(slips, month + 2 - place, month)
    starts = np.searchsorted(timeline.month_of, np.arange(timeline.month_of[-1] + 2))
    days = np.where(slips, starts[month] + (luck.random(len(days)) * 28).astype(np.int64), days)
    waits = luck.random(len(days)) < SLIP_TO_MONTH_END
    month_end = starts[month + 1] - 1 - luck.integers(0, MONTH_END_DAYS, len(days))
    return np.where(waits, np.maximum(days, month_end), days)


def sheet(timeline: Timeline, staff: Roster, drafts: pd.DataFrame) -> pd.DataFrame:
    """The deals as a spreadsheet has them, by the field keys of the layout."""
    text = {name: np.array(words, dtype=object)[drafts[name]] for name, words in WORDS.items()}
    account: Objects = drafts["account"].to_numpy()
    owner, closed = drafts["owner"].to_numpy(), drafts["closed"].to_numpy()
    return pd.DataFrame(
        {
            "key": numbered("D", len(drafts)),
            "name": account + " – " + text["product"],
            "owner": staff.names[owner],
            "owner_key": staff.keys[owner],
            "account": account,
            "product": text["product"],
            "stage": text["stage"],
            "amount": dollars(drafts["amount"].to_numpy()),
            "currency": "USD",
            "probability": np.array(PROBABILITY, dtype=object)[drafts["stage"]],
            "created_on": timeline.dates[drafts["created"]],
            "closed_on": where_known(timeline.dates[closed], closed >= 0),
            "expected_close_on": timeline.dates[drafts["planned"]],
            "kind": text["kind"],
            "source": text["source"],
            "segment": text["segment"],
            "region": text["region"],
        },
        dtype=object,
    )
