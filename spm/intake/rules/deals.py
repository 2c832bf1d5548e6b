"""Deals: open, won or lost; which date is which; new business or not."""

from collections import Counter

from spm.intake.checking.draft import Draft, some
from spm.intake.values.meanings import DEAL_KINDS, letters, status_named


def check_deals(draft: Draft) -> None:
    """Fills `status` (open, won, lost) and `kind` (new, expansion, renewal, None), and sorts the dates by
    status.

    A column that says won or lost outright is believed before flags, and flags before the stage: in some CRMs
    a closed deal keeps the stage that it had. A closed deal without its close date is refused.
    """
    _settle_status(draft)
    _settle_kind(draft)
    _settle_dates(draft)
    _settle_amounts(draft)
    if not {"amount", "expected_amount"} & set(draft.headers):
        draft.note("no column says the amount: won deals count, and add no money")
        return
    for at, (status, amount) in enumerate(zip(draft["status"], draft["amount"], strict=True)):
        if status == "won" and amount is None and at not in draft.refused:
            draft.note("a won deal without an amount: it counts as a deal, and adds no money", at, "amount")


def _settle_status(draft: Draft) -> None:
    written = draft["status"]
    has_won_column = "is_won" in draft.headers
    rows = list(zip(written, draft["is_won"], draft["is_closed"], draft["stage"], strict=True))
    counts = Counter(rows)
    status_of = {row: _status(*row, has_won_column) for row in counts}
    if any(row[0] and letters(row[0]) != status for row, status in status_of.items()):
        draft.keep_as_written("status")
    key = "stage" if "stage" in draft.headers else "status"
    doubtful = [row for row, status in status_of.items() if status is None]
    if unknown := {word or stage for word, _, _, stage in doubtful if word or stage}:
        draft.note(f"taken as open, because neither won nor lost: {some(unknown)}", key=key)
    if untold_count := sum(counts[row] for row in doubtful if not (row[0] or row[-1])):
        rows_say = "1 row says" if untold_count == 1 else f"{untold_count:,} rows say"
        draft.note(f"{rows_say} no stage or status: taken as open", key=key)
    draft["status"] = [status_of[row] or "open" for row in rows]


def _status(
    status: str | None, is_won: bool | None, is_closed: bool | None, stage: str | None, has_won_column: bool
) -> str | None:
    """open, won or lost; None where no word and no flag says it."""
    by_stage = status_named(stage) if stage else None
    if status and (by_status := status_named(status)):
        return by_status
    if is_won:
        return "won"
    if is_closed is False:
        return "open"
    if is_closed and by_stage not in ("won", "lost"):
        return "lost" if has_won_column else None
    return by_stage


def _settle_kind(draft: Draft) -> None:
    written = draft["kind"]
    kind_of = {word: DEAL_KINDS.get(letters(word)) if word else None for word in set(written)}
    if any(word and letters(word) != kind for word, kind in kind_of.items()):
        draft.keep_as_written("kind")
    draft["kind"] = [kind_of[word] for word in written]


def _settle_amounts(draft: Draft) -> None:
    """What an open deal is expected to bring is its amount; that of a closed one only where nothing says what it brought."""
    if "expected_amount" not in draft.headers:
        return
    is_alone = "amount" not in draft.headers
    if is_alone:
        draft.note("no column says what closed deals brought: what was expected of them counts", key="expected_amount")
    rows = zip(draft["status"], draft["amount"], draft["expected_amount"], strict=True)
    draft["amount"] = [
        expected if amount is None and (is_alone or status == "open") else amount for status, amount, expected in rows
    ]


def _settle_dates(draft: Draft) -> None:
    _settle_expected_alone(draft)
    closes, expects = draft["closed_on"], draft["expected_close_on"]
    for at, (status, created_on) in enumerate(zip(draft["status"], draft["created_on"], strict=True)):
        if status == "open":
            expects[at], closes[at] = expects[at] or closes[at], None
        if status == "open" or at in draft.refused:
            continue
        closes[at] = closes[at] or (draft["lost_on"][at] if status == "lost" else None)
        if closes[at] is None:
            draft.refuse(at, f"a {status} deal needs its close date", "closed_on", expected="a day")
        elif created_on is not None and closes[at] < created_on:
            draft.note("the deal closed before it was created", at, "closed_on", f"{closes[at]} before {created_on}")


def _settle_expected_alone(draft: Draft) -> None:
    """Some programs have one day for both: whether it is when closed deals closed, where no other column says that, is
    asked."""
    expected, status = "expected_close_on", draft["status"]
    if {"closed_on", "lost_on"} & set(draft.headers) or expected not in draft.headers or set(status) <= {"open"}:
        return
    if expected in draft.accepted:
        draft["closed_on"] = [
            None if known == "open" else day for known, day in zip(status, draft[expected], strict=True)
        ]
        return
    header = draft.headers[expected]
    message = "no column says when deals were won or lost: is it this day of those that are closed?"
    draft.stop(message, expected, f'--accept "{header}"', f"Yes, closed deals closed on their {header}")
