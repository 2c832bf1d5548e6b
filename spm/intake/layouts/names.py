"""Other words for the names that layouts know: what other programs and other languages call the same column or sheet."""

from functools import cache
from re import IGNORECASE, search

NAMES = {
    "deal id": """
        copper id, n° affaire, numéro d'affaire,
        opp id, opp no, opp number, opportunity no, deal no, do not modify opportunity,
        verkaufschancen id, verkaufschance id, opportunity nr, deal nr, id opportunité, id oportunidad, id opportunità,
        id do negócio, id negócio, n opportunité, n oportunidad, 商談id, 商談番号, 商机编号, id szansy
    """,
    "deal name": """
        affaire, nom de l'affaire, nome da negociação, negociação,
        opp name, verkaufschance, nom de l'opportunité, opportunité, nombre de la oportunidad, oportunidad, opportunità,
        nome do negócio, negócio, 商談名, 案件名, 商机名称, nazwa szansy
    """,
    "sales rep": """
        owned by, responsible user, responsible person, sales employee, closed by, ae, seller name, bearbeiter, sachbearbeiter,
        chargé d'affaires, ejecutivo de ventas, agente commerciale,
        employee, employee name, sales representative, salesman, sales consultant, account manager, account rep, user,
        user name assigned, verkäufer, verkäuferin, vertriebler, vertriebsmitarbeiter, mitarbeiter,
        außendienstmitarbeiter, betreuer, zuständig, commercial, vendeur, représentant, propriétaire, vendedor,
        comercial, agente, responsable, propietario, asesor, venditore, agente di vendita, verkoper, vertegenwoordiger,
        säljare, handlowiec,
        responsável, zuständiger, vertreter, kundenbetreuer, opiekun, 担当者, 担当, 営業担当,
        営業担当者, 負責人, 负责人, 销售代表, 销售员
    """,
    "owner id": """
        deal owner id, mitarbeiternummer, personalnummer, verkäufernummer, matricule, id vendedor, id commercial
    """,
    "customer": """
        sold to party, ragione sociale, particulars, contact company, raison sociale,
        razón social, razão social, débiteur, debitor,
        potential customer, bill to, sold to, ship to customer, buyer, deal organization, kunde, kundenname, firma,
        unternehmen, client final, compte, société, entreprise, cliente, cuenta, empresa, azienda, klant, bedrijf, kund,
        auftraggeber, klient, kontrahent, 取引先名, 取引先, 顧客名, 顧客, 客户名称, 客户
    """,
    "stage": """
        status label,
        phase, sales phase, verkaufsphase, vertriebsphase, étape, etapa, fase, stadium, stufe,
        etap, estágio, フェーズ, 商談フェーズ, ステージ, 销售阶段, 阶段
    """,
    "status": """
        status type,
        estado, statut, stato, etat, état, zustand,
        situação, ステータス, 状态
    """,
    "amount": """
        valor único, valor total, contract value, total contract value, tcv, annual contract value, acv, arr, booking amount,
        deal worth, imponibile, base imponible, prix ht, total ht, gross total,
        net amount, gross amount, total amount, amount net, betrag, nettobetrag, bruttobetrag, wert, auftragswert, summe
        netto, umsatz, erlös, montant, montant ht, valeur, chiffre d'affaires, ca, importe, monto, valor, ventas,
        ingresos, importo, valore, fatturato, ricavi, bedrag, omzet, waarde, belopp, kwota,
        net, net value, net sales, netto, nettowert, wartość, 金額, 受注金額, 売上, 売上金額, 金额, 销售额
    """,
    "currency": """
        currency of value, deal currency of value, währung, devise, moneda, divisa, valuta, moeda,
        belegwährung, 通貨, 币种
    """,
    "probability": "wahrscheinlichkeit, chance, probabilité, probabilidad, probabilità, kans",
    "created date": """
        neuanlage, skapad, added on, date added, creation time,
        created time, creation date, date opened, opened on, opened date, deal created, angelegt am, erstellt am,
        erstelldatum, erstellungsdatum, date de création, créé le, fecha de creación, creado el, data creazione, data di
        creazione, data de criação, aangemaakt op, aanmaakdatum,
        data utworzenia, 作成日, 登録日, 创建日期, 创建时间
    """,
    "close date": """
        date de signature, date signature, signature date, signed on, date signed, date won,
        fecha de firma, data firma, unterschrieben am, stängd, avslutad,
        closing date, date of close, deal closed on, won or lost on, abschlussdatum, abgeschlossen am, schlussdatum,
        date de clôture, date de fermeture, clôturé le, fecha de cierre, cerrado el, data chiusura, data di chiusura,
        data de fechamento, sluitdatum, afsluitdatum,
        data zamknięcia, 完了予定日, 完了日, クローズ日, 结单日期, 成交日期
    """,
    "expected close date": """
        projected close date, anticipated close date, voraussichtlicher abschluss, erwarteter abschluss, geplantes
        abschlussdatum, date de clôture prévue, fecha de cierre prevista, fecha prevista de cierre, data chiusura
        prevista,
        previsão de fechamento, 受注予定日, 预计成交日期
    """,
    "type": "typ, art, tipo, soort",
    "source": "origin, lead origin, quelle, herkunft, origine, fuente, origen, fonte, bron",
    "product": """
        produkt, artikel, artikelname, produit, article, producto, artículo, prodotto, articolo, produto,
        商品, 商品名, 製品, 产品, 产品名称
    """,
    "quantity": """
        quantity sold, menge, anzahl, stückzahl, stück, quantité, cantidad, unidades, quantità, quantidade, aantal,
        数量
    """,
    "unit price": """
        price each, rate each, stückpreis, einzelpreis, preis, prix unitaire, prix, precio unitario, precio, prezzo
        unitario, prezzo, eenheidsprijs, prijs,
        単価, 单价
    """,
    "discount": "rabatt, remise, descuento, sconto, korting",
    "order number": """
        voucher no, voucher number, sales document,
        order, so number, sales order, auftragsnummer, auftrag, auftragsnr, bestellnummer, bestellung, belegnummer,
        numéro de commande, n° commande, commande, número de pedido, pedido, n pedido, numero ordine, ordernummer,
        nº pedido, nº de pedido,
        document number, document no, verkaufsbeleg, n de pedido, número do pedido, 注文番号, 受注番号, 订单号, 订单编号
    """,
    "invoice number": """
        invoice,
        rechnungsnummer, rechnung, rechnungsnr, numéro de facture, facture, número de factura, factura, numero fattura,
        factuurnummer
    """,
    "order date": """
        document date,
        auftragsdatum, bestelldatum, date de commande, fecha de pedido, fecha del pedido, data ordine, orderdatum,
        data do pedido, 注文日, 订单日期
    """,
    "invoice date": "rechnungsdatum, belegdatum, date de facture, fecha de factura, data fattura, factuurdatum",
    "date": """
        date time, date and time, date of activity, datum, tag, jour, fecha, día, data, giorno, data e ora,
        日付, 日期
    """,
    "month": """
        monat, mois, mes, mese, maand, mês,
        月, 月份
    """,
    "quarter": "quartal, trimestre, kwartaal",
    "year": "jahr, année, année fiscale, año, anno, jaar, ano, geschäftsjahr",
    "period": "periode, zeitraum, période, periodo, período",
    "quota": """
        sales quota, soll, vorgabe, zielvorgabe, umsatzziel, ziel, zielwert, objectif, objectif de vente, quota de
        vente, objetivo, cuota, meta, meta de ventas, obiettivo, doel, doelstelling, mål,
        売上目標, 目標, 目标, planwert
    """,
    "name": """
        nom, nombre, naam,
        氏名, 名前, 姓名
    """,
    "first name": "vorname, prénom, nombre de pila, voornaam",
    "last name": "nachname, familienname, nom de famille, apellido, apellidos, cognome, achternaam",
    "email": """
        e mail adresse, mailadresse, courriel, adresse e mail, correo, correo electrónico, e mailadres,
        メール, メールアドレス, 邮箱
    """,
    "role": "rolle, funktion, position im vertrieb, fonction, poste, rôle, rol, cargo, puesto, ruolo, functie",
    "team": """
        mannschaft, vertriebsteam, équipe, equipe, equipo, squadra, reparto,
        チーム, 团队
    """,
    "manager": """
        line manager, team lead, team leader, vorgesetzter, führungskraft, teamleiter, vertriebsleiter, responsable
        commercial, supérieur, chef d'équipe, jefe, gerente, responsabile, leidinggevende,
        上司
    """,
    "hire date": """
        hired, employment start, eintrittsdatum, eintritt, date d'embauche, fecha de contratación, fecha de ingreso,
        data assunzione, datum in dienst
    """,
    "termination date": "austrittsdatum, austritt, date de départ, fecha de baja, data cessazione, datum uit dienst",
    "calls": """
        anrufe, telefonate, appels, llamadas, chiamate, telefoontjes,
        ligações, 架電数, 電話件数
    """,
    "emails": "courriels, correos, mails",
    "meetings": """
        termine, besuche, kundentermine, rendez vous, réunions, visites, visitas, reuniones, riunioni, visite, afspraken,
        商談数, 訪問件数, 面談数
    """,
    "demos": "vorführungen, präsentationen, démonstrations, demostraciones, dimostrazioni",
    "outcome": "disposition, ergebnis, résultat, resultado, esito",
    "rate": "kurs, wechselkurs, taux, taux de change, tipo de cambio, tasso, tasso di cambio, koers",
    "cost": "kosten, ausgaben, coût, coûts, dépense, dépenses, costo, gasto, gastos, costi, spesa",
    "category": "kategorie, catégorie, categoría, categoria, kostenart",
    "sku": "artikelnummer, artikelnr, référence article, código de producto, 商品コード",
    "product category": "warengruppe, artikelgruppe, gamme, familia de productos",
    "list price": "listenpreis, prix catalogue, precio de lista",
    "absence type": "abwesenheitsart, art der abwesenheit, type d'absence, tipo de ausencia",
    "from": "von, du, desde, dal",
    "until": "bis, au, hasta, al",
    # names of sheets
    "opportunities": "verkaufschancen, opportunités, oportunidades, affaires, negociações, negociacoes, oportunidades de venda",
    "orders": "aufträge, bestellungen, commandes, pedidos, ordini",
    "targets": "ziele, vorgaben, objectifs, objetivos, cuotas, metas, obiettivi, quoten",
    "employees": "vertriebsmannschaft, personal, employés, commerciaux, vendeurs, vendedores, empleados, venditori",
    "leads": "interessenten, pistes, prospects",
    "activities": "aktivitäten, activités, actividades, attività",
    "invoices": "rechnungen, factures, facturas, fatture",
}
"""A name that layouts know → others for it, commas between them."""

AROUND = frozenset(
    {
        "opp",
        "opportunity",
        "deal",
        "sales",
        "pipeline",
        "current",
        "your",
        "my",
        "crm",
        "primary",
        "monetary",
        "internal",
        "full",
    }
)
"""Words before a name that say nothing of what the column is: an “Opp Status” is a status."""

QUESTIONS = (
    ("nps score", r"how likely|recommend|empfehl|recommand|recomend|weiterempfehl"),
    ("csat score", r"how (?:satisfied|happy)|satisf|zufrieden|overall.*\b(?:rate|rating)|how would you rate"),
    (
        "sales rep",
        r"^(?:who|wer|qui|quién)\b.*(?:sales|rep\b|contact|advisor|consultant|helped|served|betreut|commercial)",
    ),
    ("company", r"(?:which|what|name of).*(?:company|organi[sz]ation)"),
)
"""What questions of surveys ask for, by words in them: the first that fits."""
FEWEST_WORDS_ASKED = 4


@cache
def question_asks(header: str) -> str | None:
    """The name of a column that is a whole question: "How likely are you to recommend us?" is “nps score”."""
    if not ("?" in header or "？" in header) or len(header.split()) < FEWEST_WORDS_ASKED:
        return None
    return next((name for name, words in QUESTIONS if search(words, header, IGNORECASE)), None)
