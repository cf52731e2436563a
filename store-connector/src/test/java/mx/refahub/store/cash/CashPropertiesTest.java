package mx.refahub.store.cash;

import static mx.refahub.store.TestStore.C1;
import static mx.refahub.store.TestStore.LUCIA;
import static mx.refahub.store.TestStore.MARTA;
import static mx.refahub.store.TestStore.PEDRO;
import static mx.refahub.store.TestStore.done;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import mx.refahub.domain.cash.CashChain;
import mx.refahub.domain.cash.CashCount;
import mx.refahub.domain.cash.CashMovement;
import mx.refahub.domain.cash.CashReport;
import mx.refahub.domain.cash.CashSessions;
import mx.refahub.domain.cash.Denomination;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.document.DocumentType;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.sale.Payment;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.sale.Ticket;
import mx.refahub.domain.wire.CashMovementBody;
import mx.refahub.domain.wire.CashSessionClosedBody;
import mx.refahub.domain.wire.CashSessionOpenedBody;
import mx.refahub.domain.wire.SaleBody;
import mx.refahub.store.TestStore;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** Whatever a day is like: its Z is the sum of its journal, and the sum of its documents. */
class CashPropertiesTest {
    enum Act {
        CASH_SALE,
        CARD_SALE,
        MIXED_SALE,
        PAID_IN,
        PAID_OUT,
        DROP,
        DOLLARS,
        SWITCH,
        X,
        COUNT_AND_CLOSE,
        COUNT_CLOSE_AND_REOPEN,
        RESTART,
        POWER_CUT
    }

    @Property(tries = 12)
    void a_z_is_the_sum_of_its_journal_and_of_its_documents(
            @ForAll @Size(min = 5, max = 40) List<Act> acts, @ForAll long seed) throws IOException {
        Path folder = Files.createTempDirectory("cash");
        TestStore store = TestStore.open(folder);
        try {
            Random random = new Random(seed);
            PartId plug = store.part("BKR6E-11", 8_900);
            PartId alternator = store.part("23-11254", 325_000, true, "GENERAL", "02", 60_000);
            UUID session = open(store);
            for (Act act : acts) {
                switch (act) {
                    case RESTART -> store = store.restarted();
                    case COUNT_AND_CLOSE, COUNT_CLOSE_AND_REOPEN -> {
                        CashReport z = close(store, session, random);
                        check(store, z);
                        if (act == Act.COUNT_AND_CLOSE) session = open(store);
                        else done(store.cash.reopen(store.ids.next(), session, "Faltó un ticket", LUCIA));
                    }
                    default -> act(store, session, act, random.nextBoolean() ? plug : alternator, random);
                }
            }
            check(store, close(store, session, random));
            numbersAreGapless(store);
        } finally {
            store.close();
            delete(folder);
        }
    }

    private static UUID open(TestStore store) {
        return done(store.desk.open(store.ids.next(), C1, Money.mxn(50_000), MARTA))
                .id();
    }

    private static void act(TestStore store, UUID session, Act act, PartId part, Random random) {
        switch (act) {
            case CASH_SALE -> sell(store, part, 100, random);
            case CARD_SALE -> sell(store, part, 0, random);
            case MIXED_SALE -> sell(store, part, 1 + random.nextInt(99), random);
            case PAID_IN -> move(store, session, CashMovement.Reason.MORE_FLOAT, Money.MXN, random);
            case PAID_OUT -> move(store, session, CashMovement.Reason.PETTY_CASH, Money.MXN, random);
            case DROP -> move(store, session, CashMovement.Reason.SAFE, Money.MXN, random);
            case DOLLARS -> move(store, session, CashMovement.Reason.EXCHANGE_IN, Denomination.USD, random);
            case SWITCH -> done(store.cash.takeOver(store.ids.next(), session, random.nextBoolean() ? MARTA : PEDRO));
            case X -> {
                CashReport x = done(store.cash.printX(session, true, MARTA));
                assertThat(x.sales().total()).isEqualTo(sold(x));
            }
            case POWER_CUT -> powerCut(store, session, random);
            case COUNT_AND_CLOSE, COUNT_CLOSE_AND_REOPEN, RESTART ->
                throw new IllegalStateException("done by the caller");
        }
    }

    /** @param cashShare in percent of the total; the rest goes to a card */
    private static void sell(TestStore store, PartId part, int cashShare, Random random) {
        Ticket ticket = done(store.till.inHand(C1, MARTA));
        ticket = done(store.till.add(ticket.id(), store.ids.next(), part, Quantity.of(1 + random.nextInt(3)), MARTA));
        long total = ticket.totals().total().minor();
        long cash = total * cashShare / 100;
        List<Payment.Offer> offers = new ArrayList<>();
        if (total > cash) offers.add(new Payment.Offer(Tender.Kind.CREDIT_CARD, Money.mxn(total - cash), "A1"));
        if (cash > 0) offers.add(new Payment.Offer(Tender.Kind.CASH, Money.mxn(cash + random.nextInt(3) * 5_000L), ""));
        Payment payment = new Payment(offers);
        done(store.till.pay(ticket.id(), Money.mxn(total), payment, MARTA));
        done(store.till.pay(ticket.id(), Money.mxn(total), payment, MARTA));
    }

    private static void move(
            TestStore store, UUID session, CashMovement.Reason reason, Currency currency, Random random) {
        CashMovement movement = new CashMovement(
                store.ids.next(),
                reason.kind(),
                new Money(1 + random.nextInt(80_000), currency),
                reason,
                "",
                "R-" + random.nextInt(1_000));
        done(store.cash.move(session, movement, MARTA, LUCIA));
        done(store.cash.move(session, movement, MARTA, LUCIA));
    }

    /** The last statement of the transaction fails, after all others have run. */
    private static void powerCut(TestStore store, UUID session, Random random) {
        long journal = store.count("cash_journal");
        long documents = store.count("outbox");
        store.sales.change(s -> s.update(
                "create trigger broken before insert on print_page begin select raise(abort, 'power cut'); end"));
        try {
            move(store, session, CashMovement.Reason.SAFE, Money.MXN, random);
            throw new AssertionError("the movement went through");
        } catch (mx.refahub.domain.Failure e) {
            assertThat(e).hasMessageContaining("power cut");
        } finally {
            store.sales.change(s -> s.update("drop trigger broken"));
        }
        assertThat(store.count("cash_journal")).isEqualTo(journal);
        assertThat(store.count("outbox")).isEqualTo(documents);
    }

    private static CashReport close(TestStore store, UUID session, Random random) {
        CashCount count = new CashCount(
                Denomination.all().stream()
                        .map(denomination -> new CashCount.Pieces(denomination, random.nextInt(5)))
                        .toList(),
                List.of(new CashCount.Vouchers(Tender.Kind.CREDIT_CARD, Money.mxn(random.nextInt(1_000_000)))));
        UUID counting = store.ids.next();
        CashReport counted = done(store.cash.count(counting, session, count, MARTA));
        done(store.cash.count(counting, session, count, MARTA));
        List<CashSessions.Why> reasons = counted.tenders().stream()
                .map(line -> new CashSessions.Why(line.tender(), line.currency(), "Por revisar"))
                .toList();
        UUID closing = store.ids.next();
        CashReport z = done(store.cash.close(closing, session, reasons, MARTA));
        assertThat(done(store.cash.close(closing, session, reasons, MARTA))).isEqualTo(z);
        return z;
    }

    private static void check(TestStore store, CashReport z) {
        Map<String, Long> journal = new HashMap<>();
        store.sales.read(s -> s.all(
                "select tender, currency, amount from cash_journal where cash_session_id = ?",
                row -> journal.merge(row.text("tender") + row.text("currency"), row.number("amount"), Long::sum),
                z.head().session()));
        Map<String, Long> documents = documents(store, z);
        for (CashReport.TenderLine line : z.tenders()) {
            String tender = line.tender().name() + line.currency();
            long counted = journal(store, z, line);
            assertThat(journal.getOrDefault(tender, 0L) - counted)
                    .isEqualTo(line.expected().minor());
            assertThat(documents.getOrDefault(tender, 0L))
                    .isEqualTo(line.expected().minor());
            assertThat(line.counted()).isEqualTo(line.expected().plus(line.difference()));
        }
        assertThat(z.sales().total()).isEqualTo(sold(z));
        Money taxed =
                z.taxes().stream().map(line -> line.base().plus(line.tax())).reduce(Money.mxn(0), Money::plus);
        assertThat(taxed).isEqualTo(z.sales().total());
        assertThat(done(store.cash.verify(z.head().session()))).isInstanceOf(CashChain.Verdict.Sound.class);
    }

    /** What was only told and not moved. */
    private static long journal(TestStore store, CashReport z, CashReport.TenderLine line) {
        return store.sales
                .read(s -> s.first(
                        "select coalesce(sum(amount), 0) as n from cash_journal where cash_session_id = ? and kind = 'COUNTED' and tender = ? and currency = ?",
                        row -> row.number("n"),
                        z.head().session(),
                        line.tender(),
                        line.currency().getCurrencyCode()))
                .orElseThrow();
    }

    private static Money sold(CashReport report) {
        return report.tenders().stream()
                .filter(line -> line.currency().equals(Money.MXN))
                .map(CashReport.TenderLine::sold)
                .reduce(Money.mxn(0), Money::plus);
    }

    /** Per tender, out of the documents alone. */
    private static Map<String, Long> documents(TestStore store, CashReport z) {
        Map<String, Long> sums = new HashMap<>();
        UUID session = z.head().session();
        for (Document document : store.outbox.after(0, 10_000, Integer.MAX_VALUE)) {
            switch (document.envelope().type()) {
                case DocumentType.CASH_SESSION_OPENED -> {
                    CashSessionOpenedBody body = store.json.readValue(document.body(), CashSessionOpenedBody.class);
                    if (body.id().equals(session)) sums.merge("CASH" + body.currency(), body.openingFloat(), Long::sum);
                }
                case DocumentType.SALE -> {
                    SaleBody body = store.json.readValue(document.body(), SaleBody.class);
                    if (body.cashSession().equals(session))
                        body.tenders()
                                .forEach(tender ->
                                        sums.merge(tender.kind() + body.currency(), tender.amount(), Long::sum));
                }
                case DocumentType.CASH_MOVEMENT -> {
                    CashMovementBody body = store.json.readValue(document.body(), CashMovementBody.class);
                    if (body.session().equals(session))
                        sums.merge(
                                "CASH" + body.currency(),
                                body.kind().equals("PAID_IN") ? body.amount() : -body.amount(),
                                Long::sum);
                }
                default -> {}
            }
        }
        return sums;
    }

    private static void numbersAreGapless(TestStore store) {
        List<Long> numbers = new ArrayList<>();
        Map<UUID, Long> last = new HashMap<>();
        for (Document document : store.outbox.after(0, 10_000, Integer.MAX_VALUE)) {
            if (!document.envelope().type().equals(DocumentType.CASH_SESSION_CLOSED)) continue;
            CashSessionClosedBody body = store.json.readValue(document.body(), CashSessionClosedBody.class);
            numbers.add(body.zNumber());
            assertThat(body.supersedes()).isEqualTo(last.getOrDefault(body.session(), 0L));
            last.put(body.session(), body.zNumber());
        }
        for (int i = 0; i < numbers.size(); i++) assertThat(numbers.get(i)).isEqualTo(i + 1L);
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }
}
