"""How the deals of the sample company came to where they are: the stages they went through, and the closes put off."""

import numpy as np
import pandas as pd

from spm.sample.cells import dollars, numbered, picks
from spm.sample.deals import LOST, WON
from spm.sample.roster import Roster
from spm.sample.timeline import Timeline
from spm.sample.words import OPEN_STAGES, STAGES

MONTHS_KEPT = 18  # as long as CRMs keep what changed
STAY = (0.8, 1.0, 1.3, 1.2, 0.9)  # how long deals stay in each open stage, against each other
LOST_IN = (0.3, 0.25, 0.2, 0.15, 0.1)  # the share of lost deals by the last stage that they came to
PUT_OFF_SHARE, PUT_OFF_DAYS = 0.3, (14, 75)


def deal_history(timeline: Timeline, staff: Roster, drafts: pd.DataFrame, luck: np.random.Generator) -> pd.DataFrame:
    """A row for each stage that a deal of the last MONTHS_KEPT months came to, by the field keys of the layout.

    The first is of the day of its creation, the last agrees with the deals: its stage and its expected close. The stages before
    a close lie between the two, in their order, none left out. A close that was put off was expected sooner until then.
    """
    kept = np.flatnonzero(
        drafts["created"].to_numpy() >= timeline.month_starts[max(timeline.months_count - MONTHS_KEPT, 0)]
    )
    rows = drafts.iloc[kept]
    count, stages_count = len(rows), len(OPEN_STAGES)
    stage, created, closed = (rows[name].to_numpy() for name in ("stage", "created", "closed"))
    is_closed = closed >= 0
    lost_in = picks(LOST_IN, count, luck)
    furthest = np.select([stage == WON, stage == LOST], [np.full(count, stages_count - 1), lost_in], stage)

    ends = np.where(is_closed, closed, timeline.days_count - 1)
    is_reached = np.arange(stages_count) <= furthest[:, None]
    stays = np.array(STAY) * luck.lognormal(0, 0.5, (count, stages_count)) * is_reached
    before = np.cumsum(stays, axis=1) - stays
    entered = created[:, None] + (before / stays.sum(axis=1)[:, None] * (ends - created)[:, None]).astype(np.int64)

    changes_count = furthest + is_closed  # after the first row
    is_put_off = (luck.random(count) < PUT_OFF_SHARE) & (changes_count > 0)
    put_off_at = 1 + (luck.random(count) * changes_count).astype(np.int64)
    planned = rows["planned"].to_numpy()
    sooner = np.maximum(planned - luck.integers(*PUT_OFF_DAYS, count), created)

    deal, step = np.nonzero(np.column_stack([is_reached, is_closed]))
    is_close = step == stages_count
    known = np.where(is_close, ends[deal], entered[deal, np.minimum(step, stages_count - 1)])
    number = step - np.where(is_close, stages_count - 1 - furthest[deal], 0)  # 0 for the first of each deal
    expected = np.where(is_put_off[deal] & (number < put_off_at[deal]), sooner[deal], planned[deal])
    owner = rows["owner"].to_numpy()[deal]
    return pd.DataFrame(
        {
            "deal_key": numbered("D", len(drafts))[kept[deal]],
            "known_on": timeline.dates[known],
            "stage": np.array(STAGES, dtype=object)[np.where(is_close, stage[deal], step)],
            "amount": dollars(rows["amount"].to_numpy()[deal]),
            "currency": "USD",
            "expected_close_on": timeline.dates[expected],
            "owner": staff.names[owner],
            "owner_key": staff.keys[owner],
        },
        dtype=object,
    )
