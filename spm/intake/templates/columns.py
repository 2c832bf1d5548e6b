"""Which columns the blank workbooks have: for each an example, what goes into it, and the usual words."""

from dataclasses import dataclass, replace
from datetime import date

from spm.people.roles import ROLES

Example = str | int | float | date


@dataclass(frozen=True)
class Column:
    """A column of a blank workbook.

    Any of the `choices` may be picked from a list, other words are fine, too. Where one row explains too
    little, the columns that differ in a second one have a `next_example`.
    """

    example: Example
    hint: str
    choices: tuple[str, ...] = ()
    next_example: Example | None = None


OWNER = Column("Ana Ruiz", "Who is credited: the name as on the people sheet.")
OWNER_KEY = Column("E0001", "The id of that person; it is believed before the name.")
CURRENCY = Column("USD", "Code of the currency. Left empty, it is the company's own.")
ACCOUNT = Column("Cedarbrook Foods", "The customer.")
PRODUCT = Column("Ledger Team", "As on the products sheet.")
SOURCE = Column("Referral", "Where the contact came from, in your own words.")
DEAL_KEY = Column("D000123", "The id of the deal, as on the deals sheet.")

TEMPLATE_COLUMNS: dict[str, dict[str, Column]] = {
    "people": {
        "key": Column("E0001", "The id in your CRM or staff list. It stays the same when the name changes."),
        "name": Column("Ana Ruiz", "First and last name."),
        "email": Column("ana.ruiz@company.example", "Tells people of the same name apart."),
        "role": Column(
            ROLES["account_executive"].label,
            "The job, which decides the scorecard. A role of your own is fine.",
            tuple(role.label for role in ROLES.values()),
        ),
        "team": Column("Central", "The team that counts this person's results."),
        "manager": Column("Dalia Haddad", "Who leads the team."),
        "manager_key": Column("E0041", "The id of that person."),
        "started_on": Column(date(2024, 3, 4), "First day in the company."),
        "ended_on": Column(date(2026, 6, 30), "Last day. Empty for everybody who is still there."),
        "valid_from": Column(
            date(2024, 3, 4),
            "The day from which role, team and manager of this row hold. After a change write one more row.",
        ),
    },
    "deals": {
        "key": Column("D000123", "The id in your CRM. The same id again updates the deal."),
        "name": Column("Cedarbrook Foods – Ledger Team", "What the deal is called."),
        "owner": OWNER,
        "owner_key": OWNER_KEY,
        "account": ACCOUNT,
        "product": PRODUCT,
        "stage": Column("Closed Won", "The stage of your own sales process."),
        "status": Column("Won", "Whether it is open, won or lost.", ("Open", "Won", "Lost")),
        "amount": Column(7_800, "What it is worth. Leave it empty where nobody knows, 0 is a value."),
        "currency": CURRENCY,
        "probability": Column(1.0, "How likely it is to be won, 0 % to 100 %."),
        "created_on": Column(date(2025, 4, 7), "The day on which it was opened."),
        "closed_on": Column(date(2025, 5, 30), "The day on which it was won or lost. Empty while it is open."),
        "expected_close_on": Column(date(2025, 5, 30), "The day on which it will probably close."),
        "kind": Column(
            "New business",
            "Whether the customer is new, buys more, or renews.",
            ("New business", "Expansion", "Renewal"),
        ),
        "source": SOURCE,
    },
    "orders": {
        "key": Column("SO43659", "The number of the order."),
        "ordered_on": Column(date(2025, 5, 30), "The day of the order."),
        "owner": OWNER,
        "owner_key": OWNER_KEY,
        "account": ACCOUNT,
        "amount": Column(7_800, "The whole order, without tax."),
        "cost": Column(2_100, "What it cost you, for margins."),
        "currency": CURRENCY,
        "source": Column("Online", "The channel."),
    },
    "order_lines": {
        "key": Column("SO43659", "The number of the order to which the line belongs."),
        "line_no": Column("1", "The number of the line in its order.", next_example="2"),
        "ordered_on": Column(date(2025, 5, 30), "The day of the order. Not needed beside an orders sheet."),
        "owner": OWNER,
        "account": ACCOUNT,
        "product": replace(PRODUCT, next_example="Onboarding"),
        "quantity": Column(2, "How many.", next_example=1),
        "unit_price": Column(3_900, "The price of one.", next_example=3_000),
        "discount": Column(0.1, "The part taken off, 0 % to 100 %.", next_example=0),
        "amount": Column(7_020, "The line after the discount.", next_example=3_000),
        "cost": Column(2_100, "What the line cost you.", next_example=900),
        "currency": CURRENCY,
    },
    "leads": {
        "key": Column("L000123", "The id in your CRM."),
        "name": Column("Mateo Vega", "The person."),
        "owner": OWNER,
        "owner_key": OWNER_KEY,
        "account": Column("Cedarbrook Foods", "The company of that person."),
        "created_on": Column(date(2025, 3, 21), "The day on which the lead came in."),
        "status": Column(
            "Converted",
            "How far it has come.",
            ("New", "Working", "Qualified", "Converted", "Disqualified"),
        ),
        "qualified_on": Column(date(2025, 3, 28), "The day on which it became one to work."),
        "converted_on": Column(date(2025, 4, 7), "The day on which it became a deal."),
        "is_converted": Column("yes", "Whether it became a deal.", ("yes", "no")),
        "deal_key": DEAL_KEY,
        "source": SOURCE,
    },
    "activities": {
        "key": Column("A000123", "The id in your CRM."),
        "owner": OWNER,
        "owner_key": OWNER_KEY,
        "kind": Column("Meeting", "What was done.", ("Call", "Email", "Meeting", "Demo")),
        "happened_on": Column(date(2025, 4, 15), "The day on which it took place."),
        "outcome": Column(
            "Completed",
            "What came of it. What did not take place is no activity.",
            ("Completed", "Connected", "Voicemail", "No answer", "No show", "Cancelled", "Scheduled"),
        ),
        "direction": Column("Outbound", "Of a call or an e-mail: who began.", ("Outbound", "Inbound")),
        "count": Column(1, "How many of the kind this row stands for. Left empty, it is one."),
        "account": ACCOUNT,
        "deal_key": DEAL_KEY,
    },
    "daily_counts": {
        "owner": OWNER,
        "owner_key": OWNER_KEY,
        "happened_on": Column(date(2025, 4, 15), "The day: one row for each person and day."),
        "count:calls": Column(24, "How many of these on that day. Leave out what you do not count."),
        "count:emails": Column(31, "How many of these on that day."),
        "count:meetings": Column(2, "How many of these on that day."),
        "count:demos": Column(1, "How many of these on that day."),
        "count:doors_knocked": Column(40, "Any further column of numbers is a count of your own: name it as you like."),
    },
    "quotas": {
        "owner": OWNER,
        "owner_key": OWNER_KEY,
        "team": Column("Central", "The team, where the quota is a team's."),
        "metric": Column("Bookings", "What is counted. Left empty, it is bookings."),
        "starts_on": Column(date(2025, 4, 1), "The first day."),
        "ends_on": Column(date(2025, 6, 30), "The last day."),
        "amount": Column(120_000, "The number to reach in these days."),
        "scope": Column("Own", "Whether it is the person's own number or their team's.", ("Own", "Team")),
        "currency": CURRENCY,
    },
    "products": {
        "name": Column("Ledger Team", "As it is written on deals and orders."),
        "key": Column("PL-02", "Its number."),
        "category": Column("Platform", "A group of products, to filter by."),
        "price": Column(7_800, "What one costs by the list."),
    },
    "rates": {
        "currency": Column("EUR", "Code of the other currency."),
        "base": Column("USD", "Code of the company's own currency."),
        "starts_on": Column(
            date(2025, 5, 1), "The month, by its first day; of a planned rate the first day of the year."
        ),
        "rate": Column(1.0825, "What one unit of the other currency is worth in the company's."),
        "is_plan": Column("no", "yes for the rate that the year is planned with.", ("yes", "no")),
        "origin": Column("ECB, monthly average", "Where the rate was taken from."),
    },
    "leave": {
        "owner_key": OWNER_KEY,
        "owner": OWNER,
        "starts_on": Column(date(2025, 8, 4), "The first day away."),
        "ends_on": Column(date(2025, 8, 22), "The last day away."),
        "share": Column(1, "1 for away altogether, 0.5 for half the time."),
        "reason": Column("Holiday", "In your own words."),
    },
    "skill_levels": {
        "owner_key": OWNER_KEY,
        "owner": OWNER,
        "level": Column(
            "Proficient", "How far the person is in the role.", ("New", "Developing", "Proficient", "Expert")
        ),
        "starts_on": Column(date(2025, 3, 1), "The day from which it holds. Empty: always."),
    },
    "surveys": {
        "key": Column("S000123", "The id of the answer."),
        "answered_on": Column(date(2025, 5, 30), "The day of the answer."),
        "owner": OWNER,
        "account": ACCOUNT,
        "score": Column("4", "What the customer answered: 4, 4/5, 80 % or words."),
        "out_of": Column(5, "The best answer that was possible."),
    },
    "costs": {
        "key": Column("C000123", "The number of the voucher."),
        "spent_on": Column(date(2025, 5, 30), "The day, or the first day of the month."),
        "category": Column(
            "Marketing", "What the money went into.", ("Sales", "Marketing", "Travel", "Events", "Tools")
        ),
        "amount": Column(1_200, "How much."),
        "owner": Column("Ana Ruiz", "Whose cost it is. Left empty, it is the company's."),
        "source": Column("Fair", "The lead source that it was spent on."),
        "segment": Column("Small business", "The segment that it was spent on, as deals name it."),
        "campaign": Column("Spring fair", "The campaign that it was spent on, as deals name it."),
        "currency": CURRENCY,
    },
    "splits": {
        "deal_key": DEAL_KEY,
        "owner": OWNER,
        "owner_key": OWNER_KEY,
        "share": Column(1.0, "This person's part. The parts of a deal add up to 100 %."),
        "kind": Column(
            "Own", "Overlay is credit beside the deal's own: shown, and counted in no team.", ("Own", "Overlay")
        ),
    },
    "team_history": {
        "key": Column("E0001", "The id of the person, as on the people sheet.", next_example="E0001"),
        "name": replace(Column("Ana Ruiz", "First and last name."), next_example="Ana Ruiz"),
        "team": Column("Central", "The team or territory of these days.", next_example="North"),
        "manager": Column("Dalia Haddad", "Who leads the team.", next_example="Yuki Ito"),
        "valid_from": Column(date(2024, 3, 4), "The first day.", next_example=date(2025, 7, 1)),
        "valid_to": Column(date(2025, 6, 30), "The last day. Empty where it goes on.", next_example=date(2026, 6, 30)),
    },
    "deal_history": {
        "deal_key": replace(DEAL_KEY, next_example="D000123"),
        "known_on": Column(date(2025, 4, 21), "The day of the change.", next_example=date(2025, 5, 12)),
        "stage": Column("Qualification", "The stage from that day on.", next_example="Negotiation"),
        "amount": Column(7_500, "What it was worth from that day on.", next_example=7_800),
        "expected_close_on": Column(
            date(2025, 6, 30), "When it was expected to close.", next_example=date(2025, 5, 30)
        ),
        "owner": replace(OWNER, next_example="Ana Ruiz"),
    },
}
"""Layout key → field key → column, in the order of the layout."""
