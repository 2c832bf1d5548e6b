"""What the sample company spends on winning customers: a budget a month for each source and segment."""

from decimal import Decimal

import numpy as np
import pandas as pd

from spm.sample.cells import numbered
from spm.sample.deals import WON
from spm.sample.timeline import GROWTH_PER_YEAR, Timeline
from spm.sample.words import SEGMENTS, SOURCES

CATEGORIES = ("Advertising", "Referral fees", "Sales tools", "Events", "Partner fees", "Webinars")  # by source
SHARE_OF_BOOKINGS = (0.09, 0.03, 0.07, 0.24, 0.12, 0.16)  # by source: events cost most for what comes of them
SEGMENT_FACTOR = (1.25, 0.95, 0.8)
SPREAD = 0.2


def costs(timeline: Timeline, drafts: pd.DataFrame, luck: np.random.Generator) -> pd.DataFrame:
    """A row for each month, source and segment by the field keys of the layout, in whole tens of dollars.

    A source and segment costs its share of what it brings on average, growing as the company does. Where nothing was ever won
    nothing is spent.
    """
    won = drafts[drafts["stage"] == WON].groupby(["source", "segment"])["amount"].sum()
    every = pd.MultiIndex.from_product([range(len(SOURCES)), range(len(SEGMENTS))], names=["source", "segment"])
    source, segment = every.get_level_values("source").to_numpy(), every.get_level_values("segment").to_numpy()
    shares = np.array(SHARE_OF_BOOKINGS)[source] * np.array(SEGMENT_FACTOR)[segment]
    budget = won.reindex(every, fill_value=0.0).to_numpy() * shares
    course = (1 + GROWTH_PER_YEAR) ** (np.arange(timeline.months_count) / 12)
    spent = np.outer(course / course.sum(), budget) * luck.lognormal(0, SPREAD, (timeline.months_count, len(every)))
    amount = np.round(spent, -1)
    month, place = np.nonzero(amount)
    return pd.DataFrame(
        {
            "key": numbered("K", len(month)),
            "spent_on": timeline.dates[timeline.month_starts[month]],
            "category": np.array(CATEGORIES, dtype=object)[source[place]],
            "amount": [Decimal(int(dollars)) for dollars in amount[month, place].tolist()],
            "currency": "USD",
            "source": np.array(SOURCES, dtype=object)[source[place]],
            "segment": np.array(SEGMENTS, dtype=object)[segment[place]],
        },
        dtype=object,
    )
