"""What the open pipeline says by itself of a period: its deals, weighted by how deals in their stage turned out. Pure."""

from dataclasses import dataclass

import pandas as pd


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
