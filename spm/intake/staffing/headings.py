"""Headings of blocks that were taken for owners or teams: asked where nobody known is called so. Pure."""

from spm.intake.changes.preview import Preview
from spm.intake.layouts import LAYOUTS
from spm.intake.model import Issue, Severity
from spm.intake.recognising.blocks import HEADINGS
from spm.intake.staffing.directory import Directory

MOST_QUOTED = 3
KNOWN_SHARE = 0.5  # of the headings are people: the others are new ones


def ask_about_headings(plan: Preview, people: Directory) -> None:
    """A question for each sheet whose headings were taken for something by a guess, unless most of them are people whom
    the store or another sheet of the upload knows."""
    for sheet in plan.sheets:
        source = sheet.source
        fields, said = source.recognition.fields, source.recognition.said
        heading = next((name for name in HEADINGS if name in fields and name not in said), None)
        if source.checked is None or source.table is None or heading is None:
            continue
        field, at = fields[heading], source.table.header.index(heading)
        names = list(dict.fromkeys(str(row[at]) for row in source.table.cells if row[at] is not None))
        known_count = sum(people.key_of(name) is not None for name in names)
        if field == "owner" and known_count >= KNOWN_SHARE * len(names):
            continue
        quoted = ", ".join(f"“{name}”" for name in names[:MOST_QUOTED]) + (" …" if len(names) > MOST_QUOTED else "")
        label = LAYOUTS[source.checked.layout].field(field).label.lower()
        message = f"{quoted} {HEADINGS[heading].format(label)}"
        flag = f'--map "{heading}={field}"'
        sheet.issues.append(Issue(Severity.STOP, message, source.sheet, column=heading, flag=flag))
