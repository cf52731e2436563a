package mx.refahub.hub.message;

import static mx.refahub.hub.TestShop.done;
import static mx.refahub.hub.TestShop.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.delivery.Intake;
import mx.refahub.domain.delivery.Ledgers;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.hub.StoreBoard;
import mx.refahub.domain.hub.StoreBoard.DocumentFilter;
import mx.refahub.domain.hub.StoreBoard.DocumentState;
import mx.refahub.domain.hub.StoreBoard.DocumentView;
import mx.refahub.domain.message.MessageDesk;
import mx.refahub.domain.message.MessageDesk.Amendment;
import mx.refahub.domain.message.MessageDesk.Batch;
import mx.refahub.domain.message.MessageDesk.BulkAct;
import mx.refahub.domain.message.MessageDesk.ParkedFilter;
import mx.refahub.domain.message.MessageDesk.Verdict;
import mx.refahub.domain.reconcile.Cell;
import mx.refahub.domain.reconcile.Day;
import mx.refahub.domain.reconcile.Finding;
import mx.refahub.domain.reconcile.Mark;
import mx.refahub.domain.reconcile.Reconciliations;
import mx.refahub.domain.reconcile.Report;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.Role;
import mx.refahub.domain.store.UserId;
import mx.refahub.hub.TestHub;
import mx.refahub.hub.TestShop;
import mx.refahub.hub.reconcile.ReconcileDesk;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MessageDeskTest {
    private static final Person ANA = person("Ana", Role.ADMIN);
    private static final Person BETO = person("Beto", Role.ACCOUNTANT);
    private final MessageDesk desk = TestHub.bean(MessageDesk.class);
    private final StoreBoard board = TestHub.bean(StoreBoard.class);
    private final TestShop shop = TestShop.open();

    @Test
    void a_sale_that_cannot_be_read_is_amended_by_two_people_and_applied_and_its_original_stays() {
        Mended sale = brokenSale();
        UUID id = UUID.randomUUID();

        Amendment asked = done(desk.edit(id, sale.parked().id(), sale.good(), "faltaba el total", ANA));
        assertThat(asked.verdict()).isNull();
        assertThat(asked.needsSecond()).isTrue();
        assertThat(done(desk.edit(id, sale.parked().id(), sale.good(), "faltaba el total", ANA)))
                .as("pressed twice")
                .isEqualTo(asked);
        assertThat(desk.waiting(500)).contains(asked);
        assertThat(state(sale.parked())).isEqualTo(DocumentState.PARKED);
        assertThat(refused(desk.approve(id, ANA))).isEqualTo("second-person-needed");

        assertThat(done(desk.approve(id, BETO)).verdict()).isEqualTo(Verdict.APPROVED);
        assertThat(done(desk.approve(id, BETO)).verdict()).as("pressed twice").isEqualTo(Verdict.APPROVED);
        applyAll();

        assertThat(state(sale.parked())).isEqualTo(DocumentState.APPLIED);
        assertThat(board.document(sale.parked().id()).orElseThrow().document().amended())
                .isTrue();
        assertThat(number(
                        "select count(*) from sale where document_id = ?",
                        sale.parked().id()))
                .isEqualTo(1);
        assertThat(board.document(sale.parked().id()).orElseThrow().body()).isEqualTo("{\"lines\":[]}");
        assertThat(desk.history(sale.parked().id()).orElseThrow().acts())
                .extracting(MessageDesk.Act::what)
                .containsExactly("message-edit-proposed", "message-edit-approved");
        assertThat(number(
                        "select count(*) from audit where subject = ?",
                        sale.parked().id().toString()))
                .isEqualTo(2);
    }

    @Test
    void one_amendment_waits_at_a_time_and_the_first_word_on_it_counts() {
        Mended sale = brokenSale();
        UUID first = UUID.randomUUID();
        done(desk.edit(first, sale.parked().id(), sale.good(), "x", ANA));

        assertThat(refused(desk.discard(UUID.randomUUID(), sale.parked().id(), "y", BETO)))
                .isEqualTo("message-proposal-open");
        assertThat(done(desk.refuse(first, "no me consta", BETO)).verdict()).isEqualTo(Verdict.REFUSED);
        assertThat(refused(desk.approve(first, BETO))).isEqualTo("amendment-decided");
        assertThat(done(desk.discard(UUID.randomUUID(), sale.parked().id(), "prueba", BETO))
                        .verdict())
                .isNull();
        assertThat(refused(desk.edit(UUID.randomUUID(), sale.parked().id(), "{", "x", ANA)))
                .isEqualTo("message-body-unreadable");
        assertThat(refused(desk.edit(UUID.randomUUID(), sale.parked().id(), "{ \"lines\" : [] }", "x", ANA)))
                .isEqualTo("message-unchanged");
        assertThat(refused(desk.edit(UUID.randomUUID(), UUID.randomUUID(), "{}", "x", ANA)))
                .isEqualTo("message-unknown");
        assertThat(refused(desk.discard(UUID.randomUUID(), sale.parked().id(), " ", ANA)))
                .isEqualTo("reason-needed");
    }

    @Test
    void of_many_who_decide_at_once_one_does() throws Exception {
        Mended sale = brokenSale();
        UUID id = UUID.randomUUID();
        done(desk.discard(id, sale.parked().id(), "prueba", ANA));
        List<Callable<Outcome<?>>> calls = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Person who = person("P" + i, Role.ADMIN);
            boolean approves = i % 2 == 0;
            calls.add(() -> approves ? desk.approve(id, who) : desk.refuse(id, "no", who));
        }
        int done = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
            for (Future<Outcome<?>> each : threads.invokeAll(calls)) if (each.get() instanceof Outcome.Done<?>) done++;
        }
        assertThat(done).isEqualTo(1);
        assertThat(number("select count(*) from document_amendment where id = ? and decided_at is not null", id))
                .isEqualTo(1);
    }

    @Test
    void a_discarded_document_lets_those_behind_it_go_on_and_settles_its_difference() {
        Document refusedSale = shop.writeRaw("sale:d", "sale", 5, "{\"lines\":[]}");
        Document pin = shop.seal(UUID.randomUUID(), "pin:d", "pin-chosen", 1, "{\"nada\":1}", refusedSale.id());
        land(refusedSale, pin);
        assertThat(state(pin)).isEqualTo(DocumentState.WAITING);
        UUID id = UUID.randomUUID();
        done(desk.discard(id, refusedSale.id(), "ticket de prueba", ANA));
        done(desk.approve(id, BETO));
        applyAll();

        assertThat(state(refusedSale)).isEqualTo(DocumentState.DISCARDED);
        assertThat(ids(DocumentState.DISCARDED, "")).containsExactly(refusedSale.id());
        assertThat(state(pin)).as("tried now, for better or worse").isEqualTo(DocumentState.PARKED);
        assertThat(refused(desk.retry(refusedSale.id(), ANA))).isEqualTo("message-not-parked");
        assertThat(done(desk.discard(UUID.randomUUID(), pin.id(), "no hace falta", ANA))
                        .verdict())
                .as("a PIN is no money: one person is enough")
                .isEqualTo(Verdict.APPROVED);

        report(refusedSale);
        assertThat(TestHub.bean(Reconciliations.class).differences(shop.id, 10))
                .singleElement()
                .satisfies(difference -> {
                    assertThat(difference.settledBy()).isEqualTo("Beto");
                    assertThat(difference.reason()).isEqualTo("ticket de prueba");
                });
    }

    @Test
    void documents_of_a_key_are_tried_again_in_their_order() {
        Document unknown = shop.writeRaw("k:1", "of-tomorrow", 1, "{}");
        Document behind = shop.writeRaw("k:1", "of-tomorrow", 1, "{\"b\":1}");
        land(unknown, behind);
        assertThat(done(desk.retry(shop.id, "k:1", ANA))).isEqualTo(1);
        assertThat(done(desk.retry(unknown.id(), ANA))).as("twice").isEqualTo(unknown.id());
        applyAll();
        assertThat(state(unknown)).isEqualTo(DocumentState.PARKED);
        assertThat(state(behind)).as("still behind it").isEqualTo(DocumentState.LANDED);
    }

    @Test
    void many_are_handled_at_once_after_a_count_and_money_waits_for_a_second_person() {
        land(
                shop.writeRaw("a", "pin-chosen", 1, "{\"x\":\"naranja\"}"),
                shop.writeRaw("b", "pin-chosen", 1, "{\"x\":\"naranja\"}"),
                shop.writeRaw("c", "sale", 5, "{\"x\":\"naranja\"}"),
                shop.writeRaw("d", "sale", 5, "{\"x\":\"toronja\"}"));
        TestHub.bean(WordsPass.class).catchUp();
        ParkedFilter filter = new ParkedFilter(shop.id, "", "", "NARANJA", null, null);
        assertThat(done(desk.count(filter))).isEqualTo(new MessageDesk.Count(3, 1));
        ParkedFilter noWord = new ParkedFilter(shop.id, "", "", "¿?", null, null);
        assertThat(done(desk.count(noWord)).documents()).isZero();
        assertThat(refused(desk.bulk(UUID.randomUUID(), BulkAct.DISCARD, noWord, 4, "prueba", ANA)))
                .as("no word is no filter for all")
                .isEqualTo("message-count-changed");
        UUID id = UUID.randomUUID();
        assertThat(refused(desk.bulk(id, BulkAct.DISCARD, filter, 4, "prueba", ANA)))
                .isEqualTo("message-count-changed");

        Batch batch = done(desk.bulk(id, BulkAct.DISCARD, filter, 3, "prueba", ANA));
        assertThat(batch.discarded()).isEqualTo(2);
        assertThat(batch.waiting()).isEqualTo(1);
        assertThat(done(desk.bulk(id, BulkAct.DISCARD, filter, 3, "prueba", ANA)))
                .as("pressed twice")
                .isEqualTo(batch);
        assertThat(refused(desk.approveBatch(id, ANA))).isEqualTo("second-person-needed");
        assertThat(done(desk.approveBatch(id, BETO)).discarded()).isEqualTo(3);
        assertThat(done(desk.approveBatch(id, BETO)).waiting()).isZero();

        ParkedFilter rest = new ParkedFilter(shop.id, "", "", "", null, null);
        Batch again = done(desk.bulk(UUID.randomUUID(), BulkAct.RETRY, rest, 1, "corregido", ANA));
        assertThat(again.toCome()).isEqualTo(1);
        applyAll();
        assertThat(desk.batches(1).getFirst().parkedAgain()).isEqualTo(1);
    }

    @Test
    void documents_are_found_by_their_words_and_by_when_they_landed() {
        Document fruit = shop.writeRaw("f", "pin-chosen", 1, "{\"text\":\"Mandarina de Veracruz\"}");
        land(fruit, shop.writeRaw("g", "pin-chosen", 1, "{\"text\":\"otra cosa\"}"));
        TestHub.bean(WordsPass.class).catchUp();

        assertThat(ids(null, "veracruz mandar")).containsExactly(fruit.id());
        assertThat(ids(null, "text")).as("a field's name").isEmpty();
        assertThat(ids(null, "mandarina tabasco")).isEmpty();
        assertThat(ids(null, "!!")).isEmpty();
        assertThat(done(board.documents(new DocumentFilter(
                        shop.id, "", "", null, "", TestHub.CLOCK.instant().plusSeconds(60), null, null, 50))))
                .isEmpty();
    }

    @Test
    void a_search_for_words_in_a_big_archive_uses_the_index() {
        TestHub.sql().sql("""
                    insert into document (store_id, epoch, sequence, id, key, type, schema, occurred_at, after, previous_hash, hash, signature, body, landed_at)
                    select ?, 77, n, gen_random_uuid(), 'bulk:' || n, 'bulk', 1, now(), '{}', '', '', '', '{}', now() - n * interval '1 second'
                    from generate_series(1, 8000) n""").param(shop.id.value()).update();
        try {
            TestHub.sql().sql("""
                        insert into document_words (document_id, words)
                        select id, array_to_tsvector(array['palabra', 'w' || sequence % 1000]) from document where type = 'bulk'
                        on conflict do nothing""").update();
            // What was written last waits beside the index of words until a vacuum puts it in.
            TestHub.sql().sql("vacuum (analyze) document, document_words").update();
            String where = """
                    explain select d.id from document d left join document_applied a on a.id = d.id
                    join document_words w on w.document_id = d.id
                    where w.words @@ %s::tsquery order by d.landed_at desc, d.id desc limit 50""";
            assertThat(plan(where.formatted("'w7'"))).contains("document_words_by_word");
            assertThat(plan(where.formatted("'palabra'")))
                    .as("a word in every document is not collected first")
                    .contains("document_by_landing");
            assertThat(
                            plan(
                                    "explain select id from document where key = 'bulk:5' order by landed_at desc, id desc limit 50"))
                    .contains("document_by_key");
        } finally {
            TestHub.sql().sql("delete from document where type = 'bulk'").update();
        }
    }

    @Test
    void what_nobody_could_read_is_listed_and_settled_with_a_reason() {
        TestHub.bean(Intake.class)
                .putAside(
                        Optional.of(shop.id),
                        ("no es una trama " + shop.id).getBytes(StandardCharsets.UTF_8),
                        "not a frame");
        MessageDesk.Aside aside = desk.asides(null, 50).stream()
                .filter(each -> each.preview().contains(shop.id.toString()))
                .findFirst()
                .orElseThrow();
        assertThat(aside.why()).isEqualTo("not a frame");
        assertThat(aside.cause()).isEqualTo(MessageDesk.AsideCause.NO_FRAME);
        assertThat(done(desk.settleAside(aside.id(), "una prueba", ANA))).isEqualTo(aside.id());
        assertThat(refused(desk.settleAside(aside.id(), "otra vez", ANA))).isEqualTo("message-unknown");
        assertThat(desk.asides(null, 50)).extracting(MessageDesk.Aside::id).doesNotContain(aside.id());
    }

    @Test
    void a_sale_that_is_not_in_the_books_is_known_by_its_folio_all_the_same() {
        Document parked = shop.writeRaw(
                "sale:f", "sale", 5, "{\"folioPrefix\":\"C9\",\"folioNumber\":7,\"totals\":{\"total\":48900}}");
        Document broken = shop.writeRaw("sale:g", "sale", 5, "{\"folioPrefix\"");
        land(parked, broken);
        assertThat(state(parked)).isEqualTo(DocumentState.PARKED);
        assertThat(board.document(parked.id()).orElseThrow().document().summary())
                .isEqualTo("C9-000007 · $489.00");
        assertThat(board.document(broken.id()).orElseThrow().document().summary())
                .isEmpty();
    }

    private record Mended(Document parked, String good) {}

    /** Parked for its body; the one that it should have had beside it. */
    private Mended brokenSale() {
        TestShop.Disk disk = shop.disk();
        Document good = shop.cashSale(UUID.randomUUID());
        shop.restore(disk);
        Document parked =
                shop.writeRaw(good.envelope().key(), "sale", good.envelope().schema(), "{\"lines\":[]}");
        land(parked);
        assertThat(state(parked)).isEqualTo(DocumentState.PARKED);
        return new Mended(parked, new String(good.body(), StandardCharsets.UTF_8));
    }

    private void report(Document document) {
        Instant now = TestHub.CLOCK.instant();
        Cell cell = new Cell(new Day(LocalDate.of(2026, 3, 1), now.minusSeconds(60), now), "sale");
        Mark theirs =
                new Mark(document.sequence(), document.id(), document.hash().toString(), 100L);
        Mark ours = new Mark(document.sequence(), document.id(), document.hash().toString(), null);
        TestHub.bean(ReconcileDesk.class)
                .report(
                        shop.id,
                        new Report(
                                Report.Cause.CONSOLE,
                                now,
                                document.sequence(),
                                document.sequence(),
                                1,
                                List.of(),
                                List.of(new Finding(Finding.Kind.NOT_BOOKED, cell, document.sequence(), theirs, ours)),
                                1,
                                0,
                                0,
                                false));
    }

    private static String plan(String explain) {
        return String.join("\n", TestHub.sql().sql(explain).query(String.class).list());
    }

    private DocumentState state(Document document) {
        return board.document(document.id()).orElseThrow().document().state();
    }

    private List<UUID> ids(@Nullable DocumentState state, String text) {
        return done(board.documents(new DocumentFilter(shop.id, "", "", state, text, null, null, null, 50))).stream()
                .map(DocumentView::id)
                .toList();
    }

    private void land(Document... documents) {
        TestHub.bean(Intake.class).land(shop.id, TestShop.frame(documents));
        applyAll();
    }

    private static void applyAll() {
        while (TestHub.bean(Ledgers.class).apply().more()) {
            // to the end
        }
    }

    private static long number(String sql, Object argument) {
        return TestHub.sql().sql(sql).param(argument).query(Long.class).single();
    }

    private static Person person(String name, Role role) {
        return new Person(new UserId(UUID.randomUUID()), name, role);
    }
}
