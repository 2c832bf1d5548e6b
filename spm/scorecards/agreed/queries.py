"""What would be asked of a person without anything agreed."""

from datetime import date

from spm.metrics.queries import Scene
from spm.scorecards.aims import Aim, calculated_aim
from spm.scorecards.model import Item
from spm.scorecards.queries import live_of


def calculated(scene: Scene, person_id: int, item: Item, day: date) -> Aim | None:
    """The calculated target of an item for its period that holds `day`; None where the person is not there in it."""
    period = scene.standing.company.fiscal_calendar.period_of(item.period, day)
    live = live_of(scene, period)
    theirs = live.of(person_id)
    return calculated_aim(live.ground, item, theirs[-1]) if theirs else None
