"""What sheets the app knows, and under which names their columns come.

A layout is one declaration. Aliases are compared without case, spaces, underscores, dots and hyphens, so that
"Deal Owner", "deal_owner" and "DEAL-OWNER" are one; the earlier of two aliases wins where a sheet has both.
Names follow the exports of Salesforce, HubSpot, Dynamics, Pipedrive and plain spreadsheets.
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
    """A column that a layout knows: its key, its name on screen, how it is read, and its other names.

    A row in which a `required` field is empty is refused. A `telling` field is one that few other sheets
    have: it weighs more when a sheet is recognised.
    """

    key: str
    label: str
    kind: Kind
    aliases: tuple[str, ...] = ()
    required: bool = False
    telling: bool = False


@dataclass(frozen=True)
class Layout:
    """A kind of sheet: what one row is, its columns, and groups of columns of which one each must be there.

    `key_repeats` says of the column with the rows' id whether the same id comes on several rows: True where
    it must (the lines of an order), False where it must not, None where either is fine.
    """

    key: str
    label: str
    row_is: str
    fields: tuple[Field, ...]
    needs: tuple[tuple[str, ...], ...]
    sheet_names: tuple[str, ...] = ()
    key_repeats: bool | None = None

    def field(self, key: str) -> Field:
        return next(field for field in self.fields if field.key == key)


@dataclass(frozen=True)
class Lookup:
    """A kind of sheet that holds no facts of its own, told by its name and by columns that only it has."""

    label: str
    sheet_names: tuple[str, ...]
    columns: tuple[str, ...] = ()


OWNER = (
    Field("owner", "Owner", Kind.TEXT, ("sales agent", "rep name", "rep", "sales rep", "salesperson",
          "sales person", "owner name", "deal owner", "opportunity owner", "lead owner", "contact owner",
          "activity owner", "assigned to", "account executive", "account owner", "seller", "owner email",
          "agent")),
    Field("owner_key", "Owner id", Kind.KEY, ("owner id", "rep id", "employee id", "employee key",
          "sales rep id", "operator id", "salesperson id", "salesperson key", "system user seq",
          "system user id", "system user", "agent id", "hubspot owner id", "user id")),
)  # fmt: skip
CURRENCY = Field("currency", "Currency", Kind.TEXT, ("currency code", "currency iso code", "iso currency",
                 "transaction currency", "deal currency"))  # fmt: skip
PRODUCT = Field("product", "Product", Kind.TEXT, ("product name", "product line", "item", "item name",
                "product id", "product key", "product seq"))  # fmt: skip
ACCOUNT = Field("account", "Account", Kind.TEXT, ("account name", "customer", "customer name", "company",
                "company name", "client", "client name", "organisation", "organization",
                "associated company", "account id", "customer id", "company id", "client id",
                "reseller key", "account seq"))  # fmt: skip

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
DEALS = Layout(
    "deals", "Deals", "one opportunity",
    (
        Field("key", "Deal id", Kind.KEY, ("opportunity id", "deal id", "record id", "id", "opportunity seq",
              "opportunity number", "deal number")),
        Field("name", "Deal name", Kind.TEXT, ("opportunity name", "deal name", "name", "title", "topic")),
        *OWNER, ACCOUNT, PRODUCT,
        Field("stage", "Stage", Kind.TEXT, ("deal stage", "stage name", "sales stage", "opportunity stage",
              "pipeline stage"), telling=True),
        Field("status", "Status", Kind.TEXT, ("deal status", "opportunity status", "state", "outcome")),
        Field("is_won", "Won", Kind.YES_NO, ("is won", "is closed won"), telling=True),
        Field("is_closed", "Closed", Kind.YES_NO, ("is closed",)),
        Field("amount", "Amount", Kind.MONEY, ("close value", "deal value", "deal amount",
              "opportunity amount", "deal size", "sales amount", "value", "estimated value",
              "actual revenue", "revenue")),
        CURRENCY,
        Field("probability", "Probability", Kind.SHARE, ("probability (%)", "win probability",
              "deal probability"),
              telling=True),
        Field("created_on", "Created on", Kind.DAY, ("created date", "create date", "engage date",
              "date created", "opportunity created on", "created at", "created", "open date", "add time")),
        Field("closed_on", "Closed on", Kind.DAY, ("close date", "closed date", "actual close date",
              "won date", "won time", "date closed", "closed at"), telling=True),
        Field("expected_close_on", "Expected to close on", Kind.DAY, ("expected close date", "expected close",
              "estimated close date", "est close date", "forecast close date"), telling=True),
        Field("kind", "Deal type", Kind.TEXT, ("opportunity type", "type", "business type")),
        Field("source", "Lead source", Kind.TEXT, ("original source", "deal source", "source")),
    ),
    needs=(("stage", "status", "is_won"), ("amount", "closed_on", "created_on")),
    sheet_names=("deals", "opportunities", "opportunity", "sales pipeline", "pipeline"),
    key_repeats=False,
)  # fmt: skip
ORDERS = Layout(
    "orders", "Orders", "one order",
    (
        Field("key", "Order id", Kind.KEY, ("order number", "sales order number", "order no",
              "invoice number", "invoice no", "invoice id", "id"), telling=True),
        Field("ordered_on", "Ordered on", Kind.DAY, ("order date", "invoice date", "sale date", "date"),
              required=True),
        *OWNER,
        Field("account", "Account", Kind.TEXT, (*ACCOUNT.aliases, "ship name", "id")),
        PRODUCT,
        Field("quantity", "Quantity", Kind.NUMBER, ("qty", "units sold", "units", "volume")),
        Field("unit_price", "Unit price", Kind.MONEY, ("price",)),
        Field("discount", "Discount", Kind.SHARE, ("discount pct", "discount rate", "discount percent")),
        Field("amount", "Amount", Kind.MONEY, ("order amount", "sales amount", "sales", "order total",
              "total", "subtotal", "revenue"), required=True),
        Field("cost", "Cost", Kind.MONEY, ("total cost", "cogs")),
        CURRENCY,
        Field("source", "Source", Kind.TEXT, ("channel", "sales channel", "order source")),
    ),
    needs=(("ordered_on",), ("amount", "unit_price", "key")),
    sheet_names=("orders", "sales orders", "invoices", "sales"),
    key_repeats=False,
)  # fmt: skip
ORDER_LINES = Layout(
    "order_lines", "Order lines", "one product on one order",
    (
        Field("key", "Order id", Kind.KEY, ("order number", "sales order number", "order no",
              "invoice number", "invoice no", "invoice id"), required=True, telling=True),
        Field("line_no", "Line", Kind.KEY, ("line no", "line number", "order line", "row id")),
        Field("ordered_on", "Ordered on", Kind.DAY, ("order date", "invoice date", "date")),
        *OWNER, ACCOUNT,
        Field("product", "Product", Kind.TEXT, PRODUCT.aliases, required=True, telling=True),
        Field("quantity", "Quantity", Kind.NUMBER, ("qty", "units sold", "units"), telling=True),
        Field("unit_price", "Unit price", Kind.MONEY, ("price",)),
        Field("discount", "Discount", Kind.SHARE, ("discount pct", "discount rate", "discount percent")),
        Field("amount", "Amount", Kind.MONEY, ("line total", "line amount", "extended price",
              "sales amount", "sales"),
              required=True),
        Field("cost", "Cost", Kind.MONEY, ("line cost", "total cost", "cogs")),
        CURRENCY,
        Field("source", "Source", Kind.TEXT, ("channel", "sales channel")),
    ),
    needs=(("key",), ("product",), ("amount", "unit_price")),
    sheet_names=("order lines", "order details", "orders", "sales", "lines"),
    key_repeats=True,
)  # fmt: skip
LEADS = Layout(
    "leads", "Leads", "one name before it is a deal",
    (
        Field("key", "Lead id", Kind.KEY, ("lead number", "contact id", "id")),
        Field("name", "Name", Kind.TEXT, ("lead name", "full name")),
        Field("first_name", "First name", Kind.TEXT, ("given name", "forename")),
        Field("last_name", "Last name", Kind.TEXT, ("surname", "family name")),
        *OWNER,
        Field("account", "Company", Kind.TEXT, ACCOUNT.aliases),
        Field("created_on", "Created on", Kind.DAY, ("created date", "create date", "date created",
              "created at", "created", "lead date"), required=True),
        Field("status", "Status", Kind.TEXT, ("lead status", "lead stage", "stage")),
        Field("lifecycle", "Lifecycle stage", Kind.TEXT, ("life cycle stage",), telling=True),
        Field("qualified_on", "Qualified on", Kind.DAY, ("qualified date", "sql date", "date qualified"),
              telling=True),
        Field("converted_on", "Became a deal on", Kind.DAY, ("converted date", "conversion date",
              "converted on"),
              telling=True),
        Field("is_converted", "Became a deal", Kind.YES_NO, ("is converted", "converted"), telling=True),
        Field("deal_key", "Deal id", Kind.KEY, ("converted opportunity id", "opportunity id"), telling=True),
        Field("source", "Lead source", Kind.TEXT, ("original source", "channel", "source")),
    ),
    needs=(("created_on",), ("key", "name", "last_name", "account"),
           ("status", "lifecycle", "source", "is_converted", "qualified_on")),
    sheet_names=("leads", "lead"),
    key_repeats=False,
)  # fmt: skip
ACTIVITIES = Layout(
    "activities", "Activities", "one logged call, e-mail, meeting or demo",
    (
        Field("key", "Activity id", Kind.KEY, ("task id", "event id", "call id", "id"), telling=True),
        *OWNER,
        Field("kind", "Activity type", Kind.TEXT, ("type", "task subtype", "event type"), telling=True),
        Field("happened_on", "Date", Kind.DAY, ("activity date", "call date", "meeting date", "due date",
              "start date", "start time", "timestamp", "created date", "create date"), required=True),
        Field("outcome", "Outcome", Kind.TEXT, ("activity outcome", "result", "activity status", "status")),
        Field("call_outcome", "Call outcome", Kind.TEXT, ("call disposition", "call result"), telling=True),
        Field("meeting_outcome", "Meeting outcome", Kind.TEXT, ("meeting status",), telling=True),
        Field("task_status", "Task status", Kind.TEXT, (), telling=True),
        Field("direction", "Direction", Kind.TEXT, ("call direction", "call type"), telling=True),
        Field("count", "How many", Kind.NUMBER, ("calls count", "number of calls", "count"), telling=True),
        ACCOUNT,
        Field("deal_key", "Deal id", Kind.KEY, ("opportunity id", "what id")),
        Field("source", "Source", Kind.TEXT, ("lead source", "channel")),
    ),
    needs=(("happened_on",), ("kind", "direction", "count", "outcome", "call_outcome", "meeting_outcome")),
    sheet_names=("activities", "activity", "tasks", "task", "calls", "events", "meetings",
                 "sales activities"),
    key_repeats=False,
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

LAYOUTS = {
    layout.key: layout
    for layout in (PEOPLE, DEALS, ORDERS, ORDER_LINES, LEADS, ACTIVITIES, QUOTAS, PRODUCTS)
}  # fmt: skip

LOOKUPS = (
    Lookup("a list of accounts", ("accounts", "account", "customers", "companies", "resellers", "suppliers"),
           ("industry", "sector", "annual revenue", "employees", "number of employees", "employee count",
            "website", "domain", "company domain name", "billing city", "billing country", "billing state",
            "year established", "subsidiary of", "parent id", "account number", "account seq", "ownership",
            "sic", "contact name", "contact title", "street address", "postal code", "phone number",
            "segment")),
    Lookup("a list of contacts", ("contacts", "contact"),
           ("contact id", "account id", "salutation", "phone", "mobile phone", "assistant phone",
            "assistant name", "home phone", "department", "birthdate", "mailing city", "mailing street",
            "mailing country", "other city", "has opted out of email", "email bounced date",
            "engagement score")),
    Lookup("a history of deal stages", ("opportunity history", "deal history", "deal funnel history",
           "stage history", "contact funnel history", "opportunity field history"),
           ("opportunity history key", "opportunity id", "expected revenue", "previous stage", "new stage",
            "old value", "new value", "stage entered date", "stage exit date", "forecast category",
            "system modstamp")),
    Lookup("a history of territories", ("territory history", "territory assignments"), ("territory",
          "start date", "end date")),
    Lookup("a list of campaigns", ("campaigns", "campaign"),
           ("campaign", "campaign name", "campaign type", "budgeted cost", "actual cost", "expected response",
            "number sent", "number of leads", "number of contacts", "number of responses",
            "number of opportunities", "number of converted leads", "number of won opportunities")),
    Lookup("marketing touches", ("marketing touchpoints", "touchpoints", "clicks"),
           ("utm source", "utm medium", "utm campaign", "campaign name", "asset name",
            "engagement score impact", "lead stage at time of touch")),
    Lookup("support cases", ("cases", "case", "tickets"),
           ("case number", "supplied name", "supplied email", "origin", "priority", "is escalated",
            "entitlement id", "business hours id", "sla start date", "sla exit date", "contact phone",
            "contact email")),
    Lookup("the roles of contacts on deals", ("contact deal roles", "opportunity contact roles"),
           ("contact id", "is primary")),
    Lookup("a description of columns", ("data dictionary", "dictionary", "manifest"), ("table", "field",
          "description")),
    Lookup("a list of territories", ("territories", "regions", "region"), ("territory seq",
           "sales territory key", "territory id", "region id", "state or province")),
    Lookup("a list of industries", ("industries",), ("industry seq",)),
    Lookup("a list of phone customers", ("telecom clients", "clients"), ("tariff plan", "date start")),
    Lookup("a list of returned orders", ("returns",), ("returned",)),
)  # fmt: skip
