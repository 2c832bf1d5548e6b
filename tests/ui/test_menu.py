"""The list of pages and the folder of pages say the same."""

from spm.ui.menu import ENTRIES, PAGES


def test_every_page_is_in_the_menu() -> None:
    assert {file.stem for file in PAGES.glob("*.py")} <= {entry.name for entry in ENTRIES}


def test_names_are_used_once_and_home_is_at_the_root() -> None:
    assert len({entry.name for entry in ENTRIES}) == len(ENTRIES)
    assert ENTRIES[0].name == "home"


def test_pages_of_a_group_stand_together() -> None:
    groups = [entry.group for entry in ENTRIES]
    assert groups == sorted(groups, key=groups.index)
