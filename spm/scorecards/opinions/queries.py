"""The opinions in the store."""

import pandas as pd

from spm.metrics.queries import Scene
from spm.scorecards.model import Scope
from spm.scorecards.opinions.model import Opinion, Summary, summaries
from spm.store import scorecards as stored


def summaries_of(scene: Scene) -> list[Summary]:
    """What each role says of each item, as far as it can be shown."""
    return summaries(_opinions(stored.opinions(scene.store)))


def opinions_by(scene: Scene, person_id: int) -> dict[tuple[str, Scope], Opinion]:
    """What one person said, by metric and scope: for nobody but themselves."""
    rows = stored.opinions(scene.store)
    return {(one.metric, one.scope): one for one in _opinions(rows[rows["person_id"] == person_id])}


def _opinions(rows: pd.DataFrame) -> list[Opinion]:
    return [
        Opinion(row["person_id"], row["role"], row["metric"], Scope(row["scope"]), _answer(row["is_fair"]),
                _answer(row["is_within_reach"]), row["comment"])
        for row in rows.to_dict("records")
    ]  # fmt: skip


def _answer(stored_answer: object) -> bool | None:
    return None if pd.isna(stored_answer) else bool(stored_answer)
