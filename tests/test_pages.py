"""A page reads the filters, asks one question and draws the answer; it holds nothing else."""

import pytest

from tests.house_rules import CHECKOUT, broken_page_rules, sources


@pytest.mark.parametrize("file", [file for file in sources(CHECKOUT) if file.startswith("pages/")])
def test_page_only_asks_and_draws(file: str) -> None:
    broken = broken_page_rules(file, (CHECKOUT / file).read_text(encoding="utf-8"))
    assert not broken, "\n".join(broken)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("def tile(): ...", "a page defines nothing"),
        ("st.button('Go', on_click=lambda: None)", "a page defines nothing"),
        ("share = won / closed", "no arithmetic"),
        ("won += 1", "no arithmetic"),
        ("won = sum(amounts)", "no arithmetic: sum()"),
        ("won = deals.amount.mean()", "no arithmetic: mean()"),
        ("rows = ask('SELECT name FROM rep')", "no SQL"),
        ("rows = ask(f'{columns} WHERE name = 1')", "no SQL"),
        ("st.html('<b style=color:#1D4ED8>up</b>')", "no colour"),
        ("st.html('<b style=color:rgb(0,0,0)>up</b>')", "no colour"),
        ("\n" * 90 + "st.write()", "at most 90 lines"),
    ],
)
def test_what_a_page_must_not_hold_is_named(source: str, reason: str) -> None:
    (broken,) = broken_page_rules("pages/home.py", source)
    assert broken.startswith(f"pages/home.py:{source.count(chr(10)) + 1}: ")
    assert reason in broken


def test_a_plain_page_passes() -> None:
    page = "import streamlit as st\nfrom spm import charts, ui\n\nui.picture(charts.trend(), ui.ask('trend'))\n"
    assert broken_page_rules("pages/home.py", page) == []
