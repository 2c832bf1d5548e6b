"""The words that CRMs use for states and kinds, compared by their letters alone."""

from functools import lru_cache
from re import compile

LONGEST_STAGE = 200
IN_BRACKETS = compile(r"\s*[(\[][^)\]]*[)\]]")
WORD = compile(r"[^\W\d_]+(?:['’]t)?")  # “won’t” is not “won”


@lru_cache(maxsize=10_000)
def letters(words: str) -> str:
    """The letters of a word or phrase, in lower case: "6 - Closed Won" is "closedwon"."""
    return "".join(letter for letter in words.casefold() if letter.isalpha())


@lru_cache(maxsize=10_000)
def status_named(words: str) -> str | None:
    """open, won or lost by the name of a stage or status: "Closed won (Sales Pipeline)" and "Stage 6: Won, signed" are won;
    None where it says neither."""
    plain = IN_BRACKETS.sub("", words[:LONGEST_STAGE])
    if known := DEAL_STATUS.get(letters(words)) or DEAL_STATUS.get(letters(plain)):
        return known
    single = set(WORD.findall(plain.casefold()))
    said = {DEAL_STATUS[word] for word in single & DECIDING}
    return said.pop() if len(said) == 1 and not single & NEGATIONS else None


def _phrases(text: str) -> frozenset[str]:
    return frozenset(letters(phrase) for phrase in text.split(","))


def _meanings(**texts: str) -> dict[str, str]:
    return {phrase: meaning for meaning, text in texts.items() for phrase in _phrases(text)}


DEAL_STATUS = _meanings(
    won="""won, closed won, close won, win, deal won, won deal, signed, booked, purchase order received,
        sold, gewonnen, verkauft, vendu, vendue, vendido, vendida, venduto, venduta,
        auftrag erhalten, beauftragt, gagné, gagnée, ganado, ganada, vinto, vinta, ganho, ganha, wygrana, wygrany,
        vunnen, 受注, 成約, 赢单, 成交, 赢得, 수주, 수주완료, 계약완료, 성공, выиграна, выиграно, успешно реализовано, продано,
        сделка успешна, успешная, kazanıldı, kazanılan, kazandı, satış yapıldı, مغلقة رابحة, مغلق رابح, رابحة, فوز, تم الفوز,
        vyhráno, vyhraná, vyhraný, získáno, uzavřeno úspěšně, megnyert, megnyerve, nyert, sikeres, κερδισμένη, κερδισμένο,
        κερδήθηκε, επιτυχής""",
    lost="""lost, closed lost, close lost, loss, deal lost, lost deal, cancelled, canceled, out-sold,
        abandoned, rejected, no decision, closed dead, dead, disqualified, verloren, perdu, perdue, perdido,
        perdida, perso, persa, przegrana, przegrany, förlorad, 失注, 输单, 丢单, 输掉, 실주, 실패, 수주실패, проиграна, проиграно,
        закрыто и не реализовано, потеряна,
        отказ, сделка провалена, kaybedildi, kaybedilen, kaybetti, مغلقة خاسرة, مغلق خاسر, خاسرة, خسارة, تمت الخسارة,
        prohráno, prohraná, ztraceno, ztracená, elveszett, elvesztett, elvesztve, vesztett, sikertelen, χαμένη, χαμένο,
        χάθηκε, ανεπιτυχής""",
    open="""open, active, in progress, new, pending, on hold, prospecting, prospect, lead, engaging,
        qualification, qualify, qualified, needs analysis, value proposition, id. decision makers,
        perception analysis, proposal/price quote, proposal/quote, proposal, propose, proposing,
        proposal sent, negotiation/review, negotiation, negotiating, contract negotiation,
        appointment scheduled, qualified to buy, presentation scheduled, decision maker bought-in,
        contract sent, discovery, demo, demo complete, evaluation, solution evaluation,
        technical evaluation, develop, close, commit, offen, ouvert, abierto,
        in bearbeitung, en cours, en curso, em andamento, in corso, in lavorazione, w toku, 商談中, 谈判, 提案, 交渉,
        제안, 협상, 진행중, в работе, переговоры, açık, devam ediyor, teklif, مفتوحة, قيد التنفيذ,
        otevřeno, otevřená, jednání, nabídka, kvalifikace, nyitott, tárgyalás, ajánlat, folyamatban, ανοιχτή, διαπραγμάτευση,
        προσφορά, σε εξέλιξη""",
)
DECIDING = frozenset(
    {"won", "lost", "gewonnen", "verloren", "gagné", "gagnée", "perdu", "perdue", "ganado", "ganada", "ganho", "ganha",
     "perdido", "perdida", "vinto", "vinta", "persa", "wygrana", "przegrana", "выиграна", "проиграна", "kazanıldı",
     "kaybedildi"}
)  # fmt: skip
"""Words that say in any phrase what became of a deal."""
NEGATIONS = frozenset({"not", "nicht", "non", "pas", "não", "nie", "не"})
DEAL_KINDS = _meanings(
    renewal="renewal, renew, contract renewal, existing business - renewal, existing customer - renewal",
    expansion="""expansion, existing business, upsell, cross-sell, add-on, upgrade, growth, existing customer,
        existing customer - upgrade, existing customer - replacement, existing customer - downgrade""",
    new="new business, new, new customer, new logo, net new, new business / add-on, new account, land",
)
ACTIVITY_KINDS = _meanings(
    call="""call, calls, phone, phone call, cold call, outbound call, inbound call, logged call, dial, appel,
        anruf, telefonat, llamada, chiamata,
        telefon, rozmowa, połączenie, звонок, hovor, hívás, κλήση, τηλεφώνημα,
        arama, telefon görüşmesi, 전화, 통화, 電話, 电话, مكالمة""",
    email="""email, emails, mail, sent email, outgoing email, incoming email, list email,
        courriel, correo, письмо, e posta, 이메일, 메일, メール, 邮件, بريد إلكتروني""",
    meeting="""meeting, meetings, event, appointment, visit, face to face, on-site visit, lunch, video call,
        besuch, termin, réunion, reunión, riunione, spotkanie, встреча, schůzka, találkozó, megbeszélés, συνάντηση,
        toplantı, görüşme,
        미팅, 회의, 방문, 商談, 訪問, 会议, 拜访, اجتماع""",
    demo="demo, demos, demonstration, product demo, product demonstration, presentation",
)
DID_NOT_HAPPEN = _phrases(
    """scheduled, rescheduled, no show, not started, not held, cancelled, canceled, deferred, waiting, waiting
    on someone else, in progress, open, planned, pending, not completed, to do, false, offen, geplant"""
)
QUALIFIED = _phrases(
    """qualified, sql, sales qualified, sales qualified lead, sales accepted lead, sal, opportunity, open
    deal, customer, evangelist, converted, closed - converted"""
)
NOT_QUALIFIED = _phrases(
    """unqualified, not qualified, disqualified, new, open, open - not contacted, working, working -
    contacted, attempted to contact, contacted, connected, in progress, bad timing, nurturing, nurture,
    recycled, junk, closed - not converted, lead, marketing qualified lead, mql, subscriber, raw"""
)
CANCELLED = _phrases(
    """cancelled, canceled, order cancelled, void, voided, refunded, deleted, rejected, declined, draft, storniert, storno,
    abgesagt, entwurf, annulé, annulée, brouillon, anulado, anulada, cancelado, cancelada, borrador, annullato, annullata,
    geannuleerd, anulowane, キャンセル, 取消, 已取消, 취소, отменен, отменён, отменено, iptal, iptal edildi, ملغي, ملغاة,
    zrušeno, zrušená, stornováno, törölve, törölt, sztornó, ακυρωμένη, ακυρώθηκε"""
)
"""Of orders and invoices: nothing was sold, or no longer is."""
CREDITED = _phrases(
    """credit note, credit memo, refund, sales return, credit invoice, gutschrift, retoure, avoir, note de crédit,
    nota de crédito, nota di credito, creditnota, creditfactuur, korekta, faktura korygująca,
    返品, 退货, 반품, возврат, iade, إشعار دائن,
    dobropis, opravný daňový doklad, jóváíró számla, sztornó számla, πιστωτικό τιμολόγιο, πιστωτικό"""
)
CONVERTED = _phrases("converted, closed - converted")


def is_cancelled(status: str) -> bool:
    """Whether an order or invoice of that status sold nothing, or no longer does."""
    return letters(status) in CANCELLED


def is_credit(document: str) -> bool:
    """Whether that kind of document gives money back, whatever stands around the word: a "Sales credit note"."""
    said = letters(document)
    return any(phrase in said for phrase in CREDITED)
