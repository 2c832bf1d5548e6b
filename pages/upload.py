"""Upload: what does this file say, and what would it change?"""

import streamlit as st

from spm.ui import saving, show
from spm.ui.upload import ends, moves, page, preview, questions, sheets

saving.confirmation()
if (landed := ends.landed()) is not None:
    ends.done(landed)
    st.stop()

top = st.container()
files = page.files()
if not files:
    with top:
        ends.steps(0)
        show.headline("Bring in your sheets")
    ends.welcome()
    st.stop()

plan = page.plan(files)
with top:
    ends.steps(page.step(plan))
    preview.answer(plan)
    preview.end(plan, "upload_commit_at_once")

questions.asked(plan)
show.section("What they are")
sheets.sheets(plan)
if not page.is_any_known(plan):
    st.stop()
show.section("Columns", "What you change here is remembered for the next sheet with the same header.")
sheets.columns(plan)

show.section("Preview")
preview.tiles(plan)
left, right = st.columns([2, 3])
with left.container(border=True, height="stretch"):
    preview.picture(plan)
with right.container(border=True, height="stretch"):
    preview.effects(plan)
moves.moves(page.moved(files))
preview.covered_days(plan)
preview.whole_truth(plan)
preview.issues(plan)
preview.end(plan, "upload_commit")
