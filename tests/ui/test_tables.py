"""How rows reach the screen and the download."""

import json
from io import BytesIO

import numpy as np
import openpyxl
import pandas as pd
from streamlit.dataframe_util import convert_arrow_bytes_to_pandas_df
from streamlit.testing.v1 import AppTest

from spm.metrics.registry import Unit
from spm.store.opening import Store
from spm.ui import tables
from spm.ui.tables import Column

COLUMNS = [
    Column("name", "Rep"),
    Column("booked", "Bookings", Unit.MONEY),
    Column("win_rate", "Win rate", Unit.SHARE),
    Column("attainment", "Attainment", "share bar"),
    Column("score", "Score", "score bar"),
    Column("trend", "12 months", "trend"),
    Column("absent", "Not in the frame"),
]
ROWS = pd.DataFrame(
    {
        "name": ["Ana Ruiz", "=1+1"],
        "booked": [123_456.0, np.nan],
        "win_rate": [0.6315, None],
        "attainment": [0.9999, None],
        "score": [1.2999, None],
        "trend": [[1.0, 2.0], [3.0, np.nan]],
    }
)


def test_the_download_is_what_is_shown_without_live_formulas(store: Store) -> None:
    book = openpyxl.load_workbook(BytesIO(tables.download(ROWS, COLUMNS, "Reps")))
    header, ana, formula = book["Reps"].iter_rows(values_only=True)
    assert header == ("Rep", "Bookings", "Win rate", "Attainment", "Score")
    assert ana == ("Ana Ruiz", 1234.56, 0.6315, 0.9999, 129)
    assert formula == ("=1+1", None, None, None, None)
    assert book["Reps"]["A3"].data_type == "s"


def search_page() -> None:
    import pandas as pd

    from spm.ui import tables
    from spm.ui.tables import Column

    names = [f"Rep {at}" for at in range(11)] + ["Ana Ruiz"]
    tables.table(pd.DataFrame({"name": names}), [Column("name", "Rep")], "reps", "Reps")


def test_searching_a_table_keeps_the_rows_that_hold_the_words(store: Store) -> None:
    app = AppTest.from_function(search_page).run()
    app.text_input[0].set_value("ana r").run()
    assert app.dataframe[0].value["name"].tolist() == ["Ana Ruiz"]


def gaps_page() -> None:
    import pandas as pd

    from spm.metrics.registry import Unit
    from spm.ui import tables
    from spm.ui.tables import Column

    gaps = pd.DataFrame({"team": ["North", None], "gap": [-12_082_00.0, None], "quota": [5_00.0, 6_00.0]}, index=[7, 7])
    money = [Column("gap", "Gap", Unit.MONEY), Column("quota", "Quota", Unit.MONEY)]
    tables.table(gaps, [Column("team", "Team"), *money], "gaps", "Gaps")


def test_amounts_below_0_have_their_sign_before_the_symbol(store: Store) -> None:
    proto = AppTest.from_function(gaps_page).run().dataframe[0].proto
    said = convert_arrow_bytes_to_pandas_df(proto.arrow_data.styler.display_values)
    assert said["gap"].tolist() == ["−$12,082", ""]
    assert said["team"].tolist() == ["North", ""]
    drawn = json.loads(proto.columns)
    assert drawn["gap"]["type_config"].get("format") is None  # it would go before what is written
    assert drawn["quota"]["type_config"]["format"] == "$%,.0f"


def test_a_pinned_column_is_as_wide_as_its_longest_name() -> None:
    names = pd.Series(["Ana", "michael.scott@example.com", None])
    pinned = Column("name", "Name", is_pinned=True)
    assert tables.width_of(pinned, names) == round(25 * tables.LETTER_WIDTH) + tables.CELL_PADDING
    assert tables.width_of(pinned, pd.Series(["x" * 80])) == tables.MOST_NAME_WIDTH
    assert tables.width_of(Column("name", "Employee name", is_pinned=True), pd.Series([], dtype=object)) == 120
    assert tables.width_of(Column("name", "Name", is_pinned=True, width=90), names) == 90
    assert tables.width_of(Column("name", "Name"), names) is None
