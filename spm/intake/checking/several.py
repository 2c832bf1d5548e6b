"""Cells that name several people: who they are, and the part of each where the cell says it. Pure."""

from collections.abc import Container, Mapping
from re import compile, split

from spm.intake.checking.draft import Draft, some
from spm.intake.layouts import Kind
from spm.intake.model import Cell
from spm.intake.recognising.headers import folded
from spm.intake.resolving.splits import MORE_OWNERS
from spm.intake.values import read_column
from spm.intake.values.column import as_written
from spm.intake.values.words import plain_name

BETWEEN = compile(r"\s*[;|\n\r]+\s*|\s+/\s+")
PERHAPS_BETWEEN = compile(r"\s*[/&+]\s*|\s+(?:and|und|et|y|e|i|och|en)\s+")
COMMA = compile(r"\s*,\s*")
"""What stands between names; the second may stand within the name of one team, and a comma within that of one person."""
PART = compile(r"(?P<name>[^\d%(\[]+?)\s*[:(\[–-]*\s*(?:(?P<percent>\d{1,3}(?:[.,]\d+)?)\s*%\s*[)\]]?)?")
PERSON = compile(r"[^\W\d_][^\W\d_.'’-]*\.?(?:,?[ '’-][^\W\d_][^\W\d_.'’-]*\.?){0,4}|[^@\s]+@[^@\s]+\.[^@\s]+")
OWNERS = ("owner", *(f"owner_{place}" for place in MORE_OWNERS))
SHARES = ("share", *(f"share_{place}" for place in MORE_OWNERS))

Part = tuple[str, float | None]
"""A name, and the share that stands behind it."""


def owners_apart(draft: Draft, cells: dict[str, list[Cell]], shared: set[str], accepted: set[str]) -> None:
    """Gives the deals of which a cell names several owners to all of them: in the parts that it says, else in equal ones where
    the column is among the `shared` (folded names), which is asked; one of the `accepted` holds single names.

    Where nothing can be shared, and where a cell names more people than deals can have, the row is refused.
    """
    header = draft.headers.get("owner")
    if header is None or folded(header) in accepted:
        return
    several = _several(cells[header])
    can_share = draft.layout.key == "deals" and draft.headers.keys().isdisjoint((*OWNERS[1:], *SHARES))
    for at in [at for at, parts in several.items() if not can_share or len(parts) > len(OWNERS)]:
        message = (
            f"names more than {len(OWNERS)} people" if can_share else "names several people, and nothing shares them"
        )
        draft.refuse(at, message, "owner", as_written(cells[header][at]), "one person")
        del several[at]
    unsaid = [at for at, parts in several.items() if any(share is None for _, share in parts)]
    if unsaid and folded(header) not in shared:
        named = some(" ".join(as_written(cells[header][at]).split()) for at in unsaid)
        draft.stop(f"{named}: are these several people, who share the deal in equal parts?", "owner",
                   f'--share "{header}" or --accept "{header}"')  # fmt: skip
        draft.waiting |= set(unsaid)
    elif several:
        _give(draft, cells, header, several)


def _give(draft: Draft, cells: dict[str, list[Cell]], header: str, several: Mapping[int, list[Part]]) -> None:
    for place, (owner, share) in enumerate(zip(OWNERS, SHARES, strict=True)):
        names: list[Cell] = list(cells[header]) if place == 0 else [None] * len(draft)
        for at, parts in several.items():
            named = parts[place] if place < len(parts) else (None, None)
            names[at], draft[share][at] = named
        if place == 0:
            cells[header] = names
        else:
            draft[owner] = read_column(Kind.PERSON, names).values
    deals = "1 deal is" if len(several) == 1 else f"{len(several):,} deals are"
    draft.note(f"{deals} shared by the people whom a cell names", key="owner")


def _several(column: list[Cell]) -> dict[int, list[Part]]:
    """Place of a row → the people whom its cell names, where they are several."""
    texts = {cell: as_written(cell).strip() for cell in set(column)}
    distinct = set(texts.values())
    alone = {folded(text) for text in distinct}
    parts_of = {text: _parts(text, alone) for text in distinct if not PERSON.fullmatch(text) or "," in text}
    parts_of |= {text: _parts(text, alone) for text in distinct if PERHAPS_BETWEEN.search(text)}
    several = {cell: parts for cell, text in texts.items() if (parts := parts_of.get(text))}
    return {at: several[cell] for at, cell in enumerate(column) if cell in several} if several else {}


def _parts(text: str, alone: Container[str]) -> list[Part]:
    """The people whom a text names; none where it is the name of one. `alone` are the names (folded) that stand in cells of
    their own."""
    for between in (BETWEEN, PERHAPS_BETWEEN, COMMA):
        found = [PART.fullmatch(part) for part in split(between, text) if part]
        if len(found) < 2:
            continue
        parts = [(plain_name(part["name"].strip()), _share(part["percent"])) for part in found if part]
        if len(parts) < len(found) or not all(PERSON.fullmatch(name) for name, _ in parts):
            return []
        is_alone = [folded(name) in alone for name, _ in parts]
        is_whole = all(" " in name or "@" in name for name, _ in parts)
        is_likely = between is BETWEEN or (is_whole and (between is PERHAPS_BETWEEN or any(is_alone)))
        return parts if is_likely or all(is_alone) else []
    return []


def _share(percent: str | None) -> float | None:
    return float(percent.replace(",", ".")) / 100 if percent else None
