"""The sample company as a whole: one frame per sheet, the same for the same arguments."""

from datetime import date
from decimal import Decimal

import numpy as np
import pandas as pd

from spm.sample import activities, costs, deal_history, deals, leads, people, quotas, roster
from spm.sample.timeline import Timeline
from spm.sample.words import PRODUCTS

DEALS_PER_REP_MONTH = 4.5
LEADS_PER_DEAL = 1.2
ACTIVITIES_PER_REP_MONTH = 10
ACTIVITIES_PER_DEAL = 2  # at least


def company(
    *,
    last_day: date,
    reps_count: int = 40,
    months_count: int = 36,
    deals_count: int | None = None,
    seed: int = 1,
) -> dict[str, pd.DataFrame]:
    """The sheets of a made-up company: people, products, deals and their history, leads, activities, quotas, costs.

    It lives for `months_count` months, the last being that of `last_day`, after which nothing happens.
    `reps_count` people, leavers included, sell or find leads; managers and a head come on top. Columns are
    the field keys of the layouts, and attributes of the company's own (deals: segment, region; people:
    region). Cells are text, Decimal dollars, float shares and dates, None where missing; `owner` is a
    person's name, `owner_key` the person's id. The same arguments give the same cells. Raises ValueError for
    a count below 1, or more people than there are names.
    """
    deals_count = round(reps_count * months_count * DEALS_PER_REP_MONTH) if deals_count is None else deals_count
    if min(reps_count, months_count, deals_count) < 1:
        raise ValueError("a sample company needs at least one rep, one month and one deal")
    timeline = Timeline(last_day, months_count)
    lucks = [np.random.default_rng(part) for part in np.random.SeedSequence(seed).spawn(7)]
    staff = roster.roster(timeline, reps_count, lucks[0])
    drafts = deals.deals(timeline, staff, deals_count, lucks[1])
    quota_sheet, drafts["amount"] = quotas.quotas(timeline, staff, drafts, lucks[2])
    leads_count = round(deals_count * LEADS_PER_DEAL)
    activities_count = max(reps_count * months_count * ACTIVITIES_PER_REP_MONTH, deals_count * ACTIVITIES_PER_DEAL)
    return {
        "people": people.sheet(timeline, staff),
        "products": _products(),
        "deals": deals.sheet(timeline, staff, drafts),
        "leads": leads.leads(timeline, staff, drafts, leads_count, lucks[3]),
        "activities": activities.activities(timeline, staff, drafts, activities_count, lucks[4]),
        "quotas": quota_sheet,
        "costs": costs.costs(timeline, drafts, lucks[5]),
        "deal_history": deal_history.deal_history(timeline, staff, drafts, lucks[6]),
    }


def _products() -> pd.DataFrame:
    products = pd.DataFrame(PRODUCTS, dtype=object)[["name", "key", "category", "price"]]
    return products.assign(price=[Decimal(one.price) for one in PRODUCTS])
