"""Scorecards, third tab: skill levels, and targets agreed with one person in place of the calculated ones."""

from typing import Any

import streamlit as st

from spm.calendar import ONE_DAY
from spm.metrics import wording
from spm.metrics.registry import Metric, Nature
from spm.people.roles import label_of
from spm.scorecards import queries
from spm.scorecards.agreed import actions
from spm.scorecards.model import Item
from spm.scorecards.personal import Level, Override, Personal
from spm.scorecards.result import RepScorecard
from spm.scorecards.scored import RoleScore
from spm.scorecards.versions.difference import item_label
from spm.ui import asking, saving, show
from spm.ui.filters import View
from spm.ui.scorecards import item as scorecard_item
from spm.ui.scorecards.ramp import ramp

DAY_FORMAT = "YYYY-MM-DD"
WHOM = "scorecards_whom"


def agreed(view: View) -> None:
    """One person's targets with the arithmetic of each, and the two forms that change them."""
    known = asking.answer(queries.personal_of)
    overrides = [one for theirs in known.overrides.values() for one in theirs]
    show.headline(
        _answer(len(overrides), len(known.overrides)),
        "A calculated target is the role’s × ramp × presence × season, where these apply.",
    )
    names = asking.answer(queries.who_was_there, view.period)
    if not names:
        show.empty(f"Nobody was there in {view.period.title}.", "Choose another period on the left.")
        return
    whom = st.selectbox("Whose targets?", list(names), format_func=names.__getitem__, key=WHOM, width=360)
    card = asking.answer(queries.scorecard_of, whom, view.period)
    _targets(card)
    left, right = st.columns([2, 3])
    with left.container(border=True, height="stretch"):
        _level(card, known)
    with right.container(border=True, height="stretch"):
        _agree(card, card.role_scores[-1])
    ramp()
    _overrides(overrides, dict(zip(asking.scene().org.people["id"], asking.scene().org.people["rep"], strict=True)))


def _answer(overrides_count: int, people_count: int) -> str:
    if not overrides_count:
        return "Every target is calculated; none was agreed with anybody"
    people = "1 person" if people_count == 1 else f"{people_count} people"
    return f"{overrides_count} {'target was' if overrides_count == 1 else 'targets were'} agreed with {people}"


def _targets(card: RepScorecard) -> None:
    show.section(f"{card.rep} in {card.period.title}", "How each target came about.")
    metrics = asking.answer(queries.metrics_of)
    for part in card.role_scores:
        for item, aim in part.aims:
            with st.container(border=True, gap=None):
                st.markdown(
                    show.plain(f"{item_label(item, metrics.__getitem__)}: ") + f"**{show.marked(_value(aim))}**"
                )
                st.caption(show.plain(aim.words))


def _value(aim: Any) -> str:
    return wording.whole(aim.unit, aim.target.value if aim.target else None, aim.currency)


def _level(card: RepScorecard, known: Personal) -> None:
    show.section("Skill level", "A scorecard may ask each level a target of its own.")
    today = asking.scene().today
    now = known.level_on(card.person_id, today)
    st.markdown(f"Today: **{now or 'not said'}**")
    for held in sorted(known.levels.get(card.person_id, ()), key=lambda held: held.starts_on):
        with st.container(horizontal=True, vertical_alignment="center"):
            since = "always" if held.starts_on.year == 1 else f"from {held.starts_on:%-d %b %Y}"
            st.markdown(f"{held.level.value} {since}", width="content")
            if st.button("Remove", key=f"level_{held.id}", type="tertiary", icon=":material/delete:"):
                saving.save(f"The level of {card.rep} was removed.", actions.remove_level, held.id)
    with st.form(f"level_of_{card.person_id}"):
        left, right = st.columns(2)
        level = left.selectbox("Level", list(Level), format_func=lambda one: one.value.capitalize())
        day = right.date_input("From", today, format=DAY_FORMAT, help="Empty: for as long as is known")
        if st.form_submit_button("Save the level", type="primary"):
            saving.save(
                f"The level of {card.rep} was saved.", actions.set_level, card.person_id, Level(str(level)), day
            )


def _agree(card: RepScorecard, part: RoleScore) -> None:
    show.section("Agree another target", "The calculated one is kept beside it, with who agreed it, when and why.")
    metrics = asking.answer(queries.metrics_of)
    items: list[Item] = [item for item, _ in part.aims]
    labels = {at: item_label(item, metrics.__getitem__) for at, item in enumerate(items)}
    st.caption(f"Of the scorecard of {label_of(part.role).lower()}")
    at = st.selectbox("Item", list(labels), format_func=labels.__getitem__, key=f"agree_item_{card.person_id}")
    item = items[at]
    with st.form(f"agree_{card.person_id}_{at}"):
        left, middle, right = st.columns(3)
        metric = metrics[item.metric]
        typed = left.number_input(scorecard_item.unit_label(metric, item), 0.0, value=None, format="%g")
        first = middle.date_input("First day", card.period.start, format=DAY_FORMAT)
        last = right.date_input("Last day", card.period.last_day, format=DAY_FORMAT, help="Empty: until further notice")
        reason = st.text_input("Why")
        is_full = st.checkbox("It is a full target: ramp, presence and season still apply")
        if st.form_submit_button("Agree it", type="primary"):
            if typed is None:
                st.warning("Type the target that was agreed.", icon=":material/info:")
            else:
                saving.save(
                    f"The target of {card.rep} was agreed.", actions.override_target, asking.scene(), card.person_id,
                    item, scorecard_item.typed_value(typed, metric), first, last, reason, is_full,
                )  # fmt: skip


def _overrides(overrides: list[Override], names: dict[int, str]) -> None:
    if not overrides:
        return
    show.section("Every agreed target")
    metrics = asking.answer(queries.metrics_of)
    for one in overrides:
        metric = metrics.get(one.metric)
        if metric is None:
            continue
        target, calculated = (
            wording.whole(metric.unit, value, show.currency()) for value in (one.target, one.calculated)
        )
        until = "" if one.ends_before.year == 9999 else f" to {one.ends_before - ONE_DAY:%-d %b %Y}"
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(
                show.plain(
                    f"{names.get(one.person_id, '')}: {metric.label} {target}{_length(metric, one)} in place of {calculated}, "
                    f"from {one.starts_on:%-d %b %Y}{until}; {one.author}, {one.set_on:%-d %b %Y}: “{one.reason}”"
                )
            )
            if st.button("Withdraw", key=f"override_{one.id}", type="tertiary", icon=":material/undo:"):
                saving.save("The calculated target holds again.", actions.withdraw_override, one.id)


def _length(metric: Metric, one: Override) -> str:
    """ " a month" of what adds up over one."""
    return f" a {one.grain}" if metric.nature is Nature.SUM else ""
