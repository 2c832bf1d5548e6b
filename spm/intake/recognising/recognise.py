"""What a table seems to be, and which of its columns is which: by names, contents, and the name of its sheet."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from spm.intake.layouts import LAYOUTS, LOOKUPS, Lookup
from spm.intake.model import FoundTable, Recognition
from spm.intake.recognising.contents import Contents
from spm.intake.recognising.headers import folded, name_of
from spm.intake.recognising.matching import PLAIN_POINTS, match
from spm.intake.recognising.sheet_names import sheet_name_points, telling_names
from spm.intake.resolving.lists import list_fields

LOOKUP_NAME_WEIGHT = 2  # a sheet called "Accounts" says more by its name than by its columns
ENOUGH_POINTS = 3.0  # fewer, and the table is taken for no facts
ENOUGH_LOOKUP_POINTS = 2.0
ID_AND_NAME_COUNT = 2  # of a list that nothing else is known of
LIST_CONFIDENCE = 0.8
CERTAIN_POINTS = 6.0
DOUBTFUL_BELOW = 0.55  # a confidence under it is asked


def recognise(
    table: FoundTable, file_name: str, remembered: Mapping[tuple[str, ...], Recognition] | None = None
) -> Recognition:
    """What the table seems to be. `remembered` holds what was decided for the same header before; it wins.

    The layout is None where the table holds no facts that the app knows; `reason` then says what it seems to
    be.
    """
    if remembered and table.header in remembered:
        decided = remembered[table.header]
        return replace(decided, confidence=1.0, reason="the same columns as last time", said=frozenset(table.header))
    contents = Contents(table)
    names = telling_names(table.sheet, file_name)
    ranked = sorted((match(layout, contents, names) for layout in LAYOUTS.values()), key=lambda one: -one.points)
    best, second = ranked[:2]
    points, lookup = max(
        ((_lookup_points(lookup, contents, names), lookup) for lookup in LOOKUPS), key=lambda at: at[0]
    )
    if best.points < ENOUGH_POINTS or points > best.points:
        known = lookup if points >= ENOUGH_LOOKUP_POINTS else None
        fields = (
            {} if known and not known.is_list else list_fields(contents, (table.sheet, file_name), known is not None)
        )
        if (known and fields) or len(fields) == ID_AND_NAME_COUNT:
            what = known.label if known else "a list with ids and names"
            return Recognition("lists", LIST_CONFIDENCE, fields, reason=f"{what}, to look up what other sheets name")
        unknown = "no sheet that is known by these columns" if table.cells else "nothing stands below its header"
        what = known.label if known else unknown
        return Recognition(None, 0.0, reason=f"no facts: {what}")
    # Columns of numbers that nobody knows are counts: a sheet that would have to call one of them an amount is hardly meant.
    rival = 0.0 if best.layout.counts and best.is_whole and not second.is_whole else second.points
    clear = 1 - (max(rival, points, 0) / best.points) ** 2 / 2
    confidence = min(1.0, best.points / CERTAIN_POINTS) * clear * best.sureness
    return Recognition(best.layout.key, round(confidence, 2), best.fields, reason=best.reason(contents))


def _lookup_points(lookup: Lookup, contents: Contents, names: Sequence[tuple[str, ...]]) -> float:
    known = {folded(column) for column in lookup.columns}
    shared = sum(name_of(header).folded in known for header in contents.header)
    return shared * PLAIN_POINTS + LOOKUP_NAME_WEIGHT * sheet_name_points(lookup.sheet_names, names)
