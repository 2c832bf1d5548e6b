"""What a draft would have made of a period, and what a role's own past suggests for an item."""

from spm.calendar import Period
from spm.metrics.queries import Scene
from spm.scorecards.drafts.trial import Trial, suggestion, trial
from spm.scorecards.model import Item, Scorecard
from spm.scorecards.queries import live_of
from spm.scorecards.targets import SuggestedTarget


def tried(scene: Scene, draft: Scorecard, period: Period) -> Trial:
    """See `trial.trial`."""
    return trial(scene.once(live_of, period), draft)


def suggested(scene: Scene, item: Item, role: str) -> SuggestedTarget | None:
    """The target that the role's last 12 periods of the item's length suggest today: see `trial.suggestion`."""
    period = scene.standing.company.fiscal_calendar.period_of(item.period, scene.today)
    return suggestion(scene.once(live_of, period), item, role)
