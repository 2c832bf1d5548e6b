"""What a person decides about an upload, and what of it holds for the next sheet with the same header. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from spm.intake.changes.coverage import Covers
from spm.intake.changes.gone import WholeTruth
from spm.intake.values import DayOrder

LEFT_OUT = "left out"
STATUSES = ("won", "lost", "open")
"""What a stage may mean."""
EVERY_SHEET = ""
"""In place of the name of a sheet: any sheet of a file that nothing else is decided about."""


@dataclass(frozen=True)
class Choices:
    """What a person decides about an upload, on the page or by flags of the command line.

    `layout` and `columns` overrule the recognition; `sheet` reads that sheet alone, hidden or not; `accepted` names
    columns whose unreadable cells are done without; `manager_quotas` is "own" or "team". A sheet may be the
    `whole_truth`: what it lacks is gone, after a person confirmed it (`confirms_gone`) where that is much. `covers`
    says for which days it speaks, in place of what its own days tell. `fractions` names columns in which 1.234 is one,
    `filled_down` those whose blanks say what stands above, `shared` those whose cells name people who share a deal;
    `renamed` gives measures that a log counts a name of their own; `stages` says which of those are won, lost or open;
    `year` is that of periods which name none. `same_people` says who is meant by a name that nobody has. With `asks_anew`
    nothing of what was said of the same header before holds.
    """

    layout: str | None = None
    sheet: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    accepted: frozenset[str] = frozenset()
    day_order: DayOrder | None = None
    manager_quotas: str | None = None
    whole_truth: WholeTruth | None = None
    confirms_gone: bool = False
    covers: Covers = field(default_factory=dict)
    fractions: frozenset[str] = frozenset()
    filled_down: frozenset[str] = frozenset()
    shared: frozenset[str] = frozenset()
    renamed: Mapping[str, str] = field(default_factory=dict)
    stages: Mapping[str, str] = field(default_factory=dict)
    same_people: Mapping[str, str] = field(default_factory=dict)
    asks_anew: bool = False
    year: int | None = None


NO_CHOICES = Choices()


BySheet = Mapping[tuple[str, str], Choices]
"""What is decided about single sheets, by file and name of the sheet (or EVERY_SHEET)."""


def kept_answers(choices: Choices) -> dict[str, Any]:
    """How cells are meant, as plain values to keep for the next sheet with the same header; what was done without, what is
    gone, and a year, are asked each time."""
    answers = {
        "day_order": choices.day_order and str(choices.day_order),
        "fractions": sorted(choices.fractions),
        "filled_down": sorted(choices.filled_down),
        "shared": sorted(choices.shared),
        "renamed": dict(choices.renamed),
        "stages": dict(choices.stages),
    }
    return {name: answer for name, answer in answers.items() if answer}


def kept_in_words(kept: Mapping[str, Any]) -> str:
    """What was said of the cells under a header: "days are day/month; 1.234 is a fraction in Amount"."""
    order = {DayOrder.DAY_FIRST.value: "days are day/month", DayOrder.MONTH_FIRST.value: "days are month/day"}
    parts = [
        order.get(kept.get("day_order", ""), ""),
        *(f"1.234 is a fraction in {column}" for column in kept.get("fractions", ())),
        *(f"blanks of {column} say what stands above them" for column in kept.get("filled_down", ())),
        *(f"the people in a cell of {column} share the deal" for column in kept.get("shared", ())),
        *(f"{old} are counted as “{new}”" for old, new in kept.get("renamed", {}).items()),
        *(f"“{stage}” is {status}" for stage, status in kept.get("stages", {}).items()),
    ]
    return "; ".join(part for part in parts if part)


def with_kept_answers(choices: Choices, kept: Mapping[str, Any]) -> Choices:
    """The choices with what was said of the same header before, where they say nothing themselves."""
    if choices.asks_anew or not kept:
        return choices
    order = kept.get("day_order")
    return replace(
        choices,
        day_order=choices.day_order or (DayOrder(order) if order else None),
        fractions=choices.fractions | (set(kept.get("fractions", ())) - choices.accepted),
        filled_down=choices.filled_down | (set(kept.get("filled_down", ())) - choices.accepted),
        shared=choices.shared | (set(kept.get("shared", ())) - choices.accepted),
        renamed={**kept.get("renamed", {}), **choices.renamed},
        stages={**kept.get("stages", {}), **choices.stages},
    )
