from datetime import date

from spm.intake.actions import undo
from spm.people import actions
from spm.people.leave.actions import add_leave, end_leave
from spm.people.merging.actions import merge_people
from spm.people.queries import past_of, spellings_of
from spm.store.change_sets import Author
from spm.store.opening import Store
from tests.stores import AUTHOR, id_of


def test_the_past_of_a_person_says_who_changed_what_from_what_to_what(store: Store) -> None:
    bo, cara = id_of(store, "Bo Li"), Author("Cara Coach")
    actions.edit_person(store, cara, bo, name="Bo Lindqvist")
    actions.assign(store, AUTHOR, [bo], {"role": "account_executive"}, date(2017, 4, 1))
    told = past_of(store, bo)
    assert list(told[["author", "what", "before", "after"]].itertuples(index=False, name=None)) == [
        ("Olga Ops", "Role and team", "Sales representative (assumed), South, under Max Boss",
         "Sales representative (assumed), South, under Max Boss, until 31 Mar 2017"),
        ("Olga Ops", "Role and team", "–", "Account executive, South, under Max Boss, from 1 Apr 2017"),
        ("Cara Coach", "Name", "Bo Li", "Bo Lindqvist"),
        ("Cara Coach", "Also known as", "–", "Bo Li"),
        ("Olga Ops", "Name", "–", "Bo Li"),
        ("Olga Ops", "E-mail", "–", "bo@x.com"),
        ("Olga Ops", "First day", "–", "1 Mar 2016"),
        ("Olga Ops", "Role and team", "–", "Sales representative (assumed), South, under Max Boss"),
    ]  # fmt: skip


def test_what_was_undone_is_no_part_of_the_past(store: Store) -> None:
    bo = id_of(store, "Bo Li")
    before = past_of(store, bo).to_dict("records")
    actions.edit_person(store, AUTHOR, bo, name="Bo Lindqvist")
    undo(store, 2, AUTHOR)
    assert past_of(store, bo).to_dict("records") == before


def test_a_leave_that_is_taken_away_stays_in_the_past(store: Store) -> None:
    bo = id_of(store, "Bo Li")
    leave = add_leave(store, AUTHOR, bo, date(2017, 5, 1), date(2017, 5, 31), 0.5, "parental")
    end_leave(store, AUTHOR, leave, date(2017, 4, 30))
    told = past_of(store, bo)
    assert list(told[told["what"] == "Leave"][["before", "after"]].itertuples(index=False, name=None)) == [
        ("1 May 2017 – 31 May 2017, 50% away, parental", "–"),
        ("–", "1 May 2017 – 31 May 2017, 50% away, parental"),
    ]


def test_the_spellings_of_a_merged_person_are_listed(store: Store) -> None:
    ana = id_of(store, "Ana Ruiz")
    merge_people(store, AUTHOR, ana, id_of(store, "A. Ruiz"))
    assert spellings_of(store, ana) == ["A. Ruiz", "E2", "a.ruiz@x.com"]
