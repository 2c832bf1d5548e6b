"""One item of the scorecard that is shaped: its widgets, and the item that they make."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from spm.calendar import Grain
from spm.metrics import glossary, wording
from spm.metrics.registry import Metric, Nature, Timing, Unit
from spm.money import major, minor_digits, symbol
from spm.scorecards.drafts.queries import suggested
from spm.scorecards.model import Item, Scope
from spm.scorecards.personal import Level
from spm.scorecards.targets import percentile_words
from spm.ui import asking, show
from spm.ui.scorecards import draft

SUGGESTED, NUMBER, QUOTA = "suggested", "a number", "the quota"
GRAINS = {Grain.WEEK: "week", Grain.MONTH: "month", Grain.QUARTER: "quarter", Grain.YEAR: "fiscal year"}
DIRECTIONS = {"As the metric": None, "More is better": True, "Less is better": False}
SCOPES = {Scope.OWN: "Their own", Scope.TEAM: "Their team’s"}
PERCENTILES = (10, 20, 25, 30, 40, 50, 60, 70, 75, 80, 90, 95)


def drawn(name: str, item: Item, role: str, metrics: Mapping[str, Metric]) -> Item:
    """Draws an item and returns it as the reader has it now."""
    with st.container(border=True, gap="small"):
        if item.is_waiting:
            return _waiting(name, item)
        first, second, third, fourth = st.columns([3.2, 1.1, 1.7, 1.7], vertical_alignment="bottom")
        key = _choice(first, "Metric", list(metrics), item.metric, f"{name}_metric",
                      lambda one: metrics[one].label, "Any metric of the company")  # fmt: skip
        metric = metrics[key]
        if key != item.metric:
            item = Item(key, item.weight, metric.timing, period=item.period)
        weight = _number(second, "Weight", item.weight, f"{name}_weight", 0.0, 100.0, 5.0)
        kinds = [SUGGESTED, NUMBER, *([QUOTA] if key == "bookings" else [])]
        kind = _choice(third, "Target", kinds, _kind(item), f"{name}_kind_{key}", str.capitalize)
        target, suggestion = None, None
        if kind == NUMBER:
            shown = _to_type(item.target, metric)
            typed = _number(fourth, unit_label(metric, item), shown or 0.0, f"{name}_target_{key}", 0.0)
            target = typed_value(typed, metric)
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            with st.popover("More", icon=":material/tune:", type="tertiary"):
                item = _more(name, item, metric)
            item = replace(
                item, metric=key, weight=weight, target=target, target_from="quota" if kind == QUOTA else None
            )
            suggestion = asking.whole(suggested, item, role)
            if suggestion and kind != QUOTA:
                st.button("Take the suggestion", key=f"{name}_take", type="tertiary", icon=":material/magic_button:",
                          on_click=_take, args=(name, item, suggestion.value, metric))  # fmt: skip
            _remove(name)
        st.caption(show.plain(f"{_asked(item)} {_said(item, metric, suggestion)}"))
    return item


def _waiting(name: str, item: Item) -> Item:
    first, second, third = st.columns([4.9, 1.1, 1.7], vertical_alignment="bottom")
    label = item.metric.replace("_", " ").capitalize()
    first.markdown(f"**{label}**  \n:gray[Not counted yet: waits for {item.waits_for}.]")
    weight = _number(second, "Weight", item.weight, f"{name}_weight", 0.0, 100.0, 5.0)
    with third:
        _remove(name)
    return replace(item, weight=weight)


def _more(name: str, item: Item, metric: Metric) -> Item:
    """What few scorecards need to change: period, kind, direction, limits, season, whose number, levels."""
    key = metric.key
    left, right = st.columns(2)
    period = _choice(left, "A target is for a", list(GRAINS), item.period, f"{name}_period", GRAINS.__getitem__)
    timing = _choice(right, "Kind", list(Timing), item.timing, f"{name}_timing_{key}", str.capitalize,
                     "Leading comes before the result, lagging is the result")  # fmt: skip
    now = next(words for words, is_more in DIRECTIONS.items() if is_more == item.higher_is_better)
    direction = DIRECTIONS[_choice(left, "Direction", list(DIRECTIONS), now, f"{name}_direction_{key}", str)]
    scope = _choice(right, "Whose number", list(SCOPES), item.scope, f"{name}_scope_{key}", SCOPES.__getitem__,
                    "A manager answers for the team’s")  # fmt: skip
    floor = _number(left, "Floor in %", 100 * item.floor, f"{name}_floor_{key}", 0.0, 100.0, 5.0,
                    "Below it the item counts 0")  # fmt: skip
    cap = _number(right, "Cap in %", 100 * item.cap, f"{name}_cap_{key}", 100.0, 1000.0, 10.0,
                  "More than this does not count")  # fmt: skip
    percentile = _choice(left, "Suggest at percentile", list(PERCENTILES), int(item.percentile), f"{name}_percentile_{key}",
                         str, "Of the role’s last twelve periods")  # fmt: skip
    adds_up = metric.nature is Nature.SUM  # the season says nothing of a ratio, a median or a stock
    seasonal = adds_up and st.checkbox("Follows the season", item.seasonal, key=f"{name}_seasonal_{key}",
                                       help="Once two years of sheets tell one; until then every month is alike")  # fmt: skip
    levels = _levels(name, item, metric)
    return replace(item, period=period, timing=timing, higher_is_better=direction, scope=scope, floor=floor / 100,
                   cap=cap / 100, percentile=float(percentile), seasonal=seasonal, levels=levels)  # fmt: skip


def _levels(name: str, item: Item, metric: Metric) -> tuple[tuple[str, float], ...]:
    """Targets by skill level; those left empty have the role's."""
    st.caption("Targets by skill level; empty: the role’s")
    known, found = dict(item.levels), []
    for column, level in zip(st.columns(len(Level)), Level, strict=True):
        typed = column.number_input(level.value.capitalize(), 0.0, value=_to_type(known.get(level), metric), format="%g",
                                    key=f"{name}_{level}_{metric.key}")  # fmt: skip
        if typed is not None:
            found.append((level.value, typed_value(typed, metric)))
    return tuple(found)


def _asked(item: Item) -> str:
    """What is set under "More", in a line: "A month, leading, capped at 150 %."."""
    parts = [f"a {GRAINS[item.period]}", item.timing.value, f"capped at {item.cap:.0%}".replace("%", " %")]
    parts += [f"floor {100 * item.floor:.0f} %"] if item.floor else []
    parts += ["seasonal"] if item.seasonal else []
    parts += [f"{len(item.levels)} skill levels"] if item.levels else []
    parts += ["of the team"] if item.scope is Scope.TEAM else []
    return f"{', '.join(parts).capitalize()}."


def _said(item: Item, metric: Metric, suggestion: Any) -> str:
    if suggestion is None:
        return f"No {item.period} of the past to suggest a target from."
    value = wording.whole(metric.unit, suggestion.value, show.currency())
    return (
        f"{percentile_words(suggestion.percentile)} of the last twelve {item.period}s: {value}; "
        f"{100 * suggestion.met_share:.0f} % of {suggestion.results} met it."
    )


def _take(name: str, item: Item, value: float, metric: Metric) -> None:
    target = typed_value(_rounded(_to_type(value, metric) or 0.0), metric)
    draft.put_anew({name: replace(item, target=target)})


def _rounded(typed: float) -> float:
    """Three digits: nobody asks for 12.3456 calls."""
    return float(f"{typed:.3g}")


def _remove(name: str) -> None:
    st.button("Remove", key=f"{name}_remove", type="tertiary", icon=":material/delete:",
              on_click=draft.remove, args=(name,))  # fmt: skip


def _kind(item: Item) -> str:
    if item.target_from:
        return QUOTA
    return SUGGESTED if item.target is None else NUMBER


def unit_label(metric: Metric, item: Item) -> str:
    """As in "$ a month", "% a quarter"; of what doesn't add up over a period "%", "Sets per door"."""
    units = {Unit.MONEY: symbol(show.currency()), Unit.SHARE: "%", Unit.DAYS: "days", Unit.TIMES: "×"}
    unit = glossary.unit(metric).capitalize() if metric.unit is Unit.RATE else units.get(metric.unit, "Number")
    return f"{unit} a {item.period}".replace("$", "\\$") if metric.nature is Nature.SUM else unit.replace("$", "\\$")


def _to_type(value: float | None, metric: Metric) -> float | None:
    """A value as one types it: amounts in major units, shares in percent."""
    if value is None:
        return None
    if metric.unit is Unit.MONEY:
        return major(value, show.currency())
    return 100 * value if metric.unit is Unit.SHARE else float(value)


def typed_value(typed: float, metric: Metric) -> float:
    """The inverse of `_to_type`."""
    if metric.unit is Unit.MONEY:
        return float(round(typed * 10 ** minor_digits(show.currency())))
    return typed / 100 if metric.unit is Unit.SHARE else typed


def _choice(place: Any, label: str, options: list[Any], now: Any, key: str, words: Any, help: str = "") -> Any:
    index = options.index(now) if now in options else 0
    return place.selectbox(label, options, index, format_func=words, key=key, help=help or None)


def _number(
    place: Any, label: str, now: float, key: str, least: float, most: float | None = None, step: float | None = None,
    help: str = "",
) -> float:  # fmt: skip
    typed = place.number_input(
        label, least, most, max(float(now), least), step, format="%g", key=key, help=help or None
    )
    return float(typed or 0.0)
