"""An order's header and its lines are one fact: the header's amount counts, the lines say for which products. Pure."""

from dataclasses import replace

import pandas as pd

from spm.intake.model import Issue, Severity
from spm.intake.wanted import Wanted
from spm.money import split

E4 = 10_000  # line amounts are ten-thousandths of a minor unit


def headers_from_lines(lines: pd.DataFrame) -> pd.DataFrame:
    """One header per order that only lines tell of: key, amount_cents (their sum, rounded), and the first line's columns.

    `lines` has order_key and stated_e4, and each column that a header takes over from its first line.
    """
    first = lines.drop_duplicates("order_key").set_index("order_key")
    sums = lines.groupby("order_key")["stated_e4"].sum()
    first = first.assign(amount_cents=[_rounded(int(sums[key])) for key in first.index])
    return first.reset_index().rename(columns={"order_key": "key"})


def _rounded(amount_e4: int) -> int:
    sign = -1 if amount_e4 < 0 else 1
    return sign * ((abs(amount_e4) + E4 // 2) // E4)


def shared_amounts(lines: pd.DataFrame, header_cents: dict[str, int]) -> pd.Series:
    """Each line's share of its order's amount, in ten-thousandths of a minor unit; they add up to the header exactly.

    `header_cents` holds the orders whose header a sheet brought; the lines of others keep what they state. A difference
    of up to a minor unit per line is rounding and goes to the largest line; a larger one is spread by the stated amounts.
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
    sheets: list[tuple[int, Wanted]], headers: pd.DataFrame, lines: pd.DataFrame
) -> list[tuple[int, Wanted]]:
    """Sheets of orders and of order lines, with what the store has of both, brought together: orders first, then lines.

    `headers` and `lines` are the stored rows. Orders that only lines tell of get a header of their own; every line takes
    owner, day and account from its header where there is one, and its share of the header's amount. Lines already stored
    whose share changes come last. What follows from another sheet's rows is marked as derived.
    """
    of_headers = [(at, sheet) for at, sheet in sheets if sheet.table == "order"]
    of_lines = [(at, sheet) for at, sheet in sheets if sheet.table == "order_line"]
    stored_lines = (
        lines.merge(headers[["id", "key"]].rename(columns={"id": "order_id", "key": "order_key"}), on="order_id")
        if len(lines)
        else lines
    )
    with_lines = {key for _, sheet in of_lines for key in sheet.rows["order_key"]} | set(
        stored_lines.get("order_key", ())
    )
    known = [sheet.rows for _, sheet in of_headers]
    if len(headers):
        known.append(headers[headers["has_header"].astype(bool)])
    every_header = (
        pd.concat(known, ignore_index=True).drop_duplicates("key") if known else pd.DataFrame(columns=["key"])
    )
    result: list[tuple[int, Wanted]] = []
    for at, sheet in of_headers:
        rows = sheet.rows.assign(has_header=True, has_lines=sheet.rows["key"].isin(with_lines))
        result.append((at, replace(sheet, rows=rows, given=(*sheet.given, "has_header", "has_lines"))))
    every_line = []
    for at, sheet in of_lines:
        rows = _with_header_columns(sheet.rows, every_header)
        undated = rows["ordered_on"].isna()
        sheet.issues += [
            Issue(
                Severity.REFUSED, "no day: neither this line nor an order sheet says when it was ordered", row=int(row)
            )
            for row in rows.loc[undated, "source_row"]
        ]
        rows = rows[~undated].reset_index(drop=True)
        every_line.append((at, replace(sheet, rows=rows)))
        without = rows[~rows["order_key"].isin(every_header["key"])]
        if len(without):
            made = headers_from_lines(without).assign(has_header=False, has_lines=True)
            columns = ["key", "person_key", "account", "currency", "ordered_on", "source", "amount_cents", "has_header",
                       "has_lines", "source_row", "attributes"]  # fmt: skip
            given = ("amount_cents", "ordered_on", "person_key", "has_lines")
            result.append((at, Wanted("order", made[columns], given, is_derived=True)))
        late = (
            headers[headers["key"].isin(rows["order_key"]) & ~headers["has_lines"].astype(bool)]
            if len(headers)
            else headers
        )
        if len(late):
            result.append((at, Wanted("order", late.assign(has_lines=True), ("has_lines",), is_derived=True)))
    cents = dict(zip(every_header["key"], every_header.get("amount_cents", ()), strict=True))
    touched = {key for _, sheet in of_headers for key in sheet.rows["key"]}
    if len(stored_lines):
        again = stored_lines[stored_lines["order_key"].isin(touched)]
        replaced = {key for _, sheet in every_line for key in sheet.rows["key"]}
        again = again[~again["key"].isin(replaced)]
        if len(again):
            rows = _with_header_columns(again.drop(columns="id"), every_header)
            every_line.append(
                (of_headers[0][0], Wanted("order_line", rows, ("person_key", "ordered_on"), is_derived=True))
            )
    joined = pd.concat([sheet.rows for _, sheet in every_line], ignore_index=True) if every_line else None
    if joined is not None:
        shares = shared_amounts(joined, cents)
        start = 0
        for at, sheet in every_line:
            rows = sheet.rows.assign(amount_e4=shares.iloc[start : start + len(sheet.rows)].to_numpy())
            start += len(rows)
            sheet.issues += _difference_issues(rows, cents)
            result.append((at, replace(sheet, rows=rows, given=(*sheet.given, "amount_e4"))))
    return result


def _with_header_columns(lines: pd.DataFrame, headers: pd.DataFrame) -> pd.DataFrame:
    """Lines with the owner, day and account of their order's header, where a header says them."""
    if headers.empty:
        return lines
    by_key = headers.set_index("key")
    known = lines["order_key"].isin(by_key.index)
    taken = lines.copy()
    for name in ("person_key", "ordered_on", "account"):
        said = lines["order_key"].map(by_key[name])
        taken[name] = said.where(known & said.notna(), lines[name])
    return taken


def _difference_issues(lines: pd.DataFrame, cents: dict[str, int]) -> list[Issue]:
    found = differences(lines, cents)
    some = list(found.items())[:20]
    return [
        Issue(Severity.NOTE, f"order {key}: the header’s amount counts, its lines add up to another", found=f"{lines_cents / 100:,.2f}",
              expected=f"{header / 100:,.2f}")
        for key, (header, lines_cents) in some
    ]  # fmt: skip
