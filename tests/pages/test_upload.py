"""Upload: what it takes sheets for, what it asks, what it says they would change, and what comes of it."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from spm.intake.queries import imports
from spm.intake.templates.columns import TEMPLATE_COLUMNS
from spm.metrics.queries import value
from spm.store import reading
from spm.store.opening import open_store
from tests.companies import REAL_TODAY, imported, scene
from tests.stores import DEALS, PEOPLE, QUOTAS

Reader = Callable[..., AppTest]

LEADS = b"Id,Lead Name,Company,Status,Lead Source\nL1,Jo,Acme,Open,Web\nL2,Al,Zeta,Open,Web\n"
DOUBTFUL = b"""Opportunity ID,Sales Agent,Stage,Amount,Created,Close Date
D1,Ana Ruiz,Won,100,2017-01-02,01/02/2017
D2,Ana Ruiz,Won,200,2017-01-02,02/03/2017
D3,Ana Ruiz,Won,300,2017-01-02,03/04/2017
D4,Ana Ruiz,Won,400,2017-01-02,04/05/2017
"""


def dropped(app: AppTest, *files: tuple[str, bytes]) -> AppTest:
    """The page after these files were dropped in."""
    app.file_uploader[0].set_value([(name, content, "text/csv") for name, content in files])
    app.run()
    assert not app.exception
    return app


def headline(app: AppTest) -> str:
    return str(app.title[0].value)


def counts(app: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


def labels(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


def pressed(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return app


def test_an_empty_page_says_what_it_reads_and_gives_blank_sheets(reader: Reader, empty_url: str) -> None:
    app = reader(empty_url, "upload")
    assert not app.exception
    assert headline(app) == "Bring in your sheets"
    assert len(app.get("download_button")) == len(TEMPLATE_COLUMNS)


def test_sheets_are_known_counted_and_brought_in(reader: Reader, empty_url: str) -> None:
    app = dropped(reader(empty_url, "upload"), ("people.csv", PEOPLE), ("deals.csv", DEALS))
    assert headline(app) == "5 deals and 4 people to come in"
    assert [box.value for box in app.selectbox if box.label.startswith("What ")] == ["people", "deals"]
    assert counts(app) == {"New": "9", "Changed": "0", "Same": "0", "Refused": "0"}
    pressed(app, "Bring in 9 new rows")
    assert headline(app) == "9 new rows are in"
    store = open_store(empty_url)
    assert value(scene(store), "bookings") == 350_000
    assert imports(store)["file_name"].tolist() == ["people.csv", "deals.csv"]


def test_the_same_files_again_have_nothing_to_change(reader: Reader, filled_url: str) -> None:
    app = dropped(reader(filled_url, "upload"), ("deals.csv", DEALS))
    assert headline(app) == "Nothing to change: all of this is here already"
    assert counts(app)["Same"] == "5"
    assert all(button.disabled for button in app.button if button.label == "Nothing to change")


def test_changed_rows_are_told_from_new_ones(reader: Reader, filled_url: str) -> None:
    changed = DEALS.replace(b"D1,Ana Ruiz,Box,East,Won,1000", b"D1,Ana Ruiz,Box,East,Won,1500")
    app = dropped(reader(filled_url, "upload"), ("deals.csv", changed + b"D6,Bo Li,Box,West,Open,1,2017-05-01,\n"))
    assert headline(app) == "1 row of deals to come in, 1 row to change"
    assert (counts(app)["New"], counts(app)["Changed"], counts(app)["Same"]) == ("1", "1", "4")
    (moved,) = [table.value for table in app.dataframe if "months" in table.value and "metric" in table.value]
    assert "+$500" in moved.set_index("metric").loc["Bookings"].tolist()


def test_a_sheet_can_be_left_out_and_taken_for_something_else(reader: Reader, empty_url: str) -> None:
    app = dropped(reader(empty_url, "upload"), ("deals.csv", DEALS), ("people.csv", PEOPLE))
    box = next(box for box in app.selectbox if box.label == "What people.csv is")
    box.set_value("left out").run()
    assert headline(app) == "5 deals to come in"


def test_days_that_fit_both_orders_are_asked_and_the_answer_can_be_changed(reader: Reader, empty_url: str) -> None:
    app = dropped(reader(empty_url, "upload"), ("deals.csv", DOUBTFUL))
    assert headline(app) == "One question waits for your answer"
    assert "Answer the questions first" in labels(app)
    pressed(app, "Month first: 3/4 is 4 March")
    assert headline(app) == "4 deals to come in"
    pressed(app, "Change")
    assert headline(app) == "One question waits for your answer"
    pressed(pressed(app, "Day first: 3/4 is 3 April"), "Bring in 4 new rows")
    span = scene(open_store(empty_url)).covered_span()
    assert span is not None
    assert str(span.last_day) == "2017-05-04"


def test_a_sheet_without_a_needed_column_can_be_left_out_from_the_question(reader: Reader, empty_url: str) -> None:
    app = dropped(reader(empty_url, "upload"), ("leads.csv", LEADS), ("deals.csv", DEALS))
    next(box for box in app.selectbox if box.label == "What leads.csv is").set_value("leads").run()
    assert headline(app) == "One question waits for your answer"
    pressed(app, "Leave the sheet out")
    assert headline(app) == "5 deals to come in"


def test_the_column_that_is_missing_is_chosen_in_the_question(reader: Reader, empty_url: str) -> None:
    days = {b"Id,": b"Id,Seen,Called,", b"L1,": b"L1,2017-01-02,2017-01-05,", b"L2,": b"L2,2017-01-03,2017-01-06,"}
    leads = LEADS
    for start, with_days in days.items():
        leads = leads.replace(start, with_days)
    app = dropped(reader(empty_url, "upload"), ("leads.csv", leads))
    assert headline(app) == "One question waits for your answer"
    (box,) = (box for box in app.selectbox if box.placeholder == "Which column says it?")
    assert "Seen" in box.options
    box.select("Seen").run()
    assert headline(app) == "2 leads to come in"


def test_the_year_of_periods_that_name_none_is_chosen_and_can_be_changed(reader: Reader, filled_url: str) -> None:
    quotas = b"Rep,Jan,Feb,Mar\nAna Ruiz,100,200,300\n"
    app = dropped(reader(filled_url, "upload"), ("quotas.csv", quotas))
    assert headline(app) == "One question waits for your answer"
    (box,) = (box for box in app.selectbox if box.placeholder == "Which year?")
    box.select(2025).run()
    assert headline(app) == "3 quotas to come in"
    assert "quotas.csv: what names no year is of 2025" in " ".join(markdown.value for markdown in app.markdown)
    assert headline(pressed(app, "Change")) == "One question waits for your answer"


def test_a_managers_quota_has_a_default_and_can_be_said_to_be_the_teams(reader: Reader, filled_url: str) -> None:
    quotas = QUOTAS + b"Max Boss,100,2017-01-01,2017-03-31\n"
    app = dropped(reader(filled_url, "upload"), ("quotas.csv", quotas))
    (whose,) = (
        group for group in app.get("button_group") if group.options == ["Their own number", "Their team’s number"]
    )
    assert whose.value == "own"
    whose.set_value("team").run()
    assert not app.exception
    pressed(app, "Bring in 1 new row")
    quotas_of = reading.quotas(open_store(filled_url))
    assert quotas_of.loc[quotas_of["amount_cents"] == 10_000, "team"].tolist() == ["North"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Nothing in these files is known to spm"),
        (b"just a line of prose", "Nothing in these files is known to spm"),
        (b"PK\x03\x04 not a workbook at all", "Nothing in these files is known to spm"),
    ],
)
def test_a_file_that_cannot_be_read_ends_in_a_sentence(
    reader: Reader, empty_url: str, content: bytes, said: str
) -> None:
    app = dropped(reader(empty_url, "upload"), ("odd.xlsx", content))
    assert headline(app) == said


def test_refused_rows_are_told_cell_by_cell_and_the_others_come_in(reader: Reader, empty_url: str) -> None:
    app = dropped(reader(empty_url, "upload"), ("deals.csv", DEALS.replace(b"2017-03-11", b"31 Febtember")))
    assert counts(app)["Refused"] == "1"
    issues = app.dataframe[-1].value
    assert issues.loc[0, ["sheet", "cell", "what", "found"]].tolist() == ["deals.csv", "H4", "refused", "31 Febtember"]
    pressed(app, "Bring in 4 new rows, leave out 1")
    assert "1 row was refused" in app.warning[0].value


def test_two_readers_with_the_same_files_bring_them_in_once(reader: Reader, empty_url: str) -> None:
    first = dropped(reader(empty_url, "upload"), ("deals.csv", DEALS))
    store = open_store(empty_url)
    imported(store, {"deals.csv": DEALS}, REAL_TODAY)
    pressed(first, "Bring in 5 new rows")
    assert headline(first) == "Nothing to change: all of this is here already"
    assert value(scene(store), "won_deals") == 3


def test_a_sheet_that_is_the_whole_truth_says_what_is_gone_and_asks(reader: Reader, filled_url: str) -> None:
    rest = b"\n".join(DEALS.splitlines()[:4])  # three deals of five
    app = dropped(reader(filled_url, "upload"), ("deals.csv", rest))
    box = next(box for box in app.selectbox if box.key and box.key.startswith("upload_truth_"))
    box.select(next(option for option in box.options if "everything of its kind" in option)).run()
    assert headline(app) == "One question waits for your answer"
    pressed(app, "Yes, they are gone")
    pressed(app, "Bring in 2 gone rows")
    assert headline(app) == "2 gone rows are in"
    assert value(scene(open_store(filled_url)), "bookings") == 150_000


GROUPED = b"""Deal id,Stage,Amount,Created on,Close date
Ana Ruiz,,,,
D1,Won,1.234,2017-01-01,2017-01-31
D2,Won,2.500,2017-01-01,2017-02-28
Bo Li,,,,
D3,Lost,5.000,2017-01-01,2017-02-28
"""
FIRST_ROWS = b"""Deal id,Owner,Stage,Amount,Created on,Close date
D1,Ana Ruiz,Won,100,2017-01-01,2017-01-31
D2,,Won,200,2017-01-01,2017-02-28
D3,,Lost,5,2017-01-01,2017-02-28
D4,Bo Li,Won,400,2017-01-01,2017-02-28
D5,,Won,800,2017-01-01,2017-02-28
"""
LOG = b"Activity Type,Activity Date,Assigned To\nCall,2017-02-01,Ana Ruiz\nCall,2017-02-01,Ana Ruiz\n"


def test_headings_and_points_are_asked_with_a_button_for_each_meaning(reader: Reader, empty_url: str) -> None:
    app = dropped(reader(empty_url, "upload"), ("deals.csv", GROUPED))
    assert headline(app) == "2 questions wait for your answer"
    assert {"The owner", "The product", "Keep as our own column", "Ignore"} <= set(labels(app))
    pressed(app, "The owner")
    pressed(app, "A fraction: 1.234 is a bit more than 1")
    pressed(app, "Change")
    pressed(app, "A thousand: 1.234 is 1234")
    pressed(app, "Bring in 3 new rows")
    store = open_store(empty_url)
    assert value(scene(store), "bookings", rep="Ana Ruiz") == 373_400


def test_an_answer_for_the_same_header_before_is_told_and_can_be_changed(reader: Reader, empty_url: str) -> None:
    app = dropped(reader(empty_url, "upload"), ("deals.csv", DOUBTFUL))
    pressed(pressed(app, "Month first: 3/4 is 4 March"), "Bring in 4 new rows")
    pressed(app, "Bring in more")
    dropped(app, ("later.csv", DOUBTFUL.replace(b"\nD", b"\nE")))
    assert headline(app) == "4 deals to come in"
    assert any("later.csv: Month first" in text.value for text in app.markdown)
    pressed(app, "Change")
    assert headline(app) == "One question waits for your answer"
    assert headline(pressed(app, "Day first: 3/4 is 3 April")) == "4 deals to come in"


def test_owners_of_first_rows_only_are_filled_down_with_a_click(reader: Reader, empty_url: str) -> None:
    app = dropped(reader(empty_url, "upload"), ("deals.csv", FIRST_ROWS))
    pressed(pressed(app, "Yes, for the blank rows below it"), "Bring in 5 new rows")
    assert value(scene(open_store(empty_url)), "bookings", rep="Bo Li") == 120_000


def test_a_doubtful_kind_is_asked_once(reader: Reader, empty_url: str) -> None:
    sheet = b"Date,Rep,Amount,Customer\n2017-01-02,Ana Ruiz,5,Acme\n2017-01-03,Bo Li,6,Zeta\n"
    app = dropped(reader(empty_url, "upload"), ("x.csv", sheet))
    assert headline(app) == "One question waits for your answer"
    pressed(pressed(app, "Yes, these are orders"), "Bring in 2 new rows")
    later = sheet + b"2017-01-04,Bo Li,7,Zeta\n"
    app = dropped(reader(empty_url, "upload"), ("x.csv", later))
    assert headline(app) == "1 row of orders to come in"


def test_a_name_spelt_nearly_like_a_known_one_can_be_said_to_be_the_same(reader: Reader, filled_url: str) -> None:
    more = DEALS.splitlines()[0] + b"\nD9,Anna Ruiz,Box,East,Won,100,2017-01-02,2017-03-11\n"
    app = dropped(reader(filled_url, "upload"), ("more.csv", more))
    assert not any("Answer the questions" in label for label in labels(app))
    pressed(pressed(app, "Yes, Anna Ruiz is Ana Ruiz"), "Bring in 1 new row")
    assert set(reading.people(open_store(filled_url))["name"]) == {"Ana Ruiz", "A. Ruiz", "Bo Li", "Max Boss"}


def test_a_log_after_daily_counts_can_be_counted_apart(reader: Reader, empty_url: str) -> None:
    counts_of_day = {"daily counts.csv": "Rep,Date,Calls,Doors\nAna Ruiz,2017-02-01,10,4\nAna Ruiz,2017-02-02,9,4\n"}
    imported(open_store(empty_url), counts_of_day, REAL_TODAY)
    app = dropped(reader(empty_url, "upload"), ("log.csv", LOG))
    pressed(app, "No, count it apart as “Logged calls”")
    pressed(app, "Bring in 2 new rows")
    store = open_store(empty_url)
    assert (value(scene(store), "calls"), value(scene(store), "logged_calls")) == (19, 2)


def test_days_that_someone_said_a_sheet_speaks_for_are_told_and_kept(reader: Reader, empty_url: str) -> None:
    app = dropped(reader(empty_url, "upload"), ("deals.csv", DEALS))
    app.session_state["upload_decided"] = {
        ("deals.csv", "deals"): {"covers": {"won_deals": ("2017-01-01", "2017-12-31")}}
    }
    app.run()
    assert any("Won deals: 1 Jan 2017 to 31 Dec 2017" in text.value for text in app.markdown)
    pressed(app, "Bring in 5 new rows")
    covered = scene(open_store(empty_url)).covered["won_deals"]
    assert [(str(span.start), str(span.last_day)) for span in covered] == [("2017-01-01", "2017-12-31")]
