"""How long questions take, against the same sums on the bare table of totals."""

from sqlalchemy import text

from spm.calendar import FiscalCalendar
from spm.metrics.queries import Question, scene_of, values
from spm.scorecards.queries import scores
from spm.store.opening import Store
from tests.bench.conftest import LAST_DAY, Measure

BY_REP_AND_MONTH = """
    SELECT person_id, month, SUM(value_e4) FROM total_by_month
    WHERE measure = 'won_value' AND slice_id = 0 GROUP BY person_id, month
"""


def bare(store: Store) -> object:
    with store.reading() as connection:
        return connection.execute(text(BY_REP_AND_MONTH)).fetchall()


def test_a_metric_by_rep_and_month(sample_store: Store, measure: Measure) -> None:
    scene = scene_of(sample_store, LAST_DAY)
    question = Question("bookings", ("rep", "month"))
    measured = measure(
        "bookings by rep and month, 36 months, against the bare sum",
        lambda: values(scene, question),
        lambda: bare(sample_store),
        3,
    )
    assert len(values(scene, question)) > 36
    assert measured.bare_seconds > 0


def test_everybody_s_scorecard(sample_store: Store, measure: Measure) -> None:
    scene = scene_of(sample_store, LAST_DAY)
    quarter = FiscalCalendar().period("2026-Q1")
    measured = measure(
        "scores of 40 reps for a quarter, against one bare sum",
        lambda: scores(scene, quarter),
        lambda: bare(sample_store),
        300,
    )
    assert measured.ours_seconds > 0
