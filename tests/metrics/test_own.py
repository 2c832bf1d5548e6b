"""A company's own counts and metrics: declared without code, answered like all others, kept from being pulled away."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from spm.calendar import FiscalCalendar
from spm.errors import Refusal
from spm.intake.actions import undo
from spm.metrics.actions import declare_metric, delete_metric, mark_filters
from spm.metrics.catalogue import Declaration
from spm.metrics.glossary import lack, sheets, unit
from spm.metrics.queries import Question, Scene, draft, rows_behind, value, values, vocabulary
from spm.metrics.registry import Nature
from spm.people.actions import assign
from spm.store.change_sets import writing
from spm.store.history import change_sets
from spm.store.opening import Store
from spm.store.tables import ScorecardVersion
from tests.companies import TESTER, empty_store, imported, scene

Q1 = FiscalCalendar().period("2024-Q1")
TODAY = date(2024, 3, 31)
PEOPLE = """
    Rep id,Name,Role,Team
    7,Ana,Sales rep,North
    8,Ben,Sales rep,North
    9,Cid,Sales rep,South
"""
COUNTS = """
    Rep,Date,Doors,Sets
    Ana,2024-01-02,40,3
    Ana,2024-02-05,60,5
    Ben,2024-01-02,25,5
    Cid,2024-01-03,50,0
"""
DEALS = """
    Deal id,Owner,Stage,Amount,Created on,Closed on,Product
    1,Ana,Won,1000,2024-01-01,2024-01-31,Kite
    2,Ana,Won,500,2024-01-01,2024-02-10,Line
    3,Ana,Lost,200,2024-01-05,2024-02-29,Kite
    4,Ben,Won,250,2023-12-01,2024-03-31,Kite
"""
SETS_PER_DOOR = Declaration("Sets per door", "sets / doors", shown_as="share", timing="leading")
KITE_SHARE = Declaration("Kite share", 'bookings[product = "Kite"] / bookings', "share of bookings with kites")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    opened = empty_store(tmp_path)
    imported(opened, {"people.csv": PEOPLE, "daily.csv": COUNTS, "deals.csv": DEALS})
    mark_filters(opened, TESTER, ["product"])
    return opened


def declared(store: Store, said: Declaration) -> str:
    return declare_metric(store, TESTER, vocabulary(scene(store, TODAY)), said)


def by(at: Scene, key: str, *names: str, **where: str) -> dict[object, float]:
    frame = values(at, Question(key, names, tuple(where.items()), Q1))
    labels = frame[names[0]] if len(names) == 1 else frame[list(names)].itertuples(index=False, name=None)
    return dict(zip(labels, frame["value"], strict=True))


def test_a_column_of_daily_counts_is_a_metric_at_once(store: Store) -> None:
    at = scene(store, TODAY)
    assert by(at, "doors", "team") == {"North": 125, "South": 50}
    assert by(at, "doors", "rep", "month", rep="Ana") == {
        ("Ana", "2024-01"): 40, ("Ana", "2024-02"): 60,
    }  # fmt: skip
    assert sheets(at.metric("doors"), at) == ["daily_counts"]
    rows = rows_behind(at, "sets", Q1, {"rep": "Ana"})["Sets"]
    assert rows[["count", "file_name", "source_row"]].to_numpy().tolist() == [
        [5.0, "daily.csv", 3],
        [3.0, "daily.csv", 2],
    ]


def test_a_ratio_of_own_counts_is_a_sum_over_a_sum_at_every_level(store: Store) -> None:
    key = declared(store, SETS_PER_DOOR)
    at = scene(store, TODAY)
    assert key == "sets_per_door"
    assert by(at, key, "rep") == {"Ana": 8 / 100, "Ben": 5 / 25, "Cid": 0}
    assert by(at, key, "team") == {"North": 13 / 125, "South": 0}
    assert value(at, key, Q1) == 13 / 175
    assert (at.metric(key).nature, unit(at.metric(key))) == (Nature.RATIO, "%")
    assert set(rows_behind(at, key, Q1, {"rep": "Ben"})) == {"Sets", "Doors"}


def test_a_part_of_a_measure_is_answered_whatever_the_question_filters_by(store: Store) -> None:
    at = scene(store, TODAY)
    key = declared(store, KITE_SHARE)
    at = scene(store, TODAY)
    assert by(at, key, "rep") == pytest.approx({"Ana": 1000 / 1500, "Ben": 1.0, "Cid": float("nan")}, nan_ok=True)
    assert value(at, key, Q1) == 1250 / 1750
    assert value(at, key, Q1, product="Kite") == 1.0
    assert value(at, key, Q1, product="Line") == 0.0
    rows = rows_behind(at, key, Q1, {})
    assert {label: len(found) for label, found in rows.items()} == {"Won value · product Kite": 2, "Won value": 3}


def test_a_metric_is_tried_before_it_is_kept(store: Store) -> None:
    at = scene(store, TODAY)
    metric, found = draft(at, replace(SETS_PER_DOOR, expression="calls / doors", shown_as=""), Q1)
    assert (found, unit(metric), metric.key in at.metrics) == (None, "calls per door", False)
    assert draft(at, SETS_PER_DOOR, Q1)[1] == 13 / 175
    with pytest.raises(Refusal, match=r"No product is called “Kyte”\. Did you mean “Kite”"):
        draft(at, replace(KITE_SHARE, expression='bookings[product = "Kyte"]'), Q1)


def test_a_metric_is_changed_taken_away_and_brought_back(store: Store) -> None:
    key = declared(store, SETS_PER_DOOR)
    assert (
        declared(store, replace(SETS_PER_DOOR, key=key, label="Doors per set", expression="doors / sets", shown_as=""))
        == key
    )
    assert value(scene(store, TODAY), key, Q1) == 175 / 13
    delete_metric(store, TESTER, key)
    assert key not in scene(store, TODAY).metrics
    number = latest(store)
    undo(store, number, TESTER)
    assert scene(store, TODAY).metric(key).label == "Doors per set"


@pytest.mark.parametrize("label", ["Win rate", "won deals", "Doors", "Sets per door", "  "])
def test_each_number_has_a_name_of_its_own(store: Store, label: str) -> None:
    declared(store, SETS_PER_DOOR)
    with pytest.raises(Refusal, match="name"):
        declared(store, replace(SETS_PER_DOOR, label=label))


def asked_of(store: Store, role: str, *metrics: str) -> int:
    """A scorecard of a role with these metrics, from February on; returns its change set."""
    with writing(store, "edit", TESTER, ["definitions"]) as open_set:
        items = [{"metric": metric} for metric in metrics]
        open_set.insert(ScorecardVersion, [{"role": role, "effective_on": date(2024, 2, 1), "items": items}])
        return open_set.change_set_id


def latest(store: Store) -> int:
    return int(change_sets(store)["id"].iloc[0])


def test_what_a_scorecard_has_is_not_taken_away(store: Store) -> None:
    key = declared(store, SETS_PER_DOOR)
    adding = latest(store)
    asked_of(store, "canvasser", key)
    in_use = r"in use: Sets per door is on the scorecard of canvasser from 1 Feb 2024\. Change or undo that first"
    with pytest.raises(Refusal, match=in_use):
        delete_metric(store, TESTER, key)
    with pytest.raises(Refusal, match=in_use):
        undo(store, adding, TESTER)
    assert key in scene(store, TODAY).metrics


def test_a_count_that_a_scorecard_has_is_not_undone_nor_what_its_formulas_are_made_of(store: Store) -> None:
    imported(store, {"more.csv": "Rep,Date,Flyers\nAna,2024-01-02,4"})
    batch = latest(store)
    key = declared(store, Declaration("Sets a flyer", "sets / flyers"))
    version = asked_of(store, "canvasser", "flyers", key)
    with pytest.raises(
        Refusal, match=r"Flyers is on the scorecard of canvasser.*; Sets a flyer is on the scorecard of"
    ):
        undo(store, batch, TESTER)
    assert value(scene(store, TODAY), key, Q1) == 13 / 4
    undo(store, version, TESTER)
    undo(store, batch, TESTER)
    assert "flyers" not in scene(store, TODAY).metrics


def test_the_scorecard_of_a_role_that_somebody_has_is_not_undone(store: Store) -> None:
    version = asked_of(store, "canvasser", "doors")
    ana = int(scene(store, TODAY).org.person("Ana")["id"])
    assign(store, TESTER, [ana], {"role": "canvasser"})
    with pytest.raises(Refusal, match="people have the role Canvasser"):
        undo(store, version, TESTER)
    undo(store, latest(store), TESTER)
    undo(store, version, TESTER)


def test_a_column_that_a_metric_filters_by_stays_one_to_filter_by(store: Store) -> None:
    declared(store, KITE_SHARE)
    with pytest.raises(Refusal, match="Kite share would lose a column to filter by"):
        mark_filters(store, TESTER, [])


def test_a_metric_whose_counts_were_undone_is_missing_and_says_why(store: Store) -> None:
    imported(store, {"more.csv": "Rep,Date,Flyers\nAna,2024-01-02,4"})
    batch = latest(store)
    key = declared(store, Declaration("Sets a flyer", "sets / flyers"))
    assert value(scene(store, TODAY), key, Q1) == 13 / 4
    undo(store, batch, TESTER)
    at = scene(store, TODAY)
    assert value(at, key, Q1) is None
    assert lack(at.metric(key), at) == "there is no measure “flyers”"
    assert by(at, key, "rep") == {}
