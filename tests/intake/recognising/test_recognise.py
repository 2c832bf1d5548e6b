"""Which sheet is what, and which column is which: from the files that companies export, as they lie."""

from pathlib import Path

import pytest

from spm.errors import UnknownName
from spm.intake.layouts import LAYOUTS
from spm.intake.layouts.names import NAMES
from spm.intake.model import Recognition
from spm.intake.recognising.headers import folded
from spm.intake.recognising.overrides import recognise_as, unknown_columns, with_overrides
from spm.intake.recognising.recognise import recognise
from tests.intake.tables import read_table, table

# Layout and file, then some of its columns: header (blanks as _) and field, "-" for an attribute.
FACTS = """
deals = crm_sales_opportunities/maven_original/sales_pipeline.csv
    opportunity_id:key sales_agent:owner product:product account:account deal_stage:stage
    close_date:closed_on engage_date:created_on close_value:amount
deals = crm_sales_opportunities/us_dates_variant/sales_pipeline.csv
    opportunity_id:key sales_agent:owner product:product account:account deal_stage:stage
    close_date:closed_on engage_date:created_on
deals = crm_sales_opportunities/precursor_gtx_clicks/sales_pipeline.csv
    opportunity_id:key sales_agent:owner product:product account:account deal_stage:stage
    close_date:closed_on created_on:created_on
deals = crm_sales_opportunities/precursor_gtx_clicks/sales_pipeline.xlsx
    opportunity_id:key sales_agent:owner product:product account:account deal_stage:stage
    close_date:closed_on created_on:created_on
people = crm_sales_opportunities/maven_original/sales_teams.csv
    sales_agent:name manager:manager regional_office:-
people = crm_sales_opportunities/precursor_gtx_clicks/sales_teams.xlsx
    sales_agent:name manager:manager
products = crm_sales_opportunities/maven_original/products.csv
    product:name series:category sales_price:price
people = adventureworks/reps.csv
    rep_id:key employee_number:other_key rep_name:name job_title:role manager_id:manager_key
    hire_date:started_on territory:- quota:- bonus:- sales_ytd:-
orders = adventureworks/orders.csv
    order_id:key order_date:ordered_on rep_id:owner_key amount:amount cost:cost tax:-
order_lines = adventureworks/order_lines.csv
    order_id:key line_no:line_no product:product amount:amount discount_pct:discount
    currency_code:currency due_date:-
quotas = adventureworks/quotas.csv
    rep_id:owner_key quarter_start:starts_on quarter_end:ends_on quota:amount
order_lines = adventureworks_pl300/pipe/Sales.csv
    SalesOrderNumber:key ProductKey:product EmployeeKey:owner_key Sales:amount
people = adventureworks_pl300/pipe/Salesperson.csv
    EmployeeKey:key EmployeeID:other_key Salesperson:name UPN:email
quotas = adventureworks_pl300/pipe/Targets.csv
    EmployeeID:owner_key TargetAmount:amount TargetMonth:starts_on
quotas = adventureworks_pl300/tab_us_text/Targets.csv
    EmployeeID:owner_key Target:amount TargetMonth:starts_on
products = adventureworks_pl300/tab_us_text/Product.csv
    ProductKey:key Product:name Category:category
deals = pbi_regional_sales/opportunities.csv
    OpportunitySeq:key SystemUserSeq:owner_key AccountSeq:account ProductSeq:product Status:status
    Value:amount CloseDate:closed_on Probability:probability Discount:-
people = pbi_regional_sales/owners.csv
    owner_id:key systemuserid:other_key Owner:name Manager:manager
products = pbi_regional_sales/products.csv
    ProductSeq:key Product:name
deals = hubspot_dummy/hubspot_deals.csv
    Deal_ID:key Deal_Stage:stage Close_Date:closed_on Deal_Owner:owner Deal_Type:kind Pipeline:-
activities = hubspot_dummy/hubspot_activities.csv
    Activity_ID:key Activity_Owner:owner Activity_Date:happened_on Call_Outcome:call_outcome
    Meeting_Outcome:meeting_outcome Task_Status:task_status
leads = hubspot_dummy/hubspot_contacts.csv
    Contact_ID:key Lifecycle_Stage:lifecycle Lead_Status:status Create_Date:created_on
deals = salesforce_exports/data_cloud_workshop/Opportunity.csv
    Id:key Name:name StageName:stage Amount:amount CloseDate:closed_on CreatedDate:created_on
    OwnerId:owner_key IsWon:is_won Product__c:product
deals = salesforce_exports/powerbi_demo_org/Opportunity.csv
    Id:key Name:name StageName:stage Amount:amount CloseDate:closed_on CreatedDate:created_on
    IsClosed:is_closed Probability:probability
deals = salesforce_exports/anlytx_hackathon/Opportunity2.csv
    STAGENAME:stage CLOSEDATE:closed_on TYPE:kind
deals = salesforce_exports/pipeline_risk_alerting_opportunities.csv
    Id:key Name:name StageName:stage Amount:amount CloseDate:closed_on CreatedDate:created_on
    Owner.Name:owner Account.Name:account
leads = salesforce_exports/data_cloud_workshop/Lead.csv
    Id:key Status:status OwnerId:owner_key CreatedDate:created_on
leads = salesforce_exports/powerbi_demo_org/Lead.csv
    IsConverted:is_converted ConvertedDate:converted_on
activities = salesforce_exports/data_cloud_workshop/Task.csv
    Id:key ActivityDate:happened_on Type__c:kind Status:outcome
deals = sales_perf_portfolio/salesforce_opportunities.csv
    Opportunity_ID:key Owner_Name:owner Amount_USD:amount Rep_Segment:-
deals = b2b_martech_opsmadeez/deals.csv
    Opportunity_ID:key Expected_Close_Date:expected_close_on Type:kind
activities = b2b_martech_opsmadeez/sales_activities.csv
    Activity_ID:key Activity_Type:kind Opportunity_ID:deal_key
order_lines = northwind/order_lines_joined.csv
    order_id:key rep_id:owner_key unit_price:unit_price amount:amount
order_lines = northwind/order-details.csv
    orderID:key productID:product unitPrice:unit_price discount:discount
orders = northwind/orders.csv
    orderID:key orderDate:ordered_on employeeID:owner_key customerID:account
people = northwind/employees.csv
    employeeID:key lastName:last_name firstName:first_name reportsTo:manager_key
orders = fmcg_nigeria/Sales.csv
    Order_ID:key Units_Sold:quantity Unit_Price_NGN:unit_price Discount_Pct:discount Region:-
people = fmcg_nigeria/SalesReps.csv
    Rep_ID:key Name:name Team:team Manager:manager Join_Date:started_on Region:-
quotas = fmcg_nigeria/Targets.csv
    Year:year Month:period Region:team Sales_Target_NGN:amount
orders = cdnow_orders/CDNOW_master.csv
    ID:account Date:ordered_on Volume:quantity Amount:amount
activities = telecom_calls/telecom_dataset_us.csv
    date:happened_on operator_id:owner_key calls_count:count direction:direction user_id:- call_duration:-
order_lines = superstore/Sample - Superstore (2013-2016, DeltaOptimist).xls#Orders
    Order_ID:key Product_Name:product Sales:amount Row_ID:line_no Product_ID:- Profit:-
people = superstore/Sample - Superstore (2013-2016, DeltaOptimist).xls#People
    Person:name Region:-
deals = pipeline_excel_pivots/Sales Pipeline.xlsx#Sales Pipeline
    Deal_Stage:stage Sales_Amount:amount Opportunity_Name:name Opportunity_ID:-
"""
NO_FACTS = [
    ("crm_sales_opportunities/maven_original/accounts.csv", "a list of accounts"),
    ("crm_sales_opportunities/precursor_gtx_clicks/accounts.xlsx", "a list of accounts"),
    ("crm_sales_opportunities/maven_original/data_dictionary.csv", "a description of columns"),
    ("crm_sales_opportunities/precursor_gtx_clicks/clicks.csv", "marketing touches"),
    ("adventureworks_pl300/pipe/Region.csv", "a list of territories"),
    ("pbi_regional_sales/accounts.csv", "a list of accounts"),
    ("pbi_regional_sales/campaigns.csv", "a list of campaigns"),
    ("pbi_regional_sales/industries.csv", "a list of industries"),
    ("pbi_regional_sales/territories.csv", "a list of territories"),
    ("hubspot_dummy/hubspot_companies.csv", "a list of accounts"),
    ("salesforce_exports/powerbi_demo_org/Account.csv", "a list of accounts"),
    ("salesforce_exports/powerbi_demo_org/Contact.csv", "a list of contacts"),
    ("salesforce_exports/data_cloud_workshop/Contact.csv", "a list of contacts"),
    ("salesforce_exports/data_cloud_workshop/Campaign.csv", "a list of campaigns"),
    ("salesforce_exports/data_cloud_workshop/Case.csv", "support cases"),
    ("b2b_martech_opsmadeez/contacts.csv", "a list of contacts"),
    ("b2b_martech_opsmadeez/marketing_touchpoints.csv", "marketing touches"),
    ("telecom_calls/telecom_clients_us.csv", "a list of phone customers"),
    ("fmcg_nigeria/Customers.csv", "a list of accounts"),
    ("northwind/suppliers.csv", "a list of accounts"),
]  # fmt: skip


LISTS = ("a list of accounts", "a list of campaigns", "a list of industries", "a list of territories")


def expected_facts() -> list[tuple[str, str, dict[str, str]]]:
    """Layout, file and columns of each entry in FACTS."""
    entries: list[tuple[str, str, dict[str, str]]] = []
    for line in FACTS.strip().splitlines():
        if line.startswith(" "):
            entries[-1][2].update(pair.rsplit(":", 1) for pair in line.split())
        else:
            layout, file = line.split(" = ")
            entries.append((layout, file, {}))
    return entries


def recognised(shared_data: Path, file: str) -> Recognition:
    path, _, sheet = file.partition("#")
    return recognise(read_table(shared_data / path, sheet or None), Path(path).name)


@pytest.mark.parametrize(("layout", "file", "columns"), expected_facts())
def test_an_export_is_recognised(shared_data: Path, layout: str, file: str, columns: dict[str, str]) -> None:
    found = recognised(shared_data, file)
    assert found.layout == layout, found.reason
    assert found.confidence > 0.5
    fields = {header if header in columns else header.replace(" ", "_"): key for header, key in found.fields.items()}
    assert {header: fields.get(header, "-") for header in columns} == columns
    assert len(set(found.fields.values())) == len(found.fields), "two headers on one field"


@pytest.mark.parametrize(("file", "what"), NO_FACTS, ids=[file for file, _ in NO_FACTS])
def test_a_list_or_a_sheet_without_facts_says_what_it_is(shared_data: Path, file: str, what: str) -> None:
    found = recognised(shared_data, file)
    if what in LISTS:
        assert (found.layout, found.reason) == ("lists", f"{what}, to look up what other sheets name")
    else:
        assert (found.layout, found.reason) == (None, f"no facts: {what}")


def test_names_are_compared_without_case_and_punctuation() -> None:
    deals = table("DEAL-OWNER,deal_stage,Amount (EUR),CLOSE.DATE", ("Ana", "Won", 5, "2017-01-31"))
    assert list(recognise(deals, "x.csv").fields.values()) == ["owner", "stage", "amount", "closed_on"]


def test_a_near_name_is_taken_with_less_confidence() -> None:
    row = ("D1", "Won", 5, "2017-01-31")
    exact = recognise(table("Deal id,Deal stage,Deal amount,Close date", row), "x.csv")
    near = recognise(table("Deal id,Deal stagee,Deal amount,Close date", row), "x.csv")
    assert near.fields["Deal stagee"] == "stage"
    assert near.confidence < exact.confidence
    assert near.reason.endswith("guessed: Deal stagee")


def test_contents_tell_what_names_do_not() -> None:
    rows = [(f"D{n}", "Ana", "Won" if n % 2 else "Lost", 10 * n) for n in range(8)]
    found = recognise(table("Deal id,Deal owner,Wie ging es aus,Deal value", *rows), "x.csv")
    assert (found.layout, found.fields["Wie ging es aus"]) == ("deals", "stage")


def test_a_name_whose_contents_do_not_fit_tells_nothing_of_the_table_and_is_read_all_the_same() -> None:
    rows = [("Jan", 2022, "Lagos", 5), ("Feb", 2022, "Lagos", 6)]
    assert recognise(table("Month,Year,Region,Target", *rows), "x.csv").fields["Month"] == "period"
    odd = table("Deal id,Stage,Amount,Close date", *[(f"D{n}", "Won", "much", "2017-01-31") for n in range(3)])
    assert recognise(odd, "x.csv").fields["Amount"] == "amount"  # so that its cells are told, not passed over
    empty = table("Deal id,Stage,Close date", *[(f"D{n}", "Won", "2017-01-31") for n in range(3)])
    assert recognise(odd, "x.csv").confidence == recognise(empty, "x.csv").confidence


def test_orders_and_their_lines_are_told_apart_by_the_id() -> None:
    header = "Order id,Order date,Product,Quantity,Amount"
    rows = [(f"O{n}", "2017-01-31", "Bike", 1, 5) for n in range(100)]
    assert recognise(table(header, *rows), "x.csv").layout == "orders"
    assert recognise(table(header, *rows, *rows[:60]), "x.csv").layout == "order_lines"
    assert recognise(table(header, *rows, rows[0]), "x.csv").layout == "orders"


def test_an_id_that_repeats_is_no_id_of_a_deal() -> None:
    rows = [(f"D{n // 2}", "Won", 5, "2017-01-31") for n in range(10)]
    found = recognise(table("Deal id,Stage,Amount,Close date", *rows), "x.csv")
    assert "Deal id" not in found.fields
    assert found.reason.endswith("“Deal id” comes on several rows, so it is no id of one opportunity")


def test_what_was_decided_for_the_same_header_is_remembered() -> None:
    sheet = table("A,B", ("x", "y"))
    decided = Recognition("people", 0.4, {"A": "name"}, frozenset({"B"}))
    again = recognise(sheet, "x.csv", {("A", "B"): decided})
    assert (again.layout, again.fields, again.ignored, again.confidence) == (
        "people",
        {"A": "name"},
        {"B"},
        1.0,
    )
    assert recognise(sheet, "x.csv", {("A", "C"): decided}).layout is None


DEALS = table("Id,Stage,Worth,Region", ("1", "Won", 5, "North"), ("2", "Lost", 0, "South"))
AS_DEALS = recognise_as(DEALS, "deals")


def test_a_person_decides_what_a_column_is() -> None:
    changed = with_overrides(DEALS, AS_DEALS, columns={"worth": "Amount", "Region": "ignore", "Id": "attribute"})
    assert changed.fields == {"Stage": "stage", "Worth": "amount"}
    assert changed.ignored == {"Region"}


def test_a_field_that_a_person_gives_to_a_column_is_taken_from_the_other() -> None:
    changed = with_overrides(DEALS, AS_DEALS, columns={"Region": "stage"})
    assert changed.fields == {"Id": "key", "Worth": "amount", "Region": "stage"}


def test_a_person_decides_what_a_sheet_is() -> None:
    assert with_overrides(DEALS, Recognition(None, 0.0), layout="deals").fields == AS_DEALS.fields
    assert with_overrides(DEALS, Recognition(None, 0.0), columns={"Worth": "amount"}).layout is None


def test_unknown_names_come_with_the_nearest() -> None:
    with pytest.raises(UnknownName, match=r"“dealz” is no layout\. Known are people, .*deals"):
        with_overrides(DEALS, AS_DEALS, layout="dealz")
    with pytest.raises(UnknownName, match=r"Deals have no column “ammount”\. Nearest are amount"):
        with_overrides(DEALS, AS_DEALS, columns={"Worth": "ammount"})
    with pytest.raises(UnknownName, match=r"No sheet has a column “Regoin”\. Nearest are Region"):
        unknown_columns({"Regoin": "ignore"}, [DEALS])
    unknown_columns({"region": "ignore"}, [DEALS])


def test_every_layout_recognises_its_own_labels() -> None:
    for layout in LAYOUTS.values():
        keys = [key for group in layout.needs for key in group] + [field.key for field in layout.fields]
        fields = [layout.field(key) for key in dict.fromkeys(keys) if layout.field(key).instead_of is None]
        sheet = table(",".join(field.label for field in fields), sheet=layout.label)
        assert recognise_as(sheet, layout.key).fields == {field.label: field.key for field in fields}


def test_another_name_means_one_name_that_layouts_know() -> None:
    others = [folded(other) for names in NAMES.values() for other in names.split(",")]
    assert len(others) == len(set(others))
    known = {
        folded(name) for layout in LAYOUTS.values() for field in layout.fields for name in (field.label, *field.aliases)
    }
    sheets = {folded(name) for layout in LAYOUTS.values() for name in layout.sheet_names}
    assert {name for name in NAMES if folded(name) not in known | sheets} == set()
