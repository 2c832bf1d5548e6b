"""What every command prints and takes alike."""

import json
import sys
from collections.abc import Sequence
from getpass import getuser
from typing import Any

from spm.errors import UnknownName
from spm.store.change_sets import Author


def author() -> Author:
    """Whoever is signed in to the machine: their word is not verified."""
    try:
        return Author(getuser())
    except (OSError, KeyError):
        return Author("command line")


def progress(share: float, doing: str) -> None:
    """How far a command is, on the line that it is on, which it leaves empty at the end; nothing where nobody looks on."""
    if sys.stderr.isatty():
        print(f"\r\x1b[2K{share:4.0%}  {doing} …" if share < 1 else "\r\x1b[2K", end="", file=sys.stderr, flush=True)


def pairs(texts: Sequence[str], flag: str) -> dict[str, str]:
    found = {}
    for text in texts:
        key, equals, value = text.partition("=")
        if not equals:
            raise UnknownName(f"{flag} {text} has no “=”.", f'Write {flag} "theirs=ours".')
        found[key.strip()] = value.strip()
    return found


def said(value: Any) -> str:
    """One value in a line of text: missing as a word, shares and amounts to four digits behind the point at most."""
    match value:
        case None:
            return "missing"
        case float():
            return f"{value:.4f}".rstrip("0").rstrip(".")
        case dict():
            return ", ".join(f"{key} {said(part)}" for key, part in value.items())
        case list():
            return " ".join(said(part) for part in value)
    return str(value)


def print_json(content: Any) -> None:
    json.dump(content, sys.stdout, ensure_ascii=False, indent=1, default=str)
    print()
