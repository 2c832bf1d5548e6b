"""A run as the store keeps it, and as frames again. Pure."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

import pandas as pd

from spm.calendar import FiscalCalendar, Grain, Period
from spm.forecast.outlook.histories import By
from spm.forecast.outlook.projecting import AMOUNTS, Outlook

LEVELS = ("company", "team", "rep", "product")
"""The levels whose bookings are published, each by the dimension of its name; product where the sheets have products."""
NOBODY = ""


def by_of(level: str) -> tuple[str, ...]:
    """The dimensions of a level: none of the company."""
    return () if level == "company" else (level,)


def named(frame: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """A level's frame with its members in a column `member`: "" for the company as a whole and for what nobody owns."""
    return frame.assign(member=[NOBODY if pd.isna(name) else name for name in frame[by[0]]] if by else NOBODY)


def kept_totals(level: str, future: pd.DataFrame, ids: Mapping[str, int]) -> list[dict[str, Any]]:
    """Rows of projected_totals from a level's projection: columns member, start, AMOUNTS, model; `ids` of its members."""
    found = []
    for (member, model), own in future.sort_values("start").groupby(["member", "model"], sort=True):
        months = {part: [None if pd.isna(amount) else round(amount) for amount in own[part]] for part in AMOUNTS}
        kept = {"level": level, "member": member, "member_id": ids.get(member)}
        found.append({**kept, "model": model, "months": months})
    return found


def kept_scores(level: str, scores: pd.DataFrame, ids: Mapping[str, int]) -> list[dict[str, Any]]:
    """Rows of backtest_score from a level's back-test: columns member, model and its numbers; NaN as None."""
    numbers = ("wape", "mase", "coverage_80", "coverage_95", "value_added")
    return [
        {"level": level, "member": row["member"], "member_id": ids.get(row["member"]), "model": row["model"],
         **{name: None if pd.isna(row[name]) else float(row[name]) for name in numbers}}
        for row in scores.to_dict("records")
    ]  # fmt: skip


def called(kept: pd.DataFrame, names: Mapping[str, Mapping[int, str]]) -> pd.DataFrame:
    """Rows as the store keeps them (level, member, member_id), with members called as they are now: `names` by level and
    id; who is there no longer keeps the name of then."""
    pairs = zip(kept["level"], kept["member_id"], kept["member"], strict=True)
    return kept.assign(member=[names.get(level, {}).get(at, then) for level, at, then in pairs])


def rebuilt_runs(earlier: Mapping[int, Outlook], by: By) -> pd.DataFrame:
    """One level of what would have been projected so many periods ago, as `forecasts` has it: each origin a run of its own,
    numbered by how long ago it was, below 0."""
    frames = []
    for back, found in earlier.items():
        future = named(found.levels[by].future, by)
        step = future.groupby("member").cumcount() + 1
        made_at = datetime.combine(found.times.ahead[0].start, datetime.min.time())
        frames.append(future.assign(run_id=-back, made_at=made_at, is_rebuilt=True, step=step))
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=["model", "step", "start"])


def forecasts(totals: pd.DataFrame, runs: pd.DataFrame, calendar: FiscalCalendar) -> pd.DataFrame:
    """One row a run, member and month: run_id, made_at, is_rebuilt, level, member, model, step, start, period, AMOUNTS.

    `totals` and `runs` as the store gives them; `step` 1 is the run's first month.
    """
    rows = []
    known = runs.set_index("id")
    for kept in totals.itertuples():
        run = known.loc[kept.run_id]
        months = _months(run["first_on"], len(kept.months["value"]), calendar)
        for step, month in enumerate(months, start=1):
            amounts = [_amount(kept.months[part][step - 1]) for part in AMOUNTS]
            rows.append((kept.run_id, run["made_at"], bool(run["is_rebuilt"]), kept.level, kept.member, kept.model, step,
                         month.start, month.label, *amounts))  # fmt: skip
    columns = ["run_id", "made_at", "is_rebuilt", "level", "member", "model", "step", "start", "period", *AMOUNTS]
    return pd.DataFrame(rows, columns=columns)


def together(every: pd.DataFrame, names: Collection[str], whole: pd.DataFrame) -> pd.DataFrame:
    """Some members of a level as one, month by month: values add up, ranges as those of all members do to the `whole`'s.

    `every`: all members of the level. If they missed independently, the squares of their ranges would add up to the
    whole's; by how much more or less they do says how far they miss together.
    """
    some = every[every["member"].isin(list(names))]
    months = whole.set_index("start")
    found = some.drop_duplicates("start").set_index("start")
    value = some.groupby("start")["value"].sum()
    for part in AMOUNTS[1:]:
        sides = _side(some, part).pow(2).groupby(some["start"]).sum().pow(0.5)
        of_all = _side(every, part).pow(2).groupby(every["start"]).sum().pow(0.5)
        wider = (_side(months, part) / of_all.where(of_all > 0)).fillna(1.0)
        found[part] = value + (sides * wider).reindex(value.index) * (1 if part.startswith("high") else -1)
    lowest = some.groupby("start")["low_95"].min().clip(upper=0.0)
    found["value"] = value
    for part in ("low_80", "low_95"):
        found[part] = found[part].clip(lower=lowest)
    return found.reset_index()[list(every.columns)]


def _side(frame: pd.DataFrame, part: str) -> pd.Series:
    """How far an end of a range lies from the value."""
    return (frame[part] - frame["value"]).abs()


def _months(first_on: Any, count: int, calendar: FiscalCalendar) -> list[Period]:
    months = [calendar.period_of(Grain.MONTH, first_on)]
    while len(months) < count:
        months.append(calendar.after(months[-1]))
    return months


def _amount(kept: int | None) -> float:
    """NaN where no range is known: a single month, alone."""
    return float("nan") if kept is None else float(kept)
