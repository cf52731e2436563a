package mx.refahub.hub.ledger;

import static mx.refahub.hub.TestShop.frame;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.delivery.Intake;
import mx.refahub.domain.delivery.Ledgers;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.document.DocumentType;
import mx.refahub.domain.erp.Reports;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.wire.BankDepositBody;
import mx.refahub.domain.wire.CashMovementBody;
import mx.refahub.domain.wire.CashSessionClosedBody;
import mx.refahub.domain.wire.CashSessionReopenedBody;
import mx.refahub.domain.wire.CashierSwitchedBody;
import mx.refahub.domain.wire.SaleBody;
import mx.refahub.hub.TestHub;
import mx.refahub.hub.TestShop;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A float of $500.00; one sale of $4,339.00, paid with $4,500.00 (IVA 16 %: base 421.55 + 2801.72 = 3223.27, tax 67.45 + 448.28 = 515.73; core 600.00);
 * $145.50 paid out. So $4,693.50 are in the drawer.
 */
class CashLedgerTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Instant CLOSED = Instant.parse("2026-11-21T23:00:00Z");

    private final Intake intake = TestHub.bean(Intake.class);
    private final Ledgers ledgers = TestHub.bean(Ledgers.class);
    private final TestShop shop = TestShop.open();
    private final UUID session = UUID.randomUUID();

    @Test
    void a_z_that_is_the_sum_of_its_documents_stands_in_the_ledger_without_a_word() {
        land(shop.cashSession(session), sale(), moved(), switched(), z(1, 0, 433_900));
        applyAll();

        assertThat(differences()).isEmpty();
        assertThat(number("select total from cash_z where cash_session_id = ?")).isEqualTo(433_900);
        assertThat(number("""
                select sum(value * pieces)::bigint
                from cash_z_pieces p
                join cash_z z on z.id = p.cash_z_id
                where z.cash_session_id = ?
                """)).isEqualTo(469_350);
        assertThat(number("select count(*) from cashier_switch where cash_session_id = ?"))
                .isEqualTo(1);
        assertThat(number("select sum(amount)::bigint from cash_movement where cash_session_id = ?"))
                .isEqualTo(14_550);
    }

    @Test
    void a_slip_of_the_bank_stands_beside_the_cash_of_its_day() {
        UUID id = UUID.randomUUID();
        LocalDate day = LocalDate.of(2026, 11, 21);
        Document opened = shop.cashSession(session);
        Document sold = sale();
        Document moved = moved();
        Document z = z(1, 0, 433_900);
        Document slip = deposit(id, day, 520_000);
        Document odd = deposit(UUID.randomUUID(), day, 1);
        Document twice = deposit(id, day, 520_000);
        land(opened, sold, moved, z, slip, odd, twice);
        applyAll();

        assertThat(number("select count(*) from bank_deposit where document_id = ?", slip.id()))
                .isOne();
        assertThat(number("select sum(value * pieces)::bigint from bank_deposit_pieces where bank_deposit_id = ?", id))
                .isEqualTo(520_000);
        assertThat(number("select count(*) from ledger_difference where document_id = ?", odd.id()))
                .isOne();
        assertThat(number(
                        "select count(*) from document_to_apply where id = ? and parked_reason like 'bank deposit%already%'",
                        twice.id()))
                .isOne();
        assertThat(TestHub.bean(Reports.class)
                        .table(new Reports.Query(Reports.Kind.DEPOSITS, day, day, shop.id))
                        .rows())
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.keys()).first().isEqualTo("2026-11-21");
                    assertThat(row.keys()).last().isEqualTo("Banorte 0123");
                    assertThat(row.figures()).containsExactly(0L, 469_350L, 2L, 520_001L);
                });
    }

    private Document deposit(UUID id, LocalDate day, long total) {
        return shop.write(
                id.toString(),
                DocumentType.BANK_DEPOSIT,
                new BankDepositBody(
                        id,
                        shop.id.value(),
                        day,
                        "Banorte",
                        "0123",
                        "MXN",
                        total,
                        List.of(
                                new BankDepositBody.PiecesBody("BILL", 50_000, 10),
                                new BankDepositBody.PiecesBody("COIN", 1_000, 20)),
                        CLOSED,
                        UUID.randomUUID(),
                        "Lucía"));
    }

    private static long number(String query, UUID id) {
        return TestHub.sql().sql(query).param(id).query(Long.class).single();
    }

    @Test
    void a_z_that_tells_another_total_than_its_documents_is_flagged_and_kept_as_it_came() {
        land(shop.cashSession(session), sale(), moved(), z(1, 0, 433_800));
        applyAll();

        assertThat(differences())
                .contains(
                        "total: the Z says 433800, the documents 433900",
                        "sales by tender: the Z says 433800, its own figures come to 433900");
        assertThat(number("select total from cash_z where cash_session_id = ?")).isEqualTo(433_800);
    }

    /**
     * The same ticket paid with 200 dollars at 17.4523 (3,490.46) and 1,000.00 pesos, cash rounded to 50 centavos: 151.46 go back as 151.50, so the ticket was
     * rounded by four centavos.
     */
    @Test
    void dollars_and_what_was_rounded_stand_in_the_z_as_in_the_sales() {
        land(shop.cashSession(session), saleInDollars(), moved(), zWithDollars(4));
        applyAll();

        assertThat(differences()).isEmpty();
        assertThat(TestHub.sql().sql("""
                                select foreign_given || ' ' || foreign_currency || ' ' || foreign_rate
                                from sale_tender t
                                join sale s on s.id = t.sale_id
                                where s.cash_session_id = ? and t.kind = 'CASH_USD'
                                """).param(session).query(String.class).single())
                .isEqualTo("20000 USD 17.4523");
    }

    @Test
    void a_z_that_hides_what_was_rounded_is_flagged() {
        land(shop.cashSession(session), saleInDollars(), moved(), zWithDollars(0));
        applyAll();

        assertThat(differences())
                .containsExactly(
                        "sales by tender: the Z says 433900, its own figures come to 433896",
                        "ROUNDING MXN received: the Z says 0, the documents 4");
    }

    private Document saleInDollars() {
        Sale sale = shop.cashSaleOf(UUID.randomUUID(), 1);
        ObjectNode json = (ObjectNode) JSON.readTree(JSON.writeValueAsString(SaleBody.of(sale)));
        json.put("cashSession", session.toString());
        json.set(
                "tenders",
                JSON.valueToTree(List.of(
                        tender("CASH_USD", 349_046, 349_046, "USD", 20_000L, "17.4523"),
                        tender("CASH", 84_850, 100_000, null, null, null),
                        tender("ROUNDING", 4, 4, null, null, null))));
        return shop.writeRaw(sale.id().toString(), DocumentType.SALE, DocumentType.SALE_SCHEMA, json.toString());
    }

    private static SaleBody.TenderBody tender(
            String kind, long amount, long received, String currency, Long given, String rate) {
        return new SaleBody.TenderBody(
                UUID.randomUUID(),
                kind,
                "01",
                amount,
                received,
                "",
                currency,
                given,
                rate,
                null,
                null,
                null,
                null,
                null);
    }

    private Document zWithDollars(long rounded) {
        TestShop.Disk before = shop.disk();
        Document plain = z(1, 0, 433_900);
        shop.restore(before);
        ObjectNode json = (ObjectNode) JSON.readTree(plain.body());
        json.set(
                "tenders",
                JSON.valueToTree(List.of(
                        new CashSessionClosedBody.TenderBody(
                                "CASH", "MXN", 50_000, 100_000, -15_150, 0, -14_550, 0, 120_300, 120_300, 0, ""),
                        new CashSessionClosedBody.TenderBody(
                                "CASH", "USD", 0, 20_000, 0, 0, 0, 0, 20_000, 20_000, 0, ""),
                        new CashSessionClosedBody.TenderBody(
                                "CASH_USD", "MXN", 0, 349_046, 0, 0, 0, 0, 349_046, 349_046, 0, ""),
                        new CashSessionClosedBody.TenderBody(
                                "ROUNDING", "MXN", 0, rounded, 0, 0, 0, 0, rounded, rounded, 0, ""))));
        json.set(
                "pieces",
                JSON.valueToTree(List.of(
                        bills(100_000, 1),
                        bills(20_000, 1),
                        new CashSessionClosedBody.PiecesBody("MXN", "COIN", 200, 1),
                        new CashSessionClosedBody.PiecesBody("MXN", "COIN", 100, 1),
                        new CashSessionClosedBody.PiecesBody("USD", "BILL", 10_000, 2))));
        return shop.writeRaw(session.toString(), DocumentType.CASH_SESSION_CLOSED, 1, json.toString());
    }

    @Test
    void a_payment_that_the_z_knows_and_no_document_tells_of_is_flagged() {
        land(shop.cashSession(session), sale(), z(1, 0, 433_900));
        applyAll();

        assertThat(differences()).containsExactly("CASH MXN paid out: the Z says -14550, the documents 0");
    }

    @Test
    void a_sale_that_is_parked_is_named_as_the_likely_cause() {
        Document bad = shop.writeRaw("sale:x", DocumentType.SALE, 1, "{}");
        Document opened = shop.cashSession(session);
        land(bad, opened, moved(), z(1, 0, 433_900));
        applyAll();

        assertThat(differences())
                .contains(
                        "number of sales: the Z says 1, the documents 0",
                        "1 documents that the store wrote before this Z are not applied yet");
    }

    @Test
    void after_a_reopening_the_next_z_supersedes_and_a_gap_in_the_numbers_is_flagged() {
        Document opened = shop.cashSession(session);
        Document sale = sale();
        Document moved = moved();
        Document first = z(1, 0, 433_900);
        Document reopened = shop.write(
                session.toString(),
                DocumentType.CASH_SESSION_REOPENED,
                new CashSessionReopenedBody(
                        UUID.randomUUID(),
                        session,
                        shop.id.value(),
                        shop.register().value(),
                        1,
                        "Faltó un comprobante",
                        UUID.randomUUID(),
                        "Lucía",
                        CLOSED.plusSeconds(60)));
        Document second = z(2, 1, 433_900);
        Document fourth = z(4, 2, 433_900);
        land(opened, sale, moved, first, reopened, second, fourth);
        applyAll();

        assertThat(differences()).containsExactly("Z 4 follows Z 2");
        assertThat(number("select max(number) from cash_z where cash_session_id = ?"))
                .isEqualTo(4);
        assertThat(number("select count(*) from cash_reopening where cash_session_id = ?"))
                .isEqualTo(1);
    }

    @Test
    void a_movement_of_a_session_that_is_not_here_is_parked_and_holds_back_its_z() {
        Document orphan = moved();
        Document z = z(1, 0, 433_900);
        land(orphan, z);
        applyAll();

        assertThat(TestHub.sql()
                        .sql("select parked_reason from document_to_apply where id = ?")
                        .param(orphan.id())
                        .query(String.class)
                        .single())
                .isEqualTo("cash session " + session + " of this store is not in the ledger");
        assertThat(number("select count(*) from cash_z where cash_session_id = ?"))
                .isZero();
    }

    private Document sale() {
        Sale sale = shop.cashSaleOf(UUID.randomUUID(), 1);
        ObjectNode json = (ObjectNode) JSON.readTree(JSON.writeValueAsString(SaleBody.of(sale)));
        json.put("cashSession", session.toString());
        return shop.writeRaw(sale.id().toString(), DocumentType.SALE, 1, json.toString());
    }

    private Document moved() {
        return shop.write(
                session.toString(),
                DocumentType.CASH_MOVEMENT,
                new CashMovementBody(
                        UUID.randomUUID(),
                        session,
                        shop.id.value(),
                        shop.register().value(),
                        "PAID_OUT",
                        "MXN",
                        14_550,
                        "PETTY_CASH",
                        "",
                        "R-118",
                        UUID.randomUUID(),
                        "Marta",
                        "",
                        CLOSED.minusSeconds(3_600)));
    }

    private Document switched() {
        return shop.write(
                session.toString(),
                DocumentType.CASHIER_SWITCHED,
                new CashierSwitchedBody(
                        UUID.randomUUID(),
                        session,
                        shop.id.value(),
                        shop.register().value(),
                        UUID.randomUUID(),
                        "Marta",
                        UUID.randomUUID(),
                        "Pedro",
                        CLOSED.minusSeconds(1_800)));
    }

    private Document z(long number, long supersedes, long total) {
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
                        LocalDate.of(2026, 11, 21),
                        Instant.parse("2026-11-21T15:00:00Z"),
                        "Marta",
                        shop.cashier(),
                        "Marta",
                        CLOSED.plusSeconds(100 * number),
                        shop.cashier(),
                        "Marta",
                        7,
                        "00".repeat(32),
                        "MXN",
                        new CashSessionClosedBody.SalesBody(
                                1, prefix + "-000001", prefix + "-000001", 322_327, 0, 51_573, 60_000, total, null),
                        List.of(new CashSessionClosedBody.TenderBody(
                                "CASH", "MXN", 50_000, 450_000, -16_100, 0, -14_550, 0, 469_350, 469_350, 0, "")),
                        List.of(
                                new CashSessionClosedBody.TaxBody("02", "RATE", "0.160000", 322_327, 51_573),
                                new CashSessionClosedBody.TaxBody("01", "NONE", "0.000000", 60_000, 0)),
                        List.of(),
                        List.of(
                                bills(100_000, 4),
                                bills(50_000, 1),
                                bills(10_000, 1),
                                bills(5_000, 1),
                                bills(2_000, 2),
                                new CashSessionClosedBody.PiecesBody("MXN", "COIN", 200, 1),
                                new CashSessionClosedBody.PiecesBody("MXN", "COIN", 100, 1),
                                new CashSessionClosedBody.PiecesBody("MXN", "COIN", 50, 1)),
                        List.of()));
    }

    private static CashSessionClosedBody.PiecesBody bills(long value, int pieces) {
        return new CashSessionClosedBody.PiecesBody("MXN", "BILL", value, pieces);
    }

    private void land(Document... documents) {
        assertThat(intake.land(shop.id, frame(documents)).landed()).isEqualTo(documents.length);
    }

    private void applyAll() {
        while (ledgers.apply().more()) {
            // until nothing is left that can be applied now
        }
    }

    /** Of all Zs of the session, in their order. */
    private List<String> differences() {
        return TestHub.sql().sql("""
                select f.what
                from ledger_difference f
                join cash_z z on z.document_id = f.document_id
                where z.cash_session_id = ?
                order by z.number
                """).param(session).query(String.class).list();
    }

    private long number(String query) {
        return TestHub.sql().sql(query).param(session).query(Long.class).single();
    }
}
