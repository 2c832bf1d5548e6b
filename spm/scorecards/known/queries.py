"""What everybody's scorecards of a period said on a day."""

from datetime import date

from spm.calendar import Period
from spm.company.queries import as_known_on
from spm.metrics.queries import Scene, scene_of
from spm.scorecards.queries import scorecards_of
from spm.scorecards.result import RepScorecard


def scorecards_as_known(scene: Scene, period: Period, day: date) -> list[RepScorecard]:
    """Everybody's scorecard of a period as the app would have shown it at the end of `day`, by name.

    With everything that was known then: facts, owners, roles and teams, leave, scorecards, agreed targets, settings, and
    whether the period was closed. Raises Refusal for a day of which that can't be told (see `company.queries.as_known_on`).
    """
    with as_known_on(scene.store, day) as then:
        return scorecards_of(scene_of(then, day), period)
