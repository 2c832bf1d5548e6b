"""What reps say of items: put together from five answers on, nothing below."""

from datetime import date
from pathlib import Path

from spm.metrics.registry import Timing
from spm.people.roles import REP
from spm.scorecards.model import Item, Scope
from spm.scorecards.opinions.actions import give_opinion
from spm.scorecards.opinions.model import Opinion, Summary, summaries
from spm.scorecards.opinions.queries import opinions_by, summaries_of
from spm.store import history
from tests.companies import TESTER
from tests.scorecards.companies import as_of, company

CALLS = Item("calls", 100, Timing.LEADING, target=40)
PEOPLE = "Rep id,Name,Role\n" + "\n".join(f"{at},Rep {at},Sales rep" for at in range(1, 7))


def said(at: int, fair: bool | None, reach: bool | None = None, comment: str = "") -> Opinion:
    return Opinion(at, REP, "calls", Scope.OWN, fair, reach, comment)


def test_four_answers_show_nothing_not_even_how_many() -> None:
    (one,) = summaries([said(at, True, True, "too many") for at in range(4)])
    assert one == Summary(REP, "calls", Scope.OWN, None, None, None, None, ())
    assert not one.is_known


def test_five_answers_show_shares_and_comments_in_the_order_of_their_words() -> None:
    opinions = [
        said(1, True, None, "why not"),
        said(2, False),
        said(3, False, None, "A lot"),
        said(4, True),
        said(5, True),
    ]
    (one,) = summaries(opinions)
    assert (one.fair_share, one.fair_count, one.comments) == (0.6, 5, ("A lot", "why not"))


def test_each_question_is_counted_for_itself() -> None:
    (one,) = summaries([said(at, True, at < 4 or None) for at in range(6)])
    assert (one.fair_share, one.fair_count) == (1.0, 6)
    assert (one.reach_share, one.reach_count) == (None, None)  # four answered that


def test_roles_are_not_mixed() -> None:
    opinions = [said(at, True) for at in range(3)]
    opinions += [Opinion(9 + at, "setter", "calls", Scope.OWN, True, None, "") for at in range(3)]
    assert [one.is_known for one in summaries(opinions)] == [False, False]


def test_the_latest_of_each_person_counts_and_the_log_does_not_name_them(tmp_path: Path) -> None:
    store = company(tmp_path, {"people.csv": PEOPLE}, {REP: (CALLS,)})
    for at in range(1, 6):
        give_opinion(store, TESTER, at, REP, CALLS, True, True, "", date(2024, 5, 1))
    give_opinion(store, TESTER, 5, REP, CALLS, False, True, " too many ", date(2024, 5, 2))
    scene = as_of(store, "2024-05-02")
    (one,) = summaries_of(scene)
    assert (one.fair_share, one.fair_count, one.reach_share, one.comments) == (0.8, 5, 1.0, ("too many",))
    assert opinions_by(scene, 5)["calls", Scope.OWN].is_fair is False
    assert opinions_by(scene, 6) == {}
    told = history.change_sets(store)
    given = told[told["note"] == "an opinion on a scorecard"]
    assert (len(given), set(given["author"])) == (6, {"someone"})
