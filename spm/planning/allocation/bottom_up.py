"""What the reps would carry by their own projections, and how far that is from the quotas from the top."""

from collections.abc import Mapping

import pandas as pd

from spm.planning.allocation.quotas import Allocation


def stretched_cents(projection_cents: float | None, stretch: float) -> int | None:
    """A rep's projection × stretch (1.05 is 5 % more), in whole minor units; None where there is no projection."""
    return None if projection_cents is None or pd.isna(projection_cents) else round(projection_cents * stretch)


def reconciled(found: Allocation, bottom_up: Mapping[str, int | None]) -> pd.DataFrame:
    """Top-down beside bottom-up, one row an owner in the tree's order.

    `bottom_up` has an amount by rep's key; None or absent is "not yet given", 0 is 0. Columns: owner, name, within,
    top_down_cents, bottom_up_cents, gap_cents (top-down − bottom-up, what nobody has signed up for), gap_share of the
    bottom-up, missing_count (reps without an amount). A team's bottom-up is its reps' sum, NA where none has one.
    """
    tree = found.plan.tree
    rows = []
    for key, quota in found.quotas.items():
        given = [bottom_up.get(rep.key) for rep in tree.leaves(quota.owner)]
        known = [amount for amount in given if amount is not None]
        rows.append(
            {
                "owner": key,
                "name": quota.owner.name,
                "within": quota.owner.within,
                "top_down_cents": quota.amount_cents,
                "bottom_up_cents": sum(known) if known else None,
                "missing_count": len(given) - len(known),
            }
        )
    frame = pd.DataFrame(rows).astype({"top_down_cents": "Int64", "bottom_up_cents": "Int64"})
    frame["gap_cents"] = frame["top_down_cents"] - frame["bottom_up_cents"]
    below = frame["bottom_up_cents"].astype("Float64")
    frame["gap_share"] = frame["gap_cents"] / below.where(below != 0)
    return frame
