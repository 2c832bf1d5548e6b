"""Costs: what belongs to sales, and what to marketing; spent on a day, or in a month."""

from spm.intake.checking.draft import Draft
from spm.intake.rules.periods import take_first_days

SPENT_ON_WHAT = ("segment", "campaign")


def check_costs(draft: Draft) -> None:
    """Fills `spent_on` with the first day of a month where no day is said, refuses a row without either, and notes that a
    sheet without categories tells nothing apart. What it was spent on stays a column of the company's own, as deals have it."""
    for key in SPENT_ON_WHAT:
        draft.keep_as_written(key)
    if "category" not in draft.headers:
        draft.note("no column says the category: all of it counts as sales and marketing cost")
    if "spent_on" not in draft.headers:
        take_first_days(draft, "spent_on", "cost")
