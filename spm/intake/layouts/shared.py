"""Columns that many layouts have."""

from spm.intake.layouts.kinds import Field, Kind

OWNER = (
    Field("owner", "Owner", Kind.PERSON, ("sales agent", "rep name", "rep", "sales rep", "salesperson",
          "sales person", "owner name", "rep 1", "owner 1", "deal owner", "opportunity owner", "lead owner", "contact owner",
          "activity owner", "assigned to", "assigned", "assigned to user", "assignee", "organizer", "meeting organizer",
          "account executive", "account owner", "seller", "owner email",
          "agent", "user name", "sales executive", "relationship manager", "team member")),
    Field("owner_key", "Owner id", Kind.KEY, ("owner id", "rep id", "employee id", "employee key",
          "sales rep id", "operator id", "salesperson id", "salesperson key", "system user seq",
          "system user id", "system user", "agent id", "hubspot owner id", "user id")),
)  # fmt: skip
CURRENCY = Field("currency", "Currency", Kind.TEXT, ("currency code", "currency iso code", "iso currency",
                 "transaction currency", "deal currency", "amount currency",
                 "value currency", "document currency", "monetary unit"))  # fmt: skip
AS_STATED = ("amount foreign currency", "foreign currency amount", "foreign amount", "amount in transaction currency",
             "transaction currency amount", "amount in document currency", "betrag in belegwährung")  # fmt: skip
"""The amount in the currency that a column beside it names, where another one is in the company's own."""
IN_OUR_CURRENCY = ("amount in company currency", "converted amount", "amount (converted)")
"""The amount in the company's own, whatever currency a column beside it names."""
PRODUCT = Field("product", "Product", Kind.TEXT, ("product name", "product line", "item", "item name",
                "product id", "product key", "product seq"))  # fmt: skip


def month_instead_of(day: str) -> tuple[Field, Field]:
    """Columns that say in which month something was, for sheets without a column for the `day`."""
    return (
        Field("period", "Month", Kind.TEXT, ("month", "year month", "period", "fiscal period", "month name"),
              tells_nothing=True, instead_of=day),
        Field("year", "Year", Kind.NUMBER, ("calendar year",), tells_nothing=True, instead_of=day),
    )  # fmt: skip


STATE = (
    Field("status", "Status", Kind.TEXT, ("order status", "invoice status", "document status", "financial status",
          "sales status", "fulfillment status"), tells_nothing=True),
    Field("document", "Document type", Kind.TEXT, ("document type", "transaction type", "voucher type", "invoice type",
          "belegart", "type de document", "tipo de documento", "type", "txn type"), tells_nothing=True),
)  # fmt: skip
"""What became of an order or invoice, and whether it is a credit note."""
ACCOUNT = Field("account", "Account", Kind.TEXT, ("account name", "customer", "customer name", "company",
                "company name", "client", "client name", "organisation", "organization",
                "associated company", "associated company name", "associated company domain",
                "associated company id", "account id", "customer id", "company id", "client id",
                "reseller key", "account seq"))  # fmt: skip
