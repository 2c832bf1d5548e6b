"""Sheets of daily counts: each column of numbers is a measure, the company's own or one that the app knows. Pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cache
from re import compile
from typing import Any

import pandas as pd

from spm.calendar import ONE_DAY, Span
from spm.intake.changes.keys import filled_keys
from spm.intake.layouts import COUNT, LAYOUTS, Field, Kind
from spm.intake.layouts.kinds import own_label
from spm.intake.model import CheckedSheet, Issue, Recognition, Severity, Wanted
from spm.intake.recognising.headers import WORD, folded, name_of
from spm.intake.staffing.directory import Directory
from spm.metrics.registry import MEASURES, METRICS, attribute_key

KIND_OF_MEASURE = {"calls": "call", "emails": "email", "meetings": "meeting", "demos": "demo"}
"""The measures of the app that a column can count, and the kind of the activities behind each."""
RESERVED = frozenset({*MEASURES, *METRICS, *KIND_OF_MEASURE.values(), "other"})
TAKEN = "_counted"  # behind a name that another number has
NO_COUNTS = compile(
    r"(id|key|seq|no|number|year|month|week|quarter|day|phone|zip|postcode|age|rank|index)$"
    r"|(^|_)(price|rate|ratio|fee|tax|commission|salary|profit|margin|cost)(_|$)"
)
NO_COUNT_SIGNS = frozenset("%$€£¥₦₹")
OF_COUNTS_KINDS = (Kind.MONEY, Kind.SHARE, Kind.NUMBER, Kind.KEY)


def count_key(header: str) -> str:
    """The field of a column that counts something: `count:doors`; another one where the name is a number of the app's
    own that no column can count (`count:leads_counted`)."""
    key = attribute_key(" ".join(WORD.findall(header)))
    is_taken = key in RESERVED and key not in KIND_OF_MEASURE
    return COUNT + (f"{key}{TAKEN}" if is_taken else key)


def may_count(header: str) -> bool:
    """Whether a column of numbers of that name may be a count: no id, no date, no money, no rate, nothing that sheets of
    another kind have under this name."""
    name = name_of(header)
    is_sign = bool(NO_COUNT_SIGNS & set(header))
    is_told_elsewhere = is_known_elsewhere(header) or not _telling_elsewhere().isdisjoint((name.folded, *name.within))
    return not (is_sign or name.currency or NO_COUNTS.search(attribute_key(header)) or is_told_elsewhere)


def is_known_elsewhere(header: str) -> bool:
    """Whether sheets of another kind have an amount, a number, a share or an id under this name."""
    return name_of(header).folded in _known_elsewhere()


@cache
def _known_elsewhere() -> frozenset[str]:
    return _names(lambda field: field.kind in OF_COUNTS_KINDS)


@cache
def _telling_elsewhere() -> frozenset[str]:
    return _names(lambda field: field.telling)


def _names(is_meant: Callable[[Field], bool]) -> frozenset[str]:
    """The folded names of the fields that are meant, of all layouts but those that count."""
    return frozenset(
        folded(alias)
        for layout in LAYOUTS.values()
        if not layout.counts
        for field in layout.fields
        if is_meant(field)
        for alias in (field.label, *field.aliases)
    )


def wanted_counts(sheet: CheckedSheet, people: Directory) -> Wanted:
    """One activity for each number of a sheet: its kind is the measure, its `count` the number.

    A rep's number of a day is told again by its rep, day and kind; where a sheet has several of them, by its other
    columns, too.
    """
    rows = sheet.rows.reset_index(drop=True)
    where = f"{sheet.file_name} › {sheet.sheet}"
    pairs = list(zip(rows["owner_key"], rows["owner"], strict=True))
    meant = {pair: people.resolve(*pair, where) for pair in dict.fromkeys(pairs)}
    attributes = pd.Series([values or None for values in rows["attributes"]], dtype=object)
    of_day = pd.DataFrame(
        {
            "owner": [folded(name or key or "") for key, name in pairs],
            "person_key": pd.Series([meant[pair] for pair in pairs], dtype=object),
            "happened_on": rows["happened_on"],
            "attributes": attributes,
            "source_row": rows["row"],
        }
    )
    told_apart = of_day.duplicated(["owner", "happened_on"], keep=False).any()
    of_day["beside"] = [str(sorted((values or {}).items())) if told_apart else "" for values in attributes]
    parts = [
        of_day.assign(kind=KIND_OF_MEASURE.get(key.removeprefix(COUNT), key.removeprefix(COUNT)), count=rows[key])
        for key in rows
        if str(key).startswith(COUNT)
    ]
    made = pd.concat(parts, ignore_index=True) if parts else of_day.head(0).assign(kind=None, count=None)
    made = made[made["count"].notna()].reset_index(drop=True)
    content = made[["owner", "happened_on", "kind", "beside"]]
    keys = filled_keys(pd.Series(None, index=made.index, dtype=object), content)
    made = made.drop(columns=["owner", "beside"]).assign(key=keys, is_completed=True)
    given = tuple(name for name in made if name not in ("key", "source_row") and made[name].notna().any())
    return Wanted("activity", made, given)


def told_again(sheet: Wanted, counted: pd.DataFrame) -> Wanted:
    """The rows with the keys under which the store has them, where another sheet told the same number of a rep otherwise:
    by another spelling of the name, or beside other rows. `counted` are those of `earlier.counted_daily`."""
    if counted.empty or sheet.rows["key"].isin(counted["key"]).all():
        return sheet
    rows = sheet.rows.copy()
    known = counted[~counted["key"].isin(rows["key"])]
    keys = dict(zip(_places(known), known["key"], strict=True))
    is_new = ~rows["key"].isin(counted["key"])
    rows.loc[is_new, "key"] = [
        keys.get(place, key) for place, key in zip(_places(rows[is_new]), rows.loc[is_new, "key"], strict=True)
    ]
    return replace(sheet, rows=rows)


def _places(rows: pd.DataFrame) -> list[tuple[Any, ...]]:
    """Whose number of which day each row has, and which of several alike it is."""
    told = [(row.person_key, row.happened_on, row.kind, str(sorted((row.attributes or {}).items())))
            for row in rows.itertuples()]  # fmt: skip
    alike = pd.Series(told, dtype=object)
    return [(*said, at) for said, at in zip(told, alike.groupby(alike).cumcount(), strict=True)]


def own_measures(recognitions: Iterable[Recognition]) -> dict[str, str]:
    """Key → label of the company's own measures that recognised sheets count: the column's name where it gave the key."""
    return {
        key.removeprefix(COUNT): own_label(key)
        if key.endswith(TAKEN) or count_key(header) != key
        else " ".join(header.split())
        for recognition in recognitions
        for header, key in recognition.fields.items()
        if key.startswith(COUNT) and key.removeprefix(COUNT) not in KIND_OF_MEASURE
    }


def logged_spans(stored: Mapping[str, Span], logs: Iterable[pd.DataFrame]) -> dict[str, Span]:
    """Kind of activity → the days for which a log of single ones speaks: one in the store, or in the same upload."""
    found = dict(stored)
    for rows in logs:
        for kind, days in rows.groupby("kind")["happened_on"]:
            known = found.get(kind)
            first, last = min(days), max(days)
            found[kind] = (
                Span(min(first, known.start), max(last + ONE_DAY, known.end)) if known else Span(first, last + ONE_DAY)
            )
    return found


def beside_a_log(
    sheet: Wanted, fields: Mapping[str, str], sheet_name: str, logged: Mapping[str, Span], accepted: frozenset[str]
) -> Wanted:
    """The counts without those of kinds that a log of single activities speaks for, on the days it speaks for.

    `fields` are the sheet’s columns, header → field. Each such column is a question: two sources must not count the
    same calls twice.
    """
    rows, issues = sheet.rows, list(sheet.issues)
    for header, key in fields.items():
        kind = KIND_OF_MEASURE.get(key.removeprefix(COUNT), "")
        span = logged.get(kind)
        if span is None or not key.startswith(COUNT):
            continue
        is_twice = (rows["kind"] == kind) & (rows["happened_on"] >= span.start) & (rows["happened_on"] < span.end)
        if not is_twice.any():
            continue
        days = f"{span.start} to {span.last_day}"
        if folded(header) in {folded(name) for name in accepted}:
            rows = rows[~is_twice].reset_index(drop=True)
            message = f"{int(is_twice.sum()):,} counts left out: a log tells of each from {days}"
            issues.append(Issue(Severity.NOTE, message, sheet_name, column=header))
        else:
            message = (
                f"a log tells of each from {days}: are these the same? Accept, and the log counts on its days, this "
                "column on all others; or give the column a name of its own"
            )
            new_name = f"Daily {header.lower()}"
            flag = f'--accept "{header}" or --map "{header}={new_name}"'
            yes = "They are the same: the log counts on its days"
            issues.append(
                Issue(
                    Severity.STOP,
                    message,
                    sheet_name,
                    column=header,
                    expected=yes,
                    flag=flag,
                    new_name=(header, new_name),
                )
            )
    return replace(sheet, rows=rows, issues=issues)
