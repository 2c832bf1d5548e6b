"""What pictures and the tables beside them say of the sample company is what the commands `spm value` and `spm scorecard` say."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from math import floor
from statistics import median
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest
from streamlit.testing.v1 import AppTest

from spm.cli import main
from spm.metrics.registry import METRICS
from spm.sample.actions import load_sample
from spm.store.change_sets import Author
from spm.store.opening import open_store
from tests.pages.folds import unfolded
from tests.pages.test_numbers import same, table_with, tile

Reader = Callable[..., AppTest]
Command = Callable[..., dict[str, Any]]

PERIOD, BEFORE, YEAR_EARLIER = "2026-Q3", "2026-Q2", "2025-Q3"
REP, TEAM = "Ananya Rao", "West"
LABELS = {metric.label: key for key, metric in METRICS.items()}
ACTIVITIES = ("calls", "emails", "meetings", "demos")


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The sample company as it was in the middle of a quarter."""
    address = f"sqlite:///{tmp_path_factory.mktemp('sample') / 'sample.db'}"
    store = open_store(address)
    load_sample(store, Author("someone", is_verified=False), date(2026, 11, 20))
    store.close()
    return address


def pictures(app: AppTest) -> dict[str, pd.DataFrame]:
    """The frame behind each picture, by what is read out of it."""
    assert not app.exception
    protos = [one.proto for one in app.get("vega_lite_chart")]
    return {one.alt: pa.ipc.open_stream(BytesIO(one.data.data)).read_all().to_pandas() for one in protos}


def picture(app: AppTest, start: str) -> pd.DataFrame:
    """The one whose words begin so."""
    (found,) = [frame for alt, frame in pictures(app).items() if alt.startswith(start)]
    return found


def assert_months(shown: pd.Series, told: dict[str, Any]) -> None:
    """A series by first day of the month is the command's by month; what is not there is missing."""
    assert len(shown) >= 12
    for day, value in shown.items():
        assert same(value, told.get(f"{pd.Timestamp(str(day)):%Y-%m}")), day


@pytest.mark.parametrize("team", [None, TEAM])
def test_home(reader: Reader, url: str, command: Command, team: str | None) -> None:
    where = {"team": team} if team else {}
    app = reader(url, period=PERIOD, **where)
    months = picture(app, "Bookings by month").set_index("month")
    every = f"{months.index.min():%Y-%m-01}..2026-12-31"
    assert_months(months["value"], command(url, "bookings", every, "month", **where))
    assert_months(months["quota"], command(url, "quota", every, "month", **where))
    course = picture(app, "Bookings of Q3 2026 added up by day")
    assert same(course["booked"].dropna().iloc[-1], command(url, "bookings", PERIOD, **where)[""])
    assert same(course["quota"].dropna().iloc[-1], command(url, "quota", PERIOD, **where)[""])


def test_scores_on_home_and_on_the_page_of_a_rep(reader: Reader, url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scorecard", REP, "--period", PERIOD, "--database", url, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    standings = next(one.value for one in reader(url, period=PERIOD).dataframe if "score" in one.value)
    assert standings.set_index("name").loc[REP, "score"] == floor(told["score"] * 100 + 1e-9)
    dial = picture(reader(url, "rep", period=PERIOD, rep=REP), "Score with").set_index("part")["points"]
    assert dial["Score"] == pytest.approx(told["score"] * 100)


def test_the_pictures_of_a_rep(reader: Reader, url: str, command: Command) -> None:
    app = reader(url, "rep", period=PERIOD, rep=REP)
    drawn = pictures(app)
    trends = {alt.removesuffix(" of the last months"): frame for alt, frame in drawn.items() if "of the last" in alt}
    assert len(trends) == 5
    for label, frame in trends.items():
        quarters = command(url, LABELS[label], "2024-01-01..2026-09-30", "month", rep=REP)
        assert_months(frame.set_index("period")["value"], quarters)
    months = drawn[f"Bookings of {REP} by month"].set_index("month")["value"]
    assert_months(months, command(url, "bookings", "2024-01-01..2026-09-30", "month", rep=REP))
    stages = drawn[f"From leads to won deals of {REP}"].set_index("stage")["count"]
    for label, count in stages.items():
        assert same(count, command(url, LABELS[str(label)], PERIOD, rep=REP)[""]), label
    gap = picture(app, "What explains the gap").set_index("kind")["amount"]
    assert same(gap["end"], command(url, "bookings", PERIOD, rep=REP)[""])
    assert gap["start"] + gap["part"].sum() == pytest.approx(gap["end"])


def test_the_activities_the_deals_and_the_milestones_of_a_rep(reader: Reader, url: str, command: Command) -> None:
    app = reader(url, "rep", period=PERIOD, rep=REP)
    weeks = picture(app, "Activities of")
    first = pd.Timestamp(weeks["week"].min())
    last = pd.Timestamp(weeks["week"].max()) + timedelta(days=6)
    for key in ACTIVITIES:
        counted = weeks.loc[weeks["kind"] == METRICS[key].label, "count"].sum()
        assert counted == command(url, key, f"{first:%Y-%m-%d}..{last:%Y-%m-%d}", rep=REP)[""], key
    deals = table_with(app, "age_days", "amount_cents")
    assert len(deals) == command(url, "open_deals", "2026-Q4", rep=REP)[""] > 0
    assert same(deals["amount_cents"].sum(), command(url, "open_pipeline", "2026-Q4", rep=REP)[""])
    tiles = {one.label: one.value for one in app.metric}
    months = command(url, "bookings", "2024-01-01..2026-11-20", "month", rep=REP)
    assert tiles["Best month"] == tile("bookings", max(value or 0 for value in months.values()))
    alike = table_with(unfolded(app), "distance", "deal_size").set_index("rep")["deal_size"]
    for name, size in alike.items():
        assert same(size, command(url, "average_deal_size", "2025-10-01..2026-09-30", rep=str(name))[""]), name


@pytest.mark.parametrize(("against", "other"), [(YEAR_EARLIER, "Q3 2025"), (BEFORE, "Q2 2026")])
def test_what_explains_the_change_of_a_team(
    reader: Reader, url: str, command: Command, against: str, other: str
) -> None:
    app = reader(url, "teams", period=PERIOD, team=TEAM, change_against=other)
    now, before = (command(url, "bookings", one, "rep", team=TEAM) for one in (PERIOD, against))
    for start, by in (("By closed deals", None), ("By rep", "rep"), ("By product", "product"), ("By mix", None)):
        frame = picture(app, f"{start}")
        ends = frame.set_index("kind")["amount"]
        assert same(ends["start"], command(url, "bookings", against, team=TEAM)[""])
        assert same(ends["end"], command(url, "bookings", PERIOD, team=TEAM)[""])
        assert ends["start"] + ends["part"].sum() == pytest.approx(ends["end"])
        if by:
            now, before = (command(url, "bookings", one, by, team=TEAM) for one in (PERIOD, against))
            parts = frame[frame["kind"] == "part"].set_index("label")["amount"]
            named = [name for name in parts.index if name in now or name in before]
            assert len(named) >= min(len(parts), 5)
            for name in named:
                assert same(parts[name], (now.get(name) or 0) - (before.get(name) or 0)), name


def test_the_funnel_of_teams_and_what_to_mend(reader: Reader, url: str, command: Command) -> None:
    app = unfolded(reader(url, "teams", period=PERIOD, teams_tab="Funnel"))
    stages = table_with(app, "stage", "count").set_index("stage")["count"]
    assert len(stages) == 4
    for label, count in stages.items():
        assert same(count, command(url, LABELS[label], PERIOD)[""]), label
    counts = {key: command(url, key, PERIOD, "team") for key in ("leads", "qualified_leads", "win_rate")}
    rates = {
        "Leads to qualified leads": lambda team: counts["qualified_leads"][team] / counts["leads"][team],
        "Win rate": lambda team: counts["win_rate"][team],
    }
    weakest = table_with(app, "step", "rate")
    assert len(weakest) >= 2
    for row in weakest.to_dict("records"):
        assert same(row["rate"], 100 * rates[row["step"]](row["name"])), row["name"]


@pytest.mark.parametrize("team", [None, TEAM])
def test_the_open_pipeline_of_teams(reader: Reader, url: str, command: Command, team: str | None) -> None:
    where = {"team": team} if team else {}
    app = reader(url, "teams", period="2026-Q4", teams_tab="Open pipeline", **where)
    stages = table_with(app, "stage", "deals")
    assert stages["deals"].sum() == command(url, "open_deals", "2026-Q4", **where)[""]
    assert same(stages["amount_cents"].sum(), command(url, "open_pipeline", "2026-Q4", **where)[""])
    assert picture(app, "Open deals by stage")["deals"].sum() == stages["deals"].sum()
    covered = command(url, "pipeline_coverage", "2026-Q4", **where)[""]
    assert {one.label: one.value for one in app.metric}["Pipeline coverage"] == tile("pipeline_coverage", covered)


def test_where_time_goes(reader: Reader, url: str, command: Command) -> None:
    app = reader(url, "teams", period=PERIOD, teams_tab="Time and money", effort_by="team")
    rows = table_with(app, "activities").set_index("name")
    told = {key: command(url, key, PERIOD, "team") for key in ("bookings", *ACTIVITIES)}
    assert len(rows) == 4
    assert "costs" not in rows  # no sheet tells them by team
    for team, row in rows.iterrows():
        spent = sum(told[key][str(team)] or 0 for key in ACTIVITIES)
        assert same(row["bookings"], told["bookings"][str(team)])
        assert row["activities"] == spent
        assert row["per_activity"] == pytest.approx(told["bookings"][str(team)] / spent, abs=0.005)  # whole cents


def test_where_money_goes(reader: Reader, url: str, command: Command) -> None:
    app = reader(url, "teams", period=PERIOD, teams_tab="Time and money", effort_by="source")
    rows = table_with(app, "costs").set_index("name")
    booked, spent = (command(url, key, PERIOD, "source") for key in ("bookings", "cost"))
    assert len(rows) == 6
    assert "activities" not in rows  # none says of which source it is
    assert rows["costs_share"].sum() == pytest.approx(100)
    for source, row in rows.iterrows():
        assert same(row["bookings"], booked[str(source)])
        assert same(row["costs"], spent[str(source)])
        assert row["per_cost"] == pytest.approx(row["bookings"] / row["costs"], rel=1e-3)


@pytest.mark.parametrize("key", ["bookings", "win_rate", "average_deal_size"])
def test_the_pictures_and_references_of_compare(reader: Reader, url: str, command: Command, key: str) -> None:
    names = [REP, "Freja Dahl"]
    app = reader(url, "compare", period=PERIOD, by=key, reps=names)
    label = METRICS[key].label
    stands = picture(app, f"{label} in Q3 2026").set_index("name")["value"]
    rows = table_with(app, "against", "value").set_index(["name", "against"])["value"]
    factor = 100 if key == "win_rate" else 1
    for name in names:
        assert same(stands[name], command(url, key, PERIOD, rep=name)[""])
        own = picture(app, f"{label} of {name} by month")
        own = own[own["is_own"]].set_index("month")["value"]
        assert_months(own, command(url, key, "2024-01-01..2026-09-30", "month", rep=name))
        for period, title in ((BEFORE, "Q2 2026"), (YEAR_EARLIER, "Q3 2025")):
            assert same(rows[name, title], factor * command(url, key, period, rep=name)[""]), (name, title)
        # Of a ratio a sum over a sum; of a sum that of one quarter of the four.
        year = command(url, key, "2025-07-01..2026-06-30", rep=name)[""]
        mean = year / 4 if key == "bookings" else factor * year
        assert same(rows[name, "Mean of 12 months before"], mean), name


def test_what_is_usual_inside_the_company(reader: Reader, url: str, command: Command) -> None:
    app = reader(url, "benchmarks", period=PERIOD, benchmarks_tab="Inside the company")
    rows = table_with(app, "group", "median").set_index("group")
    drawn = picture(app, "Win rate by role in Q3 2026").set_index(["group", "rep"])["value"]
    for role, group in (("account_executive", "Account executive"), ("sales_representative", "Sales representative")):
        told = command(url, "win_rate", PERIOD, "rep", role=role)
        rates = [one for one in told.values() if one is not None]
        assert drawn[group].to_dict() == pytest.approx({rep: told[rep] for rep in told if told[rep] is not None})
        assert rows.loc[group, "people_count"] == len(rates)
        assert same(rows.loc[group, "median"], 100 * median(rates))
        assert same(rows.loc[group, "top_quartile"], 100 * pd.Series(rates).quantile(0.75))
