"""Commands about what will probably be: a metric projected, how good that has been, and the forecast that the app shows."""

import argparse
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from spm.calendar import Grain
from spm.cli.codes import DONE
from spm.cli.printing import pairs, print_json, said
from spm.errors import Refusal
from spm.forecast.actions import publish
from spm.forecast.outlook import words
from spm.forecast.outlook.histories import HORIZONS, SEASONS
from spm.forecast.outlook.projecting import AMOUNTS, SCORES, Level, Outlook
from spm.forecast.outlook.queries import Asked, is_divided
from spm.forecast.queries import outlook
from spm.metrics.plain import plain_number
from spm.metrics.queries import scene_of, where_of
from spm.store.opening import Store


@dataclass(frozen=True)
class _Answer:
    """What was projected, and how its rows are to be grouped: the dimensions as they were asked for."""

    found: Outlook
    level: Level | None
    by: tuple[str, ...]
    company: str
    currency: str

    def groups(self, row: dict[str, Any], period: str | None = None) -> dict[str, Any]:
        grain = self.found.times.grain.value
        named = {"company": self.company} | ({grain: period} if period else {})
        return {name: named.get(name, row.get(name)) for name in self.by if name in named or name in row}


def project(store: Store, asked: argparse.Namespace) -> int:
    """Prints the metric ahead: one object a group and period, with its by keys, period, value, ranges and model."""
    answer = _answer(store, asked, least=HORIZONS)  # so that fewer periods are the first of the page's, to the cent
    wanted = {one.label for one in answer.found.times.ahead[: asked.horizon]}
    rows = []
    for row in _records(answer.level.future if answer.level else None):
        if row["period"] not in wanted:
            continue
        amounts = {name: plain_number(row[name], answer.found.metric.unit, answer.currency) for name in AMOUNTS}
        rows.append({**answer.groups(row, row["period"]), "metric": answer.found.metric.key, "period": row["period"],
                     **amounts, "model": row["model"]})  # fmt: skip
    if asked.json:
        print_json(rows)
        return DONE
    for row in rows:
        ranges = [f"{level} %: {said(row[f'low_{level}'])} to {said(row[f'high_{level}'])}" for level in (80, 95)]
        print("\t".join([*_names(row, answer), row["period"], said(row["value"]), *ranges, row["model"]]))
    if not rows:
        print("Nothing to project from: no period is complete yet.")
    return DONE


def score(store: Store, asked: argparse.Namespace) -> int:
    """Prints how good the projection was on periods held out in time order: one object a group.

    Of a ratio both of whose sides are projected that is how well it could be told from its own history.
    """
    answer = _answer(store, asked, least={})
    is_alone = is_divided(answer.found.metric)
    apart = {"measured_on": "the ratio by itself"} if is_alone else {}
    rows = [
        {**answer.groups(row), "metric": answer.found.metric.key, "model": row["model"], **apart,
         **{name: _share(row[name]) for name in SCORES}}
        for row in _records(answer.level.scores if answer.level else None)
    ]  # fmt: skip
    if asked.json:
        print_json(rows)
        return DONE
    for row in rows:
        off = "too short to hold anything back" if row["wape"] is None else f"off by {row['wape']:.1%} on average"
        simple = "" if row["value_added"] is None else f"; the simple rule by {row['wape'] + row['value_added']:.1%}"
        print("\t".join([*_names(row, answer), f"{off}{simple}", row["model"]]))
    if is_alone and rows:
        print(f"Measured on the ratio by itself. {words.divided(answer.found.metric.formula)}")
    if not rows:
        print("Nothing to hold back: no period is complete yet.")
    return DONE


def make(store: Store, asked: argparse.Namespace) -> int:
    """Publishes the forecast of the store as it is, unless that is done already."""
    run_id = publish(store, date.today())
    if asked.json:
        print_json({"run": run_id})
    else:
        print(
            f"Forecast {run_id} is made."
            if run_id
            else "Nothing to do: the forecast is made, or there is nothing to project."
        )
    return DONE


def _share(number: float | None) -> float | None:
    return None if number is None or pd.isna(number) else float(number)


def _answer(store: Store, asked: argparse.Namespace, least: Mapping[Grain, int]) -> _Answer:
    """`least`: as many periods ahead at least, whatever was asked for."""
    scene = scene_of(store, date.today(), asked.today)
    grains = [Grain(name) for name in asked.by if name in list(Grain)]
    if len(grains) > 1 or any(grain not in SEASONS for grain in grains):
        raise Refusal("A projection goes by one of week, month, quarter and year.")
    where = where_of(scene, pairs(asked.where, "--where"))
    grain = grains[0] if grains else Grain.MONTH
    horizon = max(asked.horizon or 0, least.get(grain, 0)) or None
    found = outlook(scene, Asked(asked.metric, tuple(asked.by), where, grain, horizon))
    company = scene.standing.company
    return _Answer(found, found.level_of(asked.by), tuple(dict.fromkeys(asked.by)), company.name, company.currency)


def _records(frame: pd.DataFrame | None) -> list[dict[str, Any]]:
    return [] if frame is None else frame.astype(object).where(frame.notna(), None).to_dict("records")


def _names(row: dict[str, Any], answer: _Answer) -> list[str]:
    grain = answer.found.times.grain.value
    return [
        str(row[name]) if row[name] is not None else "(none)" for name in answer.by if name in row and name != grain
    ]
