"""Names of periods, in the spellings that quota sheets have across."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spm.intake.values.periods import MONTHS, period_of

SAID = {
    "2026-Q1": ("Q1 2026", "Q1 FY26", "FY26 Q1", "FY26-Q1", "1Q26", "26Q1", "Q1'26", "Q1 26", "Q1-2026", "T1 2026", "1T26",
                "1. Quartal 2026", "Q1 FY25/26", "Q1 2025-26", "Qtr 1 2026", "2026 Q1", "1er trimestre 2026"),
    "Q3": ("Q3", "3Q", "Quartal 3", "3rd Quarter"),
    "2026-03": ("2026-03", "03/2026", "202603", "2026M03", "2026-M03", "Mar 2026", "Mar-26", "mars-26", "März 26", "mar/26",
                "2026年3月", "March 2026"),
    "03": ("Mar", "März", "3月"),
    "2026-H1": ("H1 2026", "1H26", "HJ1 2026", "1. Halbjahr 2026", "S1 2026", "1er semestre 2026", "FY26 H1"),
    "H2": ("H2", "2. Halbjahr"),
    "2026-P03": ("P03 2026", "P3 FY26", "FY26 P03", "Period 3 2026"),
    "P03": ("P03", "P3", "M3", "Periode 3"),
    "2026": ("2026", "FY26", "FY2026", "FY 2025/26", "2025-26", "GJ 2026", "2026年度"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "text"), [(name, text) for text, names in SAID.items() for name in names])
def test_a_period_in_whatever_spelling(name: str, text: str) -> None:
    period = period_of(name)
    assert period is not None
    assert period.text == text


@pytest.mark.parametrize(
    "name",
    [
        "T3",
        "S1",
        "K2",
        "12",
        "26",
        "FY",
        "3M",
        "M13",
        "P0",
        "H3 2026",
        "Q5",
        "13月",
        "2025/28",
        "Q1 2026/28",
        "Total",
        "",
    ],
)
def test_what_names_no_period(name: str) -> None:
    assert period_of(name) is None


@given(
    st.integers(1990, 2068),
    st.integers(1, 12),
    st.sampled_from(["{0}-{1:02}", "{0}{1:02}", "{1}/{0}", "{0}年{1}月", "{0}M{1:02}"]),
)
def test_months_in_numbers_survive_being_written(year: int, month: int, form: str) -> None:
    period = period_of(form.format(year, month))
    assert period is not None
    assert (period.months_count, period.year, period.number) == (MONTHS, year, month)
