"""Industry figures: no figure without a source, read as people write them; internal ones computed and pinned."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from spm.benchmarks.industry.actions import keep_figures
from spm.benchmarks.industry.figures import Figure, best_match, refusal
from spm.benchmarks.industry.queries import figures
from spm.benchmarks.internal.actions import pin
from spm.benchmarks.internal.groups import grouped, tenure_group
from spm.benchmarks.internal.queries import internal, pinned
from spm.calendar import FiscalCalendar
from spm.errors import Refusal
from spm.intake.actions import undo
from spm.intake.industry import figures_in
from spm.intake.reading.workbook import read_workbook
from spm.metrics.queries import scene_of
from spm.metrics.registry import METRICS
from tests.companies import REAL_TODAY, TESTER
from tests.stores import small_company

DAY = date(2024, 12, 31)


def figure(**changed: object) -> Figure:
    fields = {"metric": "win_rate", "role": "", "segment": "", "low": 0.1, "typical": 0.2, "high": 0.3,
              "source": "A survey", "dated_on": DAY}  # fmt: skip
    return Figure(**{**fields, **changed})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({}, None),
        ({"low": None, "high": None}, None),
        ({"source": "  "}, "has no source"),
        ({"low": None, "typical": None, "high": None}, "has no value"),
        ({"low": 0.4}, "is not in order"),
        ({"high": 1.4}, "is no share"),
        ({"metric": "bookings", "high": 1e9}, None),
    ],
)
def test_what_can_be_kept(changed: dict[str, object], why: str | None) -> None:
    found = refusal(figure(**changed), METRICS)
    assert found is None if why is None else (found or "").startswith(why)


def test_the_figure_that_fits_best() -> None:
    of_any, of_role = figure(), figure(role="account_executive")
    newer = figure(dated_on=date(2025, 12, 31))
    assert best_match([of_any, of_role, newer], "win_rate", "account_executive") == of_role
    assert best_match([of_any, of_role, newer], "win_rate", "sales_representative") == newer
    assert best_match([of_role], "win_rate", "sales_representative") is None


def test_figures_are_kept_replaced_and_undone(tmp_path: Path) -> None:
    store = small_company(tmp_path)
    keep_figures(store, TESTER, [figure(), figure(metric="bookings", typical=5_000_00.0, low=None, high=None)], METRICS)
    changed = keep_figures(store, TESTER, [figure(typical=0.25)], METRICS, drop_others=True)
    assert figures(scene_of(store, REAL_TODAY)) == [figure(typical=0.25)]
    undo(store, changed, TESTER)
    assert [one.typical for one in figures(scene_of(store, REAL_TODAY))] == [5_000_00.0, 0.2]


def test_a_wrong_figure_keeps_all_others_out(tmp_path: Path) -> None:
    store = small_company(tmp_path)
    with pytest.raises(Refusal, match="The figure for win rate has no source"):
        keep_figures(store, TESTER, [figure(segment="x"), figure(source="")], METRICS)
    with pytest.raises(Refusal, match="two figures for the same metric"):
        keep_figures(store, TESTER, [figure(), figure(typical=0.21)], METRICS)
    assert figures(scene_of(store, REAL_TODAY)) == []


def test_a_sheet_is_read_as_people_write_it() -> None:
    sheet = "\n".join([
        "Industry figures of 2024,,,,,,,",
        "KPI,Role,Segment,Low,Median,High,Source,Year",
        "Win rate,SDR,,15 %,20%,0.3,A survey,2024",
        "Average deal size,Any,SMB,,\"12,500\",,A survey,2024-06-30",
        "Sales cycle,,All segments,30,45.5,60,A survey,31 Dec 2024",
        ",,,,,,,",
        "Win rate,,,,25%,,,2024",
        "Win rat,,,,25%,,A survey,2024",
        "Win rate,,,,plenty,,A survey,2024",
        "Win rate,,,,25%,,A survey,",
    ])  # fmt: skip
    found = figures_in(read_workbook("figures.csv", sheet.encode()), METRICS, "USD")
    values = [row.values for row in found.rows]
    assert [(one["metric"], one["role"], one["low"], one["typical"], one["high"]) for one in values] == [
        ("win_rate", "sales_development_representative", 0.15, 0.2, 0.3),
        ("average_deal_size", "", None, 12_500_00.0, None),
        ("sales_cycle", "", 30, 45.5, 60),
    ]
    assert [one["segment"] for one in values] == ["", "SMB", ""]
    assert [one["dated_on"] for one in values] == [DAY, date(2024, 6, 30), DAY]
    assert [text.split(":")[0] for text in found.refused] == ["Row 7", "Row 8", "Row 9", "Row 10"]
    assert "has no source" in found.refused[0]
    assert "did you mean Win rate" in found.refused[1]


def test_a_file_without_the_columns_says_which() -> None:
    found = figures_in(read_workbook("other.csv", b"a,b\n1,2\n"), METRICS, "USD")
    assert found.refused == ("No sheet has the columns metric, typical, source and date.",)


def test_groups_by_hand() -> None:
    people = pd.DataFrame({"group": ["a"] * 4 + ["b"] * 2, "value": [1.0, 2.0, 3.0, 4.0, 9.0, None]})
    found = grouped(people, higher_is_better=True).set_index("group")
    assert found.loc["a"].tolist() == [4, 2.5, 3.25]
    assert found.loc["b"].tolist() == [1, None, None]
    assert grouped(people, higher_is_better=False)["top_quartile"].iloc[0] == 1.75


@pytest.mark.parametrize(
    ("days", "group"),
    [(10, "under 1 year"), (365, "1 to 2 years"), (4000, "5 years and more"), (None, "tenure not known")],
)
def test_tenure_groups(days: float | None, group: str) -> None:
    assert tenure_group(days) == group


def test_a_pin_stays_and_a_second_one_takes_its_place(tmp_path: Path) -> None:
    store = small_company(tmp_path)
    scene, year = scene_of(store, REAL_TODAY), FiscalCalendar().period("2017")
    groups = internal(scene, "bookings", "role", year)
    assert groups["people_count"].tolist() == [2, 1]  # two account executives and one taken for a sales representative
    for on in (date(2018, 1, 1), date(2018, 2, 1)):
        pin(store, TESTER, "bookings", "role", year, groups, on)
    kept = pinned(scene_of(store, REAL_TODAY))
    assert kept[["group", "pinned_on"]].values.tolist() == [[group, date(2018, 2, 1)] for group in groups["group"]]
    with pytest.raises(Refusal, match="nothing to pin"):
        pin(store, TESTER, "bookings", "role", year, groups.head(0), date(2018, 3, 1))
