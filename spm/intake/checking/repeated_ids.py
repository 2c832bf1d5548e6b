"""Ids that come on several rows: whether those are one fact is asked; what they say alike is said once. Pure."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from spm.intake.checking.draft import Draft, some
from spm.intake.layouts import Layout
from spm.intake.model import Cell, Issue, Severity
from spm.intake.recognising.headers import folded, name_of


def ask_about_repeated_ids(draft: Draft, cells: Mapping[str, Sequence[Cell]], said: frozenset[str]) -> None:
    """A question where a column is called the id of the rows and comes on several of them, unless a person `said` what it is.

    Where the rows of most such ids tell amounts of their own, each row is one.
    """
    names = _names_of_ids(draft.layout)
    called = [header for header in draft.attributes if name_of(header).folded in names]
    if draft.layout.key_repeats is not False or "key" in draft.headers or not called or said & set(called):
        return
    counts = Counter(filter(None, draft.attributes[called[0]]))
    often = [text for text, count in counts.items() if count > 1]
    amounts_of: dict[str | None, set[Cell]] = defaultdict(set)
    amounts = cells.get(draft.headers.get("amount", ""), [None] * len(draft))
    for text, amount in zip(draft.attributes[called[0]], amounts, strict=True):
        amounts_of[text].add(amount)
    if 2 * sum(len(amounts_of[text]) == 1 for text in often) <= len(often):
        return
    rows_count = sum(counts[text] for text in often)
    message = (
        f"the same id stands on several rows ({rows_count:,} of {len(draft):,}: {some(often, 2)}): "
        f"is each row {draft.layout.row_is}, or do the rows of one id say the same one?"
    )
    flag = f'--map "{called[0]}=key" or --map "{called[0]}=attribute"'
    draft.issues.append(Issue(Severity.STOP, message, draft.sheet, column=called[0], flag=flag))


def _names_of_ids(layout: Layout) -> frozenset[str]:
    """What the column with the id of the rows may be called, folded."""
    return frozenset(
        folded(name) for field in layout.fields if field.key == "key" for name in (field.label, *field.aliases)
    )


def without_parts(draft: Draft) -> None:
    """Takes the rows of a deal together that differ only in what they say of its parts: its amount stands on each of them,
    and counts once. What they say differently is said of none."""
    keys = draft["key"]
    if draft.layout.key != "deals" or len(set(keys)) == len(keys):
        return
    often = {key for key, count in Counter(keys).items() if key is not None and count > 1}
    of_parts = {draft.headers.get("product", ""): draft["product"]} | draft.attributes
    of_whole = [values for field, values in draft.columns.items() if field != "product"]
    rows_of: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for at in (at for at, key in enumerate(keys) if key in often and at not in draft.refused):
        rows_of[tuple(values[at] for values in of_whole)].append(at)
    left_out: set[str] = set()
    together = [rows for rows in rows_of.values() if any(_differ(values, rows) for values in of_parts.values())]
    for rows in together:
        for header, values in of_parts.items():
            if _differ(values, rows):
                values[rows[0]] = None
                left_out.add(header)
        draft.waiting |= set(rows[1:])
    if together:
        said = f"{sum(map(len, together)):,} rows are of {len(together):,} deals, each of which counts once"
        draft.note(f"{said}; what they say differently of it is left out: {some(left_out)}", key="key")


def _differ(values: Sequence[str | None], rows: Sequence[int]) -> bool:
    return len({values[at] for at in rows}) > 1
