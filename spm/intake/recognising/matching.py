"""How well a table fits a layout, and which of its columns is which field: by names and contents. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz, process

from spm.intake.layouts import COUNT, LAYOUTS, Field, Kind, Layout
from spm.intake.recognising.blocks import ACROSS, HEADINGS, headed_field
from spm.intake.recognising.contents import Contents
from spm.intake.recognising.headers import folded, name_of
from spm.intake.recognising.sheet_names import sheet_name_points
from spm.intake.resolving.counts import count_key, is_known_elsewhere, may_count
from spm.intake.resolving.lists import is_id

FEWEST_NAMED_COUNT = 2  # columns known by name before others are guessed by contents
NEAR_NAME = 90  # rapidfuzz ratio from which two names may be one
EXACT, NEAR, GUESSED = 1.0, 0.7, 0.5  # how sure one column is: by its name, by a near name, by its contents
WITHIN = 0.69  # by a name that has other words around it: as sure as a near one, and after those
TELLING_POINTS, PLAIN_POINTS = 2.0, 1.0
OWN_COUNTS_POINTS = 2.5  # a sheet of counts has at least one; more say no more
COUNTS_OR_MONEY = frozenset({"total", "sales", "units"})  # counts where they are small and nothing else is counted
NO_COUNT_POINTS = -1.0  # it seldom has amounts, ids and prices beside
MISSING_NEED_POINTS = -2.0
LABEL_HOLDS_SHARE = 0.1  # where a column is called just what the field is: an answer is better than no word
FILLED_SHARE = 0.95  # of the lines say what each of them must
HOLDS_SHARE = 0.5  # of its cells must be readable for a column to be what its name says


@dataclass(frozen=True)
class Match:
    """How well a table fits a layout: which header is which field, how sure each is, and the points for all
    of it."""

    layout: Layout
    fields: dict[str, str]
    sure: dict[str, float]
    points: float
    is_whole: bool = True  # all that the layout needs is there by its name
    beside: tuple[tuple[str, str], ...] = ()  # a header that could be an amount, and the one that is taken for it
    no_ids: tuple[str, ...] = ()  # headers that are called an id of the rows, but are none by their contents

    @property
    def sureness(self) -> float:
        return sum(self.sure.values()) / len(self.sure) if self.sure else 0.0

    def reason(self, contents: Contents) -> str:
        known = f"{len(self.fields)} of {len(contents.header)} columns known: {', '.join(self.fields)}"
        guessed = [header for header, sure in self.sure.items() if sure < EXACT]
        if guessed:
            known += f"; guessed: {', '.join(guessed)}"
        for header, taken in self.beside:
            known += f"; “{header}” is kept beside “{taken}”"
        if self.no_ids and "key" not in self.fields.values():
            known += f"; “{self.no_ids[0]}” comes on several rows, so it is no id of {self.layout.row_is}"
        return known


def match(layout: Layout, contents: Contents, names: Sequence[tuple[str, ...]]) -> Match:
    fields: dict[str, str] = {}
    sure: dict[str, float] = {}
    candidates = _candidates(layout, contents)
    for score, header, field in candidates:
        if header not in fields and field.key not in fields.values():
            fields[header], sure[header] = field.key, (EXACT if score > NEAR else NEAR)
    for header, key in _guesses(layout, contents, fields):
        fields[header], sure[header] = key, GUESSED
    fields = {header: key for header, key in fields.items() if layout.field(key).instead_of not in fields.values()}
    sure = {header: sure[header] for header in fields}
    for heading in set(HEADINGS) & set(contents.header):
        if headed := headed_field(layout, set(fields.values())):
            fields[heading], sure[heading] = headed, NEAR if heading == ACROSS else GUESSED
    in_order = {header: fields[header] for header in contents.header if header in fields}
    points = sum(
        sure[header] * (TELLING_POINTS if layout.field(key).telling and sure[header] > GUESSED else PLAIN_POINTS)
        for header, key in in_order.items()
        if not contents.is_empty(contents.header.index(header)) and not layout.field(key).tells_nothing
    )
    found = set(fields.values())
    points += sum(MISSING_NEED_POINTS for group in layout.needs if not found & set(group))
    if layout.counts:
        own = _own_counts(contents, in_order)
        in_order |= own
        sure |= dict.fromkeys(own, EXACT)
        points += OWN_COUNTS_POINTS * bool(own)
        points += NO_COUNT_POINTS * sum(
            is_known_elsewhere(header) for header in contents.header if header not in in_order
        )
        if not any(key.startswith(COUNT) for key in in_order.values()):
            points = min(points, 0.0)
    if layout.key_repeats and found.isdisjoint(layout.told_by):
        points = min(points, 0.0)  # lines of orders are known by ids that repeat
    by_name = {key for header, key in in_order.items() if sure[header] > GUESSED}
    is_whole = all(by_name & set(group) for group in layout.needs)
    in_order |= _unreadable(layout, contents, in_order)
    no_ids = tuple(
        header for at, header in enumerate(contents.header)
        if layout.key_repeats is False and header not in fields and contents.repeats(at)
        and any(field.key == "key" for _, field in _aliases(layout).get(name_of(header).folded, ()))
    )  # fmt: skip
    taken = {key: header for header, key in in_order.items()}
    beside = tuple(
        (header, taken[field.key]) for score, header, field in candidates
        if (field.kind is Kind.MONEY or (field.required and field.telling)) and score > NEAR and header not in in_order
    )  # fmt: skip
    points += sheet_name_points(layout.sheet_names, names)
    return Match(layout, in_order, sure, points, is_whole, beside, no_ids)


def _unreadable(layout: Layout, contents: Contents, fields: Mapping[str, str]) -> dict[str, str]:
    """Header → field of the columns that are called just as a day or an amount that no other column is, whatever stands in
    them: whoever calls a column “Amount” is told that it can't be read. They say nothing of what the table is."""
    found: dict[str, str] = {}
    for at, header in enumerate(contents.header):
        for _, field in _aliases(layout).get(name_of(header).folded, ()):
            is_free = field.key not in fields.values() and field.key not in found.values()
            is_said = not contents.is_empty(at) and not _is_of_order(layout, field, contents, at)
            if field.kind in (Kind.DAY, Kind.MONEY) and is_free and header not in fields and is_said:
                found.setdefault(header, field.key)
    return found


def _own_counts(contents: Contents, fields: Mapping[str, str]) -> dict[str, str]:
    """Header → field of the columns of a sheet of counts that are counts by their names and contents."""
    found: dict[str, str] = {}
    for at, header in enumerate(contents.header):
        if header not in fields and may_count(header) and contents.are_counts(at):
            found.setdefault(count_key(header), header)
    if not found:
        named = [header for header in contents.header if name_of(header).folded in COUNTS_OR_MONEY]
        small = [header for header in named if contents.are_small_counts(contents.header.index(header))]
        found = {count_key(header): header for header in small if header not in fields}
    return {header: key for key, header in found.items() if key not in fields.values()}


def _candidates(layout: Layout, contents: Contents) -> list[tuple[float, str, Field]]:
    """Every header with every field that it may be, the likeliest first."""
    found = []
    for at, header in enumerate(contents.header):
        name = name_of(header)
        near = process.extract(name.folded, list(_aliases(layout)), scorer=fuzz.ratio, score_cutoff=NEAR_NAME, limit=8)
        named = [(alias, EXACT if ratio == 100 else NEAR) for alias, ratio, _ in near]
        if name.folded not in known_anywhere():
            named += [(alias, WITHIN) for alias in name.within if alias in _aliases(layout)]
            named += [(alias, WITHIN) for alias in name.languages[:1] if mean_the_same(layout, name.languages)]
        for alias, score in named:
            for rank, field in _aliases(layout)[alias]:
                likely = score - rank / 1000
                if score == WITHIN and (field.kind is Kind.NUMBER or (alias == "id" and field.kind is not Kind.KEY)):
                    continue  # a “Deal count” is no count of anything in particular, an “Internal ID” no customer's
                if rank < 0 and field.kind is Kind.MONEY and not _has_column(layout, "currency", contents):
                    continue  # in a currency that nobody names
                if _can_hold(layout, field, contents, at, LABEL_HOLDS_SHARE if rank == 0 else HOLDS_SHARE):
                    found.append((likely, header, field))
    return sorted(found, key=lambda candidate: -candidate[0])


def mean_the_same(layout: Layout, names: Sequence[str]) -> bool:
    """Whether several names (folded) are all names of one field."""
    return bool(set.intersection(*({field.key for _, field in _aliases(layout).get(name, ())} for name in names)))


@cache
def _aliases(layout: Layout) -> dict[str, list[tuple[int, Field]]]:
    """Each folded name of the layout's fields, with the fields that have it and its rank among the names of
    each: 0 is the label, below it those that are preferred."""
    names: dict[str, list[tuple[int, Field]]] = {}
    for field in layout.fields:
        named = (*field.preferred, field.label, *field.aliases)
        for rank, alias in enumerate(named, -len(field.preferred)):
            names.setdefault(folded(alias), []).append((rank, field))
    return names


@cache
def known_anywhere() -> frozenset[str]:
    """Each folded name of a field of any layout."""
    return frozenset(alias for layout in LAYOUTS.values() for alias in _aliases(layout))


def _can_hold(layout: Layout, field: Field, contents: Contents, at: int, least_share: float) -> bool:
    """Whether a column's contents allow it to be this field: so large a share of its cells can be read as one."""
    if field.key in layout.told_by and layout.key_repeats is not None and not contents.is_empty(at):
        if layout.repeats_with and _has_column(layout, layout.repeats_with, contents):
            return True
        return contents.repeats(at) is layout.key_repeats
    if _is_of_order(layout, field, contents, at):
        return False
    if field.key == "manager_key" and not is_id(contents.header[at]) and contents.are_names(at):
        return False  # “Reports to” may be an id or a name
    return field.kind in (Kind.TEXT, Kind.PERSON, Kind.KEY) or contents.readable_share(at, field.kind) >= least_share


def _is_of_order(layout: Layout, field: Field, contents: Contents, at: int) -> bool:
    """Whether a column is about a whole order: lines that need it say it on the first of each only."""
    return layout.key_repeats is True and field.required and contents.filled_share(at) < FILLED_SHARE


def _has_column(layout: Layout, key: str, contents: Contents) -> bool:
    return any(
        field.key == key for header in contents.header for _, field in _aliases(layout).get(name_of(header).folded, ())
    )


def _guesses(layout: Layout, contents: Contents, fields: Mapping[str, str]) -> list[tuple[str, str]]:
    """Columns known by their contents alone, for needs of the layout that no name has met: only where one
    column fits."""
    if len(fields) < FEWEST_NAMED_COUNT:
        return []
    tests = {
        "stage": contents.say_won_and_lost,
        "email": contents.are_emails,
        "key": lambda at: contents.are_numbers_of_orders(at) and contents.repeats(at) is layout.key_repeats,
        "amount": lambda at: contents.are_amounts(at) and not contents.are_only_days(at),
        **{field.key: contents.are_only_days for field in layout.fields if field.kind is Kind.DAY},
    }
    taken = {header: key for header, key in fields.items() if layout.field(key).instead_of is None}
    for group in layout.needs:
        for key in (key for key in group if key in tests and not set(group) & set(taken.values())):
            free = (at for at, header in enumerate(contents.header) if header not in {**fields, **taken})
            fitting = [contents.header[at] for at in free if tests[key](at)]
            if len(fitting) == 1:
                taken[fitting[0]] = key
    return [(header, key) for header, key in taken.items() if header not in fields]
