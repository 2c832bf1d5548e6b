"""People, empty and filled: the list, the panel of a person, and every change that can be made from them."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from spm.people.queries import Org, org_of, past_of
from spm.store.opening import open_store
from tests.stores import id_of

Reader = Callable[..., AppTest]


@pytest.fixture
def people(reader: Reader, filled_url: str) -> AppTest:
    return reader(filled_url, "people")


@pytest.fixture
def ana(reader: Reader, filled_url: str, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The panel of Ana Ruiz, opened by a link."""
    app = reader(filled_url, "people")
    app.query_params["person"] = str(id_of(open_store(filled_url), "Ana Ruiz"))
    return app.run()


def org(filled_url: str) -> Org:
    return org_of(open_store(filled_url))


def labelled(widgets: Any, label: str) -> Any:
    (found,) = [widget for widget in widgets if widget.label == label]
    return found


def test_an_empty_page_says_what_brings_people_and_takes_the_first_by_hand(reader: Reader, empty_url: str) -> None:
    app = reader(empty_url, "people")
    assert not app.exception
    assert [title.value for title in app.title] == ["Nobody is here yet"]
    app.text_input[0].set_value("Cy Fox")
    labelled(app.button, "Add").click().run()
    assert not app.exception
    assert [done.value for done in app.success] == ["Cy Fox was added."]
    assert list(org(empty_url).people["name"]) == ["Cy Fox"]


def test_everybody_is_listed_with_what_is_assumed_and_who_may_be_one(people: AppTest) -> None:
    assert not people.exception
    assert [title.value for title in people.title] == ["4 people in 2 teams"]
    listed = people.dataframe[0].value.set_index("rep")
    assert listed.loc["Bo Li", "role"] == "Sales representative (assumed)"
    assert listed.loc["Ana Ruiz", "role"] == "Account executive"
    said = " ".join(text.value for text in people.markdown)
    assert "1 person has no role in any sheet" in said
    assert "**A. Ruiz** and **Ana Ruiz**: one person?" in said


def test_those_without_a_role_get_one_together(people: AppTest, filled_url: str) -> None:
    labelled(people.button, "Give them a role").click().run()
    assert people.multiselect[0].value == [id_of(open_store(filled_url), "Bo Li")]
    labelled(people.selectbox, "Role").set_value("account_executive")
    labelled(people.button, "Save").click().run()
    assert [done.value for done in people.success] == ["Changed: 1 person."]
    assert set(org(filled_url).assignments["is_role_assumed"]) == {False}


def test_a_link_opens_a_person_and_the_way_back_is_the_list(ana: AppTest) -> None:
    assert not ana.exception
    assert [title.value for title in ana.title] == ["Ana Ruiz"]
    labelled(ana.button, "Everybody").click().run()
    assert [title.value for title in ana.title] == ["4 people in 2 teams"]


def test_a_link_to_nobody_opens_the_list(people: AppTest) -> None:
    people.query_params["person"] = "999"
    assert [title.value for title in people.run().title] == ["4 people in 2 teams"]


def test_another_team_from_a_day_on(ana: AppTest, filled_url: str) -> None:
    south = dict(org(filled_url).teams[["name", "id"]].itertuples(index=False))["South"]
    labelled(ana.selectbox, "Team").set_value(south)
    next(day for day in ana.date_input if day.key.startswith("first_")).set_value(date(2017, 4, 1))
    next(button for button in ana.button if button.key and button.key.startswith("assign_")).click().run()
    assert not ana.exception
    assert [done.value for done in ana.success] == ["Ana Ruiz’s role and team were saved."]
    known = org(filled_url)
    held = known.on(id_of(open_store(filled_url), "Ana Ruiz"), date(2017, 4, 1))
    assert held is not None
    assert (held["team"], held["role"]) == ("South", "account_executive")


def test_what_is_so_already_is_said_in_place(ana: AppTest) -> None:
    next(button for button in ana.button if button.key and button.key.startswith("assign_")).click().run()
    assert not ana.exception
    assert "That is how it is already." in ana.warning[0].value


def test_a_leave_is_added(ana: AppTest, filled_url: str) -> None:
    labelled(ana.number_input, "Away, % of the time").set_value(50)
    labelled(ana.button, "Add the leave").click().run()
    assert not ana.exception
    assert list(org(filled_url).leaves["away_share"]) == [0.5]


def test_a_second_spelling_is_merged_and_stays_in_the_history(ana: AppTest, filled_url: str) -> None:
    store = open_store(filled_url)
    labelled(ana.selectbox, "The other spelling").set_value(id_of(store, "A. Ruiz")).run()
    labelled(ana.button, "Merge").click().run()
    assert not ana.exception
    assert [done.value for done in ana.success] == ["A. Ruiz is Ana Ruiz now."]
    told = past_of(store, id_of(store, "Ana Ruiz"))
    assert "A. Ruiz (E2) is Ana Ruiz (E1)" in set(told["note"])


def test_a_team_is_added_and_moved(people: AppTest, filled_url: str) -> None:
    people.session_state["people_tab"] = "Teams"
    people.run()
    labelled(people.text_input, "Name of the new team").set_value("Region")
    labelled(people.button, "Add the team").click().run()
    assert [done.value for done in people.success] == ["The team Region was added."]
    assert set(org(filled_url).teams["name"]) == {"North", "South", "Region"}
