"""What the open pipeline says by itself of a period: its deals, weighted by how deals in their stage turned out. Pure."""

from dataclasses import dataclass

import pandas as pd

LEAST_CLOSED = 20  # deals that were in a stage and have closed since, so that their share of wins says something


@dataclass(frozen=True)
class PipelineView:
    """The open deals that are expected to close in a period. Amounts in minor units, None where no deal has one.

    `weighted`: Σ amount × the company's own win rate from the deal's stage, else the sheet's probability (DEFINITIONS 2);
    None where neither is known for any. `weighted_count` of the deals have such a rate and an amount.
    """

    deals_count: int
    amount: float | None
    weighted: float | None
    weighted_count: int


def stage_rates(outcomes: pd.DataFrame) -> dict[str, float]:
    """Stage → the share won of the deals that were in it and closed; only of stages with enough of them.

    `outcomes`: one row a deal and stage that it was in: stage, is_won.
    """
    by_stage = outcomes.groupby("stage")["is_won"].agg(["mean", "count"])
    return {str(stage): float(row["mean"]) for stage, row in by_stage.iterrows() if row["count"] >= LEAST_CLOSED}


def pipeline_view(deals: pd.DataFrame, rates: dict[str, float]) -> PipelineView:
    """`deals`: stage, amount_cents, probability of the open deals that are expected to close in the period."""
    amounts = deals["amount_cents"].astype(float)
    own = deals["stage"].map(rates).astype(float)
    rate = own.where(own.notna(), deals["probability"].astype(float))
    known = amounts.notna() & rate.notna()
    return PipelineView(
        len(deals),
        float(amounts.sum()) if amounts.notna().any() else None,
        float((amounts * rate)[known].sum()) if known.any() else None,
        int(known.sum()),
    )
