"""The words that CRMs use for states and kinds, compared by their letters alone ("6 - Closed Won" is "closedwon")."""

from collections.abc import Mapping
from functools import lru_cache


@lru_cache(maxsize=10_000)
def letters(words: str) -> str:
    return "".join(letter for letter in words.casefold() if letter.isalpha())


def _spelled(meanings: Mapping[str, str]) -> dict[str, str]:
    return {letters(word): meaning for meaning, words in meanings.items() for word in words.split(",")}


DEAL_STATUS = _spelled({
    "won": "won, closed won, close won, closed - won, win, deal won, won deal, signed, booked, purchase order received, "
           "gewonnen, gagné, gagnée, ganado, ganada, vinto, ganho",
    "lost": "lost, closed lost, close lost, closed - lost, loss, deal lost, lost deal, cancelled, canceled, out-sold, "
            "abandoned, rejected, no decision, closed dead, dead, disqualified, verloren, perdu, perdue, perdido, perdida, "
            "perso",
    "open": "open, active, in progress, new, pending, on hold, prospecting, engaging, prospect, lead, prospecting, "
            "qualification, qualify, qualified, needs analysis, value proposition, id. decision makers, "
            "perception analysis, proposal/price quote, proposal/quote, proposal, propose, proposing, proposal sent, "
            "negotiation/review, negotiation, negotiating, appointment scheduled, qualified to buy, "
            "presentation scheduled, decision maker bought-in, contract sent, discovery, demo, demo complete, "
            "evaluation, solution evaluation, develop, close, commit, offen, ouvert, abierto",
})  # fmt: skip
DEAL_KINDS = _spelled({
    "renewal": "renewal, renew, contract renewal, existing business - renewal, existing customer - renewal",
    "expansion": "expansion, existing business, upsell, up-sell, cross-sell, add-on, addon, upgrade, existing customer, "
                 "existing customer - upgrade, existing customer - replacement, existing customer - downgrade, growth",
    "new": "new business, new, new customer, new logo, net new, new business / add-on, new account, land",
})  # fmt: skip
ACTIVITY_KINDS = _spelled({
    "call": "call, calls, phone, phone call, cold call, outbound call, inbound call, logged call, dial, anruf, appel",
    "email": "email, e-mail, emails, mail, sent email, outgoing email, incoming email, list email",
    "meeting": "meeting, meetings, event, appointment, visit, face to face, on-site visit, lunch, video call, besuch, "
               "termin, réunion",
    "demo": "demo, demos, demonstration, product demo, product demonstration, presentation",
})  # fmt: skip
DID_NOT_HAPPEN = frozenset(
    letters(word)
    for word in (
        "scheduled, rescheduled, no show, no-show, not started, not held, cancelled, canceled, deferred, waiting, "
        "waiting on someone else, in progress, open, planned, pending, not completed"
    ).split(",")
)
QUALIFIED = frozenset(
    letters(word)
    for word in (
        "qualified, sql, sales qualified, sales qualified lead, sales accepted lead, sal, opportunity, open deal, customer, "
        "evangelist, converted, closed - converted, closed converted"
    ).split(",")
)
NOT_QUALIFIED = frozenset(
    letters(word)
    for word in (
        "unqualified, not qualified, disqualified, new, open, open - not contacted, working, working - contacted, "
        "attempted to contact, contacted, connected, in progress, bad timing, nurturing, nurture, recycled, junk, "
        "closed - not converted, lead, marketing qualified lead, mql, subscriber, raw"
    ).split(",")
)
CONVERTED = frozenset(letters(word) for word in ("converted", "closed - converted", "closed converted"))
NOBODY = frozenset(letters(word) for word in ("unknown", "unassigned", "not assigned", "no owner", "nobody"))
