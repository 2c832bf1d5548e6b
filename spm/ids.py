"""Ids of Salesforce: its reports write them in 15 characters, its exports add three that make them one without case."""

from re import compile

SHORT = r"(?=[0-9A-Za-z]*[A-Za-z])[0a][0-9A-Za-z]{4}0[0-9A-Za-z]{9}"
SHORT_ID = compile(SHORT)
SHORT_ID_WITHIN = compile(rf"(?<![0-9A-Za-z]){SHORT}(?![0-9A-Za-z])")
SHORT_ID_LENGTH, CHUNK = 15, 5
CHECK_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"


def in_full(short_id: str) -> str:
    """The id with its three check letters: each tells which of five characters are capitals."""
    chunks = (short_id[at : at + CHUNK] for at in range(0, SHORT_ID_LENGTH, CHUNK))
    return short_id + "".join(
        CHECK_LETTERS[sum(letter.isupper() << place for place, letter in enumerate(chunk))] for chunk in chunks
    )


def with_full_ids(text: str) -> str:
    """The text with each short id in it written in full: those of lines, quotas and lists stand beside other words."""
    return SHORT_ID_WITHIN.sub(lambda found: in_full(found[0]), text)
