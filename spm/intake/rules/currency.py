"""In which currency each row of a sheet states its amounts."""

from collections.abc import Mapping

from babel import Locale

from spm.intake.checking.draft import Draft, some
from spm.intake.layouts import Kind
from spm.intake.layouts.shared import IN_OUR_CURRENCY
from spm.intake.recognising.headers import folded, name_of
from spm.intake.values import ReadColumn
from spm.intake.values.currencies import currency_codes


def settle_currency(draft: Draft, read: Mapping[str, ReadColumn], titled: str | None) -> None:
    """Fills `currency` with ISO codes: from its column, else from the amounts' own signs, else from the name of their
    column, else as the title says (`titled`). None is the company's own. A sheet that is about currencies (each row needs
    one) settles them itself."""
    layout = draft.layout
    if not any(field.key == "currency" and not field.required for field in layout.fields):
        return
    if name_of(draft.headers.get("amount", "")).folded in map(folded, IN_OUR_CURRENCY):
        draft["currency"] = [None] * len(draft)
        draft.note("taken in the company’s currency, as its name says", key="amount")
        return
    if "currency" in draft.headers:
        draft["currency"] = _codes(draft)
        return
    money = [key for key in read if layout.field(key).kind is Kind.MONEY]
    in_cells = {code for key in money for code in read[key].currencies}
    if len(in_cells) > 1:
        of_cells = next(read[key].currency_of for key in money if len(read[key].currencies) > 1)
        draft["currency"] = of_cells
        if None in of_cells:
            key = next(key for key in money if len(read[key].currencies) > 1)
            draft.note("amounts without a sign are taken in the company’s currency", key=key)
        return
    in_headers = {key: code for key in money if (code := name_of(draft.headers[key]).currency)}
    named = in_cells or set(in_headers.values())
    if len(named) == 1:
        draft["currency"] = [next(iter(named))] * len(draft)
    elif named:
        header = draft.headers[next(iter(in_headers))]
        message = (
            f"the columns of amounts are in several currencies ({', '.join(sorted(named))}): leave all but one out"
        )
        draft.stop(message, next(iter(in_headers)), f'--map "{header}=ignore"')
    elif titled and money:
        draft["currency"] = [titled] * len(draft)
        draft.note(f"amounts are in {titled}, as the title says", key=money[0])


def currency_of(written: str) -> str | None:
    """The ISO code that a text is or names ("US Dollar"); None where it is neither."""
    names = {name.casefold(): code for code, name in Locale("en").currencies.items()}
    return written.upper() if written.upper() in currency_codes() else names.get(written.casefold())


def _codes(draft: Draft) -> list[str | None]:
    meant = {written: currency_of(written) for written in set(filter(None, draft["currency"]))}
    unknown = [written for written, code in meant.items() if code is None]
    if unknown:
        draft.note(f"no currency is known as {some(unknown)}: taken as the company's own", key="currency")
    return [meant[written] if written else None for written in draft["currency"]]
