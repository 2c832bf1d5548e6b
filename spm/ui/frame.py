"""The script that Streamlit runs for every reader: menu, filters, who is reading; then the page."""

from pathlib import Path

import streamlit as st

from spm.ui import asking, filters, menu, opening, renewing, show, style
from spm.ui.scorecards import due

LOGO = Path(__file__).parent / "assets" / "logo.svg"
LOOPBACK = {"127.0.0.1", "localhost", "::1"}

st.set_page_config("spm", str(LOGO), layout="wide")
st.logo(str(LOGO), size="large")
style.draw()
page = st.navigation(menu.pages(), expanded=True)
entry = menu.entry_of(page.url_path or menu.ENTRIES[0].name)
due.close()
scene = asking.scene()
has_facts = scene.covered_span() is not None

with st.sidebar:
    if entry.filters and has_facts:
        filters.draw(scene, entry.filters)
    st.selectbox(
        "You are",
        scene.org.people["name"].unique().tolist(),
        index=None,
        accept_new_options=True,
        key=opening.READER,
        persist_state="session",
        placeholder="Choose or type your name",
        help="Goes with everything you change, so that others see who did it. Not checked: nobody has to sign in.",
    )
    if st.get_option("server.address") not in LOOPBACK:
        st.warning(
            "Other machines can reach this app, and nobody has to sign in: anyone there sees and changes everything.",
            icon=":material/lock_open:",
        )

asking.keep(filters.only(scene) if filters.ONLY in entry.filters and has_facts else ())
if entry.filters and has_facts:
    view = filters.view(scene)
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        parts = (scene.standing.company.name, view.period.title, view.team)
        st.caption(" · ".join(part for part in parts if part) + f" · as of {scene.today:%-d %b %Y}", width="content")
        with st.popover("Share", icon=":material/link:", type="tertiary"):
            st.caption("Whoever opens this link sees this view.")
            st.code(filters.link(scene, entry.filters), language=None, wrap_lines=True)
    if only := filters.only_words():
        st.caption(f":material/filter_alt: {show.plain(only)}")

renewing.follow()
page.run()
