"""What if, how likely, what matters most, how fair: the pictures of a quota plan."""

from functools import cache

import altair as alt

from spm.charts.formats import hover, in_full, short, value_axis
from spm.charts.specification import Specification, colour, in_place, names_above, paint, rows, specification, words


@cache
def scenario(symbol: str = "") -> Specification:
    """One scenario by month with its range, on the baseline's line.

    Columns: month (its first day), label, bookings, low, high, baseline, and `top`: how far the axis goes, the same in all
    pictures that stand side by side.
    """
    months = alt.Axis(
        title=None, grid=False, tickCount={"interval": "month", "step": 1}, format="%b", labelOverlap=True
    )
    base = rows().encode(x=alt.X("month:T", axis=months, scale=alt.Scale(padding=12)))
    axis = value_axis("money")
    room = base.mark_point(opacity=0, aria=False).encode(y=alt.Y("top:Q", axis=axis, scale=alt.Scale(zero=True)))
    fan = base.mark_area(aria=False, color=colour("accent"), opacity=0.2).encode(
        y=alt.Y("low:Q", axis=axis), y2="high:Q"
    )
    before = base.mark_line(color=colour("faint_ink"), strokeDash=[4, 4], strokeWidth=1.5).encode(y="baseline:Q")
    line = base.mark_line(color=colour("accent"), strokeWidth=2.5, point=alt.OverlayMarkDef(size=30)).encode(
        y="bookings:Q"
    )
    told = hover(
        base, "money", alt.Tooltip("label:N", title="Month"), 16,
        bookings="Bookings", low="80 % range from", high="80 % range to", baseline="Baseline",
    )  # fmt: skip
    return specification(alt.layer(room, fan, before, line, told).properties(height=190), symbol)


@cache
def odds_curve(symbol: str = "") -> Specification:
    """How the result is spread over the simulated runs, with the plan marked.

    Columns: low and high (ends of a bin), share (of all runs), is_reached ("reaches the plan" or "falls short"), target.
    """
    base = rows()
    scale = alt.Scale(domain=["reaches the plan", "falls short"], range=[colour("accent"), colour("muted")])
    shown, numbers = in_full(base, "money", low="From", high="To")
    bars = shown.mark_bar(stroke=alt.ExprRef("background"), strokeWidth=0.5).encode(
        x=alt.X("low:Q", axis=alt.Axis(title=None, labelExpr=short("datum.value", "money"), grid=False, tickCount=6),
                scale=alt.Scale(zero=False)),
        x2="high:Q",
        y=alt.Y("share:Q", axis=alt.Axis(title=None, format=".0%", tickCount=3)),
        y2=alt.datum(0),
        color=alt.Color("is_reached:N", scale=scale, legend=alt.Legend(title=None, orient="top")),
        tooltip=[*numbers, alt.Tooltip("share:Q", title="Share of runs", format=".1%"),
                 alt.Tooltip("is_reached:N", title="This result")],
    )  # fmt: skip
    plan = rows().transform_aggregate(target="max(target)", top="max(share)")
    named = plan.transform_calculate(text="'Plan ' + " + short("datum.target", "money"))
    rule = plan.mark_rule(color=colour("ink"), strokeWidth=2).encode(x="target:Q")
    label = words(named.encode(x="target:Q", y="top:Q", text="text:N"), align="left", dx=6, dy=-9, fontWeight="bold")
    return specification(alt.layer(bars, rule, label).properties(height=250), symbol)


@cache
def tornado() -> Specification:
    """The odds with one assumption at either end, the widest first.

    Columns: place (0 on top), label, low and high (the odds at the two ends), least and most (the smaller and larger of
    them), base (the odds as assumed).
    """
    y = in_place("label", names_above(), scale=alt.Scale(paddingInner=0.62, paddingOuter=0.4))
    base = rows().encode(y=y)
    axis = alt.Axis(title=None, format=".0%", tickCount=5, grid=True)
    bars = base.mark_bar(color=colour("accent_soft"), height=14, cornerRadius=2).encode(
        x=alt.X("least:Q", axis=axis, scale=alt.Scale(zero=False, nice=True)),
        x2="most:Q",
        tooltip=[alt.Tooltip("label:N", title="Assumption"), alt.Tooltip("low:Q", title="Odds at the first", format=".0%"),
                 alt.Tooltip("high:Q", title="Odds at the second", format=".0%")],
    )  # fmt: skip
    ends = [
        words(base.transform_calculate(text=f"format(datum.{end}, '.0%')").encode(x=f"{end}:Q", text="text:N"),
              align=align, dx=shift)
        for end, align, shift in (("least", "right", -5), ("most", "left", 5))
    ]  # fmt: skip
    mark = base.mark_tick(color=colour("ink"), thickness=2, size=20).encode(x="base:Q")
    return specification(alt.layer(bars, mark, *ends).properties(height=alt.Step(46)))


@cache
def backcast(symbol: str = "", quota: str = "Proposed quota", reached: str = "Would have reached") -> Specification:
    """Attainment of each rep by the size of their quota; ± 20 % around what all reached shaded.

    Columns: rep, team, quota, attainment (1.0 is 100 %), whole (what all reached together), low and high (± 20 % around it),
    is_outside (of these), name (the rep's where they are to be named, else empty). `quota` and `reached` say what the two are.
    """
    base = rows()
    zone = rows().transform_aggregate(low="min(low)", high="max(high)")
    axis = alt.Axis(title=None, format=".0%", tickCount=5)
    band = zone.mark_rect(color=colour("zone")).encode(
        y=alt.Y("low:Q", axis=axis, scale=alt.Scale(zero=False, padding=24)), y2="high:Q"
    )
    middle = rows().transform_aggregate(whole="mean(whole)").mark_rule(color=colour("muted"), strokeWidth=1.5)
    shown, numbers = in_full(base, "money", quota=quota)
    dots = shown.mark_point(filled=True, size=70, opacity=0.9).encode(
        x=alt.X("quota:Q", axis=alt.Axis(title=quota, labelExpr=short("datum.value", "money"), grid=False,
                                         tickCount=6, titleColor=colour("faint_ink"), titleFontWeight="normal"),
                scale=alt.Scale(zero=False, padding=12)),
        y="attainment:Q",
        color=alt.when("datum.is_outside").then(paint("needs_help")).otherwise(paint("accent")),
        tooltip=[alt.Tooltip("rep:N", title="Rep"), alt.Tooltip("team:N", title="Team"), *numbers,
                 alt.Tooltip("attainment:Q", title=reached, format=".0%")],
    )  # fmt: skip
    names = words(base.encode(x="quota:Q", y="attainment:Q", text="name:N"), align="center", dy=-13)
    return specification(alt.layer(band, middle.encode(y="whole:Q"), dots, names).properties(height=300), symbol)
