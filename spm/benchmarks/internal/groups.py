"""Median and top quartile of groups of people. Pure."""

import pandas as pd

LEAST_FOR_MEDIAN, LEAST_FOR_QUARTILE = 3, 4
TENURES = ((365, "under 1 year"), (2 * 365, "1 to 2 years"), (5 * 365, "2 to 5 years"), (10**6, "5 years and more"))
TENURE_NOT_KNOWN = "tenure not known"
COLUMNS = ("group", "people_count", "median", "top_quartile")


def tenure_group(tenure_days: float | None) -> str:
    """In which of TENURES somebody is."""
    if tenure_days is None or pd.isna(tenure_days):
        return TENURE_NOT_KNOWN
    return next(label for limit, label in TENURES if tenure_days < limit)


def grouped(people: pd.DataFrame, higher_is_better: bool) -> pd.DataFrame:
    """One row a group, by tenure or else by name: COLUMNS.

    `people` has group and value (NaN: missing, then the person does not count). The top quartile is where the best quarter
    begins. With too few people there is no median, or no quartile.
    """
    known = people.dropna(subset=["group", "value"])
    share = 0.75 if higher_is_better else 0.25
    rows = [
        {
            "group": group,
            "people_count": len(own),
            "median": float(own["value"].median()) if len(own) >= LEAST_FOR_MEDIAN else None,
            "top_quartile": float(own["value"].quantile(share)) if len(own) >= LEAST_FOR_QUARTILE else None,
        }
        for group, own in sorted(known.groupby("group"), key=lambda group: _place(group[0]))
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)


def _place(group: str) -> tuple[int, str]:
    """What groups are sorted by: the shortest tenure first, others by name."""
    shortest_first = [label for _, label in TENURES]
    return (shortest_first.index(group) if group in shortest_first else len(TENURES), group)
