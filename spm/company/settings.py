"""What a company sets for itself, with the defaults it starts from."""

from dataclasses import dataclass, fields
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from spm.calendar import FiscalCalendar, Grain, Period, WorkingCalendar
from spm.errors import Refusal
from spm.money import currencies, minor_digits

FRESH_DAYS = 45  # facts that reach this close to the real today make it the app's today
LONE_DAYS = 90  # a last date further than this beyond the rest is a typing error, not today
DEFAULT_RAMP = (0.0, 0.25, 0.5, 0.75, 1.0)
LONGEST_RAMP_MONTHS = 36


@dataclass(frozen=True)
class Company:
    """The settings of a company. `today_override` and `bookings_from` are None where the facts decide."""

    name: str = "Our company"
    currency: str = "USD"
    fiscal_first_month: int = 1
    country: str | None = None
    closing_days: tuple[date, ...] = ()
    today_override: date | None = None
    bookings_from: str | None = None
    plan_rates_of: int | None = None  # fiscal year whose plan rates everything is converted at; None: each month's
    outstanding: float = 1.2
    on_target: float = 1.0
    near_target: float = 0.8
    gross_margin_share: float | None = None  # what is left of a sale after the cost of its goods
    inbox_folder: str | None = None  # on the server; what is put there is taken in by itself
    close_after_days: int | None = 10  # a period's scorecards are kept this long after its end; None: only by hand
    ramp: tuple[float, ...] = DEFAULT_RAMP  # share of a full target by month of tenure, the last one for good
    ramps_of_roles: tuple[tuple[str, tuple[float, ...]], ...] = ()  # of roles that have another one

    def ramp_of(self, role: str) -> tuple[float, ...]:
        """The share of a full target that somebody new in a role carries, by month of tenure."""
        return dict(self.ramps_of_roles).get(role, self.ramp)

    @property
    def fiscal_calendar(self) -> FiscalCalendar:
        return FiscalCalendar(self.fiscal_first_month)

    @property
    def working_calendar(self) -> WorkingCalendar:
        return WorkingCalendar(self.country, frozenset(self.closing_days))


SETTING_KEYS = tuple(setting.name for setting in fields(Company))
LABELS = {
    "name": "company name",
    "currency": "currency",
    "fiscal_first_month": "first month of the fiscal year",
    "country": "holidays",
    "closing_days": "closing days",
    "today_override": "today",
    "bookings_from": "bookings from",
    "plan_rates_of": "plan rates",
    "outstanding": "outstanding from",
    "on_target": "on target from",
    "near_target": "near target from",
    "gross_margin_share": "gross margin",
    "inbox_folder": "inbox",
    "close_after_days": "days until a period is closed",
    "ramp": "ramp",
    "ramps_of_roles": "ramps of single roles",
}
"""What each setting is called on screen and in the list of changes."""


def refuse_unless_sound(company: Company, has_facts: bool, before: Company) -> None:
    """Raises Refusal, or UnknownName for an unknown country, where a company can't have these settings."""
    if not company.name.strip():
        raise Refusal("The company needs a name.")
    if company.currency not in currencies():
        raise Refusal(f"“{company.currency}” is no currency.", "Write its code, such as USD, EUR or JPY.")
    if has_facts and minor_digits(company.currency) != minor_digits(before.currency):
        raise Refusal(
            f"Amounts are kept in hundredths or whole units of {before.currency}; {company.currency} has others.",
            "Import the sheets into a new database in that currency.",
        )
    if not 1 <= company.fiscal_first_month <= 12:
        raise Refusal("A fiscal year starts in month 1 to 12.")
    _ = company.working_calendar  # raises UnknownName for an unknown country
    if company.bookings_from not in (None, "deals", "orders"):
        raise Refusal("Bookings come from deals or from orders.")
    if company.gross_margin_share is not None and not 0 < company.gross_margin_share <= 1:
        raise Refusal("A gross margin lies above 0 and up to 100 %.")
    if not company.outstanding > company.on_target > company.near_target > 0:
        raise Refusal(
            "Outstanding begins above on target, on target above near target, near target above 0 %.",
            "Usual values are 120 %, 100 % and 80 %.",
        )
    if company.inbox_folder is not None and not Path(company.inbox_folder).is_dir():
        raise Refusal(
            f"There is no folder {company.inbox_folder} on the server.", "Make it first, or write another one."
        )
    if company.close_after_days is not None and company.close_after_days < 0:
        raise Refusal("A period is closed on its last day at the earliest.", "Write 0 days or more.")
    for shares in (company.ramp, *(shares for _, shares in company.ramps_of_roles)):
        _refuse_unless_ramp(shares)


def _refuse_unless_ramp(shares: tuple[float, ...]) -> None:
    if not all(0 <= share <= 1 for share in shares):
        raise Refusal("The share of a full target lies between 0 and 100 %.")
    if not shares or shares[-1] != 1:
        raise Refusal("A ramp ends with the whole target.", "Let its last month be 100 %.")
    if len(shares) > LONGEST_RAMP_MONTHS:
        raise Refusal(f"A ramp has at most {LONGEST_RAMP_MONTHS} months.")


def plain(value: Any) -> Any:
    """A setting's value as JSON holds it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [plain(part) for part in value]
    return value


def from_plain(values: dict[str, Any]) -> Company:
    """The company of stored settings; keys that this version does not know are passed over."""
    known = {key: value for key, value in values.items() if key in SETTING_KEYS}
    if known.get("today_override"):
        known["today_override"] = date.fromisoformat(known["today_override"])
    if "closing_days" in known:
        known["closing_days"] = tuple(date.fromisoformat(day) for day in known["closing_days"])
    if "ramp" in known:
        known["ramp"] = tuple(known["ramp"])
    if "ramps_of_roles" in known:
        known["ramps_of_roles"] = tuple((role, tuple(shares)) for role, shares in known["ramps_of_roles"])
    return Company(**known)


def last_fact_day(days: list[date], real_today: date) -> date | None:
    """The last day of the facts: later than the real today, or alone by more than LONE_DAYS, doesn't count."""
    past = sorted(day for day in days if day <= real_today)
    while len(past) > 1 and (past[-1] - past[-2]).days > LONE_DAYS:
        past.pop()
    return past[-1] if past else None


def today(company: Company, last_fact: date | None, real_today: date) -> date:
    """The app's as-of day: the one set, else the real one while facts are fresh, else the last day with a fact."""
    if company.today_override:
        return company.today_override
    if last_fact is None or real_today - last_fact <= timedelta(days=FRESH_DAYS):
        return real_today
    return last_fact


def reason_for_today(last_fact: date | None, real_today: date) -> str:
    """Why `today` is the day that it is where none is set by hand, as a sentence."""
    if last_fact is None:
        return "It is the real day: there are no facts yet."
    if real_today - last_fact <= timedelta(days=FRESH_DAYS):
        return f"It is the real day: the latest fact, of {last_fact:%-d %b %Y}, is at most {FRESH_DAYS} days old."
    return (
        f"It is the last day with a won or lost deal, an order or an activity: the facts end more than {FRESH_DAYS} days "
        f"before the real day, {real_today:%-d %b %Y}."
    )


def opening_period(calendar: FiscalCalendar, today: date, grain: Grain = Grain.QUARTER) -> Period:
    """The period a page opens on: the last that is at least half over on `today`."""
    running = calendar.period_of(grain, today)
    elapsed_days = (today - running.start).days + 1
    return running if elapsed_days * 2 >= running.days_count else calendar.before(running)
