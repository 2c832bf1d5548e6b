"""What would be asked of a person without anything agreed, and who is new enough to be asked less."""

from collections.abc import Sequence
from datetime import date

from spm.calendar import ONE_DAY, Span
from spm.metrics.queries import Scene
from spm.scorecards.aims import Aim, Asking
from spm.scorecards.model import Item
from spm.scorecards.queries import live_of
from spm.scorecards.targets import ramp_share


def calculated(scene: Scene, person_id: int, item: Item, day: date) -> Aim | None:
    """The calculated target of an item for its period that holds `day`; None where the person is not there in it."""
    period = scene.standing.company.fiscal_calendar.period_of(item.period, day)
    live = live_of(scene, period)
    theirs = live.of(person_id)
    return Asking(live.ground, item, theirs[-1].role, theirs[-1].span).calculated(theirs[-1]) if theirs else None


def on_ramp(scene: Scene, role: str | None, ramp: Sequence[float]) -> list[tuple[str, float]]:
    """Who of a role (None: of the roles without a ramp of their own) would carry less than a full target today by `ramp`.

    Name and share, by name.
    """
    own = [known for known, _ in scene.standing.company.ramps_of_roles]
    active = scene.org.active(Span(scene.today, scene.today + ONE_DAY))
    theirs = active[active["role"] == role] if role else active[~active["role"].isin(own)]
    started_on = dict(zip(scene.org.people["id"], scene.org.people["started_on"], strict=True))
    shares = [
        (rep, ramp_share(started_on[person_id], [scene.today], ramp))
        for person_id, rep in zip(theirs["person_id"], theirs["rep"], strict=True)
    ]
    return sorted((rep, share) for rep, share in shares if share < 1)
