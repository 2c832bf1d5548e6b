"""What sheets the app knows, and under which names their columns come.

A layout is one declaration. Aliases are compared without case, spaces, underscores, dots and hyphens, so that
"Deal Owner", "deal_owner" and "DEAL-OWNER" are one. Names follow the exports of Salesforce, HubSpot, Dynamics, Pipedrive
and plain spreadsheets.
"""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How the cells of a column are read."""

    TEXT = "text"
    KEY = "key"  # an id: leading zeros and case are kept, 276.0 is "276"
    DAY = "day"
    MONEY = "money"
    NUMBER = "number"
    SHARE = "share"  # 0 to 1; 75 and "75 %" are 0.75
    YES_NO = "yes/no"


@dataclass(frozen=True)
class Field:
    """A column that a layout knows: its key, its name on screen, how it is read, and its other names."""

    key: str
    label: str
    kind: Kind
    aliases: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True)
class Layout:
    """A kind of sheet: what one row is, the columns it may have, and groups of columns of which one each must be there."""

    key: str
    label: str
    row_is: str
    fields: tuple[Field, ...]
    needs: tuple[tuple[str, ...], ...]
    sheet_names: tuple[str, ...] = ()

    def field(self, key: str) -> Field:
        return next(field for field in self.fields if field.key == key)


OWNER = (
    Field("owner", "Owner", Kind.TEXT, ("sales agent", "rep", "rep name", "sales rep", "salesperson", "owner name",
          "deal owner", "opportunity owner", "lead owner", "activity owner", "assigned to", "account executive")),
    Field("owner_key", "Owner id", Kind.KEY, ("owner id", "rep id", "employee id", "employee key", "sales rep id",
          "user id", "operator id", "salesperson id", "system user")),
)  # fmt: skip
CURRENCY = Field("currency", "Currency", Kind.TEXT, ("currency code", "currency iso code", "iso currency"))
PRODUCT = Field("product", "Product", Kind.TEXT, ("product name", "item", "product line"))
ACCOUNT = Field("account", "Account", Kind.TEXT, ("account name", "customer", "customer name", "company", "client"))

PEOPLE = Layout(
    "people", "People", "one person, or one person from a day on",
    (
        Field("key", "Person id", Kind.KEY, ("rep id", "employee id", "employee key", "owner id", "user id", "id")),
        Field("name", "Name", Kind.TEXT, ("sales agent", "rep", "rep name", "full name", "employee name", "owner",
              "salesperson", "sales rep")),
        Field("email", "E-mail", Kind.TEXT, ("mail", "email address", "e-mail", "upn", "user name", "username")),
        Field("role", "Role", Kind.TEXT, ("job title", "title", "position", "job role")),
        Field("team", "Team", Kind.TEXT, ("team name", "group", "squad", "sales team")),
        Field("manager", "Manager", Kind.TEXT, ("manager name", "reports to", "supervisor", "sales manager", "boss")),
        Field("manager_key", "Manager id", Kind.KEY, ("manager id", "reports to id", "supervisor id")),
        Field("started_on", "Hired on", Kind.DAY, ("hire date", "start date", "join date", "joined", "date of hire")),
        Field("ended_on", "Left on", Kind.DAY, ("termination date", "leaving date", "end date", "left", "exit date")),
        Field("valid_from", "In this role and team from", Kind.DAY, ("valid from", "effective from", "effective date")),
        Field("valid_to", "In this role and team until", Kind.DAY, ("valid to", "effective to", "valid until")),
    ),
    needs=(("name", "email"), ("team", "manager", "manager_key", "role", "started_on", "email")),
    sheet_names=("people", "reps", "sales teams", "owners", "employees", "salesperson", "sales reps", "users", "team"),
)  # fmt: skip
DEALS = Layout(
    "deals", "Deals", "one opportunity",
    (
        Field("key", "Deal id", Kind.KEY, ("opportunity id", "deal id", "id", "record id", "opportunity seq",
              "opportunity number")),
        Field("name", "Deal name", Kind.TEXT, ("opportunity name", "deal name", "name", "title")),
        *OWNER, ACCOUNT, PRODUCT,
        Field("stage", "Stage", Kind.TEXT, ("deal stage", "stage name", "sales stage", "opportunity stage", "stage")),
        Field("status", "Status", Kind.TEXT, ("deal status", "state", "outcome")),
        Field("is_won", "Won", Kind.YES_NO, ("is won", "won")),
        Field("is_closed", "Closed", Kind.YES_NO, ("is closed", "closed")),
        Field("amount", "Amount", Kind.MONEY, ("close value", "deal value", "deal amount", "value", "amount usd",
              "opportunity amount", "revenue")),
        CURRENCY,
        Field("probability", "Probability", Kind.SHARE, ("probability (%)", "win probability")),
        Field("created_on", "Created on", Kind.DAY, ("created date", "create date", "engage date", "created on",
              "opportunity created on", "created at", "open date")),
        Field("closed_on", "Closed on", Kind.DAY, ("close date", "closed date", "won date", "actual close date")),
        Field("expected_close_on", "Expected to close on", Kind.DAY, ("expected close date", "expected close",
              "forecast close date")),
        Field("kind", "Deal type", Kind.TEXT, ("type", "deal type", "opportunity type", "business type")),
        Field("source", "Lead source", Kind.TEXT, ("lead source", "source", "original source")),
    ),
    needs=(("stage", "status", "is_won"), ("amount", "closed_on", "created_on")),
    sheet_names=("deals", "opportunities", "opportunity", "sales pipeline", "pipeline"),
)  # fmt: skip
ORDERS = Layout(
    "orders", "Orders", "one order",
    (
        Field("key", "Order id", Kind.KEY, ("order id", "order number", "sales order number", "invoice number",
              "order no"), required=True),
        Field("ordered_on", "Ordered on", Kind.DAY, ("order date", "date", "invoice date"), required=True),
        *OWNER, ACCOUNT, PRODUCT,
        Field("amount", "Amount", Kind.MONEY, ("order amount", "sales", "sales amount", "total", "subtotal", "revenue"),
              required=True),
        Field("cost", "Cost", Kind.MONEY, ("total cost", "cogs")),
        CURRENCY,
        Field("source", "Source", Kind.TEXT, ("channel", "sales channel", "order source")),
    ),
    needs=(),
    sheet_names=("orders", "sales orders", "invoices"),
)  # fmt: skip
ORDER_LINES = Layout(
    "order_lines", "Order lines", "one product on one order",
    (
        Field("key", "Order id", Kind.KEY, ("order id", "order number", "sales order number", "invoice number"),
              required=True),
        Field("line_no", "Line", Kind.KEY, ("line no", "line number", "order line", "row id")),
        Field("ordered_on", "Ordered on", Kind.DAY, ("order date", "date")),
        *OWNER, ACCOUNT,
        Field("product", "Product", Kind.TEXT, ("product name", "product id", "product key", "item"), required=True),
        Field("quantity", "Quantity", Kind.NUMBER, ("qty", "units", "units sold")),
        Field("unit_price", "Unit price", Kind.MONEY, ("price", "unit price ngn")),
        Field("discount", "Discount", Kind.SHARE, ("discount pct", "discount rate")),
        Field("amount", "Amount", Kind.MONEY, ("line total", "sales", "line amount", "extended price")),
        Field("cost", "Cost", Kind.MONEY, ("line cost", "total cost")),
        CURRENCY,
        Field("source", "Source", Kind.TEXT, ("channel", "sales channel")),
    ),
    needs=(("amount", "unit_price"),),
    sheet_names=("order lines", "order details", "sales", "lines"),
)  # fmt: skip
LEADS = Layout(
    "leads", "Leads", "one name before it is a deal",
    (
        Field("key", "Lead id", Kind.KEY, ("lead id", "id")),
        Field("name", "Name", Kind.TEXT, ("lead name", "full name")),
        *OWNER,
        Field("account", "Company", Kind.TEXT, ("company name", "account", "organisation", "organization")),
        Field("created_on", "Created on", Kind.DAY, ("created date", "create date", "created"), required=True),
        Field("status", "Status", Kind.TEXT, ("lead status", "lifecycle stage", "stage")),
        Field("qualified_on", "Qualified on", Kind.DAY, ("qualified date", "sql date", "mql date")),
        Field("converted_on", "Became a deal on", Kind.DAY, ("converted date", "conversion date", "converted on")),
        Field("is_converted", "Became a deal", Kind.YES_NO, ("is converted", "converted")),
        Field("deal_key", "Deal id", Kind.KEY, ("converted opportunity id", "opportunity id", "deal id")),
        Field("source", "Lead source", Kind.TEXT, ("lead source", "original source", "channel")),
    ),
    needs=(("status", "source", "is_converted", "qualified_on", "key"),),
    sheet_names=("leads", "lead"),
)  # fmt: skip
ACTIVITIES = Layout(
    "activities", "Activities", "one logged call, e-mail, meeting or demo",
    (
        Field("key", "Activity id", Kind.KEY, ("activity id", "task id", "event id", "id")),
        *OWNER,
        Field("kind", "Activity type", Kind.TEXT, ("activity type", "type", "task subtype", "channel")),
        Field("happened_on", "Date", Kind.DAY, ("activity date", "date", "due date", "created date", "start date"),
              required=True),
        Field("outcome", "Outcome", Kind.TEXT, ("status", "call outcome", "meeting outcome", "result", "task status",
              "call disposition")),
        Field("direction", "Direction", Kind.TEXT, ("call type", "call direction")),
        Field("count", "How many", Kind.NUMBER, ("calls count", "number of calls", "count")),
        ACCOUNT,
        Field("deal_key", "Deal id", Kind.KEY, ("opportunity id", "deal id", "what id")),
        Field("source", "Source", Kind.TEXT, ("lead source",)),
    ),
    needs=(("kind", "direction", "count", "outcome"),),
    sheet_names=("activities", "tasks", "calls", "events", "sales activities"),
)  # fmt: skip
QUOTAS = Layout(
    "quotas", "Quotas", "one number that a person or a team answers for, from a day to a day",
    (
        *OWNER,
        Field("team", "Team", Kind.TEXT, ("team name", "region", "sales team")),
        Field("metric", "Metric", Kind.TEXT, ("measure", "kpi")),
        Field("starts_on", "From", Kind.DAY, ("quarter start", "start date", "period start", "month", "target month",
              "month start")),
        Field("ends_on", "To (last day)", Kind.DAY, ("quarter end", "end date", "period end")),
        Field("period", "Period", Kind.TEXT, ("quarter", "fiscal quarter", "year month")),
        Field("amount", "Quota", Kind.MONEY, ("target", "target amount", "sales target", "goal", "quota amount",
              "sales amount quota"), required=True),
        Field("scope", "Own or team", Kind.TEXT, ("quota type", "own or team")),
        CURRENCY,
    ),
    needs=(("owner", "owner_key", "team"), ("starts_on", "period")),
    sheet_names=("quotas", "quota", "targets", "goals"),
)  # fmt: skip
PRODUCTS = Layout(
    "products", "Products", "one product that is sold",
    (
        Field("name", "Product", Kind.TEXT, ("product", "product name"), required=True),
        Field("key", "Product id", Kind.KEY, ("product id", "product key", "sku", "product seq")),
        Field("category", "Category", Kind.TEXT, ("series", "product category", "family", "product family")),
        Field("price", "List price", Kind.MONEY, ("sales price", "unit price", "standard price", "list price")),
    ),
    needs=(("category", "price", "key"),),
    sheet_names=("products", "product"),
)  # fmt: skip

LAYOUTS = {
    layout.key: layout
    for layout in (PEOPLE, DEALS, ORDERS, ORDER_LINES, LEADS, ACTIVITIES, QUOTAS, PRODUCTS)
}  # fmt: skip
