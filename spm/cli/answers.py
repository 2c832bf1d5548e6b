"""Commands that ask: a metric by anything, a rep's scorecard, what there is to ask for."""

import argparse
from datetime import date

from spm.cli.codes import DONE
from spm.cli.printing import pairs, print_json, said
from spm.metrics.plain import plain_values
from spm.metrics.queries import Question, scene_of, values, where_of
from spm.scorecards.queries import scorecard_of
from spm.scorecards.result import plain
from spm.store.opening import Store


def value(store: Store, asked: argparse.Namespace) -> int:
    scene = scene_of(store, date.today(), asked.today)
    company = scene.standing.company
    span = company.fiscal_calendar.period(asked.period) if asked.period else None
    where = where_of(scene, pairs(asked.where, "--where"))
    rows = plain_values(
        scene.metric(asked.metric),
        values(scene, Question(asked.metric, tuple(asked.by), where, span)),
        company.currency,
        scene.catalogue.measures,
    )
    if asked.json:
        print_json(rows)
        return DONE
    for row in rows:
        groups = [str(row[name]) if row[name] is not None else "(none)" for name in dict.fromkeys(asked.by)]
        print("\t".join([*groups, said(row["value"])]))
    return DONE


def scorecard(store: Store, asked: argparse.Namespace) -> int:
    scene = scene_of(store, date.today(), asked.today)
    calendar = scene.standing.company.fiscal_calendar
    period = calendar.period(asked.period) if asked.period else scene.standing.opens_on
    person = scene.org.person(asked.rep)
    card = plain(scorecard_of(scene, int(person["id"]), period), scene.standing.company.currency)
    if asked.json:
        print_json(card)
        return DONE
    print(f"{card['rep']}, {card['role']}, {period.title}: {card['sentence']}")
    for item in card["items"]:
        band = f" {item['band'].capitalize()}." if item.get("band") else ""
        print(f"  {item['label']}: {item['explanation']}{band}")
    for note in card["notes"]:
        print(f"  {note}")
    return DONE


def list_metrics(store: Store, asked: argparse.Namespace) -> int:
    scene = scene_of(store, date.today())
    rows = [
        {"metric": one.key, "label": one.label, "unit": one.unit.value, "meaning": one.meaning,
         "formula": one.formula or None, "better": "higher" if one.higher_is_better else "lower", "timing": one.timing.value,
         "nature": one.nature.value}
        for one in scene.metrics.values()
    ]  # fmt: skip
    if asked.json:
        print_json(rows)
        return DONE
    for row in rows:
        print(f"{row['metric']:28} {row['unit']:6} {row['meaning']}")
    return DONE
