"""Scorecards, third tab: how much of a full target somebody new carries, month by month, for everybody or for one role."""

import pandas as pd
import streamlit as st

from spm.company import actions
from spm.people.roles import label_of
from spm.scorecards.agreed.queries import on_ramp
from spm.scorecards.targets import ramp_words
from spm.scorecards.versions.queries import roles_of
from spm.ui import asking, saving, show

EVERYBODY = ""
MONTH, SHARE = "month", "share_percent"
MOST_NAMED = 8


def ramp() -> None:
    """The ramp in force, who is on it today, and the form that changes it."""
    company = asking.scene().standing.company
    show.section(
        "The ramp of new people",
        "What a target that adds up is multiplied by, month by month from the first day. Quotas from a sheet are final.",
    )
    with st.container(border=True):
        own = dict(company.ramps_of_roles)
        role = st.selectbox("Whose ramp?", [EVERYBODY, *asking.answer(roles_of)], width=420, key="ramp_role",
                            format_func=lambda role: _title(role, role in own))  # fmt: skip
        kept = company.ramp_of(role)
        left, right = st.columns([2, 3], gap="medium")
        with left:
            shares = _edited(kept, role)
        with right:
            st.markdown(f"Somebody new carries {ramp_words(shares)}." if shares else "Give the first month a share.")
            st.caption(_on_it(role, shares) if shares else "")
            others = tuple((known, theirs) for known, theirs in company.ramps_of_roles if known != role)
            with st.container(horizontal=True):
                if st.button("Save the ramp", type="primary", key="save_ramp"):
                    changed = {"ramps_of_roles": (*others, (role, shares))} if role else {"ramp": shares}
                    saving.save("The ramp was saved; open periods count by it.", actions.change_settings, **changed)
                if role in own and st.button("Back to everybody’s", key="drop_ramp"):
                    saving.save("The role has everybody’s ramp again.", actions.change_settings, ramps_of_roles=others)


def _title(role: str, is_own: bool) -> str:
    if not role:
        return "Everybody whose role has none of its own"
    return f"{label_of(role)}{' (its own)' if is_own else ''}"


def _edited(kept: tuple[float, ...], role: str) -> tuple[float, ...]:
    """The shares as they stand in the table; a month without one is left out."""
    months = pd.DataFrame({MONTH: range(1, len(kept) + 1), SHARE: [100 * share for share in kept]})
    typed = st.data_editor(
        months, num_rows="dynamic", hide_index=True, disabled=[MONTH], width="stretch", key=f"ramp_of_{role}_{kept}",
        column_config={MONTH: st.column_config.NumberColumn("Month", width=60),
                       SHARE: st.column_config.NumberColumn("Share of a full target, %", min_value=0, max_value=100)},
    )  # fmt: skip
    return tuple(round(float(percent) / 100, 6) for percent in typed[SHARE].dropna())


def _on_it(role: str, shares: tuple[float, ...]) -> str:
    """Who would carry less than a full target today: "On it today: Ana Ruiz 25 %"."""
    found = [f"{rep} {100 * share:.0f} %" for rep, share in on_ramp(asking.scene(), role or None, shares)]
    if not found:
        return "Nobody is on it today."
    more = f" and {len(found) - MOST_NAMED} more" if len(found) > MOST_NAMED else ""
    return show.plain(f"On it today: {', '.join(found[:MOST_NAMED])}{more}.")
