"""An order's header and its lines are one fact: the header's amount counts, the lines say for which products. Pure."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from spm.intake.model import Issue, Severity, Wanted
from spm.money import full, split

E4 = 10_000  # line amounts are ten-thousandths of a minor unit
MOST_NOTES = 20
OF_HEADER = ("person_key", "ordered_on", "account", "currency")  # what an order's lines take over


def with_what_header_says(sheet: Wanted, headers: Sequence[pd.DataFrame]) -> Wanted:
    """Lines with their header's currency, and its owner, day and account where they say none; other sheets as they are.

    `headers` are orders of sheets and of the store; what lines alone told of an order is not their header.
    """
    if sheet.table != "order_line" or not headers:
        return sheet
    known = pd.concat(headers, ignore_index=True)
    if "has_header" in known:
        known = known[known["has_header"].ne(False)]
    known = known.drop_duplicates("key").set_index("key")
    rows = sheet.rows.copy()
    has_header = rows["order_key"].isin(known.index)
    if not has_header.any():
        return sheet
    for name in OF_HEADER:
        is_told = has_header if name == "currency" else rows[name].isna()
        rows[name] = rows["order_key"].map(known[name]).where(is_told, rows[name]).astype(object)
        rows[name] = rows[name].where(rows[name].notna(), None)
    given = [name for name in OF_HEADER if rows[name].notna().any()]
    return replace(sheet, rows=rows, given=tuple(dict.fromkeys((*sheet.given, *given))))


def headers_from_lines(lines: pd.DataFrame) -> pd.DataFrame:
    """One header per order that only lines tell of: key, amount_cents (their sum, rounded), and the first line's
    columns.

    `lines` has order_key and stated_e4, and each column that a header takes over from its first line.
    """
    first = lines.drop(columns="key", errors="ignore").drop_duplicates("order_key").set_index("order_key")
    sums = lines.groupby("order_key")["stated_e4"].sum()
    first = first.assign(amount_cents=[_rounded(int(sums[key])) for key in first.index])
    return first.reset_index().rename(columns={"order_key": "key"})


def _rounded(amount_e4: int) -> int:
    sign = -1 if amount_e4 < 0 else 1
    return sign * ((abs(amount_e4) + E4 // 2) // E4)


def shared_amounts(lines: pd.DataFrame, header_cents: dict[str, int]) -> pd.Series:
    """Each line's share of its order's amount, in ten-thousandths of a minor unit; they add up to the header exactly.

    `header_cents` holds the orders whose header a sheet brought; the lines of others keep what they state. A difference
    of up to a minor unit per line is rounding and goes to the largest line; a larger one is spread by the stated
    amounts.
    """
    stated = lines["stated_e4"].astype("int64")
    by_order = stated.groupby(lines["order_key"])
    header = lines["order_key"].map(header_cents)
    missing = (header * E4 - by_order.transform("sum")).where(header.notna(), 0).astype("int64")
    is_rounding = missing.abs() <= by_order.transform("count") * E4
    largest = pd.Series(lines.index.isin(by_order.idxmax()), index=lines.index)
    shares = stated + missing.where(is_rounding & largest, 0)
    for key, own in lines[~is_rounding].groupby("order_key"):
        if (own["stated_e4"] >= 0).all():
            shares.loc[own.index] = split(header_cents[key] * E4, own["stated_e4"].tolist())
        else:  # credits among the lines: no proportion to spread by
            shares.loc[own["stated_e4"].idxmax()] += missing.loc[own.index[0]]
    return shares


def differences(lines: pd.DataFrame, header_cents: dict[str, int]) -> dict[str, tuple[int, int]]:
    """Order key → (header, sum of its lines), in minor units, where they differ by more than rounding."""
    stated = lines.groupby("order_key")["stated_e4"].agg(["sum", "count"])
    return {
        key: (header_cents[key], _rounded(int(total)))
        for key, total, count in stated.itertuples()
        if key in header_cents and abs(header_cents[key] * E4 - int(total)) > count * E4
    }


def reconciled(
    sheets: list[tuple[int, Wanted]],
    headers: pd.DataFrame,
    lines: pd.DataFrame,
    currency: str,
    lost: Sequence[pd.DataFrame] = (),
) -> list[tuple[int, Wanted]]:
    """Sheets of orders and of order lines, with what the store has of both, brought together: orders first, then lines.

    `headers` and `lines` are the stored rows. An order whose header states no amount, or of which only lines tell, is
    the sum of its lines. Every line takes owner, day and account from its header where there is one, and its share of
    the header's amount. What follows from another sheet's rows, and stored lines whose share changes, is marked as
    derived. `currency` is that of the notes, `lost` are stored lines that go.
    """
    lost_of: set[str] = set()
    if lost:
        lost_of = set(headers.loc[headers["id"].isin(pd.concat(lost)["order_id"]), "key"])
        lines = lines[~lines["key"].isin(pd.concat(lost)["key"])]
    of_headers = [(at, sheet) for at, sheet in sheets if sheet.table == "order"]
    known = _known_headers([sheet.rows for _, sheet in of_headers], headers)
    of_lines = [(at, _dated(sheet, known)) for at, sheet in sheets if sheet.table == "order_line"]
    every_line = _every_line(of_headers, of_lines, headers, lines, known, lost_of)
    cents = _stated_cents([sheet.rows for _, sheet in of_headers], headers)
    made = [(at, _with_amounts(sheet, cents, every_line)) for at, sheet in of_headers]
    told = cents.keys() | {key for _, sheet in made for key in sheet.rows["key"]}
    first_at = sheets[0][0]
    made += _headers_of_lines(every_line[~every_line["order_key"].isin(told)], first_at)
    late = _late_headers(
        headers, set(every_line["order_key"]) - {key for _, sheet in made for key in sheet.rows["key"]}
    )
    if lost_of:
        is_bare = headers["key"].isin(lost_of - set(every_line["order_key"])) & headers["has_header"].astype(bool)
        late = pd.concat([late, headers[is_bare].assign(has_lines=False)])
    if len(late):
        made.append((first_at, Wanted("order", late, ("has_lines",), is_derived=True)))
    if every_line.empty:
        return made
    every_line["amount_e4"] = shared_amounts(every_line, cents)
    for at, sheet in of_lines:
        rows = every_line[every_line["at"] == at].drop(columns="at").reset_index(drop=True)
        made.append((at, replace(sheet, rows=rows, given=(*sheet.given, "amount_e4"))))
    again = every_line[every_line["at"].isna()].drop(columns=["at", "id"], errors="ignore").reset_index(drop=True)
    if len(again):
        given = ("person_key", "ordered_on", "account", "amount_e4")
        made.append((first_at, Wanted("order_line", again, given, is_derived=True)))
    made[-1][1].issues.extend(_difference_notes(differences(every_line, cents), currency))
    return made


def _known_headers(sheets: list[pd.DataFrame], stored: pd.DataFrame) -> pd.DataFrame:
    """Every order that a sheet or the store has, one row each, the sheet's first.

    `is_told`: a sheet of orders told of it, now or before; the store made the others from their lines.
    """
    known = [rows.assign(is_told=True) for rows in sheets]
    if len(stored):
        known.append(stored.assign(is_told=stored["has_header"].astype(bool)))
    if not known:
        return pd.DataFrame(columns=["key", "person_key", "ordered_on", "account", "is_told"])
    return pd.concat(known, ignore_index=True).drop_duplicates("key")


def _stated_cents(sheets: list[pd.DataFrame], stored: pd.DataFrame) -> dict[str, int]:
    """Order → the amount that its header states, as a sheet says now or said before."""
    stated = [stored[stored["has_header"].astype(bool)]] if len(stored) else []
    return {
        key: amount
        for rows in [*stated, *sheets]
        for key, amount in zip(rows["key"], rows["amount_cents"], strict=True)
        if amount is not None
    }


def _dated(sheet: Wanted, known: pd.DataFrame) -> Wanted:
    """The lines with what their orders' headers say; those of which nothing says the day are refused."""
    rows = _with_header_columns(sheet.rows, known)
    undated = rows["ordered_on"].isna()
    message = "no day: neither this line nor an order sheet says when it was ordered"
    return _refusing(replace(sheet, rows=rows), undated, message)


def _refusing(sheet: Wanted, is_refused: pd.Series, message: str) -> Wanted:
    refused = [Issue(Severity.REFUSED, message, row=int(row)) for row in sheet.rows.loc[is_refused, "source_row"]]
    return replace(
        sheet, rows=sheet.rows[~is_refused].reset_index(drop=True), issues=[*sheet.issues, *refused]
    )  # fmt: skip


def _with_header_columns(lines: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """Lines with the owner, day and account of their order's header, where a header says them.

    What only other lines of the order said fills gaps.
    """
    if known.empty:
        return lines
    by_key = known.set_index("key")
    is_told = lines["order_key"].map(by_key["is_told"]).eq(True)
    taken = lines.copy()
    for name in ("person_key", "ordered_on", "account"):
        said = lines["order_key"].map(by_key[name])
        taken[name] = said.where(said.notna() & (is_told | lines[name].isna()), lines[name])
    return taken


def _every_line(
    of_headers: list[tuple[int, Wanted]],
    of_lines: list[tuple[int, Wanted]],
    headers: pd.DataFrame,
    lines: pd.DataFrame,
    known: pd.DataFrame,
    lost_of: set[str],
) -> pd.DataFrame:
    """All lines of the orders that the sheets touch, or that lose some: those brought, with the place of their sheet in
    `at`, and the stored ones that no sheet brings again (`at` None)."""
    parts = [sheet.rows.assign(at=at) for at, sheet in of_lines]
    touched = lost_of | {key for _, sheet in of_headers for key in sheet.rows["key"]}
    touched |= {key for _, sheet in of_lines for key in sheet.rows["order_key"]}
    brought = {key for _, sheet in of_lines for key in sheet.rows["key"]}
    if len(lines):
        of_order = headers[["id", "key"]].rename(columns={"id": "order_id", "key": "order_key"})
        keyed = lines.merge(of_order, on="order_id")
        rest = keyed[keyed["order_key"].isin(touched) & ~keyed["key"].isin(brought)]
        if len(rest):
            parts.append(_with_header_columns(rest, known).assign(at=None))
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=["order_key", "at", "stated_e4"])


def _with_amounts(sheet: Wanted, cents: dict[str, int], lines: pd.DataFrame) -> Wanted:
    """The headers, those that state no amount with the sum of their lines; without either they are refused."""
    sums = {key: _rounded(int(total)) for key, total in lines.groupby("order_key")["stated_e4"].sum().items()}
    keys = sheet.rows["key"]
    amounts = pd.Series([cents.get(key, sums.get(key)) for key in keys], index=keys.index, dtype=object)
    rows = sheet.rows.assign(amount_cents=amounts, has_header=keys.isin(cents), has_lines=keys.isin(sums))
    given = tuple(dict.fromkeys((*sheet.given, "amount_cents", "has_header", "has_lines")))
    message = "no amount: neither this order nor a line of it says one; drop the lines in together with it"
    return _refusing(replace(sheet, rows=rows, given=given), amounts.isna(), message)


def _headers_of_lines(lines: pd.DataFrame, first_at: int) -> list[tuple[int, Wanted]]:
    """The headers of orders that only lines tell of, each with the first sheet that has lines of it, else the first."""
    if lines.empty:
        return []
    made = headers_from_lines(lines).assign(has_header=False, has_lines=True)
    columns = ["key", "person_key", "account", "currency", "ordered_on", "source", "amount_cents", "has_header",
               "has_lines", "source_row", "attributes"]  # fmt: skip
    given = ("amount_cents", "ordered_on", "person_key", "has_lines")
    of_order = lines.dropna(subset="at").drop_duplicates("order_key").set_index("order_key")["at"]
    first_sheet = made["key"].map(of_order).fillna(first_at)
    return [
        (int(at), Wanted("order", made.loc[first_sheet == at, columns].reset_index(drop=True), given, is_derived=True))
        for at in sorted(first_sheet.unique())
    ]


def _late_headers(headers: pd.DataFrame, with_lines: set[str]) -> pd.DataFrame:
    """Stored headers of which the store learns only now that they have lines."""
    if headers.empty:
        return headers
    return headers[headers["key"].isin(with_lines) & ~headers["has_lines"].astype(bool)].assign(has_lines=True)


def _difference_notes(found: dict[str, tuple[int, int]], currency: str) -> list[Issue]:
    """A note on each order whose lines add up to another amount than its header's; the first few, and how many more."""
    notes = [
        Issue(Severity.NOTE, f"order {key}: the header’s amount counts, its lines add up to another",
              found=full(of_lines, currency), expected=full(of_header, currency))
        for key, (of_header, of_lines) in list(found.items())[:MOST_NOTES]
    ]  # fmt: skip
    more = len(found) - MOST_NOTES
    if more > 0:
        notes.append(Issue(Severity.NOTE, f"the same of {more:,} more orders"))
    return notes
