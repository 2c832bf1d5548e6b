"""What people log: calls, e-mails, meetings and demos, some on a deal, some to find one."""

import numpy as np
import pandas as pd

from spm.sample.cells import numbered, picks, where_known
from spm.sample.roster import PACE, SDR, Roster, shared_out
from spm.sample.timeline import Indexes, Numbers, Timeline

KINDS = ("Call", "Email", "Meeting", "Demo")
MEETING = KINDS.index("Meeting")  # from here on nobody notes a direction
KIND_SHARES_TO_FIND = (0.56, 0.36, 0.08, 0.0)
KIND_SHARES_ON_DEALS = (0.29, 0.33, 0.24, 0.14)
MET = ("Completed", "No show", "Cancelled")
OUTCOMES = (("Connected", "Voicemail", "No answer"), ("Replied", "Sent", "Bounced"), MET, MET)  # by kind
OUTCOME_SHARES = ((0.34, 0.28, 0.38), (0.18, 0.79, 0.03), (0.82, 0.1, 0.08), (0.86, 0.08, 0.06))
DIRECTIONS, DIRECTION_SHARES = ("Outbound", "Inbound"), (0.85, 0.15)  # of calls and e-mails
ON_DEALS_SHARE = 0.55
SELLER_PACE = 0.12  # what a seller does to find customers, for one of a sales development representative


def activities(
    timeline: Timeline, staff: Roster, drafts: pd.DataFrame, activities_count: int, luck: np.random.Generator
) -> pd.DataFrame:
    """`activities_count` activities by the field keys of the layout, in the order in which they happened.

    One on a deal lies between its creation and its close, and is its owner's.
    """
    on_deals_count = round(activities_count * ON_DEALS_SHARE)
    deal, deal_day = _on_deals(timeline, staff, drafts, on_deals_count, luck)
    finder, month = shared_out(activities_count - on_deals_count, _finding_weights(timeline, staff), luck)
    owner = np.concatenate([drafts["owner"].to_numpy()[deal], finder])
    day = np.concatenate([deal_day, staff.workday(timeline, finder, month, luck)])
    kind = np.concatenate([picks(KIND_SHARES_ON_DEALS, len(deal), luck), picks(KIND_SHARES_TO_FIND, len(finder), luck)])
    deal = np.concatenate([deal, np.full(len(finder), -1)])
    outcome = np.select(
        [kind == at for at in range(len(KINDS))],
        [picks(shares, activities_count, luck) for shares in OUTCOME_SHARES],
    )
    direction = picks(DIRECTION_SHARES, activities_count, luck)

    in_order = np.argsort(day, kind="stable")
    owner, day, kind, deal = owner[in_order], day[in_order], kind[in_order], deal[in_order]
    return pd.DataFrame(
        {
            "key": numbered("A", activities_count),
            "owner": staff.names[owner],
            "owner_key": staff.keys[owner],
            "kind": np.array(KINDS, dtype=object)[kind],
            "happened_on": timeline.dates[day],
            "outcome": np.array(OUTCOMES, dtype=object)[kind, outcome[in_order]],
            "direction": where_known(np.array(DIRECTIONS, dtype=object)[direction], kind < MEETING),
            "account": where_known(drafts["account"].to_numpy()[deal], deal >= 0),
            "deal_key": where_known(numbered("D", len(drafts))[deal], deal >= 0),
        },
        dtype=object,
    )


def _on_deals(
    timeline: Timeline, staff: Roster, drafts: pd.DataFrame, count: int, luck: np.random.Generator
) -> tuple[Indexes, Indexes]:
    """A deal and a working day of its life for each activity; long deals and busy owners have more."""
    created, closed = drafts["created"].to_numpy(), drafts["closed"].to_numpy()
    until = np.where(closed < 0, timeline.days_count - 1, closed)
    weights = np.sqrt(until - created + 1) * staff.skill[PACE, drafts["owner"], timeline.month_of[created]]
    deal = np.repeat(np.arange(len(drafts)), luck.multinomial(count, weights / weights.sum()))
    day = created[deal] + (luck.random(count) ** 1.3 * (until - created + 1)[deal]).astype(np.int64)
    return deal, timeline.workday_before(day)


def _finding_weights(timeline: Timeline, staff: Roster) -> Numbers:
    return staff.pace(timeline) * ((staff.role == SDR) + SELLER_PACE * staff.sells)
