"""What the Settings page shows: the company, its working days, today, bands, backups, and the list of changes."""

from dataclasses import replace
from datetime import date
from itertools import islice
from typing import Any

import pandas as pd
import streamlit as st

from spm.calendar import Grain, Span, plus_months
from spm.charts import BANDS
from spm.company import actions, queries, settings
from spm.company.settings import Company
from spm.holidays import country_names, subdivision_names
from spm.intake.actions import undo
from spm.metrics.measures import BOOKINGS_FROM, MEASURES
from spm.money import currencies
from spm.scorecards.bands import Band
from spm.ui import asking, opening, saving, show, tables
from spm.ui.tables import Column

TABS = ("Company", "Currencies", "Working days", "Today", "Bands", "Backups", "Changes")
FIRST, LAST = date(1990, 1, 1), date(2100, 12, 31)
DAY_FORMAT = "YYYY-MM-DD"
PREVIEWED_HOLIDAYS = 8
KINDS = {"import": "Import", "edit": "Edit", "settings": "Settings", "undo": "Undo"}
UNITS = ("bytes", "kB", "MB", "GB")


def answer() -> None:
    """The headline: the rules that the company counts by."""
    company = asking.scene().standing.company
    month = f"{date(2000, company.fiscal_first_month, 1):%B}"
    show.headline(
        f"{company.name} counts in {company.currency}; the year starts in {month}",
        f"Today is {asking.scene().today:%-d %b %Y}. What is saved here counts at once, for everybody.",
    )


def company() -> None:
    """Name, currency, fiscal year, and where bookings come from."""
    scene = asking.scene()
    known = scene.standing.company
    codes = currencies()
    with st.container(border=True):
        left, right = st.columns(2)
        name = left.text_input("Company name", known.name)
        currency = right.selectbox("Currency", list(codes), list(codes).index(known.currency),
                                   format_func=lambda code: f"{code} · {codes[code]}",
                                   help="Of all amounts. It is a name only: nothing is converted.")  # fmt: skip
        month = left.selectbox("The fiscal year starts in", range(1, 13), known.fiscal_first_month - 1,
                               format_func=lambda month: f"{date(2000, month, 1):%B}")  # fmt: skip
        calendar = replace(known, fiscal_first_month=month).fiscal_calendar
        year = calendar.period_of(Grain.YEAR, scene.today)
        quarter = calendar.period_of(Grain.QUARTER, scene.today)
        right.markdown(
            f"Fiscal year {year.title}: {year.start:%-d %b %Y} – {year.last_day:%-d %b %Y}  \n"
            f"{quarter.title}: {quarter.start:%-d %b %Y} – {quarter.last_day:%-d %b %Y}"
        )
        sources = {None: "Decide by the sheets", "deals": "Won deals", "orders": "Orders"}
        source = st.radio("Bookings come from", list(sources), list(sources).index(known.bookings_from),
                          format_func=sources.__getitem__, horizontal=True)  # fmt: skip
        st.caption(_bookings_now())
        margin = st.number_input(
            "Gross margin, %",
            0.1,
            100.0,
            _percent(known.gross_margin_share),
            placeholder="Taken from the cost of orders",
            help="What is left of a sale after the cost of its goods: for what a customer is worth, where no sheet says costs",
        )
        inbox = st.text_input("Inbox", known.inbox_folder or "", placeholder="/srv/exports",
                              help="A folder on the server. Sheets that are put there are brought in by themselves and "
                              "moved to its folder done, or refused, with a report.")  # fmt: skip
        if st.button("Save", type="primary", key="save_company"):
            share = None if margin is None else round(margin / 100, 6)
            saving.save("The company was saved.", actions.change_settings, name=name, currency=currency,
                        fiscal_first_month=month, bookings_from=source, gross_margin_share=share,
                        inbox_folder=inbox.strip() or None)  # fmt: skip


def _percent(share: float | None) -> float | None:
    return None if share is None else round(share * 100, 4)


def working_days() -> None:
    """Country holidays and closing days, with what they come to."""
    scene = asking.scene()
    known = scene.standing.company
    code, _, part = (known.country or "").partition("-")
    countries = {"": "No holidays", **country_names()}
    left, right = st.columns(2)
    with left.container(border=True, height="stretch"):
        country = st.selectbox("Holidays of", list(countries), list(countries).index(code),
                               format_func=countries.__getitem__)  # fmt: skip
        parts = {"": "All of it", **(subdivision_names(country) if country else {})}
        subdivision = ""
        if len(parts) > 1:
            index = list(parts).index(part) if country == code and part in parts else 0
            subdivision = st.selectbox("Part of the country", list(parts), index, format_func=parts.__getitem__)
        st.markdown("**Closing days**", help="Days on which the company is closed, beside weekends and holidays.")
        closing = st.data_editor(
            pd.DataFrame({"day": list(known.closing_days)}, dtype=object), num_rows="dynamic", hide_index=True,
            column_config={"day": st.column_config.DateColumn("Day", format="D MMM YYYY", required=True)},
            key="closing_days", width="stretch",
        )  # fmt: skip
        days = tuple(sorted({_day(day) for day in closing["day"].dropna()}))
        chosen = "-".join(part for part in (country, subdivision) if part) or None
        if st.button("Save", type="primary", key="save_working_days"):
            saving.save("The working days were saved; quotas were spread over them anew.", actions.change_settings,
                        country=chosen, closing_days=days)  # fmt: skip
    with right.container(border=True, height="stretch"):
        _preview(replace(known, country=chosen, closing_days=days), scene.today)


def today() -> None:
    """Which day the app takes for today, why, and setting another."""
    standing, real = asking.scene().standing, asking.real_today()
    without = replace(standing.company, today_override=None)
    otherwise = settings.today(without, standing.last_fact_on, real)
    reason = settings.reason_for_today(standing.last_fact_on, real)
    with st.container(border=True):
        if standing.company.today_override:
            st.markdown(f"Today is set to **{standing.today:%-d %b %Y}** by hand.")
            st.caption(f"Otherwise it would be {otherwise:%-d %b %Y}. {reason}")
        else:
            st.markdown(f"Today is **{standing.today:%-d %b %Y}**.")
            st.caption(reason)
        if standing.ignored_days:
            listed = ", ".join(f"{day:%-d %b %Y}" for day in standing.ignored_days[:10])
            st.caption(
                f"Passed over as likely typing errors, since they lie in the future or more than {settings.LONE_DAYS} days "
                f"beyond all others: {listed}."
            )
        day = st.date_input("Take another day for today", standing.company.today_override, FIRST, LAST,
                            format=DAY_FORMAT, help="Empty: the facts decide")  # fmt: skip
        if st.button("Save", type="primary", key="save_today"):
            done = f"Today is {day:%-d %b %Y} now." if day else "The facts decide on today again."
            saving.save(done, actions.change_settings, today_override=day)


def bands() -> None:
    """From which attainment on each band begins."""
    known = asking.scene().standing.company
    edges: dict[str, float] = {}
    with st.form("bands"):
        st.caption("Attainments and scores fall into four bands. From how many percent on does each begin?")
        fields = {"outstanding": Band.OUTSTANDING, "on_target": Band.ON_TARGET, "near_target": Band.NEAR_TARGET}
        for column, (name, band) in zip(st.columns(3), fields.items(), strict=True):
            percent = column.number_input(BANDS[band.value].label, 1.0, 500.0, round(getattr(known, name) * 100, 2),
                                          1.0, format="%.4g", key=f"band_{name}")  # fmt: skip
            edges[name] = round(percent / 100, 6)
        st.caption(f"{BANDS[Band.NEEDS_HELP.value].label}: whatever is below {BANDS[Band.NEAR_TARGET.value].word}.")
        if st.form_submit_button("Save", type="primary"):
            saving.save("The bands were saved.", actions.change_settings, **edges)


def backups() -> None:
    """Where the database is, its backups, and how one is brought back."""
    store = opening.store()
    st.markdown("**The database**")
    st.code(queries.database_of(store), language=None, wrap_lines=True)
    if store.engine.dialect.name != "sqlite":
        st.caption("A database server keeps it. Back it up with the server’s own tools.")
        return
    if st.button("Make a backup now", type="primary", icon=":material/save:"):
        with st.spinner("Copying the database …"):
            saving.save("A backup was made.", _back_up)
    known = queries.backups_of(store)
    if not known:
        st.caption("There is no backup yet. One is also made by itself before a newer version changes the database.")
    for backup in known:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{backup.made_at:%-d %b %Y, %H:%M}** · {_size(backup.bytes_count)}  \n{backup.file.name}",
                        width="stretch")  # fmt: skip
            st.download_button("Download", backup.file.read_bytes, backup.file.name, key=backup.file.name,
                               on_click="ignore", icon=":material/download:")  # fmt: skip
    with st.expander("How to bring a backup back"):
        st.markdown(
            "1. Stop the app.\n2. Move the database file above to another place, with the files beside it that end in "
            "`-wal` and `-shm`.\n3. Copy the backup to where the database was, under its name.\n4. Start the app."
        )


def changes() -> None:
    """Who changed what and when, and undoing a change."""
    made = queries.change_list(opening.store())
    if made.empty:
        st.caption("Nothing has been changed yet.")
        return
    shown = made.assign(
        when=made["made_at"].map(lambda at: f"{at:%-d %b %Y, %H:%M}"),
        who=[name if is_verified else f"{name} (not verified)"
             for name, is_verified in zip(made["author"], made["is_verified"], strict=True)],
        what=made["kind"].map(lambda kind: KINDS.get(kind, kind)),
        state=["" if pd.isna(number) else f"undone by {int(number)}" for number in made["undone_in"]],
    )  # fmt: skip
    columns = (Column("id", "Number", "number", width=80), Column("when", "When"), Column("who", "Who"),
               Column("what", "What", width=90), Column("note", "About", width=420), Column("state", "State"))  # fmt: skip
    tables.table(shown, columns, "changes", "Every change, its author and what it was about")
    live = made[made["undone_in"].isna() & (made["kind"] != "undo")]
    words = {row.id: f"{row.id} · {KINDS.get(row.kind, row.kind)} · {row.note}" for row in live.itertuples()}
    with st.container(border=True, horizontal=True, vertical_alignment="bottom"):
        number = st.selectbox("Undo a change", list(words), None, format_func=words.__getitem__, placeholder="Choose")
        if st.button("Undo it", disabled=number is None) and number is not None:
            saving.save(f"Change {number} was undone.", _undo, int(number))


def _undo(store: Any, author: Any, number: int) -> None:
    undo(store, number, author)


def _back_up(store: Any, _author: Any) -> None:
    actions.back_up(store)


def _bookings_now() -> str:
    measure = asking.scene().bookings_measure
    if measure is None:
        return "No sheet with deals or orders is there yet. Where both are, won deals count; never both."
    source = next(key for key, of in BOOKINGS_FROM.items() if of == measure)
    return f"Now they come from {source}: {MEASURES[measure].meaning}. Deals and orders are never added up."


def _preview(company: Company, day: date) -> None:
    """The next holidays, and how many working days the period has."""
    quarter = company.fiscal_calendar.period_of(Grain.QUARTER, day)
    st.metric(f"Working days in {quarter.title}", company.working_calendar.working_days_count(quarter))
    named = company.working_calendar.days_off(Span(day, plus_months(day, 13)))
    st.markdown("**Next days off**")
    if not named:
        st.caption("None beside the weekends.")
    for off, name in islice(named.items(), PREVIEWED_HOLIDAYS):
        st.markdown(f"{off:%a %-d %b %Y} · {name}")


def _day(value: Any) -> date:
    return value if type(value) is date else pd.Timestamp(value).date()


def _size(bytes_count: int) -> str:
    """As in "4.2 MB"."""
    amount, unit = float(bytes_count), 0
    while amount >= 1000 and unit < len(UNITS) - 1:
        amount, unit = amount / 1000, unit + 1
    return f"{amount:.1f} {UNITS[unit]}" if unit else f"{bytes_count} bytes"
