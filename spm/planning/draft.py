"""What somebody asks of a plan: the target, by what it is shared out, and what they set for single owners. Pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from spm.errors import Refusal
from spm.planning.allocation.owners import Limits, Override
from spm.planning.odds.crew import Assumptions


@dataclass(frozen=True)
class Terms:
    """What is set for one owner: None is "not given", 0 is 0. An override and months set by hand need a reason.

    `months_cents`: first day of a month → what it carries, whatever the others do.
    """

    locked_cents: int | None = None
    floor_cents: int | None = None
    ceiling_cents: int | None = None
    override_cents: int | None = None
    months_cents: Mapping[date, int] = field(default_factory=dict)
    reason: str = ""
    potential: float | None = None

    @property
    def override(self) -> Override | None:
        return None if self.override_cents is None else Override(self.override_cents, self.reason)

    @property
    def is_waiting(self) -> bool:
        """Whether something is set by hand and nobody said why."""
        return (self.override_cents is not None or bool(self.months_cents)) and not self.reason.strip()

    def limits(self, change_share: float | None) -> Limits:
        return Limits(self.floor_cents, self.ceiling_cents, change_share)


@dataclass(frozen=True)
class Draft:
    """A plan as it was asked for. `mix`: drivers with their weights. `terms`: owner's key → what is set for them.

    `change_share`: nobody carries more or less than last year by more than this. `stretch`: bottom-up is projection × it.
    `potential_from`: the column that says how large each one's territory is, where nothing is typed in for them. `scenario`:
    by name, under which its odds were worked out; "" is the baseline.
    `owner` answers for the company's target. `effective_on`: from this first of a month on it holds; `kept_months`: rep's
    key → month → what holds before that day.
    `correlation` None takes what the projection's own errors imply.
    """

    target_cents: int
    mix: tuple[tuple[str, float], ...]
    effective_on: date
    over_assignment: float = 1.0
    change_share: float | None = None
    stretch: float = 1.0
    potential_from: str = ""
    scenario: str = ""
    owner: str = ""
    terms: Mapping[str, Terms] = field(default_factory=dict)
    kept_months: Mapping[str, Mapping[date, int]] = field(default_factory=dict)
    correlation: float | None = None
    yearly_attrition_share: float = 0.0
    mean_delay_months: float = 0.0
    gain_per_tenth: float = 0.0

    def of(self, key: str) -> Terms:
        return self.terms.get(key, Terms())

    def with_terms(self, key: str, terms: Terms) -> "Draft":
        others = {name: known for name, known in self.terms.items() if name != key}
        return replace(self, terms=others if terms == Terms() else {**others, key: terms})

    def assumptions(self, implied_correlation: float) -> Assumptions:
        """What the simulation takes of all reps alike."""
        correlation = implied_correlation if self.correlation is None else self.correlation
        return Assumptions(correlation, self.yearly_attrition_share, self.mean_delay_months, self.gain_per_tenth)


def as_plain(draft: Draft) -> dict[str, Any]:
    """The draft as JSON holds it, dates as ISO text."""
    return {
        **asdict(replace(draft, kept_months={}, terms={})),
        "effective_on": draft.effective_on.isoformat(),
        "mix": [list(pair) for pair in draft.mix],
        "kept_months": {key: _months_as_plain(months) for key, months in draft.kept_months.items()},
        "terms": {
            key: {**asdict(terms), "months_cents": _months_as_plain(terms.months_cents)}
            for key, terms in draft.terms.items()
        },
    }


def from_plain(values: Mapping[str, Any]) -> Draft:
    """The draft of `as_plain`. Raises Refusal for one that another version of the app wrote."""
    try:
        return Draft(**{
            **values,
            "effective_on": date.fromisoformat(values["effective_on"]),
            "mix": tuple((driver, weight) for driver, weight in values["mix"]),
            "terms": {
                key: Terms(**{**terms, "months_cents": _months_from_plain(terms.get("months_cents", {}))})
                for key, terms in values["terms"].items()
            },
            "kept_months": {key: _months_from_plain(months) for key, months in values["kept_months"].items()},
        })  # fmt: skip
    except (KeyError, TypeError) as wrong:
        raise Refusal("This plan was made by another version of the app.", "Start a new draft from it.") from wrong


def _months_as_plain(months: Mapping[date, int]) -> dict[str, int]:
    return {month.isoformat(): cents for month, cents in months.items()}


def _months_from_plain(months: Mapping[str, int]) -> dict[date, int]:
    return {date.fromisoformat(month): cents for month, cents in months.items()}
