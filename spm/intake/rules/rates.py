"""Exchange rates: which currency, in which month or year."""

from re import IGNORECASE, compile

from spm.intake.checking.draft import Draft
from spm.intake.layouts import Kind
from spm.intake.rules.currency import currency_of
from spm.intake.rules.periods import ask_for_year, month_named
from spm.intake.values import read_column
from spm.intake.values.currencies import pair_of

YEAR = compile(r"(?:(?:plan|budget|fy|cy)\s*)*(\d{4})(?:\s*(?:plan|budget))?", IGNORECASE)


def check_rates(draft: Draft) -> None:
    """Fills `starts_on` with the first of a month, and `is_plan`; a rate of a whole year is a plan rate, its year stays
    in `period`. A row without either, with no such currency, or with a rate that is not above 0 is refused."""
    starts, periods, plans = draft["starts_on"], draft["period"], draft["is_plan"]
    ask_for_year(draft, "period")
    written = draft["currency"]
    pairs = [pair_of(text) if text else None for text in written]
    written = [pair[0] if pair else text for pair, text in zip(pairs, written, strict=True)]
    draft["currency"] = [currency_of(text) if text else None for text in written]
    for at, (text, code, rate) in enumerate(zip(written, draft["currency"], draft["rate"], strict=True)):
        if at in draft.refused | draft.waiting:
            continue
        if code is None:
            draft.refuse(at, "no such currency", "currency", text, "a code such as EUR")
        elif rate is not None and rate <= 0:
            draft.refuse(at, "a rate is above 0", "rate", str(rate), "a rate, such as 1.0825")
        period, year = periods[at], _year_in(periods[at])
        if starts[at] is None and period and not year:
            starts[at] = month_named(period, draft["year"][at]) or read_column(Kind.DAY, [period]).values[0]
        periods[at] = year
        if starts[at] is None and not year:
            draft.refuse(at, "no month or year for this rate", "period", period, "a month such as 2026-03, or a year")
        plans[at] = bool(plans[at]) or starts[at] is None
        starts[at] = starts[at].replace(day=1) if starts[at] and not plans[at] else starts[at]
    bases = (pair[1] if pair else text for pair, text in zip(pairs, draft["base"], strict=True))
    draft["base"] = [currency_of(text) if text else None for text in bases]


def _year_in(period: str | None) -> str | None:
    """The year of a rate that is planned for one, as "2026", "FY2026" or "Plan 2026"; None for any other text."""
    found = YEAR.fullmatch(period.strip()) if period else None
    return found[1] if found else None
