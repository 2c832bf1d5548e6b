"""Scorecards, fourth tab: any scorecard as it was known on a day, beside what it says now."""

from collections.abc import Sequence
from datetime import date

import pandas as pd
import streamlit as st

from spm import charts
from spm.calendar import Period
from spm.errors import Refusal
from spm.metrics import wording
from spm.metrics.registry import Unit
from spm.scorecards import queries
from spm.scorecards.closing.model import Closing, closing_of, since_then
from spm.scorecards.closing.queries import kept_cards
from spm.scorecards.explanation import points
from spm.scorecards.known.queries import scorecards_as_known
from spm.scorecards.result import RepScorecard
from spm.ui import asking, failures, show, tables
from spm.ui.tables import Column

SCORES = (Column("rep", "Name", is_pinned=True), Column("then", "Score then", "score bar"), Column("band", "Band then"),
          Column("now", "Score now", "score bar"), Column("since", "Since then"), Column("role", "Role then"))  # fmt: skip
ITEMS = (Column("item", "Item", is_pinned=True), Column("actual", "Actual"), Column("target", "Target"),
         Column("attainment", "Counts as", Unit.SHARE), Column("points", "Points"),
         Column("why", "How the target came about", width=900))  # fmt: skip


def as_known(period: Period, closings: Sequence[Closing]) -> None:
    """Everybody's scores of the period on a day, and the items of one person's."""
    show.section(
        "As known on a day",
        "With the facts, people, scorecards, targets and settings that were here at the end of that day; of a period that "
        "was closed then, what was kept.",
    )
    day = st.date_input(f"{period.title} as known on", None, max_value=asking.real_today(), format="YYYY-MM-DD",
                        key="as_known_day", width=360, help="Choose a day to see what everybody was told then")  # fmt: skip
    if day is None:
        st.caption("Choose a day: what the app held at its end is put together again, which takes a few seconds.")
        return
    try:
        cards = _cards(period, day, closing_of(closings, period, day))
    except Refusal as refusal:
        failures.show_failure(refusal)
        return
    if not cards:
        st.caption(f"On {day:%-d %b %Y} nobody was known to be there in {period.title}.")
        return
    _scores(cards, period, day)
    by_name = {card.rep: card for card in cards}
    _items(by_name[st.selectbox("Whose scorecard?", list(by_name), key="as_known_rep", width=360)])


def _cards(period: Period, day: date, closing: Closing | None) -> list[RepScorecard]:
    if closing is not None:
        return asking.answer(kept_cards, closing)
    with st.spinner(f"Putting together what was known on {day:%-d %b %Y} …"):
        return asking.answer(scorecards_as_known, period, day)


def _scores(cards: Sequence[RepScorecard], period: Period, day: date) -> None:
    now = asking.answer(queries.scores, period, {}).set_index("person_id")["score"]
    rows = []
    for card in cards:
        then, today = card.whole.value, now.get(card.person_id)
        rows.append((card.rep, then, charts.BANDS[str(card.whole.band or "no score")].label, today,
                     since_then(then, today) or "the same", card.roles))  # fmt: skip
    frame = pd.DataFrame(rows, columns=[column.name for column in SCORES], dtype=object)
    changed_count = int((frame["since"] != "the same").sum())
    same = "every score is the same today" if not changed_count else f"{changed_count} of {len(cards)} differ today"
    st.markdown(f"**{period.title} as known on {day:%-d %b %Y}:** {same}.")
    tables.table(frame, SCORES, "as_known", "Scores as known then", file_name=f"{period.title} as known {day}")


def _items(card: RepScorecard) -> None:
    rows = []
    for part in card.role_scores:
        counted = {item.reading: item for item in part.score.counted}
        for reading in (*counted, *part.score.left_out):
            aim, score = part.aim(reading.item), counted.get(reading)
            values = (
                wording.whole(reading.metric.unit, value, show.currency()) for value in (reading.actual, reading.target)
            )
            rows.append((reading.metric.label, *values, score.attainment if score else None,
                         points(score.points) if score else None, aim.words if aim else ""))  # fmt: skip
    frame = pd.DataFrame(rows, columns=[column.name for column in ITEMS], dtype=object)
    tables.table(frame, ITEMS, "as_known_items", f"Scorecard of {card.rep} as known then", is_downloadable=False)
