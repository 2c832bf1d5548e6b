"""What the Compare page shows first: the answer in words; and below it all of them side by side."""

import pandas as pd
import streamlit as st

from spm import charts
from spm.benchmarks.comparing import queries as comparing
from spm.benchmarks.comparing.certainty import SURE, Luck, luck_of
from spm.benchmarks.comparing.references import Compared, tiers_among
from spm.benchmarks.courses.measures import Measure
from spm.benchmarks.rates import verdict
from spm.benchmarks.subjects.model import Subject
from spm.charts.specification import Specification
from spm.metrics import wording
from spm.metrics.registry import Unit
from spm.metrics.wording import listed
from spm.ui import asking, picture, show
from spm.ui.compare import shown
from spm.ui.compare.choice import Choice

MONTHS_SHOWN = 24
MOST_CHANGE = 3.0  # of a month on a year earlier: beyond it the others would be flat lines
EVEN, ALL_BUT_CERTAIN = 0.5, 0.995


def nobody(chosen: Choice | None) -> None:
    """The headline where nobody is side by side."""
    show.headline("Choose up to eight to see them side by side" if chosen else "The sheets tell nothing to compare by")


def compared(chosen: Choice) -> list[Compared]:
    """Each of the chosen against its own past, peers, team and organisation."""
    measure = chosen.measure if shown.is_judged(chosen) else Measure.ABSOLUTE
    return asking.answer(comparing.compared, chosen.metric.key, chosen.subjects, chosen.period, measure)


def answer(every: list[Compared], chosen: Choice) -> None:
    """Whether they can be told apart in what is shown, in a sentence; of what nobody knows the luck of, from where to where."""
    known = [(one, value) for one, value in zip(every, shown.values(every, chosen), strict=True) if value is not None]
    name, title = shown.name(chosen), chosen.period.title
    if not known:
        show.headline(f"{title}: no {name} is known yet.")
    elif len(known) == 1:
        (one, value), *_ = known
        show.headline(f"{one.subject.label}: {name} of {shown.in_words(value, chosen, is_short=False)} in {title}.")
    else:
        found, values = [one for one, _ in known], sorted(value for _, value in known)
        between = f"{title}: {name} from {' to '.join(shown.in_words(values[at], chosen) for at in (0, -1))}."
        show.headline(_told(found, chosen) or between, _between_two(found, chosen) or _against_peers(found, chosen))


def side_by_side(chosen: Choice) -> None:
    """One picture each, on one scale: its months in front of those of the others, with its range of normal."""
    key = chosen.metric.key
    frame = asking.answer(comparing.months_as, key, chosen.subjects, chosen.period, chosen.measure, MONTHS_SHOWN)
    if frame.empty:
        st.caption(f"No whole month of {chosen.metric.label.lower()} yet.")
        return
    is_change = chosen.measure is Measure.CHANGE
    unit = shown.kind(chosen) if is_change else chosen.metric.unit
    most = MOST_CHANGE if is_change and (frame["value"] > MOST_CHANGE).any() else None
    if unit is Unit.MONEY:
        frame = show.major(frame, "value", "normal_low", "normal_high")
    drawing = charts.beside_others(str(unit), show.symbol(), most)
    with st.grid(2 if len(chosen.subjects) > 1 else 1, min_column_width=340, gap="small"):
        for one in chosen.subjects:
            with st.container(border=True, height="stretch"):
                _one_of(one, frame, drawing, chosen)
    st.caption(" ".join(_legend(chosen, most)))


def _legend(chosen: Choice, most: float | None) -> list[str]:
    """What the small pictures show, in sentences."""
    if chosen.measure is Measure.CHANGE:
        said = ["Each month against the same one a year earlier."]
    else:
        said = ["The band is what is normal for each by its own months before, the season taken out; a triangle marks more than "
                "luck."]  # fmt: skip
    if len(chosen.subjects) > 1:
        said.append("Grey: the others.")
    if most:
        said.append(
            f"What is above {wording.percent_change(most)} is drawn at that line: little was there a year earlier."
        )
    if chosen.measure is Measure.OF_TARGET:
        said.append("By month as it is: the target is that of the period.")
    return said


def _one_of(one: Subject, frame: pd.DataFrame, drawing: Specification, chosen: Choice) -> None:
    own = frame.assign(is_own=frame["name"] == one.label)
    title = f"{chosen.metric.label} of {one.label} by month"
    picture.drawn(one.label, own, drawing, title, file_name=title, key=f"beside_{one.level}_{one.name}")


def _told(found: list[Compared], chosen: Choice) -> str:
    """Who leads among the chosen, or that nobody can be told from the others; "" where luck is not known."""
    name, placed = shown.name(chosen), tiers_among(found, chosen.metric) if shown.is_judged(chosen) else []
    if not any(placed):
        return ""
    first, behind = (
        [one.subject.label for one, tier in zip(found, placed, strict=True) if tier and (tier == 1) is is_first]
        for is_first in (True, False)
    )
    if not behind:
        return f"{chosen.period.title}: in {name} the {len(first)} cannot be told apart."
    if len(first) > len(behind):
        them = "the others cannot be told from the best"
        return f"{chosen.period.title}: {listed(behind)} {_verb(behind, 'is')} clearly behind in {name}; {them}."
    others = f"{behind[0]} is" if len(behind) == 1 else "the others are"
    return f"{chosen.period.title}: {listed(first)} {_verb(first, 'leads')} in {name}; {others} clearly behind."


def _verb(names: list[str], of_one: str) -> str:
    return of_one if len(names) == 1 else {"is": "are", "leads": "lead"}[of_one]


def _against_peers(found: list[Compared], chosen: Choice) -> str:
    """Who is surely better or worse than the peers: one may be, though the few that are chosen can't be told apart."""
    if not shown.is_judged(chosen):
        return ""
    likely = [(one, one.against_peers.probability) for one in found if one.against_peers]
    ends = {
        "better": [one.subject.label for one, probability in likely if probability is not None and probability >= SURE],
        "worse": [
            one.subject.label for one, probability in likely if probability is not None and probability <= 1 - SURE
        ],
    }
    said = [f"{listed(names)} {_verb(names, 'is')} {word}" for word, names in ends.items() if names]
    return f"Against their peers {'; '.join(said)} beyond luck." if said else ""


def _between_two(found: list[Compared], chosen: Choice) -> str:
    """Of a rate, where two are chosen, the likely higher one against the other in a coach's words."""
    if luck_of(chosen.metric) is not Luck.RATE or len(found) != 2 or not shown.is_judged(chosen):
        return ""
    first, second = found
    said = verdict(first.now.rate, second.now.rate)
    if said.probability < EVEN:
        first, second, said = second, first, verdict(second.now.rate, first.now.rate)
    likely = wording.percent(said.probability) if said.probability < ALL_BUT_CERTAIN else "over 99 %"
    return f"{first.subject.label} against {second.subject.label}, {said.words} ({likely} likely the higher one)."
