"""The leads of the sample company: who works them, which become deals, which come to nothing."""

import numpy as np
import pandas as pd

from spm.sample.cells import numbered, picks, where_known
from spm.sample.deals import NEW, SOURCE_SHARES
from spm.sample.roster import CLOSING, SDR, Roster, shared_out
from spm.sample.timeline import Indexes, Numbers, Objects, Timeline
from spm.sample.words import ACCOUNT_STEMS, ACCOUNT_TRADE, ORIGINS, SOURCES

FROM_LEAD_SHARE = 0.45  # of the new-business deals
QUALIFIED_SHARE = 0.16  # of the leads that do not become a deal
HANDOVER_DAYS, QUALIFYING_DAYS, FRESH_DAYS = 11, 6, 45
STATUSES = ("New", "Working", "Qualified", "Converted", "Disqualified")
NEW_LEAD, WORKING, QUALIFIED, CONVERTED, DISQUALIFIED = range(len(STATUSES))


def leads(
    timeline: Timeline, staff: Roster, drafts: pd.DataFrame, leads_count: int, luck: np.random.Generator
) -> pd.DataFrame:
    """`leads_count` leads by the field keys of the layout, in the order in which they came.

    Sales development representatives own them; where there is none, sellers do. A converted lead names its
    deal, and shares its account and source.
    """
    deal, created = _converted(timeline, drafts, luck)
    deal, created = deal[:leads_count], created[:leads_count]
    owner = _owners(timeline, staff, timeline.month_of[created], luck)
    others_owner, others_created = _unconverted(timeline, staff, leads_count - len(deal), luck)
    others_count = len(others_owner)

    became = drafts["created"].to_numpy()[deal]
    qualified = created + (luck.random(len(deal)) * (became - created + 1)).astype(np.int64)
    age_days = timeline.days_count - 1 - others_created
    took_days = (QUALIFYING_DAYS * luck.lognormal(0, 0.6, others_count)).astype(np.int64)
    closing = staff.skill[CLOSING, others_owner, timeline.month_of[others_created]]
    is_qualified = (luck.random(others_count) < QUALIFIED_SHARE * closing) & (took_days <= age_days)
    is_fresh = age_days < FRESH_DAYS * luck.random(others_count)
    status = np.where(
        is_qualified, QUALIFIED, np.where(is_fresh, np.where(age_days < 4, NEW_LEAD, WORKING), DISQUALIFIED)
    )
    drafted = pd.DataFrame(
        {
            "owner": np.concatenate([owner, others_owner]),
            "created": np.concatenate([created, others_created]),
            "qualified": np.concatenate([qualified, np.where(is_qualified, others_created + took_days, -1)]),
            "deal": np.concatenate([deal, np.full(others_count, -1)]),
            "status": np.concatenate([np.full(len(deal), CONVERTED), status]),
            "source": np.concatenate([drafts["source"].to_numpy()[deal], picks(SOURCE_SHARES, others_count, luck)]),
            "account": np.concatenate([drafts["account"].to_numpy()[deal], _companies(others_count, luck)]),
        }
    ).sort_values("created", kind="stable", ignore_index=True)
    return _sheet(timeline, staff, drafts, drafted, luck)


def _converted(timeline: Timeline, drafts: pd.DataFrame, luck: np.random.Generator) -> tuple[Indexes, Indexes]:
    """The deals that came from a lead, and the working day of that lead; none came before the first day."""
    is_new = (drafts["kind"].to_numpy() == NEW) & (luck.random(len(drafts)) < FROM_LEAD_SHARE)
    lag_days = 1 + (HANDOVER_DAYS * luck.lognormal(0, 0.7, len(drafts))).astype(np.int64)
    created = drafts["created"].to_numpy() - lag_days
    deal = np.flatnonzero(is_new & (created >= timeline.workdays[0]))
    return deal, timeline.workday_before(created[deal])


def _weights(timeline: Timeline, staff: Roster) -> Numbers:
    """Who works how many leads in which month: only people who are there from its first day to its last."""
    starts, ends = timeline.month_starts[:-1], timeline.month_starts[1:]
    is_whole = (staff.from_day[:, None] <= starts) & (staff.until_day[:, None] >= ends)
    pace = staff.pace(timeline) * is_whole
    develops = pace * (staff.role == SDR)
    weights = np.where(develops.any(axis=0), develops, pace * staff.sells)
    weights[0] += ~weights.any(axis=0)  # the first rep is always there
    return np.asarray(weights)


def _owners(timeline: Timeline, staff: Roster, months: Indexes, luck: np.random.Generator) -> Indexes:
    """Someone for each lead, out of those who work leads in its month."""
    reached = np.cumsum(_weights(timeline, staff), axis=0)
    reached /= reached[-1]
    ladder = (reached + np.arange(timeline.months_count)).T.ravel()
    place = np.searchsorted(ladder, months + luck.random(len(months)), side="right")
    return np.minimum(place - months * len(staff.keys), len(staff.keys) - 1)


def _unconverted(timeline: Timeline, staff: Roster, count: int, luck: np.random.Generator) -> tuple[Indexes, Indexes]:
    """Owner and day of the leads that become no deal."""
    owner, month = shared_out(count, _weights(timeline, staff), luck)
    return owner, staff.workday(timeline, owner, month, luck)


def _companies(count: int, luck: np.random.Generator) -> Objects:
    """Names of companies that are no customers yet; some come more than once."""
    stems = np.array(ACCOUNT_STEMS, dtype=object)
    trades = np.array([f" {trade}" for trade in ACCOUNT_TRADE], dtype=object)
    return np.asarray(luck.choice(stems, count) + luck.choice(trades, count))


def _contacts(count: int, luck: np.random.Generator) -> Objects:
    """Names of people, given and family name of one origin."""
    given = np.array([origin[0].split() for origin in ORIGINS], dtype=object)
    family = np.array([origin[1].split() for origin in ORIGINS], dtype=object)
    origin = luck.integers(0, len(ORIGINS), count)
    first, last = luck.integers(0, given.shape[1], count), luck.integers(0, family.shape[1], count)
    return np.asarray(given[origin, first] + " " + family[origin, last])


def _sheet(
    timeline: Timeline, staff: Roster, drafts: pd.DataFrame, drafted: pd.DataFrame, luck: np.random.Generator
) -> pd.DataFrame:
    owner, deal = drafted["owner"].to_numpy(), drafted["deal"].to_numpy()
    qualified = drafted["qualified"].to_numpy()
    qualified_on = timeline.dates[timeline.workday_before(qualified)]
    became = timeline.dates[drafts["created"].to_numpy()[deal]]
    return pd.DataFrame(
        {
            "key": numbered("L", len(drafted)),
            "name": _contacts(len(drafted), luck),
            "owner": staff.names[owner],
            "owner_key": staff.keys[owner],
            "account": drafted["account"].to_numpy(),
            "created_on": timeline.dates[drafted["created"]],
            "status": np.array(STATUSES, dtype=object)[drafted["status"]],
            "qualified_on": where_known(qualified_on, qualified >= 0),
            "converted_on": where_known(became, deal >= 0),
            "deal_key": where_known(numbered("D", len(drafts))[deal], deal >= 0),
            "source": np.array(SOURCES, dtype=object)[drafted["source"]],
        },
        dtype=object,
    )
