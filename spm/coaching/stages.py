"""How long deals stay in each stage, and how many go on from it: from histories of deals. Pure: frames in, frames out."""

import numpy as np
import pandas as pd

from spm.calendar import Span

OPEN, LOST = "open", "lost"
LEAST_STAYS = 5  # that make a median
COLUMNS = ("stage", "place", "left_count", "median_days", "gone_on_rate")


def stays(states: pd.DataFrame) -> pd.DataFrame:
    """The stays of deals in stages: deal_id, place (0 for a deal's first), stage, since, until, next_status, person_id.

    `states`: what was known of deals in order of time: deal_id, person_id, since, stage, status, created_on. What a deal was
    again unchanged is one stay. Only those that were seen to end; `since` is None of a deal's first where it was known later
    than the deal began, so that nobody saw it begin.
    """
    known = states.sort_values(["deal_id", "since"], kind="stable", ignore_index=True)
    stage = known["stage"].fillna(known["status"])
    is_first = known["deal_id"] != known["deal_id"].shift()
    starts = known[is_first | (stage != stage.shift()) | (known["status"] != known["status"].shift())]
    following = starts.shift(-1)
    place = starts.groupby("deal_id").cumcount()
    days = zip(starts["created_on"], starts["since"], strict=True)
    is_seen = (place > 0) | np.array([begun is not None and since <= begun for begun, since in days], dtype=bool)
    found = starts.assign(
        place=place,
        until=following["since"],
        next_status=following["status"],
        since=starts["since"].where(is_seen, None),
    )
    ended = (following["deal_id"] == starts["deal_id"]) & (starts["status"] == OPEN) & starts["stage"].notna()
    return found.loc[ended, ["deal_id", "person_id", "place", "stage", "since", "until", "next_status"]]


def stage_times(ended: pd.DataFrame, span: Span) -> pd.DataFrame:
    """Of the stays that ended in `span` by stage: COLUMNS, in the order in which deals usually go through the stages.

    `median_days` None for fewer than LEAST_STAYS; `gone_on_rate` is the share that went on to another stage or was won, and
    not lost. The order is that of the stages' mean place in the histories: no sheet says it.
    """
    kept = ended[np.array([day in span for day in ended["until"]], dtype=bool)]
    rows = []
    for stage, own in kept.groupby("stage"):
        days = [
            (until - since).days for since, until in zip(own["since"], own["until"], strict=True) if pd.notna(since)
        ]
        median = float(pd.Series(days).median()) if len(days) >= LEAST_STAYS else None
        rows.append((stage, own["place"].mean(), len(own), median, float((own["next_status"] != LOST).mean())))
    return pd.DataFrame(rows, columns=list(COLUMNS)).sort_values(["place", "stage"], ignore_index=True)
