"""A scenario as JSON holds it, to be stored and shared, and back."""

from dataclasses import asdict, fields
from datetime import date
from typing import Any

from spm.errors import Refusal
from spm.planning.ranges import Range
from spm.planning.scenarios.lever import Lever
from spm.planning.scenarios.levers import KINDS
from spm.planning.scenarios.scenario import Scenario

BY_NAME = {kind.__name__: kind for kind in KINDS}
DATES = ("starts_on", "ends_on")


def as_plain(scenario: Scenario) -> dict[str, Any]:
    """{"name": …, "levers": [{"kind": "Market", …}]}, dates as ISO text."""
    return {"name": scenario.name, "levers": [_lever_as_plain(lever) for lever in scenario.levers]}


def from_plain(values: dict[str, Any]) -> Scenario:
    """The scenario of `as_plain`. Raises Refusal for a lever that there is none of, or with other fields than it has."""
    return Scenario(values["name"], tuple(_lever(each) for each in values["levers"]))


def _lever_as_plain(lever: Lever) -> dict[str, Any]:
    values = asdict(lever)
    dates = {name: values[name] and values[name].isoformat() for name in DATES}
    return {"kind": type(lever).__name__, **values, **dates}


def _lever(values: dict[str, Any]) -> Lever:
    kind = BY_NAME.get(values.get("kind", ""))
    given = {name: value for name, value in values.items() if name != "kind"}
    if kind is None or not given.keys() <= {each.name for each in fields(kind)}:
        raise Refusal(
            f"“{values.get('name', '')}” is no lever that this version knows.",
            "Set it again, or open the scenario in the version that made it.",
        )
    given |= {name: date.fromisoformat(given[name]) for name in DATES if given.get(name)}
    given |= {name: tuple(given[name]) for name in ("ramp", "segment") if given.get(name)}
    if given.get("elasticity"):
        given["elasticity"] = Range(**given["elasticity"])
    return kind(**given)
