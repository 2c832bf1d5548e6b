"""What a projection of any metric is made from, read: the periods that sheets speak for, and the histories in them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from spm.calendar import Grain, Span
from spm.forecast.outlook import histories, open_pipeline
from spm.forecast.outlook.histories import By, Timeline
from spm.forecast.publishing import published
from spm.metrics.queries import Question, Scene, rows_behind, values
from spm.metrics.registry import Metric
from spm.store import forecasts

DECIDED = {"quota"}  # what people decide ahead of time is taken as it is known; only the sum above it is projected


@dataclass(frozen=True)
class Asked:
    """What is to be projected: a metric of a part of the company (`where`), the whole of it and split by dimensions.

    `horizon`: periods ahead, as usual for the grain where None. `periods_ago`: as it would have been seen then. `is_alone`:
    just `by` (the whole without it), adding up to nothing; otherwise the company's comes with its teams and reps.
    `outliers`: what is done with huge single amounts, "bound" or "leave out".
    """

    metric: str
    by: tuple[str, ...] = ()
    where: tuple[tuple[str, str], ...] = ()
    grain: Grain = Grain.MONTH
    horizon: int | None = None
    periods_ago: int = 0
    is_alone: bool = False
    outliers: str = "bound"


@dataclass(frozen=True)
class Series:
    """One history: a member of a level (of `by`; () is the whole) within a part of the company."""

    by: By = ()
    where: tuple[tuple[str, str], ...] = ()
    member: str = published.NOBODY


def is_divided(metric: Metric) -> bool:
    """Whether both sides of a metric are projected, then divided: neither a total, nor over what is decided ahead of time."""
    return metric.is_ratio and not set(metric.denominator) <= DECIDED


def times_of(scene: Scene, asked: Asked) -> Timeline:
    """The complete periods of a metric, for which all of the sheets speak that it is projected from, and those ahead."""
    of, company = scene.metric(asked.metric), scene.standing.company
    parts = [part for part in (of.numerator, of.denominator) if part and not set(part) <= DECIDED]
    spans = [scene.covered_span(scene.measures(part)) for part in parts]
    known = [span for span in spans if span is not None]
    start, end = max((one.start for one in known), default=None), min((one.end for one in known), default=None)
    is_known = len(known) == len(parts) and start is not None and end is not None and start < end
    times = histories.timeline(
        asked.grain,
        Span(start, end) if is_known and start and end else None,
        scene.today,
        company.fiscal_calendar,
        company.working_calendar,
        asked.horizon,
    )
    return histories.until(times, asked.periods_ago)


def history_by(scene: Scene, asked: Asked, times: Timeline, by: By, column: str) -> pd.DataFrame:
    span = Span(times.complete[0].start, times.complete[-1].end)
    rows = values(scene, Question(asked.metric, (*by, times.grain.value), asked.where, span))
    is_ratio = column == "value" and scene.metric(asked.metric).is_ratio
    return histories.history(rows, by, times, column, absent=float("nan") if is_ratio else 0.0)


def histories_of(scene: Scene, key: str, by: By, grain: Grain, where: tuple[tuple[str, str], ...] = ()) -> pd.DataFrame:
    """The complete periods of a metric, split by dimensions: by, start, value."""
    asked = Asked(key, where=where, grain=grain)
    times = times_of(scene, asked)
    if not times.complete:
        return pd.DataFrame(columns=[*by, "start", "value"])
    return history_by(scene, asked, times, by, "value")


def history_of(scene: Scene, key: str, series: Series, grain: Grain) -> pd.DataFrame:
    """The complete periods of one history: start, value."""
    named = published.named(histories_of(scene, key, series.by, grain, series.where), series.by)
    return named.loc[named["member"] == series.member, ["start", "value"]].reset_index(drop=True)


def biggest_behind(scene: Scene, key: str, span: Span, where: Mapping[str, str]) -> tuple[str, float] | None:
    """The largest single amount behind a sum in a span, with what it is called; None where it has no amounts."""
    rows = pd.concat(rows_behind(scene, key, span, where).values() or [pd.DataFrame({"amount_cents": []})])
    amounts = rows["amount_cents"].astype(float) if "amount_cents" in rows else pd.Series(dtype=float)
    if not amounts.notna().any():
        return None
    row = rows.reset_index(drop=True).loc[amounts.reset_index(drop=True).idxmax()]
    named = next((row[name] for name in ("name", "account", "key") if isinstance(row.get(name), str)), "")
    return str(named), float(amounts.max())


def open_views(scene: Scene, asked: Asked) -> pd.DataFrame | None:
    """What the open pipeline said of the whole company's bookings, as known at past origins: rep, team, origin, start, value;
    None where that is not known."""
    is_of_deals = asked.metric == "bookings" and scene.bookings_measure != "order_value"
    if not is_of_deals or asked.grain is not Grain.MONTH or asked.where:
        return None
    states = forecasts.open_states(scene.store)
    if states.empty:
        return None
    times = times_of(scene, replace(asked, periods_ago=0))
    views = open_pipeline.as_known(states, (*times.complete, *times.ahead))
    people = scene.org.people.set_index("id")["rep"]
    reps = views["person_id"].map(people)
    return views.assign(rep=reps, team=reps.map(teams_of(scene)))


def teams_of(scene: Scene) -> dict[str, str | None]:
    """Rep → the team of their last assignment so far."""
    known = scene.org.assignments
    begun = known[known["starts_on"].map(lambda day: day is None or day <= scene.today)]
    last = begun.drop_duplicates("person_id", keep="last").set_index("person_id")["team"]
    people = scene.org.people
    teams = {rep: last.get(person_id) for person_id, rep in zip(people["id"], people["rep"], strict=True)}
    return {rep: team if isinstance(team, str) else None for rep, team in teams.items()}
