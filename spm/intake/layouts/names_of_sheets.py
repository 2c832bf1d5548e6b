"""Other words for the names of sheets that layouts know, in other languages."""

OF_SHEETS = {
    "opportunities": """
        verkaufschancen, opportunités, oportunidades, affaires, negociações, negociacoes, oportunidades de venda,
        příležitosti, obchodní případy, lehetőségek, üzletek, ευκαιρίες
    """,
    "orders": "aufträge, bestellungen, commandes, pedidos, ordini, objednávky, rendelések, megrendelések, παραγγελίες",
    "targets": "ziele, vorgaben, objectifs, objetivos, cuotas, metas, obiettivi, quoten, cíle, kvóty, célok, στόχοι",
    "employees": """
        vertriebsmannschaft, personal, employés, commerciaux, vendeurs, vendedores, empleados, venditori,
        zaměstnanci, obchodníci, munkatársak, értékesítők, πωλητές, προσωπικό
    """,
    "leads": "interessenten, pistes, prospects",
    "activities": "aktivitäten, activités, actividades, attività, aktivity, tevékenységek, δραστηριότητες",
    "invoices": "rechnungen, factures, facturas, fatture, faktury, számlák, τιμολόγια",
}
"""A name of a sheet → others for it, commas between them."""
