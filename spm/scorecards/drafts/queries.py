"""Trying a draft on what is known."""

from spm.calendar import Grain, Period
from spm.metrics.queries import Scene
from spm.scorecards.live import Live
from spm.scorecards.model import Item, Scorecard
from spm.scorecards.targets import SuggestedTarget, suggested_target
from spm.scorecards.versions.trial import Trial, trial


def last_over(scene: Scene, grain: Grain = Grain.QUARTER) -> Period:
    """The last period of that length that is over."""
    calendar = scene.standing.company.fiscal_calendar
    running = calendar.period_of(grain, scene.today)
    return running if scene.today >= running.last_day else calendar.before(running)


def tried(live: Live, draft: Scorecard) -> Trial:
    """What the draft would have made of the period of `live`."""
    return trial(live, draft)


def suggestion(live: Live, item: Item, role: str) -> SuggestedTarget | None:
    """The target that the role's last 12 periods of the item's length suggest, at the item's percentile.

    `live` is that of a period of the item's length: those before it are looked at. None where no sheet covers one.
    """
    figures = live.ground.figures
    prefers_more = item.prefers_more(figures.source.metric(item.metric))
    return suggested_target(figures.past_results(item, role), prefers_more, item.percentile)
