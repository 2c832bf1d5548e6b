"""A scorecard as it is kept when its period is closed, as JSON holds it; and back. Pure.

Every number is kept as it was worked out; nothing of it is calculated again when it is read.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from spm.calendar import Grain, Period, Span
from spm.metrics.registry import Metric, Nature, Timing, Unit
from spm.scorecards.aims import Aim, Origin
from spm.scorecards.bands import Band, Bands
from spm.scorecards.explanation import explained
from spm.scorecards.groups import Combined, Part
from spm.scorecards.model import Item, as_plain, from_plain
from spm.scorecards.result import RepScorecard
from spm.scorecards.scored import RoleScore, Scored
from spm.scorecards.scoring import ItemScore, Reading, Score
from spm.scorecards.targets import Factor, Target

METRIC_FIELDS = ("key", "label", "unit", "meaning", "numerator", "denominator", "higher_is_better", "timing", "nature",
                 "formula")  # fmt: skip
READING_FIELDS = ("target", "actual", "is_covered", "numerator", "denominator")
SCORE_FIELDS = ("weight_share", "attainment")


@dataclass(frozen=True)
class Frozen:
    """One person's kept result, with what was said beside it and the bands and currency of then."""

    result: Scored
    missing: dict[str, str]
    notes: tuple[str, ...]
    bands: Bands
    currency: str


def plain(frozen: Frozen) -> dict[str, Any]:
    """The result as JSON holds it."""
    result = frozen.result
    return {
        "person_id": result.person_id,
        "rep": result.rep,
        "team": result.team,
        "manager": result.manager,
        "is_role_assumed": result.is_role_assumed,
        "score": result.whole.value,
        "band": result.whole.band,
        "parts": [_plain_part(part) for part in result.parts],
        "missing": frozen.missing,
        "notes": list(frozen.notes),
        "bands": asdict(frozen.bands),
        "currency": frozen.currency,
    }


def from_plain_result(kept: dict[str, Any], lines: Mapping[str, str]) -> Frozen:
    """The inverse of `plain`.

    What was kept before parts knew their team counts in the latest one, as it did then; what was kept before they knew
    their reporting line is in that of `lines`, by manager.
    """
    latest = {"team": kept["team"], "manager": kept["manager"], "stays": []}
    bands = Bands(**kept["bands"])
    parts = tuple(_part(latest | part, bands, kept["currency"], lines) for part in kept["parts"])
    whole = Combined(
        kept["score"], _band(kept["band"]), tuple(Part(one.role, one.score.value, one.days_count) for one in parts)
    )
    result = Scored(
        kept["person_id"], kept["rep"], kept["team"], kept["manager"], kept["is_role_assumed"], parts, whole, None
    )
    return Frozen(result, kept["missing"], tuple(kept["notes"]), bands, kept["currency"])


def card(frozen: Frozen, period: Period) -> RepScorecard:
    """The kept result as a scorecard, explained with the bands and the currency of then."""
    result = frozen.result
    return RepScorecard(
        person_id=result.person_id,
        rep=result.rep,
        team=result.team,
        manager=result.manager,
        period=period,
        role_scores=result.parts,
        explanations=tuple(explained(part.score, frozen.bands, frozen.currency) for part in result.parts),
        whole=result.whole,
        whole_to_date=None,
        is_role_assumed=result.is_role_assumed,
        elapsed_share=1.0,
        missing=frozen.missing,
        notes=frozen.notes,
    )


def _plain_part(part: RoleScore) -> dict[str, Any]:
    """A role's score as JSON holds it, with those of its stays."""
    counted = {item.reading: item for item in part.score.counted}
    readings = [*counted, *part.score.left_out]
    return {
        "role": part.role,
        "team": part.team,
        "manager": part.manager,
        "reporting_line": part.reporting_line,
        "from": part.span.start.isoformat(),
        "to": part.span.end.isoformat(),
        "days_count": part.days_count,
        "version": part.version,
        "score": {"value": part.score.value, "band": part.score.band, "leading": part.score.leading,
                  "lagging": part.score.lagging},
        "items": [_plain_item(part, reading, counted.get(reading)) for reading in readings],
        "waiting": [as_plain(item) for item in part.score.waiting],
        "order": [item.metric + "/" + item.scope for item, _ in part.aims],
        "stays": [_plain_part(stay) for stay in part.stays],
    }  # fmt: skip


def _plain_item(part: RoleScore, reading: Reading, score: ItemScore | None) -> dict[str, Any]:
    aim = part.aim(reading.item)
    return {
        "item": as_plain(reading.item),
        "metric": {name: getattr(reading.metric, name) for name in METRIC_FIELDS},
        "reading": {name: getattr(reading, name) for name in READING_FIELDS},
        "score": {name: getattr(score, name) for name in SCORE_FIELDS} if score else None,
        "aim": _plain_aim(aim) if aim else None,
    }


def _plain_aim(aim: Aim) -> dict[str, Any]:
    target = aim.target
    return {
        "base": target.base if target else None,
        "factors": [asdict(factor) for factor in target.factors] if target else [],
        "origin": aim.origin,
        "from": aim.span.start.isoformat(),
        "to": aim.span.end.isoformat(),
        "grain": aim.grain,
        "words": aim.words,
    }


def _part(kept: dict[str, Any], bands: Bands, currency: str, lines: Mapping[str, str]) -> RoleScore:
    span = Span(date.fromisoformat(kept["from"]), date.fromisoformat(kept["to"]))
    counted, left_out, aims = [], [], {}
    for one in kept["items"]:
        item, metric = from_plain(one["item"]), _metric(one["metric"])
        reading = Reading(item, metric, **one["reading"])
        aims[f"{item.metric}/{item.scope}"] = item, _aim(one["aim"], span, metric, currency)
        if one["score"]:
            known = {name: one["score"][name] for name in SCORE_FIELDS}
            counted.append(ItemScore(reading, bands=bands, **known))
        else:
            left_out.append(reading)
    waiting: tuple[Item, ...] = tuple(from_plain(item) for item in kept["waiting"])
    whole = {**kept["score"], "band": _band(kept["score"]["band"])}
    score = Score(**whole, counted=tuple(counted), left_out=tuple(left_out), waiting=waiting)
    in_order = tuple(aims[name] for name in kept["order"])
    stays = tuple(_part(stay, bands, currency, lines) for stay in kept["stays"])
    manager = kept["manager"]
    line = kept.get("reporting_line", lines.get(manager, manager))
    return RoleScore(kept["role"], kept["team"], manager, line, span, kept["days_count"], score, None, in_order,
                     kept["version"], stays)  # fmt: skip


def _aim(kept: dict[str, Any], scored: Span, metric: Metric, currency: str) -> Aim:
    factors = tuple(Factor(**factor) for factor in kept["factors"])
    return Aim(
        target=None if kept["base"] is None else Target(kept["base"], factors),
        origin=Origin(kept["origin"]) if kept["origin"] else None,
        span=Span(date.fromisoformat(kept["from"]), date.fromisoformat(kept["to"])),
        scored=scored,
        grain=Grain(kept["grain"]),
        unit=metric.unit,
        currency=currency,
        said=kept["words"],
    )


def _metric(kept: dict[str, Any]) -> Metric:
    named = {"unit": Unit(kept["unit"]), "timing": Timing(kept["timing"]), "nature": Nature(kept["nature"]),
             "numerator": tuple(kept["numerator"]), "denominator": tuple(kept["denominator"])}  # fmt: skip
    return Metric(**{**kept, **named})


def _band(word: str | None) -> Band | None:
    return Band(word) if word else None
