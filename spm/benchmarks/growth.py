"""A period against an earlier one, as far as both have come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from spm.calendar import ONE_DAY, Period, Span


@dataclass(frozen=True)
class Growth:
    """A metric now and in an earlier period, None where missing; of a running period up to the same share of both.

    `against` is the earlier period, None where no sheet speaks for one.
    """

    now: float | None
    before: float | None
    against: Period | None
    is_to_date: bool

    @property
    def change_share(self) -> float | None:
        """(Now − before) ÷ before; None where either is missing or nothing was before."""
        return (self.now - self.before) / abs(self.before) if self.now is not None and self.before else None


def to_share(period: Span, working_days: Sequence[date], share: float) -> Span:
    """The part of a period up to a share (0 to 1) of its working days, in whole days.

    `working_days` are the period's, in order; all days count alike where there are none.
    """
    if share >= 1:
        return period
    days = list(working_days) or list(period.days())
    count = round(len(days) * share)
    return Span(period.start, days[count - 1] + ONE_DAY if count else period.start)
