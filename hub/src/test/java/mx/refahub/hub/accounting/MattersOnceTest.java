package mx.refahub.hub.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import mx.refahub.domain.delivery.Intake;
import mx.refahub.domain.delivery.Ledgers;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.document.DocumentType;
import mx.refahub.domain.erp.ErpTarget;
import mx.refahub.domain.erp.ExportBooks;
import mx.refahub.domain.wire.AccountPaymentBody;
import mx.refahub.domain.wire.CashMovementBody;
import mx.refahub.domain.wire.CashSessionClosedBody;
import mx.refahub.domain.wire.ChequeBouncedBody;
import mx.refahub.hub.TestHub;
import mx.refahub.hub.TestShop;
import org.junit.jupiter.api.Test;

/** Cash sessions, payments on account and purchases, each in exactly one balanced entry. */
class MattersOnceTest {
    private static final LocalDate DAY = LocalDate.of(2026, 8, 3);
    private final ExportBooks books = TestHub.bean(ExportBooks.class);
    private final Tickets branch = new Tickets();
    private final TestShop shop = branch.shop;

    private List<String> exported() {
        ExportBooks.Export export = books.take(Tickets.run(), ErpTarget.SHEET, LocalDate.of(2030, 12, 31), "Elena");
        String code = branch.code();
        List<String> rows = new ArrayList<>();
        books.entries(export.id(), entry -> {
            if (!entry.storeCode().equals(code)) return;
            entry.lines()
                    .forEach(line -> rows.add(String.join(
                            " ",
                            Integer.toString(entry.number()),
                            (line.role() + " " + line.kind()).strip(),
                            line.debit().amount().toPlainString(),
                            line.credit().amount().toPlainString())));
        });
        return rows;
    }

    @Test
    void a_session_goes_with_its_fund_its_moves_and_its_difference_and_a_second_z_only_with_what_it_changes() {
        UUID session = UUID.randomUUID();
        UUID customer = UUID.randomUUID();
        // Its money is in the Z's paid_in too, and goes out by itself.
        land(
                shop.cashSession(session),
                movement(session, "PAID_IN", 100_00),
                movement(session, "PAID_OUT", 145_50),
                paid(customer, UUID.randomUUID(), session, "CASH", 500_00),
                z(session, 1, 0, 750_00, -4_50));
        Tickets.mapEverything(ErpTarget.SHEET);

        assertThat(exported())
                .containsExactlyInAnyOrder(
                        "1 CASH_FUND 0.00 500.00",
                        "1 CASH_IN 0.00 100.00",
                        "1 CASH_OUT 145.50 0.00",
                        "1 CASH_DROPS 200.00 0.00",
                        "1 TENDER ON_ACCOUNT 0.00 500.00",
                        "1 CASH_COUNTED 750.00 0.00",
                        "1 CASH_DIFFERENCE 4.50 0.00");
        assertThat(exported()).isEmpty();

        land(z(session, 2, 1, 754_50, 0));
        assertThat(exported()).containsExactlyInAnyOrder("2 CASH_COUNTED 4.50 0.00", "2 CASH_DIFFERENCE 0.00 4.50");
        assertThat(exported()).isEmpty();
    }

    @Test
    void what_a_customer_pays_on_account_takes_from_what_is_owed_and_a_cheque_that_bounced_brings_it_back_with_a_fee() {
        UUID customer = UUID.randomUUID();
        UUID cheque = UUID.randomUUID();
        land(paid(customer, cheque, UUID.randomUUID(), "CHEQUE", 500_00));
        Tickets.mapEverything(ErpTarget.SHEET);

        assertThat(exported())
                .containsExactlyInAnyOrder("1 TENDER CHEQUE 500.00 0.00", "1 TENDER ON_ACCOUNT 0.00 500.00");
        assertThat(exported()).isEmpty();

        land(shop.write(
                customer.toString(),
                DocumentType.CHEQUE_BOUNCED,
                new ChequeBouncedBody(
                        UUID.randomUUID(),
                        shop.id.value(),
                        customer,
                        "Taller Núñez",
                        cheque,
                        "P-1",
                        "MXN",
                        500_00,
                        UUID.randomUUID(),
                        300_00,
                        "sin fondos",
                        Instant.parse("2026-08-03T22:00:00Z"),
                        DAY,
                        UUID.randomUUID(),
                        "Rita")));
        Tickets.mapEverything(ErpTarget.SHEET);
        assertThat(exported())
                .containsExactlyInAnyOrder(
                        "2 TENDER ON_ACCOUNT 800.00 0.00", "2 TENDER CHEQUE 0.00 500.00", "2 PENALTIES 0.00 300.00");
        assertThat(exported()).isEmpty();
    }

    @Test
    void what_is_older_than_a_target_was_given_such_matters_stays_out() {
        TestHub.sql()
                .sql("insert into accounting_matter_since (target, from_day) values ('SHEET', ?)")
                .param(DAY.plusDays(1))
                .update();
        try {
            land(paid(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(), "TRANSFER", 500_00));
            Tickets.mapEverything(ErpTarget.SHEET);
            assertThat(exported()).isEmpty();
        } finally {
            TestHub.sql()
                    .sql("delete from accounting_matter_since where target = 'SHEET'")
                    .update();
        }
    }

    @Test
    void an_invoice_of_a_supplier_goes_once_it_is_settled_in_pesos_with_its_tax() {
        UUID supplier = UUID.randomUUID();
        UUID order = UUID.randomUUID();
        UUID invoice = UUID.randomUUID();
        TestHub.sql()
                .sql("""
                    insert into supplier (id, code, name, rfc, email, currency, credit_days, lead_days, minimum_order, note)
                    values (?, ?, 'Proveedor', '', '', 'USD', 0, 0, 0, '')
                    """)
                .params(supplier, "ERP" + supplier.toString().substring(0, 6).toUpperCase(Locale.ROOT))
                .update();
        TestHub.sql()
                .sql("""
                    insert into purchase_order (id, number, supplier_id, store_id, currency, rate, note, created_at, created_by)
                    values (?, ?, ?, ?, 'USD', 17.5, '', now(), 'Elena')
                    """)
                .params(order, "ERP-" + order.toString().substring(0, 8), supplier, shop.id.value())
                .update();
        TestHub.sql()
                .sql("""
                    insert into supplier_invoice (id, fiscal_id, supplier_id, issuer_rfc, issuer_name, receiver_rfc, kind, series, folio, issued_at,
                        currency, rate, net, total, problems, taken_at, taken_by, order_id, xml)
                    values (?, ?, ?, 'AAA010101AAA', 'Proveedor', 'BBB010101BBB', 'I', 'A', '1', ?, 'USD', 17.5, 100000, 116000, '', now(), 'Elena', ?, ''::bytea)
                    """)
                .params(invoice, UUID.randomUUID(), supplier, DAY.atTime(10, 0), order)
                .update();
        Tickets.mapEverything(ErpTarget.SHEET);
        assertThat(exported()).isEmpty();

        TestHub.sql()
                .sql("update supplier_invoice set settled_at = now(), settled_by = 'Elena' where id = ?")
                .param(invoice)
                .update();
        Tickets.mapEverything(ErpTarget.SHEET);
        assertThat(exported())
                .containsExactlyInAnyOrder(
                        "1 PURCHASES 17500.00 0.00", "1 TAX_PAID 2800.00 0.00", "1 SUPPLIERS 0.00 20300.00");
        assertThat(exported()).isEmpty();
    }

    @Test
    void what_an_invoice_withholds_is_owed_to_the_tax_authority_and_the_tax_of_it_is_whole() {
        UUID invoice = UUID.randomUUID();
        UUID order = UUID.randomUUID();
        UUID supplier =
                Purchases.supplier("W" + invoice.toString().substring(0, 7).toUpperCase(Locale.ROOT));
        Purchases.order(order, supplier, shop.id.value());
        // 1,000.00 and 160.00 of VAT, of which the buyer keeps two thirds, and 100.00 of income tax.
        Purchases.invoice(invoice, supplier, order, DAY, 1_000_00, 953_33);
        for (Map.Entry<String, Integer> each :
                Map.of("IVA", 106_67, "ISR", 100_00).entrySet())
            TestHub.sql()
                    .sql("insert into supplier_invoice_withheld (invoice_id, tax, amount) values (?, ?, ?)")
                    .params(invoice, each.getKey(), each.getValue())
                    .update();
        Tickets.mapEverything(ErpTarget.SHEET);

        assertThat(exported())
                .containsExactlyInAnyOrder(
                        "1 PURCHASES 1000.00 0.00",
                        "1 TAX_PAID 160.00 0.00",
                        "1 TAX_WITHHELD ISR 0.00 100.00",
                        "1 TAX_WITHHELD IVA 0.00 106.67",
                        "1 SUPPLIERS 0.00 953.33");
        assertThat(exported()).isEmpty();
    }

    private void land(Document... documents) {
        for (Document each : documents) TestHub.bean(Intake.class).land(shop.id, TestShop.frame(each));
        while (TestHub.bean(Ledgers.class).apply().more()) {
            // until nothing is left
        }
    }

    private Document movement(UUID session, String kind, long amount) {
        return shop.write(
                session.toString(),
                DocumentType.CASH_MOVEMENT,
                new CashMovementBody(
                        UUID.randomUUID(),
                        session,
                        shop.id.value(),
                        shop.register().value(),
                        kind,
                        "MXN",
                        amount,
                        "PETTY_CASH",
                        "",
                        "R-118",
                        UUID.randomUUID(),
                        "Marta",
                        "",
                        Instant.parse("2026-08-03T20:00:00Z")));
    }

    private Document paid(UUID customer, UUID payment, UUID session, String kind, long amount) {
        return shop.write(
                customer.toString(),
                DocumentType.ACCOUNT_PAYMENT,
                new AccountPaymentBody(
                        payment,
                        shop.id.value(),
                        customer,
                        "Taller Núñez",
                        shop.register().value(),
                        session,
                        "P-1",
                        kind,
                        "01",
                        "MXN",
                        amount,
                        "",
                        List.of(),
                        0,
                        Instant.parse("2026-08-03T21:00:00Z"),
                        DAY,
                        UUID.randomUUID(),
                        "Marta"));
    }

    private Document z(UUID session, long number, long supersedes, long counted, long difference) {
        String prefix = shop.registered.registers().getFirst().prefix();
        return shop.write(
                session.toString(),
                DocumentType.CASH_SESSION_CLOSED,
                new CashSessionClosedBody(
                        UUID.randomUUID(),
                        session,
                        shop.id.value(),
                        shop.register().value(),
                        "Caja 1",
                        prefix,
                        number,
                        supersedes,
                        DAY,
                        Instant.parse("2026-08-03T15:00:00Z"),
                        "Marta",
                        shop.cashier(),
                        "Marta",
                        Instant.parse("2026-08-03T23:00:00Z").plusSeconds(100 * number),
                        shop.cashier(),
                        "Marta",
                        7,
                        "00".repeat(32),
                        "MXN",
                        new CashSessionClosedBody.SalesBody(0, "", "", 0, 0, 0, 0, 0, null),
                        List.of(new CashSessionClosedBody.TenderBody(
                                "CASH",
                                "MXN",
                                500_00,
                                0,
                                0,
                                600_00,
                                -145_50,
                                -200_00,
                                754_50,
                                counted,
                                difference,
                                "")),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of()));
    }
}
