"""Commands about a plan: a scenario by month, its quotas, its odds, so that they can be checked outside the browser."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from spm import money
from spm.calendar import Period
from spm.cli.codes import DONE
from spm.cli.printing import print_json, said
from spm.errors import Refusal, UnknownName
from spm.metrics.queries import Scene, scene_of
from spm.people.org import nearest
from spm.planning.allocation.quotas import Allocation, allocation
from spm.planning.allocation.roster import first_draft, person_key, plan_of
from spm.planning.baseline.course import Baseline
from spm.planning.baseline.queries import baseline_of, plan_periods
from spm.planning.draft import Draft
from spm.planning.odds.plan_odds import crew_in
from spm.planning.odds.simulation import odds
from spm.planning.publishing.changes import asked_changes
from spm.planning.publishing.model import Version
from spm.planning.publishing.queries import kept_months, scenarios_of, versions_of
from spm.planning.scenarios.contributions import contributions
from spm.planning.scenarios.lever import ElasticLever, Lever
from spm.planning.scenarios.scenario import Scenario, by_month
from spm.planning.scenarios.words import sentence
from spm.planning.segments.queries import split
from spm.store.opening import Store

BASELINE = ("", "baseline")
USUAL_RANGES = "as wide as usual: `spm forecast` measures how far off landings are here"


@dataclass(frozen=True)
class _Asked:
    """What a command is about.

    `split` is the baseline by the segments that the scenario's levers act on. `version` is the saved plan that the draft is
    from, None for a first proposal; `changes` what it asks otherwise than the one before it.
    """

    period: Period
    baseline: Baseline
    scenario: Scenario
    split: Baseline
    draft: Draft
    version: int | None
    changes: tuple[str, ...]

    @property
    def named(self) -> dict[str, Any]:
        """What every answer begins with."""
        return {
            "period": self.period.label,
            "scenario": self.scenario.name or "baseline",
            "version": self.version,
            "ranges": "measured" if self.baseline.is_measured else USUAL_RANGES,
            "target": self.amount(self.draft.target_cents),
        }

    def amount(self, cents: float | None) -> float | None:
        return None if cents is None or cents != cents else money.major(float(cents), self.baseline.currency)

    def quotas(self) -> Allocation:
        return allocation(plan_of(self.baseline, self.draft))


def answer(store: Store, asked: argparse.Namespace) -> int:
    """Prints what is asked of a plan."""
    found = _asked(scene_of(store, date.today(), asked.today), asked)
    answers = {"show": _shown, "allocate": _allocated, "simulate": _simulated}[asked.what](found, asked)
    if asked.json:
        print_json(answers)
        return DONE
    for name, value in answers.items():
        rows = [
            row if isinstance(row, dict) else {name: row} for row in (value if isinstance(value, list) else [value])
        ]
        for row in rows:
            print("\t".join(f"{key}: {said(cell)}" for key, cell in row.items()))
    return DONE


def _shown(found: _Asked, asked: argparse.Namespace) -> dict[str, Any]:
    months = by_month(found.split.outlook, found.scenario, found.baseline.ranges)
    brought = contributions(found.split.outlook, found.scenario)
    return {
        **found.named,
        "baseline": found.amount(brought.baseline_cents),
        "bookings": found.amount(brought.outcome_cents),
        "interaction": found.amount(brought.interaction_cents),
        "changes": list(found.changes),
        "levers": [
            {"lever": one.lever.name, "kind": one.lever.label, "says": sentence(one.lever, found.baseline.currency),
             "team": one.lever.unit, "segment": " = ".join(one.lever.segment or ()) or None,
             "alone": found.amount(one.alone_cents), "share": found.amount(one.shared_cents), **_elasticity(one.lever)}
            for one in brought.levers
        ],
        "months": [
            {"month": f"{row['month']:%Y-%m}",
             **{name: found.amount(row[f"{name}_cents"]) for name in ("baseline", "bookings", "low", "high")}}
            for row in months.to_dict("records")
        ],
    }  # fmt: skip


def _elasticity(lever: Lever) -> dict[str, Any]:
    """By what bookings follow a lever on behaviour, with its range and source; nothing of another lever."""
    known = lever.elasticity if isinstance(lever, ElasticLever) else None
    return {"elasticity": vars(known)} if known else {}


def _allocated(found: _Asked, asked: argparse.Namespace) -> dict[str, Any]:
    quotas = found.quotas()
    return {
        **found.named,
        "assigned": found.amount(quotas.plan.assigned_cents),
        "quotas": [
            {
                "owner": key,
                "name": quota.owner.name,
                "within": quota.owner.within,
                "quota": found.amount(quota.amount_cents),
                "last_year": found.amount(quota.owner.last_year_cents),
                "months": [found.amount(cents) for cents in quota.months_cents],
                "steps": [[step.text, found.amount(step.amount_cents)] for step in quota.steps],
            }
            for key, quota in quotas.quotas.items()
        ],
    }


def _simulated(found: _Asked, asked: argparse.Namespace) -> dict[str, Any]:
    if asked.runs < 1:
        raise Refusal("A simulation needs at least one run.")
    assumed = found.draft.assumptions(found.baseline.correlation)
    crew = crew_in(found.split, found.scenario, found.quotas())
    result = odds(crew, found.draft.target_cents, assumed, asked.seed, asked.runs)
    groups = result.groups.astype(object).where(result.groups.notna(), None)
    return {
        **found.named,
        "seed": asked.seed,
        "runs": asked.runs,
        "assumptions": vars(assumed),
        "probability": result.probability,
        "expected": found.amount(float(result.totals_cents.mean())),
        "low_80": found.amount(result.quantile_cents(0.1)),
        "high_80": found.amount(result.quantile_cents(0.9)),
        "reps_at_100": result.share_of_reps(1.0),
        "reps_at_80": result.share_of_reps(0.8),
        "groups": groups[["level", "name", "probability"]].to_dict("records"),
    }


def _asked(scene: Scene, asked: argparse.Namespace) -> _Asked:
    known = plan_periods(scene)
    if not known:
        raise Refusal("There is nothing to plan from yet.", "Bring deals or orders of at least one whole month.")
    period = scene.standing.company.fiscal_calendar.period(asked.period) if asked.period else known[0]
    baseline = baseline_of(scene, period)
    versions = versions_of(scene, period)
    draft = versions[-1].draft if versions else _begun(scene, period, baseline)
    if asked.target is not None:
        draft = replace(draft, target_cents=_cents(asked.target, baseline.currency))
    if asked.over_assignment is not None:
        draft = replace(draft, over_assignment=asked.over_assignment)
    number, scenario = versions[-1].number if versions else None, _scenario(scene, asked.scenario)
    by_segment = split(scene, baseline, scenario.segments)
    return _Asked(period, baseline, scenario, by_segment, draft, number, _changes(baseline, versions))


def _changes(baseline: Baseline, versions: Sequence[Version]) -> tuple[str, ...]:
    """What the latest version asks otherwise than the one before."""
    if len(versions) < 2:
        return ()
    names = {person_key(int(row.person_id)): row.rep for row in baseline.members.itertuples()}
    found = asked_changes(versions[-2].draft, versions[-1].draft, names, baseline.currency)
    return tuple(change.sentence for change in found)


def _begun(scene: Scene, period: Period, baseline: Baseline) -> Draft:
    draft = first_draft(baseline)
    return replace(draft, kept_months=kept_months(scene, period, draft.effective_on))


def _scenario(scene: Scene, name: str) -> Scenario:
    if name.casefold() in BASELINE:
        return Scenario("")
    known = scenarios_of(scene)
    if name not in known:
        near = nearest(name, list(known))
        raise UnknownName(f"There is no scenario “{name}”.", f"Did you mean {' or '.join(near)}?" if near else "")
    return known[name][-1].scenario


def _cents(text: str, currency: str) -> int:
    try:
        return money.cents(Decimal(text), currency)
    except InvalidOperation as wrong:
        raise UnknownName(f"“{text}” is no amount.", "Write it like 1200000.") from wrong
