"""Lists: what kind of thing is listed, and the name of each."""

from spm.intake.checking.draft import Draft
from spm.intake.resolving.lists import kind_named


def check_lists(draft: Draft) -> None:
    """Fills `kind` ("account", "campaign", …), and `name` with the id where there is none; a row without both is
    refused."""
    header = draft.headers.get("key") or draft.headers["name"]
    draft["kind"] = [kind_named(header, (draft.sheet,)) or header.casefold()] * len(draft)
    draft["name"] = [name or key for key, name in zip(draft["key"], draft["name"], strict=True)]
    for at, name in enumerate(draft["name"]):
        if name is None:
            draft.refuse(at, "neither an id nor a name", "name", expected="an id or a name")
