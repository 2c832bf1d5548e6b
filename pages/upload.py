"""Upload: what does this file say, and what would it change?"""

import streamlit as st

from spm.ui import saving, show, upload, upload_ends, upload_moves, upload_preview, upload_questions, upload_sheets

saving.confirmation()
if (landed := upload_ends.landed()) is not None:
    upload_ends.done(landed)
    st.stop()

top = st.container()
files = upload.files()
if not files:
    with top:
        upload_ends.steps(0)
        show.headline("Bring in your sheets")
    upload_ends.welcome()
    st.stop()

plan = upload.plan(files)
with top:
    upload_ends.steps(upload.step(plan))
    upload_preview.answer(plan)
    upload_preview.end(plan, "upload_commit_at_once")

upload_questions.asked(plan)
show.section("What they are")
upload_sheets.sheets(plan)
if not upload.is_any_known(plan):
    st.stop()
show.section("Columns", "What you change here is remembered for the next sheet with the same header.")
upload_sheets.columns(plan)

show.section("Preview")
upload_preview.tiles(plan)
left, right = st.columns([2, 3])
with left.container(border=True, height="stretch"):
    upload_preview.picture(plan)
with right.container(border=True, height="stretch"):
    upload_preview.effects(plan)
upload_moves.moves(upload.moved(files))
upload_preview.covered_days(plan)
upload_preview.whole_truth(plan)
upload_preview.issues(plan)
upload_preview.end(plan, "upload_commit")
