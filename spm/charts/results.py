"""What was booked: by month, and day by day against what the season leads one to expect."""

from functools import cache

import altair as alt

from spm.charts.formats import MONTH, hover, in_full, last_known, month_axis, short, value_axis
from spm.charts.specification import Specification, colour, paint, picked, row_at, rows, specification, words


@cache
def results_by_month(unit: str = "money", symbol: str = "") -> Specification:
    """Bars by month, each with its quota as a line; the chosen period stands out, the running month is light.

    Columns: month (its first day), value (in `unit`; missing leaves a gap), quota (same unit, or missing),
    chosen (bool: in the chosen period), running (bool: not over yet). A click is `picked` with month_on, the
    month's first day as "2017-04-01".
    """
    selection = picked("month_on")
    months = rows().transform_calculate(
        month_on="timeFormat(datum.month, '%Y-%m-%d')",
        start="timeOffset('day', datum.month, -13)",
        end="timeOffset('day', datum.month, 13)",
    )
    quota = months.transform_filter("isValid(datum.quota)")
    shown, numbers = in_full(months, unit, value="Actual", quota="Quota")
    bars = (
        shown.transform_calculate(said="timeFormat(datum.month, '%B %Y') + ': ' + datum.value_in_full")
        .mark_bar(cornerRadiusTopLeft=2, cornerRadiusTopRight=2, cursor="pointer")
        .encode(
            x=alt.X("start:T", axis=month_axis()),
            x2="end:T",
            y=alt.Y("value:Q", axis=value_axis(unit), scale=alt.Scale(zero=True)),
            y2=alt.datum(0),
            color=alt.when("datum.chosen").then(paint("accent")).otherwise(paint("muted")),
            opacity=alt.when("datum.running").then(alt.value(0.55)).otherwise(alt.value(1)),
            tooltip=[MONTH, *numbers],
            description="said:N",  # for readers who listen
        )
        .add_params(selection)
        .properties(name="months")
    )
    lines = quota.mark_rule(color=colour("ink"), strokeWidth=2).encode(x="start:T", x2="end:T", y="quota:Q")
    name = words(
        row_at("argmax", "month", quota, "quota").encode(x="month:T", y="quota:Q", text=alt.value("quota")),
        dy=-9,
    )
    return specification((bars + lines + name).properties(height=260), symbol)


@cache
def pace(symbol: str = "") -> Specification:
    """Bookings of the period added up by day, against the expected curve with its range, and the quota.

    Columns: day, booked, expected, expected_low and expected_high (P10 and P90), quota: amounts to the end of
    the day, booked missing after today; quota the same on every row, or missing; today (bool: this row's day
    is today); expected_is, the name of the expected curve, the same on every row.
    """
    days = alt.X("day:T", axis=alt.Axis(title=None, grid=False, format="%-d %b", tickCount=5))
    base = rows().encode(x=days)
    likely = base.mark_area(aria=False, color=colour("zone")).encode(
        y=alt.Y("expected_low:Q", axis=value_axis("money")), y2="expected_high:Q"
    )
    expected = base.mark_line(color=colour("faint_ink"), strokeDash=[5, 4], strokeWidth=1.5).encode(y="expected:Q")
    booked = base.mark_line(color=colour("accent"), strokeWidth=3, strokeCap="round").encode(y="booked:Q")
    last = last_known(rows(), "day", "booked", "money")
    dot = last.mark_point(size=70, filled=True, opacity=1, color=colour("accent")).encode(x="day:T", y="booked:Q")
    amount = words(
        last.encode(x="day:T", y="booked:Q", text="text:N"),
        align="right",
        dx=-9,
        dy=-9,
        fontSize=14,
        fontWeight="bold",
    )
    quota = row_at("argmin", "day", rows().transform_filter("isValid(datum.quota)"), "quota").transform_calculate(
        text="'quota ' + " + short("datum.quota", "money")
    )
    quota_line = quota.mark_rule(color=colour("ink"), strokeWidth=1.5).encode(y="quota:Q")
    quota_name = words(quota.encode(x="day:T", y="quota:Q", text="text:N"), align="left", dx=2, dy=-9)
    expected_name = words(
        row_at(
            "argmax", "day", rows().transform_filter("isValid(datum.expected)"), "expected", "booked", "expected_is"
        ).encode(x="day:T", y="expected:Q", text="expected_is:N"),
        "faint_ink",
        align="right",
        dx=-4,
        dy=alt.ExprRef("isValid(datum.booked) && datum.booked < datum.expected ? -9 : 26"),  # away from the amount
    )
    today = rows().transform_filter("datum.today").encode(x="day:T")
    today_line = today.mark_rule(color=colour("faint_ink"), strokeDash=[2, 3])
    today_name = words(today.encode(y=alt.value(0), text=alt.value("today")), "faint_ink", dy=-6)
    told = hover(
        base, "money", alt.Tooltip("day:T", title="Day", format="%A, %-d %B %Y"), 8, booked="Booked so far",
        expected="Expected by then", expected_low="Low (P10)", expected_high="High (P90)", quota="Quota",
    )  # fmt: skip
    layers = alt.layer(
        likely,
        expected,
        today_line,
        quota_line,
        booked,
        dot,
        expected_name,
        quota_name,
        amount,
        today_name,
        told,
    )
    return specification(layers.properties(height=280), symbol)
