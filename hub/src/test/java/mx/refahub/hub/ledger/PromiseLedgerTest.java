package mx.refahub.hub.ledger;

import static mx.refahub.hub.TestShop.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import mx.refahub.adapters.sheet.SheetFiles;
import mx.refahub.domain.credit.CreditBoard;
import mx.refahub.domain.credit.StoreCredit;
import mx.refahub.domain.delivery.Intake;
import mx.refahub.domain.delivery.Ledgers;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.document.DocumentType;
import mx.refahub.domain.erp.AccountMap;
import mx.refahub.domain.erp.AccountRole;
import mx.refahub.domain.erp.ErpTarget;
import mx.refahub.domain.erp.ExportBooks;
import mx.refahub.domain.erp.JournalEntry;
import mx.refahub.domain.erp.JournalFiles;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.notice.MailDesk;
import mx.refahub.domain.notice.MailServer;
import mx.refahub.domain.promise.Promise;
import mx.refahub.domain.promise.PromiseBoard;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.Role;
import mx.refahub.domain.store.UserId;
import mx.refahub.domain.wire.PromiseChangedBody;
import mx.refahub.domain.wire.PromiseMadeBody;
import mx.refahub.domain.wire.PromisePaymentBody;
import mx.refahub.domain.wire.SaleBody;
import mx.refahub.hub.TestHub;
import mx.refahub.hub.TestShop;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
                        "Marta",
                        null,
                        null));
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
                                "",
                                null),
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

    @Test
    void money_counts_on_the_day_it_came_and_an_applied_deposit_is_none_of_that_day(@TempDir Path folder)
            throws IOException {
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
        TestShopAccounts.all(map, ELENA);
        ExportBooks.Export first = books.take(++run, ErpTarget.SHEET, LocalDate.of(2030, 12, 31), "Elena");
        land(sold(sale, layaway, 150_000));
        applyAll();
        TestShopAccounts.all(map, ELENA);
        ExportBooks.Export second = books.take(++run, ErpTarget.SHEET, LocalDate.of(2030, 12, 31), "Elena");

        // By hand: 1,500.00 and 400.00 came, 360.00 went back and 40.00 was kept; nothing was sold.
        assertThat(payments(first))
                .containsExactlyInAnyOrder(
                        "TENDER CASH 154000 of it deposits 154000", "PENALTIES  4000 of it deposits 4000");
        // The ticket's total but for 1,500.00, which came before.
        assertThat(payments(second))
                .containsExactlyInAnyOrder(
                        "TENDER CASH " + (sale.totals().total() - 150_000) + " of it deposits 0",
                        "DEPOSITS  150000 of it deposits 0");
        for (ExportBooks.Export export : List.of(first, second)) ties(export, folder.resolve("" + export.id()));
    }

    private List<String> payments(ExportBooks.Export export) {
        List<String> found = new java.util.ArrayList<>();
        books.subtotals(export.id(), sum -> {
            if (sum.store().equals(code()) && sum.role() != AccountRole.TAX)
                found.add(sum.role() + " " + sum.kind() + " " + sum.amount().minor() + " of it deposits "
                        + sum.base().minor());
        });
        return found;
    }

    /** Every difference of the workbook's control sheet is zero by its own formulas. */
    private void ties(ExportBooks.Export export, Path folder) throws IOException {
        Files.createDirectories(folder);
        new SheetFiles(ZoneId.of("America/Mexico_City"))
                .write(new JournalFiles.Company("GODE561231GR8", "Refacciones"), export, books, folder);
        try (var files = Files.list(folder)) {
            Path workbook = files.filter(file -> file.toString().endsWith(".xlsx"))
                    .findFirst()
                    .orElseThrow();
            try (XSSFWorkbook book = new XSSFWorkbook(Files.newInputStream(workbook))) {
                book.getCreationHelper().createFormulaEvaluator().evaluateAll();
                for (int row : new int[] {7, 8, 9, 10, 11, 12, 15})
                    assertThat(book.getSheet("Control").getRow(row).getCell(3).getNumericCellValue())
                            .as(book.getSheet("Control").getRow(row).getCell(0).getStringCellValue())
                            .isCloseTo(0, within(0.001));
            }
        }
    }

    @Test
    void a_customer_with_an_e_mail_is_told_once_that_the_order_is_here() {
        MailDesk mail = TestHub.bean(MailDesk.class);
        TestHub.sql().sql("""
                insert into customer (id, name, email, made_at)
                values (:id, 'Taller Núñez', 'taller@nunez.example', now())
                on conflict (id) do update
                set email = excluded.email
                """).param("id", customer).update();
        account(mail, true);
        try {
            UUID promise = UUID.randomUUID();
            land(made(promise, sale()));
            applyAll();
            TestHub.sql()
                    .sql("update promise set kind = 'ORDER' where id = :id")
                    .param("id", promise)
                    .update();
            land(changed(promise, "ARRIVED"));
            applyAll();
            land(changed(promise, "ARRIVED"));
            applyAll();
            assertThat(mail.letters(null, promise, 10)).singleElement().satisfies(letter -> {
                assertThat(letter.recipient()).isEqualTo("taller@nunez.example");
                assertThat(letter.subject()).contains("C1-APA000001");
            });

            UUID known = UUID.randomUUID();
            land(made(known, sale()), changed(known, "TOLD"), changed(known, "ARRIVED"));
            applyAll();
            assertThat(mail.letters(null, known, 10))
                    .as("its customer knows, and it is no order")
                    .isEmpty();

            UUID late = order();
            UUID gone = order();
            UUID fetched = order();
            SaleBody sale = sale();
            Document here = changed(fetched, "ARRIVED");
            land(
                    here,
                    sold(sale, fetched, 0, here.envelope().id()),
                    changed(late, "ARRIVED", TestHub.CLOCK.instant().minus(java.time.Duration.ofHours(13))),
                    changed(gone, "ARRIVED"),
                    cancelled(gone, 0, 0));
            applyAll();
            for (UUID each : List.of(late, gone, fetched))
                assertThat(mail.letters(null, each, 10)).as("no news any more").isEmpty();
        } finally {
            account(mail, false);
        }
    }

    private UUID order() {
        UUID promise = UUID.randomUUID();
        land(made(promise, sale()));
        applyAll();
        TestHub.sql()
                .sql("update promise set kind = 'ORDER' where id = :id")
                .param("id", promise)
                .update();
        return promise;
    }

    private Document changed(UUID promise, String what) {
        return changed(promise, what, TestHub.CLOCK.instant());
    }

    private Document changed(UUID promise, String what, Instant at) {
        return shop.write(
                promise.toString(),
                DocumentType.PROMISE_CHANGED,
                new PromiseChangedBody(
                        UUID.randomUUID(),
                        shop.id.value(),
                        promise,
                        what,
                        "",
                        null,
                        at,
                        DAY,
                        UUID.randomUUID(),
                        "Marta",
                        null,
                        null));
    }

    private static void account(MailDesk mail, boolean enabled) {
        TestShop.done(mail.keep(
                new MailDesk.Account(
                        enabled,
                        "smtp.example",
                        587,
                        MailServer.Security.STARTTLS,
                        "refahub",
                        false,
                        "ventas@refahub.example",
                        "Refacciones",
                        "https://centro.example/"),
                "contraseña larga",
                ELENA));
    }

    // --- dollars and slips

    private StoreCredit slip(UUID id, long centavos) throws GeneralSecurityException {
        StoreCredit bare = new StoreCredit(id, shop.id, Money.mxn(centavos), DAY, "");
        Signature signer = Signature.getInstance("Ed25519");
        signer.initSign(shop.keys.getPrivate());
        signer.update(bare.message());
        return bare.signed(signer.sign());
    }

    private Document paidBy(
            UUID promise,
            UUID session,
            Tender.Kind kind,
            long amount,
            long before,
            PromisePaymentBody.@Nullable ForeignBody foreign,
            @Nullable StoreCredit credit) {
        PromisePaymentBody body = new PromisePaymentBody(
                UUID.randomUUID(),
                shop.id.value(),
                promise,
                shop.register().value(),
                session,
                "C1-D000001",
                kind.name(),
                kind.satPaymentForm(),
                "MXN",
                amount,
                credit == null ? "" : credit.code().text(),
                before,
                AT,
                DAY,
                UUID.randomUUID(),
                "Marta",
                foreign,
                credit == null ? null : new PromisePaymentBody.SlipBody(credit.id(), credit.proof()));
        return shop.writeRaw(
                promise.toString(),
                DocumentType.PROMISE_PAYMENT,
                DocumentType.PROMISE_PAYMENT_SCHEMA,
                JSON.writeValueAsString(body));
    }

    private Document givenBack(UUID promise, UUID session, long returned, long kept, StoreCredit credit) {
        PromiseChangedBody body = new PromiseChangedBody(
                UUID.randomUUID(),
                shop.id.value(),
                promise,
                "CANCELLED",
                "ya no lo quiere",
                new PromiseChangedBody.BackBody(
                        UUID.randomUUID(),
                        shop.register().value(),
                        session,
                        "C1-D000005",
                        "CASH",
                        "01",
                        "MXN",
                        returned,
                        kept,
                        "",
                        new PromiseChangedBody.SlipBody(
                                credit.id(), credit.amount().minor(), credit.proof())),
                AT,
                DAY,
                UUID.randomUUID(),
                "Marta",
                null,
                null);
        return shop.writeRaw(
                promise.toString(),
                DocumentType.PROMISE_CHANGED,
                DocumentType.PROMISE_CHANGED_SCHEMA,
                JSON.writeValueAsString(body));
    }

    private CreditBoard.Credit credit(StoreCredit slip) {
        return TestHub.bean(CreditBoard.class).standing(500).credits().stream()
                .filter(one -> one.id().equals(slip.id()))
                .findFirst()
                .orElseThrow();
    }

    /** The store's own deposits-by-hand.csv, without its pesos: 175.00 and 100.00 in dollars, 120.00 by slip; 10 percent kept. */
    @Test
    void dollars_and_slips_that_pay_deposits_are_counted_by_currency_spent_and_owed_again() throws Exception {
        UUID promise = UUID.randomUUID();
        UUID session = UUID.randomUUID();
        StoreCredit spent = slip(UUID.randomUUID(), 15_000);
        StoreCredit back = slip(UUID.randomUUID(), 12_000);
        Document made = made(promise, sale());
        Document first = paidBy(
                promise,
                session,
                Tender.Kind.CASH_USD,
                17_500,
                0,
                new PromisePaymentBody.ForeignBody("USD", 1_000, "17.5"),
                null);
        Document second = paidBy(
                promise,
                session,
                Tender.Kind.CASH_USD,
                10_000,
                17_500,
                new PromisePaymentBody.ForeignBody("USD", 500, "20"),
                null);
        Document third = paidBy(promise, session, Tender.Kind.STORE_CREDIT, 12_000, 27_500, null, spent);
        Document given = givenBack(promise, session, 23_550, 3_950, back);
        land(made, first, second, third, given);
        applyAll();

        for (Document one : List.of(made, first, second, third, given))
            assertThat(differences(one)).as(one.envelope().type()).isZero();
        assertThat(sheet(promise).row().deposit().isZero()).isTrue();
        assertThat(TestHub.bean(CashTable.class).tenderSums(session, shop.id.value(), AT).stream()
                        .map(sum -> sum.kind() + " " + sum.currency() + " " + sum.paidIn() + " " + sum.paidOut()))
                .containsExactly(
                        "CASH MXN 0 -23550",
                        "CASH USD 1500 0",
                        "CASH_USD MXN 27500 0",
                        "STORE_CREDIT MXN 12000 -12000");
        assertThat(credit(spent).spent()).isEqualTo(Money.mxn(12_000));
        assertThat(credit(spent).spendings())
                .extracting(CreditBoard.Spending::folio)
                .containsExactly("C1-APA000001");
        assertThat(credit(back).spent().isZero()).isTrue();
        assertThat(credit(back).issuedAt()).isEqualTo(AT);
    }

    @Test
    void a_slip_spent_beyond_its_amount_and_dollars_that_are_worth_something_else_are_told() throws Exception {
        UUID promise = UUID.randomUUID();
        UUID session = UUID.randomUUID();
        StoreCredit slip = slip(UUID.randomUUID(), 10_000);
        Document made = made(promise, sale());
        Document once = paidBy(promise, session, Tender.Kind.STORE_CREDIT, 10_000, 0, null, slip);
        Document twice = paidBy(promise, session, Tender.Kind.STORE_CREDIT, 1, 10_000, null, slip);
        Document odd = paidBy(
                promise,
                session,
                Tender.Kind.CASH_USD,
                18_000,
                10_001,
                new PromisePaymentBody.ForeignBody("USD", 1_000, "17.5"),
                null);
        Document none = paidBy(promise, session, Tender.Kind.CASH_USD, 18_000, 28_001, null, null);
        land(made, once, twice, odd, none);
        applyAll();

        assertThat(differences(once)).isZero();
        for (Document one : List.of(twice, odd, none))
            assertThat(differences(one)).isPositive();
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
