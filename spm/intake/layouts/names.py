"""Other words for the names that layouts know: what other programs and other languages call the same column or sheet."""

from spm.intake.layouts.names_of_sheets import OF_SHEETS

NAMES = {
    "deal id": """
        copper id, 案件id, affär id, n° affaire, numéro d'affaire,
        opp id, opp no, opp number, opportunity no, deal no, do not modify opportunity,
        verkaufschancen id, verkaufschance id, opportunity nr, deal nr, id opportunité, id oportunidad,
        id opportunità,
        id do negócio, id negócio,
        nº do negócio, número do negócio, n opportunité, n oportunidad, 商談id, 商談番号, 商机编号, id szansy,
        영업기회 id, 영업기회 번호, 딜 id, id сделки, номер сделки, сделка id, fırsat no, fırsat id,
        fırsat numarası, رقم الصفقة, رقم الفرصة, معرف الصفقة, 商談コード, 销售机会编号,
        id příležitosti, číslo příležitosti, id obchodu, üzlet azonosító,
        lehetőség azonosító, κωδικός ευκαιρίας, αριθμός ευκαιρίας
    """,
    "deal name": """
        affaire, affärsnamn, nom de l'affaire, nome da negociação, negociação,
        opp name, verkaufschance, nom de l'opportunité, opportunité, nombre de la oportunidad, oportunidad,
        opportunità,
        nome do negócio, negócio, 商談名, 案件名, 商机名称, nazwa szansy,
        영업기회명, 영업기회 이름, 영업기회, 딜 이름, 딜명, 案件, 商机, название сделки, сделка, fırsat adı,
        fırsat, اسم الصفقة, الصفقة, اسم الفرصة, nazwa transakcji, transakcja,
        název příležitosti, příležitost, název obchodu, üzlet neve, lehetőség neve, όνομα ευκαιρίας,
        ευκαιρία
    """,
    "sales rep": """
        name of sales rep,
        owned by, responsible user, responsible person, sales employee, closed by, ae, seller name, host, caller,
        user responsible, verantwortlich, verantwortlicher,
        bearbeiter, sachbearbeiter,
        chargé d'affaires, ejecutivo de ventas, agente commerciale,
        employee, employee name, sales representative, salesman, sales consultant, account manager, account rep, user,
        user name assigned, verkäufer, verkäuferin, vertriebler, vertriebsmitarbeiter, vertriebsbeauftragter,
        besitzer, eigentümer, mitarbeiter,
        außendienstmitarbeiter, betreuer, zuständig, commercial, vendeur, représentant, propriétaire, vendedor,
        comercial, agente, responsable, propietario, asesor, venditore, agente di vendita, verkoper,
        vertegenwoordiger,
        säljare, handlowiec,
        responsável, zuständiger, vertreter, kundenbetreuer, opiekun, 担当者, 担当, 営業担当,
        営業担当者, 負責人, 负责人, 销售代表, 销售员,
        담당자, 영업담당자, 영업 담당, 영업사원, 소유자, ответственный, менеджер, менеджер по продажам,
        продавец, сотрудник, satış temsilcisi, temsilci, satışçı, sorumlu, المسؤول, مندوب المبيعات, المندوب,
        البائع, 业务员, 所有者, 销售, sprzedawca, przedstawiciel handlowy, właściciel,
        obchodník, obchodní zástupce, vlastník, prodejce, felelős, értékesítő, üzletkötő, tulajdonos,
        πωλητής, υπεύθυνος
    """,
    "owner id": """
        sr id, sales representative id, deal owner id, emp no, emp id, employee no, employee code, staff id,
        mitarbeiternummer, personalnummer, verkäufernummer, matricule, id vendedor, id commercial
    """,
    "customer": """
        retailer, retailer name, related account, sales account,
        partner id, sold to party, ragione sociale, particulars, contact company, raison sociale,
        razón social, razão social, débiteur, debitor,
        potential customer, bill to, sold to, ship to customer, buyer, deal organization, kunde, kundenname, firma,
        unternehmen, client final, compte, société, entreprise, cliente, cuenta, empresa, azienda, klant,
        bedrijf, kund,
        auftraggeber, klient, kontrahent, 取引先名, 取引先, 顧客名, 顧客, 客户名称, 客户,
        거래처, 거래처명, 고객, 고객명, 고객사, 회사명, компания, клиент, заказчик, контрагент, покупатель,
        müşteri, müşteri adı, firma adı, cari, العميل, اسم العميل, الشركة, 公司, 公司名称, 客户公司, 会社名,
        nabywca,
        zákazník, odběratel, ügyfél, vevő, cég, πελάτης, εταιρεία
    """,
    "stage": """
        status label, stage id,
        phase, sales phase, verkaufsphase, vertriebsphase, étape, etapa, fase, stadium, stufe,
        etap, estágio, フェーズ, 商談フェーズ, ステージ, 销售阶段, 阶段,
        단계, 영업단계, этап, этап сделки, стадия, стадия сделки, aşama, satış aşaması, المرحلة,
        مرحلة البيع, 商机阶段,
        fáze, etapa prodeje, szakasz, fázis, στάδιο, φάση
    """,
    "status": """
        status type,
        estado, statut, stato, etat, état, zustand,
        situação, ステータス, 状态,
        상태, 진행상태, статус, статус сделки, durum, الحالة,
        stav, állapot, státusz, κατάσταση
    """,
    "amount": """
        valor único, valor total, contract value, total contract value, tcv, annual contract value, acv, arr,
        booking amount,
        total sales, premium, deal worth, imponibile, base imponible, prix ht, total ht, gross total,
        net amount, gross amount, total amount, amount net, betrag, nettobetrag, bruttobetrag, wert,
        auftragswert, summe
        netto, umsatz, erlös, montant, montant ht, valeur, chiffre d'affaires, ca, importe, monto, valor, ventas,
        ingresos, importo, valore, fatturato, ricavi, bedrag, omzet, waarde, belopp, kwota,
        net, net value, net sales, netto, nettowert, wartość, 金額, 受注金額, 売上, 売上金額, 金额, 销售额,
        금액, 매출, 매출액, 계약금액, 예상금액, 수주금액, сумма, сумма сделки, бюджет, бюджет сделки,
        выручка, оборот, tutar, toplam tutar, ciro, المبلغ, القيمة, قيمة الصفقة, 合同金额, 预计金额,
        預算金額, 契約金額, 受注額, wartość netto, wartość transakcji,
        částka, hodnota, obrat, tržby, bez dph, összeg, érték, forgalom, nettó összeg, ποσό, αξία, τζίρος,
        έσοδα
    """,
    "currency": """
        bid currency, currency of value, deal currency of value, währung, devise, moneda, divisa, valuta, moeda,
        belegwährung, währg, whrg, 通貨, 币种,
        통화, валюта, para birimi, döviz cinsi, العملة, waluta, 货币,
        měna, pénznem, deviza, νόμισμα
    """,
    "probability": """
        chance of success, wahrscheinlichkeit, chance, probabilité, probabilidad, probabilità, kans,
        확률, 성공확률, вероятность, olasılık, الاحتمالية, 確度, 赢率, prawdopodobieństwo,
        pravděpodobnost, valószínűség, πιθανότητα
    """,
    "created date": """
        neuanlage, skapad, added on, date added, creation time,
        created time, creation date, date opened, opened on, opened date, deal created, angelegt am, erstellt am,
        erstelldatum, erstellungsdatum, date de création, créé le, fecha de creación, creado el,
        data creazione, data di
        creazione, data de criação, aangemaakt op, aanmaakdatum,
        data utworzenia, 作成日, 登録日, 创建日期, 创建时间,
        생성일, 등록일, 작성일, дата создания, создано, создана, oluşturma tarihi, kayıt tarihi,
        تاريخ الإنشاء, 起票日, data dodania,
        datum vytvoření, vytvořeno, létrehozás dátuma, létrehozva, ημερομηνία δημιουργίας
    """,
    "close date": """
        close month, closing month, month closed,
        date de signature, date signature, signature date, signed on, date signed, date won,
        fecha de firma, data firma, unterschrieben am, stängd, avslutad,
        closing date, date of close, deal closed on, won or lost on, abschlussdatum, abgeschlossen am, schlussdatum,
        date de clôture, date de fermeture, clôturé le, fecha de cierre, cerrado el, data chiusura, data di chiusura,
        data de fechamento, sluitdatum, afsluitdatum,
        data zamknięcia, 完了予定日, 完了日, クローズ日, 结单日期, 成交日期,
        마감일, 종료일, 계약일, 수주일, 완료일, дата закрытия, дата завершения, закрыта, kapanış tarihi,
        kapanma tarihi, تاريخ الإغلاق, تاريخ الاغلاق, 受注日, 成約日, 签约日期, 关闭日期, 赢单日期,
        datum uzavření, uzavřeno, lezárás dátuma, lezárva, zárás dátuma, ημερομηνία κλεισίματος
    """,
    "expected close date": """
        date deadline, projected close date, anticipated close date, voraussichtlicher abschluss, erwarteter abschluss, geplantes
        abschlussdatum, date de clôture prévue, fecha de cierre prevista, fecha prevista de cierre, data chiusura
        prevista,
        previsão de fechamento, 受注予定日, 预计成交日期,
        예상마감일, 예상종료일, 예상 계약일, предполагаемая дата закрытия,
        ожидаемая дата закрытия, плановая дата закрытия, tahmini kapanış tarihi, تاريخ الإغلاق المتوقع,
        przewidywana data zamknięcia,
        očekávané uzavření, předpokládané datum uzavření, várható zárás, várható lezárás,
        αναμενόμενη ημερομηνία κλεισίματος
    """,
    "type": "typ, art, tipo, soort",
    "source": """
        origin, lead origin, quelle, herkunft, origine, fuente, origen, fonte, bron,
        출처, 유입경로, источник, kaynak, المصدر, 来源, 流入元, źródło,
        zdroj, forrás, πηγή
    """,
    "product": """
        produkt, artikel, artikelname, produit, article, producto, artículo, prodotto, articolo, produto,
        商品, 商品名, 製品, 产品, 产品名称,
        제품, 상품, 제품명, 상품명, товар, продукт, номенклатура, наименование, ürün, ürün adı, المنتج, 品名, towar,
        výrobek, zboží, termék, προϊόν, είδος
    """,
    "quantity": """
        quantity sold, quantity ordered, order quantity, transaction qty, transaction quantity,
        menge, anzahl, stückzahl, stück, quantité, cantidad, unidades, quantità, quantidade, aantal,
        数量,
        수량, количество, кол во, miktar, adet, الكمية, ilość,
        množství, počet kusů, mennyiség, darabszám, ποσότητα, τεμάχια
    """,
    "unit price": """
        price per unit, sale price, selling price,
        price each, rate each, stückpreis, einzelpreis, preis, prix unitaire, prix, precio unitario, precio, prezzo
        unitario, prezzo, eenheidsprijs, prijs,
        単価, 单价,
        단가, цена, цена за единицу, birim fiyat, fiyat, سعر الوحدة, السعر, cena, cena jednostkowa,
        jednotková cena, cena za kus, egységár, τιμή μονάδας
    """,
    "discount": """
        rabatt, remise, descuento, sconto, korting,
        할인, скидка, indirim, iskonto, الخصم, 割引, 折扣, rabat,
        sleva, kedvezmény, έκπτωση
    """,
    "order number": """
        transaction id, transaction no, transaction number, sale id, receipt no, receipt number, policy number, policy no,
        voucher no, voucher number, sales document,
        order, so number, sales order, auftragsnummer, auftrag, auftragsnr, bestellnummer, bestellung, belegnummer,
        numéro de commande, n° commande, commande, número de pedido, pedido, n pedido, numero ordine, ordernummer,
        nº pedido, nº de pedido,
        document number, document no, verkaufsbeleg, n de pedido, número do pedido, 注文番号, 受注番号,
        订单号, 订单编号,
        주문번호, номер заказа, заказ, № заказа, sipariş no, sipariş numarası, رقم الطلب, numer zamówienia,
        nr zamówienia,
        číslo objednávky, objednávka, rendelésszám, rendelés száma, αριθμός παραγγελίας
    """,
    "invoice number": """
        invoice,
        rechnungsnummer, rechnung, rechnungsnr, numéro de facture, facture, número de factura, factura,
        numero fattura,
        factuurnummer,
        송장번호, 세금계산서 번호, номер счета, номер счёта, счет, fatura no, fatura numarası, رقم الفاتورة,
        請求書番号, 发票号, numer faktury, nr faktury,
        číslo faktury, faktura, számlaszám, számla sorszáma, αριθμός τιμολογίου
    """,
    "order date": """
        document date, transaction date, sales date, date of sale, purchase date,
        auftragsdatum, bestelldatum, date de commande, fecha de pedido, fecha del pedido, data ordine, orderdatum,
        data do pedido, 注文日, 订单日期,
        주문일, 주문일자, дата заказа, sipariş tarihi, تاريخ الطلب, 受注日付, data zamówienia,
        datum objednávky, rendelés dátuma, ημερομηνία παραγγελίας
    """,
    "invoice date": """
        rechnungsdatum, belegdatum, date de facture, fecha de factura, data fattura, factuurdatum,
        송장일, дата счета, дата счёта, fatura tarihi, تاريخ الفاتورة, 請求日, 开票日期, data faktury,
        datum vystavení, datum faktury, számla kelte, ημερομηνία τιμολογίου
    """,
    "date": """
        date time, date and time, date of activity, datum, tag, jour, fecha, día, data, giorno, data e ora,
        日付, 日期,
        날짜, 일자, дата, день, tarih, التاريخ,
        den, dátum, nap, ημερομηνία
    """,
    "month": """
        monat, mois, mes, mese, maand, mês,
        月, 月份,
        월, месяц, ay, الشهر, miesiąc,
        měsíc, hónap, μήνας
    """,
    "quarter": """
        quartal, trimestre, kwartaal,
        분기, квартал, çeyrek, الربع, 四半期, 季度, kwartał,
        čtvrtletí, negyedév, τρίμηνο
    """,
    "year": """
        jahr, année, année fiscale, año, anno, jaar, ano, geschäftsjahr,
        연도, 년도, год, yıl, السنة, 年, 年度, rok,
        év, έτος
    """,
    "period": """
        periode, zeitraum, période, periodo, período,
        기간, период, dönem, الفترة, 期間, okres,
        období, időszak, περίοδος
    """,
    "quota": """
        sales quota, soll, vorgabe, zielvorgabe, umsatzziel, ziel, zielwert, objectif, objectif de vente, quota de
        vente, objetivo, cuota, meta, meta de ventas, obiettivo, doel, doelstelling, mål,
        売上目標, 目標, 目标, planwert,
        목표, 목표금액, 매출목표, 할당량, план, план продаж, цель, квота, hedef, satış hedefi, kota, الهدف,
        هدف المبيعات, 目標金額, 销售目标, 业绩目标, cel, cel sprzedaży, plan sprzedaży,
        kvóta, cíl, obchodní cíl, kvóta összege, célérték, cél, terv, στόχος, στόχος πωλήσεων
    """,
    "name": """
        nom, nombre, naam,
        氏名, 名前, 姓名,
        이름, 성명, имя, фио, ad soyad, adı soyadı, الاسم, imię i nazwisko,
        jméno, jméno a příjmení, název, név, teljes név, όνομα, ονοματεπώνυμο
    """,
    "first name": """
        vorname, prénom, nombre de pila, voornaam,
        isim, الاسم الأول, imię,
        křestní jméno, keresztnév, utónév
    """,
    "last name": """
        nachname, familienname, nom de famille, apellido, apellidos, cognome, achternaam,
        фамилия, soyad, soyadı, اسم العائلة, nazwisko,
        příjmení, vezetéknév, επώνυμο
    """,
    "email": """
        e mail adresse, mailadresse, courriel, adresse e mail, correo, correo electrónico, e mailadres,
        メール, メールアドレス, 邮箱,
        이메일, 메일, почта, электронная почта, e posta, البريد الإلكتروني, 电子邮件, 电子邮箱,
        e mailová adresa, e mail cím, ηλεκτρονικό ταχυδρομείο
    """,
    "role": """
        designation, rolle, funktion, position im vertrieb, fonction, poste, rôle, rol, cargo, puesto, ruolo, functie,
        직책, 직무, 역할, должность, роль, görev, unvan, pozisyon, الوظيفة, المسمى الوظيفي, 役職, 职位, stanowisko,
        pozice, funkce, beosztás, munkakör, θέση, ρόλος
    """,
    "team": """
        mannschaft, vertriebsteam, équipe, equipe, equipo, squadra, reparto,
        チーム, 团队,
        팀, 부서, 영업팀, команда, отдел, группа, ekip, takım, الفريق, 部署, 部门, zespół,
        tým, oddělení, csapat, csoport, ομάδα, τμήμα
    """,
    "manager": """
        line manager, reporting manager, reporting to, team lead, team leader,
        vorgesetzter, führungskraft, teamleiter, vertriebsleiter, responsable
        commercial, supérieur, chef d'équipe, jefe, gerente, responsabile, leidinggevende,
        上司,
        팀장, 관리자, 상급자, руководитель, начальник, yönetici, müdür, المدير, 经理, 主管, マネージャー,
        przełożony, kierownik,
        nadřízený, vedoucí, vezető, felettes, προϊστάμενος, διευθυντής
    """,
    "hire date": """
        hired, employment start, doj, date of joining, joining date,
        eintrittsdatum, eintritt, date d'embauche, fecha de contratación, fecha de ingreso,
        data assunzione, datum in dienst,
        입사일, дата приема, дата приёма, дата найма, işe giriş tarihi, işe başlama tarihi, تاريخ التعيين,
        入社日, 入职日期, data zatrudnienia,
        datum nástupu, belépés dátuma, felvétel dátuma, ημερομηνία πρόσληψης
    """,
    "termination date": "austrittsdatum, austritt, date de départ, fecha de baja, data cessazione, datum uit dienst",
    "calls": """
        anrufe, telefonate, appels, llamadas, chiamate, telefoontjes,
        ligações, 架電数, 電話件数,
        통화수, 통화 건수, звонки, aramalar, arama sayısı, المكالمات, 电话数, połączenia, rozmowy,
        hovory, volání, hívások, κλήσεις
    """,
    "emails": """
        courriels, correos, mails,
        письма, e postalar, رسائل
    """,
    "meetings": """
        termine, besuche, kundentermine, rendez vous, réunions, visites, visitas, reuniones, riunioni,
        visite, afspraken,
        商談数, 訪問件数, 面談数,
        미팅, 미팅수, 방문, встречи, toplantılar, görüşmeler, ziyaretler, الاجتماعات, 会议数, 拜访数, spotkania,
        schůzky, jednání, találkozók, tárgyalások, συναντήσεις
    """,
    "demos": "vorführungen, präsentationen, démonstrations, demostraciones, dimostrazioni",
    "outcome": "disposition, ergebnis, résultat, resultado, esito",
    "rate": """
        kurs, wechselkurs, taux, taux de change, tipo de cambio, tasso, tasso di cambio, koers,
        환율, курс, kur, döviz kuru, سعر الصرف, 汇率, 為替レート, kurs walut,
        kurz, árfolyam, ισοτιμία
    """,
    "cost": """
        kosten, ausgaben, coût, coûts, dépense, dépenses, costo, gasto, gastos, costi, spesa,
        비용, 원가, себестоимость, затраты, расходы, maliyet, gider, التكلفة, 原価, 成本, koszt,
        náklady, költség, költségek, κόστος, δαπάνες
    """,
    "category": """
        kategorie, catégorie, categoría, categoria, kostenart,
        구분, категория, kategori, الفئة, カテゴリ, 类别,
        kategória, κατηγορία
    """,
    "sku": "artikelnummer, artikelnr, référence article, código de producto, 商品コード",
    "product category": "warengruppe, artikelgruppe, gamme, familia de productos",
    "list price": "listenpreis, prix catalogue, precio de lista",
    "absence type": "abwesenheitsart, art der abwesenheit, type d'absence, tipo de ausencia",
    "from": "von, du, desde, dal",
    "until": "bis, au, hasta, al",
} | OF_SHEETS
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
