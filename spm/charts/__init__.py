"""One function a picture: a Vega-Lite specification without data, made once per kind, drawn with any frame.

Each docstring names the columns that the frame must have. Amounts in a frame are in major units of the
currency, shares run 0–1, missing is None or NaN and is drawn as a gap. A specification is shared: nobody may
change it.
"""

from spm.charts.activity import activities
from spm.charts.arrivals import imported_rows, moved_months
from spm.charts.bands import bands, bands_over_time
from spm.charts.careers import assignments
from spm.charts.comparison import beside_others, breakdown, people_of_groups, standing
from spm.charts.decomposition import points, waterfall
from spm.charts.palette import BANDS, COLOURS
from spm.charts.past import item_trend, own_past
from spm.charts.pipeline import funnel, open_by_stage
from spm.charts.plans import backcast, odds_curve, scenario, tornado
from spm.charts.projections import part, projection, said_and_came, typical_year
from spm.charts.results import pace, results_by_month
from spm.charts.scores import score_dial, score_distribution

__all__ = [
    "BANDS",
    "COLOURS",
    "activities",
    "assignments",
    "backcast",
    "bands",
    "bands_over_time",
    "beside_others",
    "breakdown",
    "funnel",
    "imported_rows",
    "item_trend",
    "moved_months",
    "odds_curve",
    "open_by_stage",
    "own_past",
    "pace",
    "part",
    "people_of_groups",
    "points",
    "projection",
    "results_by_month",
    "said_and_came",
    "scenario",
    "score_dial",
    "score_distribution",
    "standing",
    "tornado",
    "typical_year",
    "waterfall",
]
