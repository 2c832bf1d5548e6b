"""What is known and projected of a plan's months, rep by rep. Pure: frames in, a baseline out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from statistics import NormalDist

import numpy as np
import pandas as pd

from spm.calendar import Period
from spm.forecast.landings.landing import Landing, Range, Stretch, summed
from spm.planning.scenarios.outlook import Cells, Outlook, Segment
from spm.planning.seasons import Season

NOBODY = "Without an owner"
NO_TEAM = "Without a team"
PARTS = ("value", "low_80", "high_80", "low_95", "high_95")
Z_80 = NormalDist().inv_cdf(0.9)


@dataclass(frozen=True, eq=False)
class Baseline:
    """A period as it will go if nothing changes.

    `reps` has one row for everybody who books or carries a quota: person_id (None: nobody's bookings), rep, team, manager,
    role, started_on, is_member (carries a quota in this plan), has_projection, expected_cents (a list by month, what is
    booked already included), error_cents, projection_cents (their sum, NA without a projection), last_year_cents,
    past_cents, earlier_cents and last_quota_cents (of the days in `BaselineDays`; the last one of last year; earlier ones only of
    who had the same role on their first day, a last quota only of who carried one then), quota_cents (of this period, already
    there), and the company's own columns of people.
    `is_measured`: whether past landings say how wide ranges must be; else they are those of a usual company.
    `ranges`: month, low_cents, high_cents of the company at 80 %. `booked_cents` is in already. `correlation` of two reps'
    errors, such that all of them together are as far off as the company's own projection. `teams_above`: team → the one that
    it is part of. `part_shares`: what of a rep's month lies in each part of the outlook, reps × parts × months adding up to 1.
    """

    period: Period
    months: tuple[date, ...]
    reps: pd.DataFrame
    outlook: Outlook
    ranges: pd.DataFrame
    landing: Landing
    correlation: float
    season: Season
    ramp: tuple[float, ...]
    is_ramp_learned: bool
    is_measured: bool
    days: "BaselineDays"
    company: str
    currency: str
    teams_above: Mapping[str, str | None]
    today: date
    part_shares: Cells

    @property
    def expected_cents(self) -> Cells:
        """What each of `reps` is expected to book, reps × months."""
        return np.array(self.reps["expected_cents"].tolist(), dtype=float)

    def in_parts(
        self, parts: tuple[frozenset[Segment], ...], part_shares: Cells, funnel_shares: Mapping[str, Cells]
    ) -> "Baseline":
        """The same in parts: bookings by shares of each rep's month, the funnel by shares of each unit; each adding up to 1."""
        known = self.outlook
        bookings = by_unit(self.expected_cents[:, None] * part_shares, self.reps["team"].tolist(), known.units)
        funnel = {name: getattr(known, name) * shares[:, :, None] for name, shares in funnel_shares.items()}
        outlook = replace(known, parts=parts, bookings_cents=bookings, **funnel)
        return replace(self, outlook=outlook, part_shares=part_shares)

    @property
    def members(self) -> pd.DataFrame:
        """Those who carry a quota in this plan."""
        return self.reps[self.reps["is_member"]]

    @property
    def without_projection(self) -> list[str]:
        """Members who never booked. They count as nothing: what new reps usually bring is in the company's projection."""
        return self.members.loc[~self.members["has_projection"], "rep"].tolist()


@dataclass(frozen=True)
class BaselineDays:
    """The months that a plan is held against, first and last day included in words.

    `last_year`: the same months a year before, of which `projected_count` are not over yet. `past`: the latest same months
    that are over, for the back-cast; `earlier`: those a year before them, for the size of a territory. None where no sheet
    speaks for them.
    """

    last_year: Period | None
    projected_count: int
    past: Period | None
    earlier: Period | None


def by_unit(of_reps: Cells, units_of_reps: Sequence[str], units: Sequence[str]) -> Cells:
    """Sums of the reps of each unit; reps along the first axis."""
    found = np.zeros((len(units), *of_reps.shape[1:]))
    np.add.at(found, [units.index(unit) for unit in units_of_reps], of_reps)
    return found


def spread_cents(of: Range) -> float:
    """The standard deviation behind a range: by its wider side, since a low end is cut off at nothing."""
    return max(of.high_80 - of.value, of.value - of.low_80) / Z_80


def error_cents(months: Sequence[Range], left_share: float, stretch: Stretch) -> float:
    """How far the sum of projected months may be off; of the first one `left_share` is still to come."""
    if not months:
        return 0.0
    return spread_cents(summed([months[0].part(left_share), *months[1:]], stretch))


def widened(errors_cents: pd.Series, company_error_cents: float) -> pd.Series:
    """The reps' errors, raised where even if all erred together they would be less far off than the company's projection."""
    together = float(errors_cents.sum())
    return errors_cents * (company_error_cents / together) if 0 < together < company_error_cents else errors_cents


def implied_correlation(errors_cents: Sequence[float], company_error_cents: float) -> float:
    """The correlation of any two reps' errors at which their sum is as far off as the company's projection; 0 to 1.

    Var(Σ) = (1 − ρ) Σσ² + ρ (Σσ)², solved for ρ. 0 for fewer than two who err.
    """
    errors = np.asarray(errors_cents, dtype=float)
    apart, together = float((errors**2).sum()), float(errors.sum() ** 2)
    if together <= apart:
        return 0.0
    return float(np.clip((company_error_cents**2 - apart) / (together - apart), 0.0, 1.0))


def by_month(
    known: pd.DataFrame, future: pd.DataFrame, so_far: Mapping[str, float], months: Sequence[date], left: float
) -> pd.DataFrame:
    """Rep × month of a span: what came, else what is projected, of the first projected month what is left beside what came.

    `known` and `future`: rep, start, value; `so_far`: rep → bookings of the first projected month. A rep without a row has
    nothing in that month, NaN: they were not there yet, or nothing is said of it.
    """
    came = known.pivot_table(index="rep", columns="start", values="value", aggfunc="sum")
    ahead = future.pivot_table(index="rep", columns="start", values="value", aggfunc="sum")
    if len(ahead.columns):
        first = ahead.columns[0]
        booked = pd.Series(so_far, dtype=float)
        ahead = ahead.reindex(ahead.index.union(booked.index))
        ahead[first] = ahead[first].fillna(0.0) * left + booked.reindex(ahead.index).fillna(0.0)
    both = pd.concat([came, ahead], axis=1)
    return both.reindex(columns=list(months))


def ranges_by_month(
    months: Sequence[date], ahead: Mapping[date, Range], came: Mapping[date, float], running: tuple[date, float, float]
) -> pd.DataFrame:
    """month, low_cents, high_cents of the company at 80 %; what is over has no range around it.

    `running`: the first month that is not complete, what is booked of it, and the share of it that is still to come.
    """
    rows = []
    first, so_far, left = running
    for month in months:
        if month not in ahead:
            rows.append((month, came.get(month, 0.0), came.get(month, 0.0)))
        else:
            share, booked = (left, so_far) if month == first else (1.0, 0.0)
            rows.append((month, booked + share * ahead[month].low_80, booked + share * ahead[month].high_80))
    return pd.DataFrame(rows, columns=["month", "low_cents", "high_cents"])
