"""Other words for the names that layouts know: what other programs and other languages call the same column or sheet."""

NAMES = {
    "deal id": """
        opp id, opp no, opp number, opportunity no, deal no, do not modify opportunity,
        verkaufschancen id, verkaufschance id, opportunity nr, deal nr, id opportunité, id oportunidad, id opportunità
    """,
    "deal name": """
        opp name, verkaufschance, nom de l'opportunité, opportunité, nombre de la oportunidad, oportunidad, opportunità
    """,
    "sales rep": """
        employee, employee name, sales representative, salesman, sales consultant, account manager, account rep, user,
        user name assigned, verkäufer, verkäuferin, vertriebler, vertriebsmitarbeiter, mitarbeiter,
        außendienstmitarbeiter, betreuer, zuständig, commercial, vendeur, représentant, propriétaire, vendedor,
        comercial, agente, responsable, propietario, asesor, venditore, agente di vendita, verkoper, vertegenwoordiger,
        säljare, handlowiec
    """,
    "owner id": """
        deal owner id, mitarbeiternummer, personalnummer, verkäufernummer, matricule, id vendedor, id commercial
    """,
    "customer": """
        potential customer, bill to, sold to, ship to customer, buyer, deal organization, kunde, kundenname, firma,
        unternehmen, client final, compte, société, entreprise, cliente, cuenta, empresa, azienda, klant, bedrijf, kund
    """,
    "stage": "phase, sales phase, verkaufsphase, vertriebsphase, étape, etapa, fase, stadium, stufe",
    "status": "estado, statut, stato, etat, état, zustand",
    "amount": """
        net amount, gross amount, total amount, amount net, betrag, nettobetrag, bruttobetrag, wert, auftragswert, summe
        netto, umsatz, erlös, montant, montant ht, valeur, chiffre d'affaires, ca, importe, monto, valor, ventas,
        ingresos, importo, valore, fatturato, ricavi, bedrag, omzet, waarde, belopp, kwota
    """,
    "currency": "currency of value, deal currency of value, währung, devise, moneda, divisa, valuta, moeda",
    "probability": "wahrscheinlichkeit, chance, probabilité, probabilidad, probabilità, kans",
    "created date": """
        created time, creation date, date opened, opened on, opened date, deal created, angelegt am, erstellt am,
        erstelldatum, erstellungsdatum, date de création, créé le, fecha de creación, creado el, data creazione, data di
        creazione, data de criação, aangemaakt op, aanmaakdatum
    """,
    "close date": """
        closing date, date of close, deal closed on, won or lost on, abschlussdatum, abgeschlossen am, schlussdatum,
        date de clôture, date de fermeture, clôturé le, fecha de cierre, cerrado el, data chiusura, data di chiusura,
        data de fechamento, sluitdatum, afsluitdatum
    """,
    "expected close date": """
        projected close date, anticipated close date, voraussichtlicher abschluss, erwarteter abschluss, geplantes
        abschlussdatum, date de clôture prévue, fecha de cierre prevista, fecha prevista de cierre, data chiusura
        prevista
    """,
    "type": "typ, art, tipo, soort",
    "source": "origin, lead origin, quelle, herkunft, origine, fuente, origen, fonte, bron",
    "product": "produkt, artikel, artikelname, produit, article, producto, artículo, prodotto, articolo, produto",
    "quantity": """
        quantity sold, menge, anzahl, stückzahl, stück, quantité, cantidad, unidades, quantità, quantidade, aantal
    """,
    "unit price": """
        price each, rate each, stückpreis, einzelpreis, preis, prix unitaire, prix, precio unitario, precio, prezzo
        unitario, prezzo, eenheidsprijs, prijs
    """,
    "discount": "rabatt, remise, descuento, sconto, korting",
    "order number": """
        order, so number, sales order, auftragsnummer, auftrag, auftragsnr, bestellnummer, bestellung, belegnummer,
        numéro de commande, n° commande, commande, número de pedido, pedido, n pedido, numero ordine, ordernummer
    """,
    "invoice number": """
        rechnungsnummer, rechnung, rechnungsnr, numéro de facture, facture, número de factura, factura, numero fattura,
        factuurnummer
    """,
    "order date": """
        auftragsdatum, bestelldatum, date de commande, fecha de pedido, fecha del pedido, data ordine, orderdatum
    """,
    "invoice date": "rechnungsdatum, belegdatum, date de facture, fecha de factura, data fattura, factuurdatum",
    "date": """
        date time, date and time, date of activity, datum, tag, jour, fecha, día, data, giorno, data e ora
    """,
    "month": "monat, mois, mes, mese, maand, mês",
    "quarter": "quartal, trimestre, kwartaal",
    "year": "jahr, année, année fiscale, año, anno, jaar, ano, geschäftsjahr",
    "period": "periode, zeitraum, période, periodo, período",
    "quota": """
        sales quota, soll, vorgabe, zielvorgabe, umsatzziel, ziel, zielwert, objectif, objectif de vente, quota de
        vente, objetivo, cuota, meta, meta de ventas, obiettivo, doel, doelstelling, mål
    """,
    "name": "nom, nombre, naam",
    "first name": "vorname, prénom, nombre de pila, voornaam",
    "last name": "nachname, familienname, nom de famille, apellido, apellidos, cognome, achternaam",
    "email": "e mail adresse, mailadresse, courriel, adresse e mail, correo, correo electrónico, e mailadres",
    "role": "rolle, funktion, position im vertrieb, fonction, poste, rôle, rol, cargo, puesto, ruolo, functie",
    "team": "mannschaft, vertriebsteam, équipe, equipe, equipo, squadra, reparto",
    "manager": """
        line manager, team lead, team leader, vorgesetzter, führungskraft, teamleiter, vertriebsleiter, responsable
        commercial, supérieur, chef d'équipe, jefe, gerente, responsabile, leidinggevende
    """,
    "hire date": """
        hired, employment start, eintrittsdatum, eintritt, date d'embauche, fecha de contratación, fecha de ingreso,
        data assunzione, datum in dienst
    """,
    "termination date": "austrittsdatum, austritt, date de départ, fecha de baja, data cessazione, datum uit dienst",
    "calls": "anrufe, telefonate, appels, llamadas, chiamate, telefoontjes",
    "emails": "courriels, correos, mails",
    "meetings": """
        termine, besuche, kundentermine, rendez vous, réunions, visites, visitas, reuniones, riunioni, visite, afspraken
    """,
    "demos": "vorführungen, präsentationen, démonstrations, demostraciones, dimostrazioni",
    "outcome": "disposition, ergebnis, résultat, resultado, esito",
    "rate": "kurs, wechselkurs, taux, taux de change, tipo de cambio, tasso, tasso di cambio, koers",
    "cost": "kosten, ausgaben, coût, coûts, dépense, dépenses, costo, gasto, gastos, costi, spesa",
    "category": "kategorie, catégorie, categoría, categoria, kostenart",
    # names of sheets
    "opportunities": "verkaufschancen, opportunités, oportunidades",
    "orders": "aufträge, bestellungen, commandes, pedidos, ordini",
    "targets": "ziele, vorgaben, objectifs, objetivos, cuotas, metas, obiettivi, quoten",
    "employees": "vertriebsmannschaft, personal, employés, commerciaux, vendeurs, vendedores, empleados, venditori",
    "leads": "interessenten, pistes, prospects",
    "activities": "aktivitäten, activités, actividades, attività",
    "invoices": "rechnungen, factures, facturas, fatture",
}
"""A name that layouts know → others for it, commas between them."""
