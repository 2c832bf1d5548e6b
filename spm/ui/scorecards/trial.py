"""What the scorecard that is shaped would have made of the last period: distribution, bands, who changes band."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from spm import charts
from spm.errors import Refusal
from spm.metrics.wording import shown_percent
from spm.people.roles import label_of
from spm.scorecards.drafts.queries import tried
from spm.scorecards.drafts.trial import Trial, verdict
from spm.scorecards.model import Scorecard, checked
from spm.scorecards.queries import bands_of
from spm.scorecards.versions.queries import last_over
from spm.ui import asking, failures, picture, show, tables
from spm.ui.filters import View
from spm.ui.tables import Column

AS_IT_IS, DRAFTED = "As it is", "With this draft"


def drawn(draft: Scorecard, tried_on: str, view: View) -> None:
    """The preview beside the editor, with the people of a role: the draft's own, or that of which it is a copy.

    A draft that can't be scored says why.
    """
    scene = asking.scene()
    period = view.period if scene.today >= view.period.last_day else last_over(scene)
    with st.container(border=True):
        show.section(f"What {period.title} would have been", "Everyone in the role, tried before anything is saved.")
        try:
            checked(draft, asking.answer(bands_of))
        except Refusal as refusal:
            failures.show_failure(refusal)
            return
        if tried_on != draft.role:
            st.caption(show.plain(f"Nobody has this role yet. Tried on its model: {label_of(tried_on).lower()}."))
        found = asking.whole(tried, replace(draft, role=tried_on), period)
        st.markdown(f"**{show.plain(verdict(found))}**")
        if found.people["after"].notna().any():
            _pictures(found)
            _moved(found)


def _pictures(found: Trial) -> None:
    edges = bands_of(asking.scene())
    points = (100 * edges.near_target, 100 * edges.on_target, 100 * edges.outstanding)
    picture.drawn("Scores", _scores(found), charts.score_distribution(points), "Scores with the draft, outlined as they are",
                  file_name="scores with the draft")  # fmt: skip
    st.caption("Filled: with this draft. Dashed outline: as it is. Lines: where the bands begin.")
    rows = [
        {"team": name, "band": band, "reps_count": count}
        for name, column in ((AS_IT_IS, "band_before"), (DRAFTED, "band_after"))
        for band, count in found.band_counts(column).items()
    ]
    picture.drawn("Bands", pd.DataFrame(rows), charts.bands(), "People by band, as it is and with the draft",
                  file_name="bands with the draft")  # fmt: skip


def _scores(found: Trial) -> pd.DataFrame:
    return pd.concat(
        [
            pd.DataFrame({"points": 100 * found.people[column].astype(float), "with_draft": is_draft})
            for column, is_draft in (("before", False), ("after", True))
        ],
        ignore_index=True,
    )


def _moved(found: Trial) -> None:
    moved = found.moved
    if moved.empty:
        return
    rows = moved.assign(
        now=[_said(row.before, row.band_before) for row in moved.itertuples()],
        draft=[_said(row.after, row.band_after) for row in moved.itertuples()],
    )
    columns = [
        Column("rep", "Changes band", is_pinned=True),
        Column("now", "Now", width=108),
        Column("draft", "Draft", width=108),
    ]
    tables.table(rows, columns, "scorecard_moved", "Who changes band", file_name="who changes band")


def _said(score: float | None, band: object) -> str:
    return f"{'' if score is None else f'{shown_percent(score)} '}{_label(band)}"


def _label(band: object) -> str:
    return charts.BANDS[str(band) if band else "no score"].label
