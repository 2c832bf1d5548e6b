"""What a reader decided about the sheets of an upload: plain texts in the session, by sheet, until it is brought in."""

from datetime import date
from typing import Any

import streamlit as st

from spm.calendar import ONE_DAY, Span
from spm.intake.changes.gone import WholeTruth
from spm.intake.changes.preview import Preview
from spm.intake.changes.questions import Asks, Question, accepted_name
from spm.intake.choices import Choices
from spm.intake.layouts import LAYOUTS
from spm.intake.values import DayOrder

DECIDED = "upload_decided"
WHOLE = "the whole upload"
OF_COLUMNS = ("accepted", "fractions", "filled_down", "shared")
"""Decisions that are lists of columns."""

Place = tuple[str, str]
"""A sheet: its file and its name."""


def decided(place: Place | str) -> dict[str, Any]:
    """What the reader decided about a sheet (its `layout`, `columns`, `accepted`, `day_order`), or about WHOLE upload."""
    return every().setdefault(place, {})


def decide(place: Place | str, **choices: Any) -> None:
    """Keeps decisions about a sheet or the whole upload; None takes one back."""
    kept = decided(place)
    kept |= choices
    for name in [name for name, value in kept.items() if value is None]:
        del kept[name]


def answer(plan: Preview, question: Question, value: str | None) -> None:
    """Keeps the answer to a question; None takes it back, also where it was given of an earlier sheet with the same header."""
    source = plan.sheets[question.at].source
    place: Place | str = (source.file_name, source.sheet)
    if value is None:
        decide(place, asks_anew=True)
    if value is None and question.new_name:
        decide(place, renamed={old: new for old, new in decided(place).get("renamed", {}).items()
                               if old != question.new_name[0]} or None)  # fmt: skip
        return
    match question.asks:
        case Asks.DAY_ORDER:
            decide(place, day_order=value)
        case Asks.YEAR:
            decide(place, year=value and int(value))
        case Asks.STAGE:
            others = {stage: of for stage, of in decided(place).get("stages", {}).items() if stage != question.yes}
            decide(place, stages=others | ({question.yes: value} if value else {}) or None)
        case Asks.LAYOUT:
            decide(place, layout=value, columns=None)
        case Asks.COLUMN:
            decide(place, columns={**decided(place).get("columns", {}), str(question.column): value})
        case Asks.SAME_PERSON:
            others = {name: of for name, of in decided(WHOLE).get("same_people", {}).items() if name != question.taken}
            decide(WHOLE, same_people=others | ({str(question.taken): value} if value else {}) or None)
        case Asks.MANAGER_QUOTAS:
            decide(WHOLE, manager_quotas=value)
        case Asks.CONFIRM_GONE:
            decide(place, confirms_gone=value == "yes" or None)
        case Asks.ACCEPT | Asks.FRACTION | Asks.FILL_DOWN | Asks.SHARE:
            place = place if question.column else WHOLE
            for name in OF_COLUMNS:
                columns = set(decided(place).get(name, ())) - {accepted_name(question)}
                columns |= {accepted_name(question)} if value == name else set()
                decide(place, **{name: sorted(columns) or None})


def rename(plan: Preview, question: Question) -> None:
    """Keeps that what a sheet counts is another number than it was taken for, under the name that the question offers."""
    source = plan.sheets[question.at].source
    place = (source.file_name, source.sheet)
    kept = "columns" if LAYOUTS[str(source.recognition.layout)].counts else "renamed"
    if question.new_name:
        old, new = question.new_name
        decide(place, **{kept: {**decided(place).get(kept, {}), old: new}})


def every() -> dict[Place | str, dict[str, Any]]:
    """All decisions, by sheet."""
    kept: dict[Place | str, dict[str, Any]] = st.session_state.setdefault(DECIDED, {})
    return kept


def forget() -> None:
    """Forgets all decisions."""
    st.session_state[DECIDED] = {}


def choices(place: Place | str) -> Choices:
    """What was decided about a sheet, as the intake takes it."""
    kept = decided(place)
    accepted, fractions, filled_down, shared = (frozenset(kept.get(name, ())) for name in OF_COLUMNS)
    return Choices(
        layout=kept.get("layout"),
        sheet=kept.get("sheet"),
        columns=dict(kept.get("columns", {})),
        accepted=accepted,
        fractions=fractions,
        filled_down=filled_down,
        shared=shared,
        day_order=DayOrder(kept["day_order"]) if "day_order" in kept else None,
        manager_quotas=kept.get("manager_quotas"),
        year=kept.get("year"),
        whole_truth=WholeTruth(kept["whole_truth"]) if "whole_truth" in kept else None,
        confirms_gone=kept.get("confirms_gone", False),
        same_people=dict(kept.get("same_people", {})),
        renamed=dict(kept.get("renamed", {})),
        stages=dict(kept.get("stages", {})),
        asks_anew=kept.get("asks_anew", False),
        covers={measure: _span(*days) for measure, days in kept.get("covers", {}).items()},
    )


def _span(first: str | None, last: str | None) -> Span | None:
    return Span(date.fromisoformat(first), date.fromisoformat(last) + ONE_DAY) if first and last else None
