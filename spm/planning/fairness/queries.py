"""The quotas that hold and the bookings so far, for the audit as the year goes."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from spm.calendar import Grain, Period, Span, typed_range
from spm.forecast.landings.queries import known_through
from spm.forecast.outlook.queries import Asked, times_of
from spm.metrics.queries import Question, Scene, values
from spm.planning.allocation.roster import POTENTIAL
from spm.planning.baseline.queries import carriers_since, same_job_since
from spm.planning.fairness.backcast import SIZE, TENURE, attained
from spm.planning.fairness.so_far import due_cents
from spm.planning.ramp import tenure_months
from spm.planning.seasons import Season, season_of


@dataclass(frozen=True, eq=False)
class SoFar:
    """The running fiscal year up to the last day that is known, and rows as `backcast.cast` gives them."""

    span: Period
    rows: pd.DataFrame


def so_far(scene: Scene) -> SoFar | None:
    """The quotas that hold against the bookings of the running fiscal year to date; None where nobody has one.

    What is due by now goes by the company's season, so that a quiet spring holds nobody back. Size: bookings of the whole
    year before, of those who did the same job from its first day. Bookings are those of the days from each one's first quota
    to their last; who has a quota and booked nothing counts with 0.
    """
    calendar = scene.standing.company.fiscal_calendar
    year, until = calendar.period_of(Grain.YEAR, scene.today), known_through(scene)
    if until < year.start:
        return None
    span = typed_range(year.start, min(until, year.last_day))
    season, before = _season(scene), calendar.year_earlier(year)
    last_year = calendar.year_earlier(span)
    due, last_due = _due(scene, span, season), _due(scene, last_year, season)
    if not due:
        return None
    carried = carriers_since(scene, last_year.start) & carriers_since(scene, span.last_day)
    booked, earlier = _booked_on_quota(scene, span), _booked(scene, before)
    placed = scene.org.active(span).drop_duplicates("person_id", keep="last").set_index("person_id")
    settled = same_job_since(scene, placed["role"].to_dict(), before.start)
    people = scene.org.people.set_index("id")
    rows = []
    for person, amount in due.items():
        rep, started = people.loc[person, "rep"], people.loc[person, "started_on"]
        place = placed.loc[person] if person in placed.index else {}
        rows.append(
            {
                "rep": rep, "team": place.get("team") or "", "manager": place.get("manager") or "",
                "booked_cents": booked.get(rep, 0.0), "quota_cents": amount,
                "last_quota_cents": last_due.get(person, float("nan")) if person in carried else float("nan"),
                SIZE: earlier.get(rep, float("nan")) if person in settled else float("nan"),
                POTENTIAL: float("nan"), TENURE: _tenure(started, span),
            }
        )  # fmt: skip
    return SoFar(span, attained(pd.DataFrame(rows)))


def _due(scene: Scene, span: Span, season: Season) -> dict[int, float]:
    """Person → what is due in a span, of those of whom anything is."""
    own = scene.quotas.dropna(subset=["person_id"])
    due = due_cents(own, span, season, scene.standing.company.working_calendar)
    return {person: amount for person, amount in due.items() if amount > 0}


def _booked_on_quota(scene: Scene, span: Span) -> dict[str, float]:
    """Rep → bookings of the days of a span on which they carried a quota, as attainment counts them."""
    rows = values(scene, Question("attainment", ("rep",), span=span)).dropna(subset=["numerator", "rep"])
    return dict(zip(rows["rep"], rows["numerator"].astype(float), strict=True))


def _booked(scene: Scene, span: Span) -> dict[str, float]:
    """Rep → bookings of a span; nothing where no sheet speaks for its first day."""
    covered = scene.covered_span(scene.measures(["bookings"]))
    if covered is None or span.start not in covered:
        return {}
    rows = values(scene, Question("bookings", ("rep",), span=span)).dropna(subset=["value", "rep"])
    return dict(zip(rows["rep"], rows["value"].astype(float), strict=True))


def _season(scene: Scene) -> Season:
    """The company's season, by its complete months."""
    complete = times_of(scene, Asked("bookings")).complete
    if not complete:
        return season_of({})
    rows = values(scene, Question("bookings", ("month",), span=Span(complete[0].start, complete[-1].end)))
    calendar = scene.standing.company.fiscal_calendar
    return season_of({calendar.period(row["month"]).start: row["value"] for row in rows.to_dict("records")})


def _tenure(started_on: object, span: Period) -> float:
    return float(tenure_months(started_on, span.start)) if isinstance(started_on, date) else float("nan")
