package mx.refahub.hub.accounting;

import java.time.LocalDate;
import java.util.UUID;
import mx.refahub.hub.TestHub;

/** Invoices of suppliers as they stand once a person has settled them. */
final class Purchases {
    private Purchases() {}

    static UUID supplier(String code) {
        UUID id = UUID.randomUUID();
        TestHub.sql().sql("""
                    insert into supplier (id, code, name, rfc, email, currency, credit_days, lead_days, minimum_order, note)
                    values (?, ?, 'Proveedor', '', '', 'MXN', 0, 0, 0, '')
                    """).params(id, code).update();
        return id;
    }

    static void order(UUID id, UUID supplier, UUID store) {
        TestHub.sql()
                .sql("""
                    insert into purchase_order (id, number, supplier_id, store_id, currency, rate, note, created_at, created_by)
                    values (?, ?, ?, ?, 'MXN', 1, '', now(), 'Elena')
                    """)
                .params(id, "ERP-" + id.toString().substring(0, 8), supplier, store)
                .update();
    }

    /** Amounts in centavos. */
    static UUID invoice(UUID id, UUID supplier, UUID order, LocalDate day, long net, long total) {
        UUID fiscal = UUID.randomUUID();
        TestHub.sql()
                .sql("""
                    insert into supplier_invoice (id, fiscal_id, supplier_id, issuer_rfc, issuer_name, receiver_rfc, kind, series, folio, issued_at,
                        currency, rate, net, total, problems, taken_at, taken_by, order_id, settled_at, settled_by, xml)
                    values (?, ?, ?, 'AAA010101AAA', 'Proveedor', 'BBB010101BBB', 'I', 'A', '77', ?, 'MXN', 1, ?, ?, '', now(), 'Elena', ?, now(), 'Elena', ''::bytea)
                    """)
                .params(id, fiscal, supplier, day.atTime(10, 0), net, total, order)
                .update();
        return fiscal;
    }

    /** At 16 %; nothing of the catalogue. */
    static void line(UUID invoice, int position, String text, int pieces, long net, long tax) {
        TestHub.sql()
                .sql("""
                    insert into supplier_invoice_line (invoice_id, position, their_number, description, unit, quantity, cost, net, tax_factor, tax_rate, tax)
                    values (?, ?, ?, ?, 'PZA', ?, ?, ?, 'RATE', 0.16, ?)
                    """)
                .params(invoice, position, "T-" + position, text, pieces, 1, net, tax)
                .update();
    }
}
