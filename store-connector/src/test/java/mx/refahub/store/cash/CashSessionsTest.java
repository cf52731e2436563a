package mx.refahub.store.cash;

import static mx.refahub.store.TestStore.C1;
import static mx.refahub.store.TestStore.C2;
import static mx.refahub.store.TestStore.LUCIA;
import static mx.refahub.store.TestStore.MARTA;
import static mx.refahub.store.TestStore.PEDRO;
import static mx.refahub.store.TestStore.cash;
import static mx.refahub.store.TestStore.done;
import static mx.refahub.store.TestStore.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.Failure;
import mx.refahub.domain.cash.CashChain;
import mx.refahub.domain.cash.CashCount;
import mx.refahub.domain.cash.CashDay;
import mx.refahub.domain.cash.CashMovement;
import mx.refahub.domain.cash.CashReport;
import mx.refahub.domain.cash.CashSessions;
import mx.refahub.domain.cash.Denomination;
import mx.refahub.domain.device.CashDrawer;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.sale.Ticket;
import mx.refahub.store.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CashSessionsTest {
    private TestStore store;
    private UUID session;

    @BeforeEach
    void open(@TempDir Path folder) {
        store = TestStore.open(folder);
        session = store.openCashSession(C1).id();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void a_payment_out_of_the_drawer_is_journalled_documented_and_printed_with_the_drawer_open() {
        CashMovement water = out(14_550, "R-118");

        CashMovement.Recorded recorded = done(store.cash.move(session, water, MARTA, null));

        assertThat(recorded.byName()).isEqualTo("Marta");
        assertThat(recorded.approvedByName()).isEmpty();
        assertThat(cashLine(done(store.cash.x(session))).expected()).isEqualTo(Money.mxn(50_000 - 14_550));
        Document document = lastDocument();
        assertThat(document.envelope().type()).isEqualTo("cash-movement");
        assertThat(document.envelope().key()).isEqualTo(session.toString());
        assertThat(document.isAuthentic(TestStore.KEYS.getPublic())).isTrue();
        assertThat(slips()).singleElement().asString().contains("SALIDA", "R-118", "$145.50");
        assertThat(store.drawer.reasons).containsExactly(CashDrawer.Reason.SESSION_OPEN, CashDrawer.Reason.PAID_OUT);
    }

    @Test
    void the_same_movement_again_is_the_same_and_another_one_under_its_id_is_refused() {
        CashMovement drop = new CashMovement(
                store.ids.next(), CashMovement.Kind.DROP, Money.mxn(10_000), CashMovement.Reason.SAFE, "", "");
        CashMovement.Recorded first = done(store.cash.move(session, drop, MARTA, null));
        long documents = store.count("outbox");

        assertThat(done(store.cash.move(session, drop, MARTA, null))).isEqualTo(first);
        CashMovement larger = new CashMovement(drop.id(), drop.kind(), Money.mxn(20_000), drop.reason(), "", "");
        assertThat(refusal(store.cash.move(session, larger, MARTA, null))).isEqualTo("cash-act-differs");
        assertThat(store.count("outbox")).isEqualTo(documents);
        assertThat(store.count("cash_movement")).isEqualTo(1);
    }

    @Test
    void above_the_limit_a_manager_has_to_allow_it() {
        CashMovement large = out(50_001, "F-9");

        assertThat(refusal(store.cash.move(session, large, MARTA, null))).isEqualTo("cash-over-limit");
        assertThat(refusal(store.cash.move(session, large, MARTA, PEDRO))).isEqualTo("cash-over-limit");
        assertThat(done(store.cash.move(session, large, MARTA, LUCIA)).approvedByName())
                .isEqualTo("Lucía");
        assertThat(done(store.cash.move(session, out(50_000, "F-8"), MARTA, null))
                        .approvedByName())
                .isEmpty();
        assertThat(done(store.cash.move(session, out(90_000, "F-7"), LUCIA, null))
                        .approvedByName())
                .isEqualTo("Lucía");
    }

    @Test
    void petty_cash_wants_its_receipt_and_another_reason_its_words() {
        assertThat(refusal(store.cash.move(session, out(100, " "), MARTA, null)))
                .isEqualTo("cash-reference-missing");
        assertThat(refusal(store.cash.move(
                        session,
                        new CashMovement(
                                store.ids.next(),
                                CashMovement.Kind.PAID_IN,
                                Money.mxn(100),
                                CashMovement.Reason.OTHER_IN,
                                " ",
                                ""),
                        MARTA,
                        null)))
                .isEqualTo("cash-note-missing");
        assertThat(refusal(store.cash.move(store.ids.next(), out(100, "R"), MARTA, null)))
                .isEqualTo("cash-session-unknown");
    }

    @Test
    void another_cashier_takes_the_drawer_over_within_the_session() {
        UUID act = store.ids.next();

        assertThat(done(store.cash.takeOver(act, session, PEDRO)).cashierName()).isEqualTo("Pedro");

        assertThat(lastDocument().envelope().type()).isEqualTo("cashier-switched");
        long documents = store.count("outbox");
        assertThat(done(store.cash.takeOver(act, session, PEDRO)).cashierName()).isEqualTo("Pedro");
        assertThat(done(store.cash.takeOver(store.ids.next(), session, PEDRO)).cashierName())
                .isEqualTo("Pedro");
        assertThat(store.count("outbox")).isEqualTo(documents);
        assertThat(refusal(store.cash.takeOver(act, session, MARTA))).isEqualTo("cash-act-differs");
        assertThat(store.desk.registers().getFirst().session().orElseThrow().cashierName())
                .isEqualTo("Pedro");
    }

    @Test
    void a_counted_drawer_neither_sells_nor_moves_and_cannot_be_counted_again() {
        PartId plug = store.part("BKR6E-11", 8_900);
        Ticket ticket = done(store.till.inHand(C1, MARTA));
        done(store.till.add(ticket.id(), store.ids.next(), plug, Quantity.ONE, MARTA));
        assertThat(refusal(store.cash.counted(session))).isEqualTo("cash-not-counted");
        assertThat(refusal(store.cash.close(store.ids.next(), session, List.of(), MARTA)))
                .isEqualTo("cash-not-counted");
        UUID act = store.ids.next();
        CashReport counted = done(store.cash.count(act, session, bills(5), MARTA));

        assertThat(cashLine(counted).difference()).isEqualTo(Money.mxn(0));
        assertThat(refusal(store.till.inHand(C1, MARTA))).isEqualTo("cash-session-closed");
        assertThat(refusal(store.till.pay(ticket.id(), Money.mxn(8_900), cash(8_900), MARTA)))
                .isEqualTo("cash-session-closed");
        assertThat(refusal(store.cash.move(session, out(100, "R"), MARTA, null)))
                .isEqualTo("cash-session-counted");
        assertThat(refusal(store.cash.takeOver(store.ids.next(), session, PEDRO)))
                .isEqualTo("cash-session-counted");
        assertThat(refusal(store.cash.count(store.ids.next(), session, bills(4), MARTA)))
                .isEqualTo("cash-session-counted");
        assertThat(refusal(store.cash.count(act, session, bills(4), MARTA))).isEqualTo("cash-act-differs");
        assertThat(cashLine(done(store.cash.count(act, session, bills(5), MARTA)))
                        .counted())
                .isEqualTo(Money.mxn(50_000));
        store = store.restarted();
        assertThat(cashLine(done(store.cash.counted(session))).counted()).isEqualTo(Money.mxn(50_000));
    }

    @Test
    void a_difference_above_the_limit_needs_a_reason_before_there_is_a_z() {
        done(store.cash.count(store.ids.next(), session, bills(4), MARTA));
        UUID closing = store.ids.next();

        assertThat(refusal(store.cash.close(closing, session, List.of(), MARTA)))
                .isEqualTo("cash-reason-missing");
        assertThat(refusal(store.cash.close(closing, session, List.of(why("  ")), MARTA)))
                .isEqualTo("cash-reason-missing");
        CashReport z = done(store.cash.close(closing, session, List.of(why("Se prestaron cien a Caja 2")), MARTA));

        assertThat(z.seal().number()).isEqualTo(1);
        assertThat(cashLine(z).difference()).isEqualTo(Money.mxn(-10_000));
        assertThat(cashLine(z).reason()).isEqualTo("Se prestaron cien a Caja 2");
        assertThat(refusal(store.cash.x(session))).isEqualTo("cash-session-ended");
        assertThat(refusal(store.cash.close(store.ids.next(), session, List.of(), MARTA)))
                .isEqualTo("cash-session-ended");
        assertThat(done(store.cash.z(closing))).isEqualTo(z);
        assertThat(refusal(store.cash.z(store.ids.next()))).isEqualTo("cash-z-unknown");
    }

    @Test
    void a_session_opened_again_gets_a_z_of_its_own_that_supersedes_the_first() {
        CashReport first = closed(session, 5);
        UUID reopening = store.ids.next();

        assertThat(refusal(store.cash.reopen(reopening, session, " ", LUCIA))).isEqualTo("cash-note-missing");
        assertThat(done(store.cash.reopen(reopening, session, "Faltó contar la morralla", LUCIA))
                        .isCounted())
                .isFalse();

        Document document = lastDocument();
        assertThat(document.envelope().type()).isEqualTo("cash-session-reopened");
        assertThat(done(store.cash.reopen(reopening, session, "Faltó contar la morralla", LUCIA))
                        .id())
                .isEqualTo(session);
        assertThat(refusal(store.cash.reopen(store.ids.next(), session, "Otra vez", LUCIA)))
                .isEqualTo("cash-session-open");
        CashReport second = closed(session, 5);
        assertThat(second.seal().number()).isEqualTo(first.seal().number() + 1);
        assertThat(second.seal().supersedes()).isEqualTo(first.seal().number());
        assertThat(store.cash.zs(null, 10))
                .extracting(CashSessions.ZHead::number, CashSessions.ZHead::superseded)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(2L, false), org.assertj.core.groups.Tuple.tuple(1L, true));
        assertThat(done(store.cash.verify(session))).isInstanceOf(CashChain.Verdict.Sound.class);
        UUID next = store.openCashSession(C1).id();
        assertThat(refusal(store.cash.reopen(store.ids.next(), session, "Tarde", LUCIA)))
                .isEqualTo("cash-session-not-last");
        assertThat(closed(next, 5).seal().number()).isEqualTo(3);
    }

    @Test
    void each_register_numbers_its_own_zs() {
        UUID other = store.openCashSession(C2).id();

        assertThat(closed(session, 5).seal().number()).isEqualTo(1);
        assertThat(closed(other, 5).seal().number()).isEqualTo(1);
        assertThat(store.cash.zs(MARTA.id(), 10)).hasSize(2);
        assertThat(store.cash.zs(PEDRO.id(), 10)).isEmpty();
    }

    @Test
    void the_verifier_names_the_first_row_that_somebody_laid_hands_on() {
        done(store.cash.move(session, out(100, "R-1"), MARTA, null));
        done(store.cash.move(session, out(200, "R-2"), MARTA, null));
        done(store.cash.move(session, out(300, "R-3"), MARTA, null));
        assertThatThrownBy(() -> store.sales.change(s -> s.update("update cash_journal set amount = -1")))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("append-only");
        assertThatThrownBy(() -> store.sales.change(s -> s.update("delete from cash_journal")))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("append-only");

        store.sales.change(s -> {
            s.update("drop trigger cash_journal_is_not_edited");
            s.update("update cash_journal set amount = -20 where sequence = 3");
        });

        assertThat(done(store.cash.verify(session))).isEqualTo(new CashChain.Verdict.Broken(3, CashChain.What.EDITED));
    }

    @Test
    void a_journal_that_was_written_anew_from_end_to_end_is_not_what_its_z_sealed() {
        done(store.cash.move(session, out(100, "R-1"), MARTA, null));
        closed(session, 5, "Gasto menor");
        store.sales.change(s -> {
            s.update("drop trigger cash_journal_is_not_erased");
            List<CashChain.Link> links = CashJournal.links(s, session);
            s.update("delete from cash_journal");
            for (CashChain.Link link : links) {
                if (link.entry().sequence() == 2) continue;
                CashJournal.append(
                        s,
                        session,
                        new CashJournal.Act(
                                link.entry().at(),
                                link.entry().by(),
                                link.entry().byName(),
                                link.entry().cause()),
                        link.entry().kind(),
                        link.entry().tender(),
                        link.entry().amount(),
                        link.entry().detail());
            }
        });

        assertThat(done(store.cash.verify(session))).isEqualTo(new CashChain.Verdict.Broken(4, CashChain.What.MISSING));
    }

    @Test
    void a_session_from_before_the_chain_gets_one_at_the_next_start() {
        PartId plug = store.part("BKR6E-11", 8_900);
        Ticket ticket = done(store.till.inHand(C1, MARTA));
        done(store.till.add(ticket.id(), store.ids.next(), plug, Quantity.ONE, MARTA));
        done(store.till.pay(ticket.id(), Money.mxn(8_900), cash(10_000), MARTA));
        CashReport before = done(store.cash.x(session));
        store.sales.change(s -> {
            s.update("drop trigger cash_journal_is_not_erased");
            s.update("delete from cash_journal");
        });

        store = store.restarted();

        assertThat(done(store.cash.x(session)).tenders()).isEqualTo(before.tenders());
        assertThat(done(store.cash.verify(session))).isInstanceOf(CashChain.Verdict.Sound.class);
    }

    @Test
    void the_day_adds_all_registers_and_says_when_one_is_still_open() {
        UUID other = store.openCashSession(C2).id();
        done(store.cash.move(other, out(10_000, "R-1"), MARTA, null));
        closed(session, 5);
        LocalDate today = done(store.cash.today());

        CashDay day = done(store.cash.day(today));

        assertThat(day.complete()).isFalse();
        assertThat(day.sessions()).hasSize(2);
        assertThat(day.tenders().getFirst().opening()).isEqualTo(Money.mxn(100_000));
        assertThat(day.tenders().getFirst().expected()).isEqualTo(Money.mxn(90_000));
        closed(other, 4);
        store.clock.advance(Duration.ofDays(1));
        assertThat(done(store.cash.printDay(today, LUCIA)).complete()).isTrue();
        assertThat(done(store.cash.day(done(store.cash.today()))).sessions()).isEmpty();
        assertThat(slips()).anyMatch(slip -> slip.contains("CORTE GENERAL") && slip.contains("$900.00"));
    }

    @Test
    void the_paper_of_an_x_hides_what_should_be_there_from_who_has_to_count_it() {
        done(store.cash.printX(session, false, MARTA));
        done(store.cash.printX(session, true, LUCIA));

        assertThat(slips().getFirst()).contains("CORTE X").doesNotContain("Debe haber");
        assertThat(slips().getLast()).contains("CORTE X", "Debe haber", "$500.00");
    }

    private CashReport closed(UUID cashSession, int hundreds) {
        return closed(cashSession, hundreds, "");
    }

    private CashReport closed(UUID cashSession, int hundreds, String reason) {
        done(store.cash.count(store.ids.next(), cashSession, bills(hundreds), MARTA));
        return done(store.cash.close(store.ids.next(), cashSession, List.of(why(reason)), MARTA));
    }

    private static CashSessions.Why why(String reason) {
        return new CashSessions.Why(Tender.Kind.CASH, Money.MXN, reason);
    }

    private static CashCount bills(int hundreds) {
        Denomination hundred = new Denomination(Denomination.Form.BILL, Money.mxn(10_000));
        return new CashCount(List.of(new CashCount.Pieces(hundred, hundreds)), List.of());
    }

    private CashMovement out(long centavos, String receipt) {
        return new CashMovement(
                store.ids.next(),
                CashMovement.Kind.PAID_OUT,
                Money.mxn(centavos),
                CashMovement.Reason.PETTY_CASH,
                "",
                receipt);
    }

    private static CashReport.TenderLine cashLine(CashReport report) {
        return report.tenders().getFirst();
    }

    private Document lastDocument() {
        return store.outbox.after(0, 1_000, Integer.MAX_VALUE).getLast();
    }

    private List<String> slips() {
        return store.sales.read(
                s -> s.all("select content from print_page order by rowid", row -> row.text("content")));
    }
}
