"""What the open pipeline says by itself of a period: its deals, weighted by how deals in their stage turned out. Pure."""

from dataclasses import dataclass

import pandas as pd

from spm.calendar import Span


@dataclass(frozen=True)
class PipelineView:
    """The open deals that are expected to close in a period. Amounts in minor units, None where no deal has one.

    `weighted`: Σ amount × the company's own win rate from the deal's stage, else the sheet's probability (DEFINITIONS 2);
    None where neither is known for any. `weighted_count` of the deals have such a rate and an amount. `undated_count`: open
    deals besides that don't say when they are expected to close.
    """

    deals_count: int
    amount: float | None
    weighted: float | None
    weighted_count: int
    undated_count: int


def pipeline_view(every: pd.DataFrame, period: Span, rates: dict[str, float]) -> PipelineView:
    """`every`: stage, amount_cents, probability, expected_close_on of the open deals; `rates`: stage → the share won."""
    expected = every["expected_close_on"]
    deals = every[expected.map(lambda day: pd.notna(day) and day in period).astype(bool)]
    amounts = deals["amount_cents"].astype(float)
    own = deals["stage"].map(rates).astype(float)
    rate = own.where(own.notna(), deals["probability"].astype(float))
    known = amounts.notna() & rate.notna()
    return PipelineView(
        len(deals),
        float(amounts.sum()) if amounts.notna().any() else None,
        float((amounts * rate)[known].sum()) if known.any() else None,
        int(known.sum()),
        int(expected.isna().sum()),
    )
