"""Single months of a rep, set by hand: what is typed holds, the rest of the quota goes to the other months."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from spm import money
from spm.planning.allocation.quotas import Allocation
from spm.planning.allocation.roster import person_key
from spm.planning.draft import Terms
from spm.ui.quota_plan import state
from spm.ui.quota_plan.state import Planning


def draw(plan: Planning, found: Allocation) -> None:
    """A table of reps and months to type into."""
    with st.expander("Month by month", icon=":material/calendar_month:"):
        st.caption(
            "What is typed into a month holds, 0 too, and needs a reason; a month that is emptied is worked out again. "
            "The rest of the rep’s quota goes to the other months."
        )
        frame, key = _rows(plan, found), state.key_of("months")
        columns: dict[str, Any] = {
            "rep": st.column_config.TextColumn("Rep", disabled=True, pinned=True, width=150),
            "quota": st.column_config.NumberColumn("Quota", disabled=True, format="localized", width=100),
            **{month.isoformat(): _column(plan, month) for month in found.plan.months},
            "set": st.column_config.TextColumn("Set by hand", disabled=True, width=120),
            "reason": st.column_config.TextColumn("Reason", width=200),
        }
        st.data_editor(frame.drop(columns="key"), key=key, hide_index=True, column_config=columns, num_rows="fixed",
                       column_order=list(columns), placeholder="", on_change=_edited, args=(plan, frame, key))  # fmt: skip


def _column(plan: Planning, month: date) -> Any:
    """A month that holds what was published before can't be changed any more."""
    is_over = month < plan.draft.effective_on
    return st.column_config.NumberColumn(
        f"{month:%b %Y}", min_value=0.0, format="localized", width=95, disabled=is_over
    )


def _rows(plan: Planning, found: Allocation) -> pd.DataFrame:
    rows = []
    for row in plan.baseline.members.sort_values(["team", "rep"]).to_dict("records"):
        key = person_key(int(row["person_id"]))
        quota, terms = found.quotas[key], plan.draft.of(key)
        months = {
            month.isoformat(): money.major(cents, plan.currency)
            for month, cents in zip(found.plan.months, quota.months_cents, strict=True)
        }
        by_hand = ", ".join(f"{month:%b}" for month in sorted(terms.months_cents))
        amount = money.major(quota.amount_cents, plan.currency)
        rows.append({"key": key, "rep": row["rep"], "quota": amount, **months, "set": by_hand, "reason": terms.reason})
    return pd.DataFrame(rows)


def _edited(plan: Planning, frame: pd.DataFrame, key: str) -> None:
    draft = plan.draft
    for at, typed in st.session_state[key]["edited_rows"].items():
        owner = frame["key"].iloc[int(at)]
        draft = draft.with_terms(owner, _changed(draft.of(owner), typed, plan.currency))
    state.work_on(plan.period, draft)
    state.turn_over()


def _changed(terms: Terms, typed: dict[str, Any], currency: str) -> Terms:
    months = dict(terms.months_cents)
    for name, value in typed.items():
        if name == "reason":
            terms = replace(terms, reason=(value or "").strip())
        elif value is None:
            months.pop(date.fromisoformat(name), None)
        else:
            months[date.fromisoformat(name)] = money.cents(Decimal(str(value)), currency)
    return replace(terms, months_cents=months)
