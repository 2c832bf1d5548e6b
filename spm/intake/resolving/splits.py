"""Deals that several reps share: whose part is how large, so that a deal counts once above them. Pure."""

from collections.abc import Container, Iterator
from dataclasses import dataclass

import pandas as pd

from spm.intake.model import CheckedSheet, Issue, Severity, Wanted
from spm.intake.staffing.directory import Directory
from spm.money import split

WHOLE_E4 = 10_000
NEARLY_WHOLE_E4 = 10  # thirds are written 33.3 %: so far from the whole is rounding
MORE_OWNERS = ("2", "3")  # a deal's further owner columns: owner_2, share_2, …
COLUMNS = ["key", "deal_key", "person_key", "is_overlay", "share_e4", "source_row"]


@dataclass(frozen=True)
class Shared:
    """The credits that a sheet states (columns as in COLUMNS, shares as stated), and the issues of those that it can't."""

    credits: pd.DataFrame
    issues: list[Issue]
    refused_deals: frozenset[str]


def has_shares(sheet: CheckedSheet) -> bool:
    """Whether a sheet of deals says how large the parts of several reps are."""
    return "share" in sheet.rows and any(
        name in sheet.rows and sheet.rows[name].notna().any()
        for name in ("share", *(f"owner_{n}" for n in MORE_OWNERS))
    )


def shared(sheet: CheckedSheet, people: Directory) -> Shared:
    """Who shares the deals of a sheet, of deals or of splits, each deal's shares adding up to WHOLE_E4.

    Shares that add up to something else are refused, all rows of their deal; overlay credit is beside them.
    """
    where = f"{sheet.file_name} › {sheet.sheet}"
    rows = pd.DataFrame(
        [
            (deal, people.resolve(key, name, where), overlay, share, row)
            for deal, key, name, overlay, share, row in _stated(sheet)
        ],
        columns=["deal_key", "person_key", "is_overlay", "share", "source_row"],
    ).astype(object)
    known = rows[rows["person_key"].notna() & rows["deal_key"].notna() & rows["share"].notna()]
    summed = known.groupby(["deal_key", "person_key", "is_overlay"], sort=False, as_index=False).agg(
        share=("share", "sum"), source_row=("source_row", "first")
    )
    parts: list[pd.DataFrame] = []
    issues: list[Issue] = []
    refused: set[str] = set()
    for deal, of_deal in summed.groupby("deal_key", sort=False):
        own = of_deal[~of_deal["is_overlay"].astype(bool)]
        total_e4 = round(sum(own["share"]) * WHOLE_E4)
        if len(own) and abs(total_e4 - WHOLE_E4) > NEARLY_WHOLE_E4:
            refused.add(str(deal))
            message = f"the shares of the deal add up to {total_e4 / 100:g} %, not 100 %"
            issues += [
                Issue(
                    Severity.REFUSED,
                    message,
                    sheet.sheet,
                    int(row),
                    found=f"{share:.4g}",
                    expected="shares that add up to 1",
                )
                for row, share in zip(of_deal["source_row"], of_deal["share"], strict=True)
            ]
            continue
        shares = pd.Series([round(share * WHOLE_E4) for share in of_deal["share"]], index=of_deal.index)
        if len(own):
            shares[own.index] = split(WHOLE_E4, [float(share) for share in own["share"]])
        parts.append(of_deal.assign(share_e4=shares))
    credits = pd.concat(parts, ignore_index=True) if parts else summed.assign(share_e4=None).head(0)
    credits["key"] = [
        credit_key(deal, person, bool(overlay))
        for deal, person, overlay in zip(credits["deal_key"], credits["person_key"], credits["is_overlay"], strict=True)
    ]
    return Shared(credits[COLUMNS], issues, frozenset(refused))


def credit_key(deal: str, person: str, is_overlay: bool) -> str:
    return f"{deal} | {person} | {'overlay' if is_overlay else 'own'}"


def _stated(sheet: CheckedSheet) -> Iterator[tuple[str, str | None, str | None, bool, float | None, int]]:
    """Deal, owner's id and name, whether it is overlay, share and row of every part that a sheet tells of.

    Of a deal with further owners but no shares all have equal ones; one share left out is the rest.
    """
    if sheet.layout == "splits":
        for row in sheet.rows.to_dict("records"):
            yield row["deal_key"], row["owner_key"], row["owner"], row["overlay"], row["share"], row["row"]
        return
    for row in sheet.rows.to_dict("records"):
        others = [(row[f"owner_{n}"], row[f"share_{n}"]) for n in MORE_OWNERS if row.get(f"owner_{n}")]
        if row["share"] is None and not others:
            continue
        owners = [(row["owner_key"], row["owner"]), *((None, name) for name, _ in others)]
        shares = [row["share"], *(share for _, share in others)]
        rest = 1 - sum(share for share in shares if share is not None)
        open_count = shares.count(None)
        for (key, name), share in zip(owners, shares, strict=True):
            yield row["key"], key, name, False, rest / open_count if share is None else share, row["row"]


def one_row_each(wanted: Wanted, found: Shared, sheet_name: str) -> Wanted:
    """Deals of which each sharing rep has a row: one row each, its owner who has the largest share.

    The rows of a deal state its whole amount each, or parts that are added up where they differ. Deals whose shares are
    refused are left out.
    """
    rows = wanted.rows[~wanted.rows["key"].isin(found.refused_deals)]
    first = rows.drop_duplicates("key").reset_index(drop=True)
    if len(first) < len(rows):
        amounts = rows.groupby("key", sort=False)["amount_cents"].agg(["nunique", "sum", "first"])
        is_sum = amounts["nunique"] > 1
        taken = amounts["first"].where(~is_sum, amounts["sum"])
        first["amount_cents"] = pd.Series([taken[key] for key in first["key"]], dtype=object)
        words = "the whole deal’s on each of its rows" + (", or added up where its rows differ" if is_sum.any() else "")
        wanted.issues.append(
            Issue(Severity.NOTE, f"several rows of a deal are one deal; the amount is {words}", sheet_name)
        )
    largest = found.credits[~found.credits["is_overlay"].astype(bool)].sort_values(
        "share_e4", ascending=False, kind="stable"
    )
    owner = largest.drop_duplicates("deal_key").set_index("deal_key")["person_key"]
    said = first["key"].map(owner)
    return Wanted(
        wanted.table, first.assign(person_key=said.where(said.notna(), first["person_key"])), wanted.given,
        [*wanted.issues, *found.issues],
    )  # fmt: skip


def without_deal(credits: pd.DataFrame, deals: Container[str], sheet_name: str) -> list[Issue]:
    """The parts of deals that there are none of, refused."""
    return [
        Issue(Severity.REFUSED, "no deal has this id", sheet_name, int(row), found=deal, expected="the id of a deal")
        for deal, row in zip(credits["deal_key"], credits["source_row"], strict=True)
        if deal not in deals
    ]


def settled(brought: pd.DataFrame, stored: pd.DataFrame, amounts: dict[str, int | None], touched: set[str]) -> Wanted:
    """Every credit that changes: those brought, those of their deals that nobody has any more (share 0), and those whose
    deal has another amount.

    `stored` are the credits that the store has, `amounts` what each deal is worth now, in minor units, and `touched` the
    deals that change. Money is split by largest remainders.
    """
    deals = set(brought["deal_key"])
    gone = stored[stored["deal_key"].isin(deals) & ~stored["key"].isin(brought["key"])] if len(stored) else stored
    kept = stored[stored["deal_key"].isin(touched - deals)] if len(stored) else stored
    parts = [brought, *(rows[COLUMNS] for rows in (gone.assign(share_e4=0), kept) if len(rows))]
    rows = pd.concat(parts, ignore_index=True)
    cents: dict[int, int | None] = {}
    for (deal, is_overlay), of_deal in rows.groupby(["deal_key", "is_overlay"], sort=False):
        amount, shares = amounts.get(str(deal)), [int(share) for share in of_deal["share_e4"]]
        if amount is None:
            continue
        sign = -1 if amount < 0 else 1
        whole = abs(amount) if not is_overlay else abs(amount) * sum(shares) // WHOLE_E4
        cents |= dict(zip(of_deal.index, (sign * part for part in split(whole, shares)), strict=True))
    rows["amount_cents"] = pd.Series([cents.get(at) for at in rows.index], index=rows.index, dtype=object)
    return Wanted("deal_credit", rows, ("share_e4", "amount_cents"))
