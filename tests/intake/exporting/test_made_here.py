"""What people made in the app goes out with the facts, and an empty store becomes a company with the same of it."""

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from spm.calendar import FiscalCalendar
from spm.intake.actions import undo
from spm.intake.exporting.queries import company_sheets
from spm.intake.model import Severity
from spm.intake.queries import preview
from spm.intake.resolving.decisions import LONGEST_CELL, MADE
from spm.metrics.actions import declare_metric
from spm.metrics.catalogue import Declaration
from spm.metrics.queries import value, vocabulary
from spm.metrics.registry import Timing
from spm.people.actions import add_person, edit_team
from spm.reports.workbook import workbook
from spm.scorecards.bands import Bands
from spm.scorecards.closing.actions import close_period
from spm.scorecards.closing.queries import closings_of, kept_cards
from spm.scorecards.model import Item, Scorecard
from spm.scorecards.versions.actions import save_versions
from spm.scorecards.versions.queries import versions_of
from spm.store import made_here, reading, tables
from spm.store.change_sets import writing
from spm.store.opening import Store
from tests.companies import TESTER, empty_store, imported, scene
from tests.store.contents import LOGS, fingerprints
from tests.store.told import told
from tests.stores import SHEETS, TODAY

MARCH = FiscalCalendar().period("2017-03")
ITEMS = (Item("won_per_call", 40, Timing.LEADING, target=0.5), Item("bookings", 60, Timing.LAGGING, target=100_000))
DECISIONS, CELL = "Decisions", "Decided as"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A company in which everything was made that can be: by the app's own verbs where they are short, else as rows."""
    store = empty_store(tmp_path)
    imported(store, dict(SHEETS), TODAY)
    add_person(store, TESTER, "Zed", "E0")  # comes first in another store: no id is the same there
    said = Declaration("Won per call", "won_deals / calls", "what  a call brings")
    declare_metric(store, TESTER, vocabulary(scene(store)), said)
    save_versions(store, TESTER, [Scorecard("account_executive", ITEMS)], None, "First one", Bands())
    save_versions(store, TESTER, [Scorecard("Partner seller", ITEMS[1:])], date(2017, 1, 1), "A role of ours", Bands())
    ids = {row.key: row.id for row in reading.people(store).itertuples()}
    teams = {row.name: row.id for row in reading.teams(store).itertuples()}
    edit_team(store, TESTER, teams["South"], "South", teams["North"])
    close_period(store, TESTER, scene(store, TODAY), MARCH, TODAY)
    rows(store, tables.TargetOverride, person_id=ids["E3"], metric="bookings", scope="own", grain="month", target=12.5,
         starts_on=date(2017, 5, 1), reason="agreed")  # fmt: skip
    rows(store, tables.ItemOpinion, person_id=ids["E1"], role="account_executive", metric="bookings", scope="own",
         is_fair=False, given_on=TODAY)  # fmt: skip
    rows(store, tables.IndustryFigure, metric="win_rate", typical=0.25, source="A survey", dated_on=TODAY)
    rows(store, tables.PinnedBenchmark, metric="bookings", grouped_by="role", group="account_executive", people_count=7,
         starts_on=MARCH.start, ends_before=MARCH.end, pinned_on=TODAY, median=1.5)  # fmt: skip
    rows(store, tables.PlanScenario, name="Bold", version=1, levers=[{"kind": "Market", "name": "x", "unit": "Bo Li"}])
    draft = {
        "terms": {f"person {ids['E3']}": {"reason": "as\nsaid\N{NO-BREAK SPACE}"}, "team North": {}, "person 999": {}}
    }
    plan = rows(store, tables.QuotaPlan, starts_on=MARCH.start, ends_before=MARCH.end, version=1, effective_on=MARCH.start,
                target_cents=5, draft=draft, facts={"teams": {"North": []}, "note": "a b " * LONGEST_CELL})  # fmt: skip
    rows(store, tables.PlannedQuota, plan_id=plan, person_id=ids["E3"], amount_cents=5, months_cents=[5], facts={})
    rows(store, tables.QuotaReview, plan_id=plan, person_id=ids["E3"], is_accepted=True)
    call = {"caller": "Nora", "called_on": TODAY, "starts_on": MARCH.start, "ends_before": MARCH.end, "commit_cents": 7}
    rows(store, tables.ForecastCall, level="rep", member="Bo Li", member_id=ids["E3"], **call)
    rows(store, tables.ForecastCall, level="team", member="South", member_id=teams["South"], **call)
    rows(store, tables.ForecastCall, level="company", member="", **call)
    return store


def rows(store: Store, model: type[tables.Table], **row: Any) -> int:
    with writing(store, "edit", TESTER, ["plans"]) as open_set:
        return open_set.insert(model, [row])[0]


@pytest.fixture
def other(tmp_path: Path) -> Store:
    return empty_store(tmp_path, "other.db")


def given_out(store: Store, **changed: pd.DataFrame) -> dict[str, str | bytes]:
    """The export, some of its sheets replaced."""
    return {"company.xlsx": workbook({**company_sheets(store), **changed})}


def notes(store: Store, sheets: dict[str, str | bytes]) -> list[str]:
    plan = preview(store, [(name, bytes(content)) for name, content in sheets.items()], TODAY)  # type: ignore[arg-type]
    return [issue.message for sheet in plan.sheets for issue in sheet.issues if sheet.source.sheet == DECISIONS]


def test_everything_that_can_be_made_is_given_out(store: Store) -> None:
    assert made_here.filled(store, MADE) == set(MADE)
    recorded = {model.__tablename__ for model in tables.Recorded.__subclasses__() if model is not tables.Fact}
    by_sheets = {"assignment", "attribute", "covered_span", "deal_credit", "deal_version", "exchange_rate", "leave",
                 "listed", "own_measure", "person", "product", "quota", "remembered_answers", "remembered_layout", "setting",
                 "skill_level", "spelling", "team"}  # fmt: skip
    assert recorded - by_sheets - set(MADE) == {"item_opinion"}  # whose an opinion is, is told to nobody


def test_an_empty_store_takes_over_what_was_made(store: Store, other: Store) -> None:
    done = imported(other, given_out(store), TODAY)
    assert done.preview.refused_count == 0
    assert made_here.told(other, MADE) == made_here.told(store, MADE)
    assert told(other) == told(store)
    assert [value(scene(one, TODAY), "won_per_call", MARCH) for one in (store, other)] == [None, None]
    assert list(versions_of(scene(other))) == list(versions_of(scene(store))) == ["account_executive", "Partner seller"]


def test_a_closed_period_shows_what_it_was_closed_with(store: Store, other: Store) -> None:
    imported(other, given_out(store), TODAY)
    cards = [kept_cards(known, closings_of(known)[0]) for known in (scene(store, TODAY), scene(other, TODAY))]
    shown = [[(card.rep, card.period, card.explanations, card.whole) for card in known] for known in cards]
    assert shown[0] == shown[1] != []
    names = dict(zip(reading.people(other)["id"], reading.people(other)["name"], strict=True))
    assert [names[card.person_id] for card in cards[1]] == [card.rep for card in cards[1]]


def test_an_undo_takes_it_all_back(store: Store, other: Store) -> None:
    with other.reading() as connection:
        before = fingerprints(connection, LOGS)
    done = imported(other, given_out(store), TODAY)
    undo(other, done.batch or 0, TESTER)
    with other.reading() as connection:
        assert fingerprints(connection, LOGS) == before


def test_a_store_with_facts_keeps_what_it_made(store: Store, other: Store) -> None:
    imported(other, {"deals.csv": dict(SHEETS)["deals.csv"]}, TODAY)
    imported(other, given_out(store), TODAY)
    assert made_here.told(other, MADE) == []


def test_a_store_with_scorecards_of_its_own_keeps_those(store: Store, other: Store) -> None:
    save_versions(other, TESTER, [Scorecard("sdr", ITEMS[1:])], None, "Mine", Bands())
    assert notes(other, given_out(store))[-1] == (
        "scorecards, plans and what else was made in the app are left out: there are scorecard versions already"
    )
    imported(other, given_out(store), TODAY)
    assert list(versions_of(scene(other))) == ["sdr"]


def test_what_names_somebody_whom_no_sheet_has_is_left_out(store: Store, other: Store) -> None:
    people = company_sheets(store)["People"]
    without_bo = given_out(store, People=people[people["Name"] != "Bo Li"], Deals=pd.DataFrame(), Quotas=pd.DataFrame())
    assert notes(other, without_bo)[-1].endswith("left out: they name “E3”, and no sheet of people does")
    imported(other, without_bo, TODAY)
    assert made_here.told(other, MADE) == []


def test_a_cell_that_somebody_changed_is_refused(store: Store, other: Store) -> None:
    sheet = company_sheets(store)[DECISIONS]
    sheet[CELL] = [text.replace('"weight": 40', '"weight": 60') for text in sheet[CELL]]
    plan = imported(other, given_out(store, Decisions=sheet), TODAY).preview
    refused = [issue for sheet in plan.sheets for issue in sheet.issues if issue.severity is Severity.REFUSED]
    assert {issue.message for issue in refused} == {"not as an export of spm writes it"}
    assert refused[0].expected == "the cell as it was given out"


def test_what_is_longer_than_a_cell_goes_on_below(store: Store) -> None:
    sheet = company_sheets(store)[DECISIONS]
    assert sheet["Kind of decision"].eq("continued").sum() == 14  # 32,000 times “a b ”, each blank in six characters
    assert sheet[CELL].str.len().max() == LONGEST_CELL
