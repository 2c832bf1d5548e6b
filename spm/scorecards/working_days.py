"""A company's working days, each span counted once. Pure."""

from datetime import date

from spm.calendar import FiscalCalendar, Grain, Span, WorkingCalendar


class WorkingDays:
    """The working days of spans that are asked for again and again, such as those of everybody's scorecard."""

    def __init__(self, calendar: WorkingCalendar) -> None:
        self.calendar = calendar
        self._days: dict[Span, list[date]] = {}
        self._shares: dict[tuple[Span, Span], float] = {}
        self._periods: dict[tuple[Grain, Span], float] = {}

    def days(self, span: Span) -> list[date]:
        if span not in self._days:
            self._days[span] = self.calendar.working_days(span)
        return self._days[span]

    def days_count(self, span: Span) -> int:
        """How many working days a span has; all of its days where it has none."""
        return len(self.days(span)) or span.days_count

    def share(self, part: Span, whole: Span) -> float:
        """See `WorkingCalendar.share`."""
        key = (part, whole)
        if key not in self._shares:
            self._shares[key] = self.calendar.share(part, whole)
        return self._shares[key]

    def periods_count(self, grain: Grain, span: Span, calendar: FiscalCalendar) -> float:
        """How many periods of that length a span is, by working days: half a month is 0.5."""
        key = (grain, span)
        if key not in self._periods:
            self._periods[key] = sum(self.shares_of_periods(grain, span, calendar))
        return self._periods[key]

    def shares_of_periods(self, grain: Grain, span: Span, calendar: FiscalCalendar) -> list[float]:
        """Of each period of that length that a span touches the share of its working days that are in the span."""
        return [self.share(span, one) for one in calendar.periods(grain, span)]
