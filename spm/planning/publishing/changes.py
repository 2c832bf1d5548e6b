"""What changed from one version of a plan to another: what was asked, and what each rep carries. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from spm import money
from spm.metrics.wording import percent
from spm.planning.allocation.drivers import WORDS
from spm.planning.draft import Draft
from spm.planning.publishing.model import Version

NOT_SET = "not set"
Said = Callable[[Any, str], str]
"""A value of a draft and the currency → as a reader says it."""


@dataclass(frozen=True)
class Change:
    """What differs, in words: `what` went from `before` to `after`."""

    what: str
    before: str
    after: str

    @property
    def sentence(self) -> str:
        return f"{self.what}: {self.before} → {self.after}"


def _amount(cents: Any, currency: str) -> str:
    return money.full(cents, currency)


def _percent(share: Any, currency: str) -> str:
    return f"{100 * share:.1f}".removesuffix(".0") + " %"


def _mix(mix: Any, currency: str) -> str:
    whole = sum(weight for _, weight in mix)
    return (
        " and ".join(f"{_percent(weight / whole, currency)} {WORDS.get(driver, driver)}" for driver, weight in mix)
        if whole
        else NOT_SET
    )


def _plain(value: Any, currency: str) -> str:
    return str(value)


OF_PLAN: Mapping[str, tuple[str, Said]] = {
    "target_cents": ("Target", _amount),
    "owner": ("Who answers for it", _plain),
    "effective_on": ("In force from", _plain),
    "mix": ("Shared out by", _mix),
    "potential_from": ("Potential from", _plain),
    "over_assignment": ("Quotas against the target", _percent),
    "change_share": ("At most ± on last year", _percent),
    "stretch": ("Stretch of the projections", _percent),
    "scenario": ("Scenario", _plain),
    "correlation": ("Luck that all share", _percent),
    "yearly_attrition_share": ("Leave within a year", _percent),
    "mean_delay_months": ("Months that hires start late", _plain),
    "gain_per_tenth": ("Bookings gained per +10 % quota", _percent),
}
OF_OWNER: Mapping[str, tuple[str, Said]] = {
    "locked_cents": ("locked at", _amount),
    "floor_cents": ("at least", _amount),
    "ceiling_cents": ("at most", _amount),
    "override_cents": ("set by hand", _amount),
    "months_cents": ("months set by hand", lambda months, currency: ", ".join(
        f"{month:%b %Y} {_amount(cents, currency)}" for month, cents in sorted(months.items()))),
    "reason": ("reason", _plain),
    "potential": ("potential", lambda amount, currency: f"{amount:,.15g}"),
}  # fmt: skip


def asked_changes(before: Draft, after: Draft, names: Mapping[str, str], currency: str) -> list[Change]:
    """What was asked differently, of the plan and of single owners; `names`: owner's key → name."""
    found = _changes("", OF_PLAN, before, after, currency)
    for key in dict.fromkeys([*before.terms, *after.terms]):
        name = names.get(key, key.partition(" ")[2])
        found += _changes(f"{name}, ", OF_OWNER, before.of(key), after.of(key), currency)
    return found


def quota_changes(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Who carries another quota, the largest difference first: rep, before_cents, after_cents, change_cents, change_share.

    `before` and `after`: person_id, rep, amount_cents, as they were saved; NA where somebody is in one of them only.
    """
    columns = ["person_id", "rep", "amount_cents"]
    both = before[columns].merge(after[columns], on="person_id", how="outer", suffixes=("_before", "_after"))
    was, is_now = (both[f"amount_cents_{end}"].astype("Int64") for end in ("before", "after"))
    found = pd.DataFrame(
        {
            "rep": both["rep_after"].fillna(both["rep_before"]),
            "before_cents": was,
            "after_cents": is_now,
            "change_cents": is_now.fillna(0) - was.fillna(0),
            "change_share": is_now.astype("Float64") / was.where(was > 0).astype("Float64") - 1,
        }
    )
    found = found[was.fillna(-1) != is_now.fillna(-1)]
    return found.sort_values("change_cents", key=abs, ascending=False, ignore_index=True)


def odds_change(before: Version, after: Version) -> Change | None:
    """How likely the company's target was by either version, None where that is the same."""
    one, other = (percent(each.facts["probability"]) for each in (before, after))
    return None if one == other else Change("Likely", one, other)


def _changes(prefix: str, fields: Mapping[str, tuple[str, Said]], one: Any, other: Any, currency: str) -> list[Change]:
    found = []
    for name, (words, said) in fields.items():
        pair = getattr(one, name), getattr(other, name)
        if pair[0] != pair[1]:
            before, after = (NOT_SET if each in (None, "", {}) else said(each, currency) for each in pair)
            what = f"{prefix}{words}"
            found.append(Change(what[:1].upper() + what[1:], before, after))
    return found
