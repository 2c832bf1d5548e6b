"""What each role's own ratios are, by which a goal is broken down."""

from collections.abc import Mapping
from statistics import stdev

from spm.calendar import Span, plus_months
from spm.forecast.queries import Asked, times_of
from spm.metrics.queries import Question, Scene, values
from spm.people.roles import MANAGER
from spm.planning.goals.funnel import BOOKINGS, CHAIN
from spm.planning.goals.roles import Doing
from spm.planning.ranges import Range, ratio_of_counts

MONTHS = 12
Z_95 = 1.96
COUNTS = ("won_deals", "lost_deals", *(key for key in CHAIN if key != "won_deals"))
PRINCIPAL_SHARE = 0.5  # of all that is done, from which on a role's own ratio says more than the company's


def role_ratios(scene: Scene) -> list[Doing]:
    """Every role but managers that did anything in the last twelve complete months, those that book first.

    A role is measured by its own counts where it does at least half of a metric, else by the company's.
    """
    times = times_of(scene, Asked(BOOKINGS))
    if not times.complete:
        return []
    end = times.complete[-1].end
    year = Span(max(plus_months(end, -MONTHS), times.complete[0].start), end)
    source = f"{year.start:%b %Y} – {year.last_day:%b %Y}"
    everyone = _counts(scene, year, "company")
    whole = everyone.get(scene.standing.company.name, {})
    of_company = _ratios(whole, _deal_range(scene, year, {}, source), source)
    found = []
    for role, done in _counts(scene, year, "role").items():
        if role == MANAGER or not any(done.values()):
            continue
        own = _ratios(done, _deal_range(scene, year, {"role": role}, source), source)
        ratios = {
            metric: own[metric] if metric in own and _is_principal(metric, done, whole) else ratio
            for metric, ratio in of_company.items()
        }
        found.append(Doing(role, ratios, done, not done.get(BOOKINGS)))
    return sorted(found, key=lambda one: (one.hands_over, one.role))


def _is_principal(metric: str, done: Mapping[str, float], whole: Mapping[str, float]) -> bool:
    return done.get(metric, 0.0) >= PRINCIPAL_SHARE * whole.get(metric, 0.0)


def _counts(scene: Scene, span: Span, by: str) -> dict[str, dict[str, float]]:
    """Role, or the company, → what was done, by metric; only what a sheet speaks for."""
    found: dict[str, dict[str, float]] = {}
    for key in (BOOKINGS, *COUNTS):
        rows = values(scene, Question(key, (by,), span=span)).dropna(subset=["value", by])
        for name, amount in zip(rows[by], rows["value"], strict=True):
            found.setdefault(name, {})[key] = float(amount)
    return found


def _deal_range(scene: Scene, span: Span, where: Mapping[str, str], source: str) -> Range | None:
    """The average won deal, with the 95 % range of its mean over the months."""
    rows = values(scene, Question("average_deal_size", ("month",), tuple(where.items()), span)).dropna(subset=["value"])
    whole = values(scene, Question("average_deal_size", (), tuple(where.items()), span))["value"]
    if whole.isna().all() or not whole.iloc[0] > 0:
        return None
    mean = float(whole.iloc[0])
    half = Z_95 * stdev(rows["value"]) / len(rows) ** 0.5 if len(rows) > 1 else 0.0
    return Range(mean, max(mean - half, mean / 2), mean + half, source)


def _ratios(done: Mapping[str, float], deal: Range | None, source: str) -> dict[str, Range]:
    """What each metric of the funnel brings per unit; left out where nothing was done, or nothing came of it."""
    found = {"won_deals": deal} if deal else {}
    for metric, link in CHAIN.items():
        if link.brings == BOOKINGS:
            continue
        hits, trials = done.get(link.brings, 0.0), done.get(metric, 0.0)
        if metric == "opportunities_opened":
            trials = hits + done.get("lost_deals", 0.0)  # the win rate: of those that closed
        if hits > 0 and trials > 0:
            found[metric] = ratio_of_counts(hits, trials, source=source)
    return found
