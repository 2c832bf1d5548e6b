"""Deals: open, won or lost; which date is which; new business or not."""

from collections import Counter

from spm.intake.checking.draft import UNREADABLE_COUNT, UNREADABLE_SHARE, Draft, some
from spm.intake.rules.stages import stage_said, tell_unknown_stages
from spm.intake.values.meanings import DEAL_KINDS, letters, status_named

SAY_STATUS = frozenset({"status", "is_won", "is_closed", "stage"})
ONCE = frozenset({"onetime", "once"})  # such an amount is of no span of time


def check_deals(draft: Draft) -> None:
    """Fills `status` (open, won, lost) and `kind` (new, expansion, renewal, None), and sorts the dates by
    status.

    A column that says won or lost outright is believed before flags, and flags before the stage: in some CRMs
    a closed deal keeps the stage that it had. A closed deal without its close date is refused.
    """
    if SAY_STATUS & set(draft.headers):
        _settle_status(draft)
    else:
        _settle_status_by_dates(draft)
    _settle_kind(draft)
    _settle_dates(draft)
    _settle_amounts(draft)
    _ask_about_periods(draft)
    if not {"amount", "expected_amount"} & set(draft.headers):
        draft.note("no column says the amount: won deals count, and add no money")
        return
    for at, (status, amount) in enumerate(zip(draft["status"], draft["amount"], strict=True)):
        if status == "won" and amount is None and at not in draft.refused:
            draft.note("a won deal without an amount: it counts as a deal, and adds no money", at, "amount")


def _settle_status(draft: Draft) -> None:
    written = draft["status"]
    has_won_column = "is_won" in draft.headers
    columns = (written, draft["is_won"], draft["is_closed"], draft["stage"])
    counts = Counter(zip(*columns, strict=True))
    called = {row: _status(*row, has_won_column) for row in counts}
    status_of = {row: stage_said(draft.stages, row[0], row[-1]) or status for row, status in called.items()}
    if any(row[0] and letters(row[0]) != status for row, status in status_of.items()):
        draft.keep_as_written("status")
    _ask_about_contradictions(draft, sum(counts[row] for row, status in called.items() if _contradicts(*row, status)))
    key = "stage" if "stage" in draft.headers else "status"
    doubtful = [row for row, status in status_of.items() if status is None]
    unknown: Counter[str] = Counter()
    for row in doubtful:
        if word := row[0] or row[-1]:
            unknown[word] += counts[row]
    if unknown:
        tell_unknown_stages(draft, key, unknown, has_won="won" in called.values())
    if untold_count := sum(counts[row] for row in doubtful if not (row[0] or row[-1])):
        rows_say = "1 row says" if untold_count == 1 else f"{untold_count:,} rows say"
        draft.note(f"{rows_say} no stage or status: taken as open", key=key)
    draft["status"] = [status_of[row] or "open" for row in zip(*columns, strict=True)]


def _settle_status_by_dates(draft: Draft) -> None:
    """A report of won deals may say of none that it was won: those with a close date are, if someone says so."""
    header = draft.headers.get("closed_on")
    if header and "closed_on" not in draft.accepted:
        message = f"no column says which deals were won: was each that has a day in {header}?"
        draft.stop(message, "closed_on", f'--accept "{header}"', "Yes, each with this day was won")
    days = zip(draft["closed_on"], draft["lost_on"], strict=True)
    draft["status"] = ["lost" if lost else "won" if closed else "open" for closed, lost in days]


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


def _contradicts(
    written: str | None, is_won: bool | None, is_closed: bool | None, stage: str | None, status: str | None
) -> bool:
    """Whether the stage says won or lost, and what is taken for the deal's status, by its flags, is another."""
    by_stage = status_named(stage) if stage else None
    return by_stage in ("won", "lost") and status != by_stage and not (written and status_named(written))


def _ask_about_contradictions(draft: Draft, count: int) -> None:
    """Whether so many deals are what their flags say, and not what their stage says; a few are told."""
    if not count:
        return
    key = next(key for key in ("is_closed", "is_won") if key in draft.headers)
    flag, stage = draft.headers[key], draft.headers["stage"]
    deals = "1 deal is" if count == 1 else f"{count:,} deals are"
    said = f"{deals} won or lost by {stage}, and not so by {flag}"
    if key in draft.accepted or count <= UNREADABLE_COUNT or count <= UNREADABLE_SHARE * len(draft):
        draft.note(f"{said}: taken as {flag} says", key=key)
    else:
        draft.stop(f"{said}: is {flag} right?", key, f'--accept "{flag}"', f"Yes, as {flag} says")


def _settle_kind(draft: Draft) -> None:
    written = draft["kind"]
    kind_of = {word: DEAL_KINDS.get(letters(word)) if word else None for word in set(written)}
    if any(word and letters(word) != kind for word, kind in kind_of.items()):
        draft.keep_as_written("kind")
    draft["kind"] = [kind_of[word] for word in written]


def _ask_about_periods(draft: Draft) -> None:
    """Whether amounts of different spans of time ("monthly" beside "annual") add up as they stand: each deal says its own."""
    if "amount_per" not in draft.headers:
        return
    per = dict.fromkeys(
        said for said, amount in zip(draft["amount_per"], draft["amount"], strict=True) if said and amount
    )
    if len(per) > 1 and "amount_per" not in draft.accepted:
        header = draft.headers["amount_per"]
        message = f"amounts are {some(per)}: does each count once, as it stands?"
        draft.stop(message, "amount_per", f'--accept "{header}"', "Yes, each counts once, as it stands")
    elif {letters(said) for said in per} - ONCE:
        draft.note(f"amounts are {some(per)}: each counts once, as it stands", key="amount_per")
    draft.keep_as_written("amount_per")


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
    is_asked = _settle_expected_alone(draft)
    statuses, closes = draft["status"], draft["closed_on"]
    draft["expected_close_on"] = [
        (expected or closed) if status == "open" else expected
        for status, expected, closed in zip(statuses, draft["expected_close_on"], closes, strict=True)
    ]
    draft["closed_on"] = closes = [
        None if status == "open" else closed or (lost if status == "lost" else None)
        for status, closed, lost in zip(statuses, closes, draft["lost_on"], strict=True)
    ]
    rows = enumerate(zip(statuses, closes, strict=True))
    undated = [at for at, (status, closed) in rows if closed is None and status != "open" and at not in draft.refused]
    if undated and not is_asked:
        _ask_about_undated(draft, len(undated))
    for at in undated:
        draft.refuse(at, f"a {statuses[at]} deal needs its close date", "closed_on", expected="a day")
    for at, (created, closed) in enumerate(zip(draft["created_on"], closes, strict=True)):
        if closed is not None and created is not None and closed < created and at not in draft.refused:
            draft.note("the deal closed before it was created", at, "closed_on", f"{closed} before {created}")


def _ask_about_undated(draft: Draft, count: int) -> None:
    """Whether so many closed deals without a day may be left out; a few are told row by row."""
    closed_count = len(draft) - draft["status"].count("open")
    key = next((key for key in ("closed_on", "lost_on", "stage", "status") if key in draft.headers), None)
    if key is None or key in draft.accepted or count <= UNREADABLE_COUNT or count <= UNREADABLE_SHARE * closed_count:
        return
    lack = (
        "lack their close date" if {"closed_on", "lost_on"} & set(draft.headers) else "have no close date in any column"
    )
    draft.stop(f"{count:,} of {closed_count:,} closed deals {lack}", key, f'--accept "{draft.headers[key]}"',
               f"Go on without these {count:,} deals")  # fmt: skip


def _settle_expected_alone(draft: Draft) -> bool:
    """Some programs have one day for both: whether it is when closed deals closed, where no other column says that, is
    asked. Returns whether the answer is awaited."""
    expected, status = "expected_close_on", draft["status"]
    if {"closed_on", "lost_on"} & set(draft.headers) or expected not in draft.headers or set(status) <= {"open"}:
        return False
    if expected in draft.accepted:
        draft["closed_on"] = [
            None if known == "open" else day for known, day in zip(status, draft[expected], strict=True)
        ]
        return False
    header = draft.headers[expected]
    message = "no column says when deals were won or lost: is it this day of those that are closed?"
    draft.stop(message, expected, f'--accept "{header}"', f"Yes, closed deals closed on their {header}")
    return True
