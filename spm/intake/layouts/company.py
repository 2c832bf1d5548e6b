"""Sheets of who sells, what, and against which number: people, quotas, products."""

from spm.intake.layouts.kinds import Field, Kind, Layout
from spm.intake.layouts.shared import CURRENCY, OWNER

PEOPLE = Layout(
    "people", "People", "one person, or one person from a day on",
    (
        Field("key", "Person id", Kind.KEY, ("rep id", "employee key", "owner id", "user id", "employee id",
              "sales rep id", "salesperson id", "id")),
        Field("other_key", "Other id", Kind.KEY, ("employee number", "personnel number", "staff number",
              "payroll id", "system user id", "badge", "employee id")),
        Field("name", "Name", Kind.TEXT, ("sales agent", "rep name", "full name", "employee name", "rep",
              "sales rep", "salesperson", "sales person", "owner", "owner name", "person", "employee")),
        Field("first_name", "First name", Kind.TEXT, ("given name", "forename")),
        Field("last_name", "Last name", Kind.TEXT, ("surname", "family name")),
        Field("email", "E-mail", Kind.TEXT, ("mail", "email address", "work email", "upn",
              "user principal name", "user name", "username")),
        Field("role", "Role", Kind.TEXT, ("job title", "title", "position", "job role", "sales role"),
              telling=True),
        Field("team", "Team", Kind.TEXT, ("team name", "sales team", "squad"), telling=True),
        Field("manager", "Manager", Kind.TEXT, ("manager name", "sales manager", "supervisor", "boss",
              "reports to name"),
              telling=True),
        Field("manager_key", "Manager id", Kind.KEY, ("manager id", "manager key", "reports to id",
              "reports to", "supervisor id"), telling=True),
        Field("started_on", "Hired on", Kind.DAY, ("hire date", "date of hire", "join date", "joined",
              "joining date", "start date"), telling=True),
        Field("ended_on", "Left on", Kind.DAY, ("termination date", "leaving date", "exit date", "left",
              "end date")),
        Field("valid_from", "In this role and team from", Kind.DAY, ("valid from", "effective from",
              "effective date")),
        Field("valid_to", "In this role and team until", Kind.DAY, ("valid to", "effective to",
              "valid until")),
    ),
    needs=(("name", "email", "last_name"),),
    sheet_names=("people", "reps", "sales teams", "owners", "employees", "salesperson", "salespeople",
                 "sales reps", "users", "team", "teams", "staff"),
)  # fmt: skip
QUOTAS = Layout(
    "quotas", "Quotas", "one number that a person or a team answers for, from a day to a day",
    (
        *OWNER,
        Field("team", "Team", Kind.TEXT, ("team name", "sales team", "region", "territory")),
        Field("metric", "Metric", Kind.TEXT, ("measure", "kpi")),
        Field("starts_on", "From", Kind.DAY, ("month", "quarter", "quarter start", "month start",
              "period start", "start date", "target month", "date")),
        Field("ends_on", "To (last day)", Kind.DAY, ("quarter end", "month end", "period end", "end date")),
        Field("period", "Period", Kind.TEXT, ("fiscal quarter", "year month", "fiscal period", "quarter",
              "month", "month name")),
        Field("year", "Year", Kind.NUMBER, ("fiscal year", "calendar year")),
        Field("amount", "Quota", Kind.MONEY, ("quota amount", "target amount", "target", "sales target",
              "sales amount quota", "quota target", "goal", "budget"), required=True, telling=True),
        Field("scope", "Own or team", Kind.TEXT, ("quota type",)),
        CURRENCY,
    ),
    needs=(("owner", "owner_key", "team"), ("starts_on", "period", "year"), ("amount",)),
    sheet_names=("quotas", "quota", "targets", "target", "goals"),
)  # fmt: skip
PRODUCTS = Layout(
    "products", "Products", "one product that is sold",
    (
        Field("name", "Product", Kind.TEXT, ("product name", "item name", "item"), required=True,
              telling=True),
        Field("key", "Product id", Kind.KEY, ("product key", "product code", "sku", "product seq"),
              telling=True),
        Field("category", "Category", Kind.TEXT, ("product category", "series", "product family", "family",
              "category id")),
        Field("price", "List price", Kind.MONEY, ("sales price", "unit price", "standard price", "price")),
    ),
    needs=(("name",), ("category", "price", "key")),
    sheet_names=("products", "product", "price list"),
    key_repeats=False,
)  # fmt: skip
LISTS = Layout(
    "lists", "Lists", "one account, campaign, territory or the like that other sheets name",
    (
        Field("key", "Id", Kind.KEY),
        Field("name", "Name", Kind.TEXT),
    ),
    needs=(("key", "name"),),
    key_repeats=False,
)  # fmt: skip
RATES = Layout(
    "rates", "Exchange rates", "what one unit of a currency is worth, in a month or as planned for a year",
    (
        Field("currency", "Currency", Kind.TEXT, ("currency code", "from currency", "from", "iso code",
              "currency iso code", "foreign currency"), required=True),
        Field("base", "In", Kind.TEXT, ("to currency", "to", "base currency", "target currency",
              "quote currency", "company currency"), telling=True),
        Field("starts_on", "Month", Kind.DAY, ("date", "from date", "valid from", "month start", "rate date",
              "effective date", "start date", "as of")),
        Field("period", "Period", Kind.TEXT, ("month", "year month", "fiscal period", "year", "fiscal year")),
        Field("rate", "Rate", Kind.RATE, ("exchange rate", "fx rate", "conversion rate", "average rate",
              "monthly rate"), required=True, telling=True),
        Field("is_plan", "Planned", Kind.YES_NO, ("plan", "is plan", "plan rate", "budget rate"), telling=True),
    ),
    needs=(("currency",), ("rate",), ("starts_on", "period")),
    sheet_names=("exchange rates", "rates", "fx rates", "fx", "currency rates", "currencies"),
)  # fmt: skip
