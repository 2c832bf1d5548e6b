"""How often ranges of landings held what came: each landing as it would have been told at a past origin, from what was known
by then, against what came."""

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from spm.calendar import Period
from spm.forecast.landings.landing import Range, landing
from spm.forecast.landings.queries import PAST_MONTHS
from spm.forecast.landings.stretches import SHARES, Stretches, stretches_of, usual_left
from spm.forecast.outlook.projecting import AMOUNTS
from spm.forecast.publishing.queries import ORIGINS

MONTHS_TO_COME = (1, 3, 12)


def outcomes(
    said: Mapping[str, pd.DataFrame], booked: Mapping[str, pd.DataFrame], months: Sequence[Period], over_count: int,
    backs: Sequence[int],
) -> pd.DataFrame:  # fmt: skip
    """One row a landing: back, months (to come), share, level, in_80, in_95.

    `said`: level → what was said at origins, run −b when `over_count` − b of `months` were over; `booked`: level → what
    came, as of `booked_by_share`. Landings are told at the origins `backs`, each knowing only what was known there.
    """
    rows = [row for back in backs for row in _told(said, booked, months, over_count - back, back)]
    return pd.DataFrame(rows, columns=["back", "months", "share", "level", "in_80", "in_95"])


def _told(
    said: Mapping[str, pd.DataFrame], booked: Mapping[str, pd.DataFrame], months: Sequence[Period], over_count: int, back: int
) -> Iterator[tuple[int, int, float, str, bool, bool]]:  # fmt: skip
    over = [one.start for one in months[:over_count]][-(max(ORIGINS) + PAST_MONTHS) :]
    ahead = [one.start for one in months[over_count:]]
    left = usual_left(booked["company"].droplevel("member").reindex([*over, ahead[0]]).fillna(0.0), PAST_MONTHS)
    origins = [-back - one for one in ORIGINS]
    past = {level: rows[rows["run_id"].isin(origins)] for level, rows in said.items()}
    known = left.loc[over]
    stretches = Stretches(
        {level: stretches_of(rows, booked[level], known) for level, rows in past.items() if len(rows)}
    )
    for level, rows in said.items():
        now = rows[rows["run_id"] == -back].sort_values("step")
        for member, own in now.groupby("member"):
            ranges = [Range(*row) for row in own[list(AMOUNTS)].itertuples(index=False)]
            came = booked[level].reindex(pd.MultiIndex.from_product([[member], ahead])).fillna(0.0)
            if not ranges[0].high_95 > ranges[0].low_95:
                continue
            for share in SHARES:
                so_far, still = float(came[share].iloc[0]), float(left.loc[ahead[0], share])
                for count in (one for one in MONTHS_TO_COME if one <= len(ahead)):
                    stretch = stretches.at(level, count, share)
                    lands = landing(months[over_count], so_far, ranges[:count], still, stretch).lands
                    landed = float(came[1.0].iloc[:count].sum())
                    is_near = lands.low_80 <= landed <= lands.high_80
                    yield back, count, share, level, is_near, lands.holds(landed)
