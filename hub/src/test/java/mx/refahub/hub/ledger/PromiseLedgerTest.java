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
import mx.refahub.domain.erp.AccountMap;
import mx.refahub.domain.erp.AccountRole;
import mx.refahub.domain.erp.ErpTarget;
import mx.refahub.domain.erp.ExportBooks;
import mx.refahub.domain.erp.JournalEntry;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.promise.Promise;
import mx.refahub.domain.promise.PromiseBoard;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.Role;
import mx.refahub.domain.store.UserId;
import mx.refahub.domain.wire.PromiseChangedBody;
import mx.refahub.domain.wire.PromiseMadeBody;
import mx.refahub.domain.wire.PromisePaymentBody;
import mx.refahub.domain.wire.SaleBody;
import mx.refahub.hub.TestHub;
import mx.refahub.hub.TestShop;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class PromiseLedgerTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Instant AT = Instant.parse("2026-11-21T18:00:00Z");
    private static final LocalDate DAY = LocalDate.of(2026, 11, 21);
    private static final Person ELENA = new Person(new UserId(UUID.randomUUID()), "Elena Ruiz", Role.ACCOUNTANT);
    /** Runs of jobs that are not there. */
    private static long run = 8_000_000;

    private final Intake intake = TestHub.bean(Intake.class);
    private final Ledgers ledgers = TestHub.bean(Ledgers.class);
    private final PromiseBoard board = TestHub.bean(PromiseBoard.class);
    private final ExportBooks books = TestHub.bean(ExportBooks.class);
    private final AccountMap map = TestHub.bean(AccountMap.class);
    private final TestShop shop = TestShop.open();
    private final UUID customer = UUID.randomUUID();

    private void land(Document... documents) {
        assertThat(intake.land(shop.id, frame(documents)).landed()).isEqualTo(documents.length);
    }

    private void applyAll() {
        while (ledgers.apply().more()) {
            // until nothing is left that can be applied now
        }
    }

    private Document made(UUID promise, SaleBody sale) {
        return shop.write(
                promise.toString(),
                DocumentType.PROMISE_MADE,
                new PromiseMadeBody(
                        promise,
                        shop.id.value(),
                        "LAYAWAY",
                        "C1-APA000001",
                        sale.register(),
                        UUID.randomUUID(),
                        customer,
                        "Taller Núñez",
                        "2225550147",
                        "MXN",
                        sale.lines(),
                        sale.totals(),
                        DAY,
                        DAY.plusDays(60),
                        List.of(new PromiseMadeBody.InstallmentBody(DAY.plusDays(60), 1_000)),
                        "",
                        AT,
                        UUID.randomUUID(),
                        "Marta"));
    }

    private Document paid(UUID promise, UUID act, long amount, long before) {
        return shop.write(
                promise.toString(),
                DocumentType.PROMISE_PAYMENT,
                new PromisePaymentBody(
                        act,
                        shop.id.value(),
                        promise,
                        shop.register().value(),
                        UUID.randomUUID(),
                        "C1-D000001",
                        "CASH",
                        "01",
                        "MXN",
                        amount,
                        "",
                        before,
                        AT,
                        DAY,
                        UUID.randomUUID(),
                        "Marta"));
    }

    private Document cancelled(UUID promise, long returned, long kept) {
        return shop.write(
                promise.toString(),
                DocumentType.PROMISE_CHANGED,
                new PromiseChangedBody(
                        UUID.randomUUID(),
                        shop.id.value(),
                        promise,
                        "CANCELLED",
                        "ya no lo quiere",
                        new PromiseChangedBody.BackBody(
                                UUID.randomUUID(),
                                shop.register().value(),
                                UUID.randomUUID(),
                                "C1-D000002",
                                "CASH",
                                "01",
                                "MXN",
                                returned,
                                kept,
                                ""),
                        AT,
                        DAY,
                        UUID.randomUUID(),
                        "Marta",
                        null,
                        null));
    }

    /** The shop's cash sale, part of it paid by the deposit. */
    private Document sold(SaleBody sale, UUID promise, long deposit, UUID... after) {
        ObjectNode body = JSON.valueToTree(sale);
        ObjectNode cash = (ObjectNode) body.withArray("tenders").get(0);
        ObjectNode applied = cash.deepCopy();
        cash.put("amount", cash.path("amount").asLong() - deposit);
        cash.put("received", cash.path("received").asLong() - deposit);
        applied.put("id", UUID.randomUUID().toString())
                .put("kind", "DEPOSIT")
                .put("satPaymentForm", "30")
                .put("amount", deposit)
                .put("received", deposit)
                .put("reference", "C1-APA000001");
        body.withArray("tenders").add(applied);
        body.putObject("promise")
                .put("id", promise.toString())
                .put("kind", "LAYAWAY")
                .put("number", "C1-APA000001")
                .put("deposit", deposit);
        return shop.writeRaw(
                "sale:" + sale.id(), DocumentType.SALE, DocumentType.SALE_SCHEMA, JSON.writeValueAsString(body), after);
    }

    private SaleBody sale() {
        return SaleBody.of(shop.cashSaleOf(UUID.randomUUID(), 1));
    }

    private long differences(Document document) {
        return TestHub.bean(JdbcClient.class)
                .sql("select count(*) from ledger_difference where document_id = :id")
                .param("id", document.envelope().id())
                .query(Long.class)
                .single();
    }

    private @Nullable String state(Document document) {
        return TestHub.bean(JdbcClient.class)
                .sql("select parked_reason from document_to_apply where id = :id")
                .param("id", document.envelope().id())
                .query((row, n) -> java.util.Optional.ofNullable(row.getString(1)))
                .single()
                .orElse(null);
    }

    private PromiseBoard.Sheet sheet(UUID promise) {
        return board.sheet(promise, DAY).orElseThrow();
    }

    @Test
    void a_deposit_is_owed_until_its_sale_and_a_sale_that_comes_first_waits() {
        UUID promise = UUID.randomUUID();
        SaleBody sale = sale();
        Document made = made(promise, sale);
        Document first = paid(promise, UUID.randomUUID(), 100_000, 0);
        Document second = paid(promise, UUID.randomUUID(), 50_000, 100_000);
        Document sold = sold(sale, promise, 150_000, second.envelope().id());
        land(made, first);
        applyAll();
        assertThat(sheet(promise).row().deposit()).isEqualTo(Money.mxn(100_000));

        land(second, sold);
        // The same frame late and again.
        intake.land(shop.id, frame(second, sold));
        applyAll();

        PromiseBoard.Sheet sheet = sheet(promise);
        assertThat(sheet.row().state()).isEqualTo(Promise.State.SOLD);
        assertThat(sheet.row().deposit().isZero()).isTrue();
        assertThat(sheet.entries())
                .extracting(PromiseBoard.Entry::kind)
                .containsExactlyInAnyOrder("TAKEN", "TAKEN", "APPLIED");
        for (Document one : List.of(made, first, second, sold))
            assertThat(differences(one)).isZero();
    }

    @Test
    void the_same_deposit_from_another_document_is_parked_and_one_that_does_not_fit_is_told() {
        UUID promise = UUID.randomUUID();
        UUID act = UUID.randomUUID();
        land(made(promise, sale()), paid(promise, act, 100_000, 0));
        applyAll();
        Document twice = paid(promise, act, 100_000, 100_000);
        land(twice);
        applyAll();
        assertThat(state(twice)).contains("stands in the ledger already");
        assertThat(sheet(promise).row().deposit()).isEqualTo(Money.mxn(100_000));

        UUID other = UUID.randomUUID();
        SaleBody sale = sale();
        Document made = made(other, sale);
        Document paid = paid(other, UUID.randomUUID(), 5_000, 0);
        Document odd = sold(sale, other, 7_000);
        land(made, paid, odd);
        applyAll();
        assertThat(differences(odd)).isPositive();
    }

    @Test
    void the_accountant_gets_each_deposit_once_and_every_entry_balances() {
        SaleBody sale = sale();
        UUID layaway = UUID.randomUUID();
        UUID given = UUID.randomUUID();
        land(
                made(layaway, sale),
                paid(layaway, UUID.randomUUID(), 150_000, 0),
                made(given, sale()),
                paid(given, UUID.randomUUID(), 40_000, 0),
                cancelled(given, 36_000, 4_000));
        applyAll();
        JournalEntry first = exported();
        land(sold(sale, layaway, 150_000));
        applyAll();
        JournalEntry second = exported();

        assertThat(first.tickets()).isZero();
        assertThat(amount(first, AccountRole.TENDER, "CASH")).isEqualTo(-150_000 - 40_000 + 36_000);
        assertThat(amount(first, AccountRole.DEPOSITS, "")).isEqualTo(150_000);
        assertThat(amount(first, AccountRole.PENALTIES, "")).isEqualTo(4_000);
        assertThat(second.tickets()).isEqualTo(1);
        assertThat(amount(second, AccountRole.DEPOSITS, "")).isEqualTo(-150_000);
        assertThat(amount(second, AccountRole.TENDER, "CASH"))
                .isEqualTo(150_000 - sale.totals().total());
    }

    private JournalEntry exported() {
        TestShopAccounts.all(map, ELENA);
        ExportBooks.Export export = books.take(++run, ErpTarget.SHEET, LocalDate.of(2030, 12, 31), "Elena");
        List<JournalEntry> entries = new java.util.ArrayList<>();
        books.entries(export.id(), entries::add);
        return entries.stream()
                .filter(entry -> entry.storeCode().equals(code()))
                .findFirst()
                .orElseThrow();
    }

    private String code() {
        return TestHub.bean(JdbcClient.class)
                .sql("select code from store where id = :id")
                .param("id", shop.id.value())
                .query(String.class)
                .single();
    }

    private static long amount(JournalEntry entry, AccountRole role, String kind) {
        return entry.lines().stream()
                .filter(line -> line.role() == role && line.kind().equals(kind))
                .mapToLong(line -> line.credit().minus(line.debit()).minor())
                .sum();
    }

    /** Every role that the ledger needs gets an account. */
    private static final class TestShopAccounts {
        static void all(AccountMap map, Person who) {
            TestShop.done(map.put(
                    ErpTarget.SHEET,
                    map.of(ErpTarget.SHEET).needed().stream()
                            .map(needed -> new AccountMap.Row(
                                    needed.role(), needed.kind(), null, "401-00", needed.role() + "", "401.01"))
                            .toList(),
                    List.of(),
                    who));
        }
    }
}
