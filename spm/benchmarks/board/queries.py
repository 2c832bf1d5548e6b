"""Teams or reps by metrics, and who of them can be told from the rest."""

from collections.abc import Mapping, Sequence

import pandas as pd

from spm.benchmarks.comparing.certainty import against_the_rest, estimates_of, values_of
from spm.benchmarks.comparing.queries import NUMBERS, members, sizes_of
from spm.benchmarks.comparing.subjects import Level
from spm.benchmarks.tiers import tiers
from spm.calendar import Period
from spm.metrics.queries import Scene, answers
from spm.people.org import nested_teams
from spm.people.roles import MANAGER


def board(scene: Scene, level: Level, keys: Sequence[str], period: Period, where: Mapping[str, str]) -> pd.DataFrame:
    """Everyone of a level by metrics, by name: name, for reps also role, role_label, team, tenure_days; and for each key its
    value.

    Beside each value in `<key>_better` how likely it is truly better than that of the others, and in `<key>_tier` its tier
    among them, NaN where that is not known: of reps among those of the same role for the time that each was there; of teams,
    where a metric adds up, for what people of their roles bring on average. A team is who is in it themselves; managers are
    left out.
    """
    there = members(scene, period)
    everyone = there[there["role"] != MANAGER]
    if "team" in where:
        everyone = everyone[everyone["team"].isin(nested_teams(scene.org.teams, where["team"]))]
    if level is Level.REP:
        frame = everyone.rename(columns={"rep": "name"}).set_index("name")[
            ["role", "role_label", "team", "tenure_days"]
        ]
        exposure = everyone.set_index("rep")["present_share"]
    else:
        frame = pd.DataFrame(index=pd.Index(sorted(everyone[level.value].dropna().unique()), name="name"))
        exposure = None
    typical = _typical(scene, keys, there, period) if exposure is None else {}
    for key, found in answers(scene, keys, (level.value,), tuple(where.items()), period).items():
        answer = found.dropna(subset=[level.value]).set_index(level.value)[NUMBERS].reindex(frame.index)
        answer["exposure"] = _expected(typical.get(key), everyone) if exposure is None else exposure
        frame = frame.assign(**{key: answer["value"].astype(float)})
        frame = frame.join(_told_apart(scene, key, answer, frame, period))
    return frame.reset_index()


def _typical(scene: Scene, keys: Sequence[str], there: pd.DataFrame, period: Period) -> dict[str, pd.Series]:
    """Of each metric that adds up what a person of a role brings on average who is there all of the period, by role."""
    adding_up = [key for key in keys if not scene.metric(key).is_ratio]
    people_count = there.groupby("role")["present_share"].sum()
    by_role = answers(scene, adding_up, ("role",), (), period)
    return {key: frame.set_index("role")["value"].astype(float) / people_count for key, frame in by_role.items()}


def _expected(typical: pd.Series | None, everyone: pd.DataFrame) -> pd.Series | float:
    """Team → what people of the roles of its members bring on average, for the time that they were there."""
    if typical is None:
        return 1.0
    theirs = typical.reindex(everyone["role"]).to_numpy() * everyone["present_share"].to_numpy()
    return pd.Series(theirs, index=everyone["team"]).groupby(level=0).sum()


def _told_apart(scene: Scene, key: str, answer: pd.DataFrame, frame: pd.DataFrame, period: Period) -> pd.DataFrame:
    asked_for, sizes = scene.metric(key), sizes_of(scene, key, period)
    pieces = [pd.DataFrame(columns=[f"{key}_better", f"{key}_tier"], dtype=float)]
    for _, rows in answer.groupby(frame["role"]) if "role" in frame else [("all", answer)]:
        several = values_of(rows)
        found = estimates_of(asked_for, several, sizes)
        told = {
            f"{key}_better": against_the_rest(asked_for, several, sizes),
            f"{key}_tier": tiers(found, asked_for.higher_is_better),
        }
        pieces.append(pd.DataFrame(told, index=rows.index, dtype=float))
    return pd.concat([piece for piece in pieces if len(piece)] or pieces)
