package mx.refahub.hub.ledger;

import static mx.refahub.hub.TestShop.done;
import static mx.refahub.hub.TestShop.frame;
import static mx.refahub.hub.TestShop.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import mx.refahub.domain.customer.Account;
import mx.refahub.domain.customer.CustomerBoard;
import mx.refahub.domain.customer.CustomerField;
import mx.refahub.domain.delivery.Intake;
import mx.refahub.domain.delivery.Ledgers;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.document.DocumentType;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.Role;
import mx.refahub.domain.store.UserId;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.wire.AccountPaymentBody;
import mx.refahub.domain.wire.ChequeBouncedBody;
import mx.refahub.domain.wire.CustomerChangedBody;
import mx.refahub.domain.wire.CustomerRow;
import mx.refahub.domain.wire.SaleBody;
import mx.refahub.hub.TestHub;
import mx.refahub.hub.TestShop;
import mx.refahub.hub.stream.StreamWriter;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class AccountLedgerTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Person OWNER = new Person(new UserId(UUID.randomUUID()), "Ana", Role.ADMIN);
    private static final Instant AT = Instant.parse("2026-11-21T18:00:00Z");
    private static final LocalDate DAY = LocalDate.of(2026, 11, 21);

    private final Intake intake = TestHub.bean(Intake.class);
    private final Ledgers ledgers = TestHub.bean(Ledgers.class);
    private final CustomerBoard board = TestHub.bean(CustomerBoard.class);
    private final TestShop shop = TestShop.open();
    private final TestShop other = TestShop.open();
    private final UUID customer = UUID.randomUUID();

    private void land(Document... documents) {
        assertThat(intake.land(documents[0].envelope().store(), frame(documents))
                        .landed())
                .isEqualTo(documents.length);
    }

    private void applyAll() {
        while (ledgers.apply().more()) {
            // until nothing is left that can be applied now
        }
    }

    private Document changed(TestShop from, boolean made, Map<String, String> fields) {
        return from.write(
                customer.toString(),
                DocumentType.CUSTOMER_CHANGED,
                new CustomerChangedBody(
                        UUID.randomUUID(), from.id.value(), customer, made, fields, AT, UUID.randomUUID(), "Marta"));
    }

    /** The shop's cash sale, paid on account instead. */
    private SaleBody onAccount(TestShop from) {
        Sale sale = from.cashSaleOf(UUID.randomUUID(), 1);
        SaleBody body = SaleBody.of(sale);
        long total = body.totals().total();
        return new SaleBody(
                body.id(),
                body.store(),
                body.register(),
                body.cashSession(),
                body.cashier(),
                body.cashierName(),
                body.folioPrefix(),
                body.folioNumber(),
                body.invoiceCode(),
                body.soldAt(),
                body.businessDay(),
                body.currency(),
                body.issuer(),
                body.fiscalState(),
                body.priceVersion(),
                body.lines(),
                List.of(new SaleBody.TenderBody(
                        UUID.randomUUID(),
                        "ON_ACCOUNT",
                        "99",
                        total,
                        total,
                        "",
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null)),
                body.totals(),
                new SaleBody.BuyerBody(customer, "Taller Núñez", DAY.plusDays(30), null, null, List.of()),
                null);
    }

    private static Document sale(TestShop from, SaleBody body, UUID... after) {
        return from.writeRaw(
                "sale:" + body.id(), DocumentType.SALE, DocumentType.SALE_SCHEMA, JSON.writeValueAsString(body), after);
    }

    private AccountPaymentBody payment(TestShop from, String kind, long amount, Map<UUID, Long> applied) {
        List<AccountPaymentBody.AppliedBody> rows = new ArrayList<>();
        applied.forEach((charge, sum) -> rows.add(new AccountPaymentBody.AppliedBody(charge, "C1-000001", sum)));
        return new AccountPaymentBody(
                UUID.randomUUID(),
                from.id.value(),
                customer,
                "Taller Núñez",
                from.register().value(),
                UUID.randomUUID(),
                "C1-A000001",
                kind,
                kind.equals("CASH") ? "01" : "02",
                "MXN",
                amount,
                "",
                rows,
                0,
                AT,
                DAY,
                UUID.randomUUID(),
                "Marta");
    }

    private static Document payment(TestShop from, AccountPaymentBody body) {
        return from.write(body.customer().toString(), DocumentType.ACCOUNT_PAYMENT, body);
    }

    private CustomerRow row(TestShop seenFrom) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TestHub.bean(StreamWriter.class).write(Stream.CUSTOMERS, seenFrom.id, 0, out);
        return out.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("{\"id\"") && line.contains(customer.toString()))
                .map(line -> JSON.readValue(line, CustomerRow.class))
                .filter(row -> row.id().equals(customer))
                .findFirst()
                .orElseThrow();
    }

    private List<String> differences() {
        return TestHub.sql()
                .sql("""
                        select d.what
                        from ledger_difference d
                        join document o on o.id = d.document_id
                        where o.store_id in (?, ?)
                        """)
                .params(shop.id.value(), other.id.value())
                .query(String.class)
                .list();
    }

    private CustomerBoard.Sheet sheet() {
        return board.one(customer).orElseThrow();
    }

    @Test
    void two_branches_that_mend_different_fields_both_stand_and_of_the_same_field_the_one_heard_later() {
        land(changed(shop, true, Map.of("NAME", "Taller Núñez", "PHONE", "2225550147")));
        applyAll();
        land(changed(other, false, Map.of("NOTES", "paga los viernes", "PHONE", "5511112222")));
        land(changed(shop, false, Map.of("RFC", "NUXP800101AB3", "PHONE", "2229998888")));
        applyAll();

        Map<CustomerField, String> fields = sheet().row().customer().fields();
        assertThat(fields)
                .containsEntry(CustomerField.PHONE, "2229998888")
                .containsEntry(CustomerField.NOTES, "paga los viernes")
                .containsEntry(CustomerField.RFC, "NUXP800101AB3");
        assertThat(sheet().changes()).hasSize(3);
        assertThat(sheet().changes())
                .extracting(change -> change.fields().get(CustomerField.PHONE).after())
                .containsExactlyInAnyOrder("2225550147", "5511112222", "2229998888");
        assertThat(board.list(new CustomerBoard.Filter("nunez 2229", CustomerBoard.Standing.ALL), 10))
                .extracting(found -> found.customer().id())
                .contains(customer);
    }

    @Test
    void a_sale_waits_for_its_new_customer_and_the_balance_is_the_sum_of_the_entries() {
        Document made = changed(shop, true, Map.of("NAME", "Taller Núñez"));
        SaleBody sold = onAccount(shop);
        Document sale = sale(shop, sold, made.id());
        land(made, sale);
        applyAll();
        long total = sold.totals().total();
        AccountPaymentBody paid = payment(other, "CASH", 10_000, Map.of(sold.id(), 10_000L));
        land(payment(other, paid));
        applyAll();

        assertThat(differences()).isEmpty();
        assertThat(sheet().row().balance().minor()).isEqualTo(total - 10_000);
        assertThat(sheet().open()).singleElement().satisfies(open -> {
            assertThat(open.left().minor()).isEqualTo(total - 10_000);
            assertThat(open.dueOn()).isEqualTo(DAY.plusDays(30));
        });
        CustomerRow here = row(shop);
        assertThat(here.balance()).isEqualTo(total - 10_000);
        assertThat(here.own()).isEqualTo(total);
        assertThat(here.open()).singleElement().satisfies(open -> {
            assertThat(open.mine()).isTrue();
            assertThat(open.paidElsewhere()).isEqualTo(10_000);
        });
        assertThat(row(other).own()).isEqualTo(-10_000);
        assertThat(row(other).open().getFirst().paidHere()).isEqualTo(10_000);
        List<Long> entries = new ArrayList<>();
        done(board.statement(customer, entry -> entries.add(entry.amount().minor())));
        assertThat(entries.stream().mapToLong(Long::longValue).sum())
                .isEqualTo(sheet().row().balance().minor());
        assertThat(TestHub.bean(SaleArchive.class).sale(sold.id()).orElseThrow().buyer())
                .isNotNull();
    }

    @Test
    void a_ticket_paid_at_two_branches_is_flagged_and_what_is_too_much_is_in_favour() {
        SaleBody sold = onAccount(shop);
        long total = sold.totals().total();
        land(sale(shop, sold));
        applyAll();
        land(payment(shop, payment(shop, "CASH", total, Map.of(sold.id(), total))));
        land(payment(other, payment(other, "CASH", 5_000, Map.of(sold.id(), 5_000L))));
        applyAll();

        assertThat(differences()).anyMatch(what -> what.contains("pays more of a ticket than is owed"));
        assertThat(sheet().row().balance().minor()).isEqualTo(-5_000);
        assertThat(sheet().ageing().inFavour().minor()).isEqualTo(5_000);
        assertThat(sheet().row().customer().name()).isEqualTo("Taller Núñez");
    }

    @Test
    void a_bounced_cheque_opens_what_it_paid_and_its_cost_is_owed() {
        SaleBody sold = onAccount(shop);
        long total = sold.totals().total();
        land(sale(shop, sold));
        applyAll();
        AccountPaymentBody cheque = payment(shop, "CHEQUE", total, Map.of(sold.id(), total));
        land(payment(shop, cheque));
        applyAll();
        assertThat(sheet().open()).isEmpty();
        land(shop.write(
                customer.toString(),
                DocumentType.CHEQUE_BOUNCED,
                new ChequeBouncedBody(
                        UUID.randomUUID(),
                        shop.id.value(),
                        customer,
                        "Taller Núñez",
                        cheque.id(),
                        cheque.number(),
                        "MXN",
                        total,
                        UUID.randomUUID(),
                        30_000,
                        "sin fondos",
                        AT.plusSeconds(60),
                        DAY,
                        UUID.randomUUID(),
                        "Rita")));
        applyAll();

        assertThat(differences()).isEmpty();
        assertThat(sheet().row().balance().minor()).isEqualTo(total + 30_000);
        assertThat(sheet().open()).extracting(open -> open.left().minor()).containsExactlyInAnyOrder(total, 30_000L);
        assertThat(sheet().entries())
                .filteredOn(entry -> entry.kind() == Account.Kind.PAYMENT)
                .allMatch(CustomerBoard.Entry::bounced);
    }

    @Test
    void a_credit_line_is_signed_for_the_stores_and_the_newest_counts() {
        land(changed(shop, true, Map.of("NAME", "Taller Núñez")));
        applyAll();
        assertThat(refused(board.setLine(customer, new CustomerBoard.NewLine(-1, 30, false, 0, "x"), OWNER)))
                .isEqualTo("credit-limit");
        assertThat(refused(board.setLine(customer, new CustomerBoard.NewLine(1, 30, false, 2, "x"), OWNER)))
                .isEqualTo("credit-branch-limit");
        assertThat(refused(board.setLine(customer, new CustomerBoard.NewLine(1, 366, false, 1, "x"), OWNER)))
                .isEqualTo("credit-days");
        assertThat(refused(board.setLine(customer, new CustomerBoard.NewLine(1, 30, false, 1, " "), OWNER)))
                .isEqualTo("reason-missing");
        long before =
                TestHub.bean(mx.refahub.hub.stream.Publications.class).current().get(Stream.CUSTOMERS);
        done(board.setLine(customer, new CustomerBoard.NewLine(500_000, 30, false, 200_000, "buen cliente"), OWNER));
        done(board.setLine(customer, new CustomerBoard.NewLine(500_000, 30, true, 200_000, "cheque devuelto"), OWNER));

        CustomerRow.LineRow line = row(shop).line();
        assertThat(line.held()).isTrue();
        assertThat(sheet().lines()).hasSize(2);
        assertThat(sheet().row().line().isSignedBy(hubKey(), line.signature())).isTrue();
        assertThat(line.setAt()).isEqualTo(sheet().row().line().setAt());
        assertThat(TestHub.bean(mx.refahub.hub.stream.Publications.class)
                        .current()
                        .get(Stream.CUSTOMERS))
                .isGreaterThan(before);
        assertThat(board.list(new CustomerBoard.Filter("", CustomerBoard.Standing.HELD), 500))
                .extracting(found -> found.customer().id())
                .contains(customer);
    }

    private static java.security.PublicKey hubKey() {
        try {
            byte[] der = java.util.Base64.getMimeDecoder()
                    .decode(TestHub.bean(mx.refahub.hub.access.SigningKey.class)
                            .publicPem()
                            .replaceAll("-----[A-Z ]+-----", ""));
            return java.security.KeyFactory.getInstance("RSA")
                    .generatePublic(new java.security.spec.X509EncodedKeySpec(der));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
