"""Costs: what belongs to sales, and what to marketing."""

from spm.intake.checking.draft import Draft


def check_costs(draft: Draft) -> None:
    """Notes that a sheet without categories tells nothing apart."""
    if "category" not in draft.headers:
        draft.note("no column says the category: all of it counts as sales and marketing cost")
