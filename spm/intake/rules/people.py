"""People: a name, in one piece or two."""

from spm.intake.checking.draft import Draft


def check_people(draft: Draft) -> None:
    """Fills `name` from first and last name where there is none; a row without name, e-mail and id is
    refused."""
    fill_names(draft)
    for at, known in enumerate(zip(draft["name"], draft["email"], draft["key"], strict=True)):
        if not any(known):
            draft.refuse(at, "nobody is named", "name", expected="a name, an e-mail or an id")
    for at, (started_on, ended_on) in enumerate(zip(draft["started_on"], draft["ended_on"], strict=True)):
        if started_on and ended_on and ended_on < started_on:
            draft.note("left before the first day", at, "ended_on", f"{ended_on} before {started_on}")


def fill_names(draft: Draft) -> None:
    rows = zip(draft["name"], draft["first_name"], draft["last_name"], strict=True)
    draft["name"] = [name or " ".join(filter(None, (first, last))) or None for name, first, last in rows]
