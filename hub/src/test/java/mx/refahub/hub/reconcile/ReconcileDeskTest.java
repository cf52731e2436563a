package mx.refahub.hub.reconcile;

import static mx.refahub.hub.TestShop.done;
import static mx.refahub.hub.TestShop.frame;
import static mx.refahub.hub.TestShop.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import mx.refahub.domain.delivery.Intake;
import mx.refahub.domain.delivery.Ledgers;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.reconcile.Cell;
import mx.refahub.domain.reconcile.Comparison;
import mx.refahub.domain.reconcile.Day;
import mx.refahub.domain.reconcile.Exchange.Taken;
import mx.refahub.domain.reconcile.Finding;
import mx.refahub.domain.reconcile.Mark;
import mx.refahub.domain.reconcile.Range;
import mx.refahub.domain.reconcile.ReconcileOrders;
import mx.refahub.domain.reconcile.Reconciliations;
import mx.refahub.domain.reconcile.Report;
import mx.refahub.domain.reconcile.Side;
import mx.refahub.domain.reconcile.Summary;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.Role;
import mx.refahub.domain.store.UserId;
import mx.refahub.hub.TestHub;
import mx.refahub.hub.TestShop;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReconcileDeskTest {
    private static final Day DAY = new Day(
            LocalDate.of(2026, 11, 21), Instant.parse("2026-11-21T06:00:00Z"), Instant.parse("2026-11-22T06:00:00Z"));
    private static final Person ANA = new Person(new UserId(UUID.randomUUID()), "Ana", Role.ADMIN);

    private final ReconcileDesk desk = TestHub.bean(ReconcileDesk.class);
    private final Reconciliations console = TestHub.bean(Reconciliations.class);
    private final TestShop shop = TestShop.open();
    private final List<Document> sales = shop.cashSales(20);
    private Side hub;

    @BeforeEach
    void land() {
        TestHub.bean(Intake.class).land(shop.id, frame(sales));
        while (TestHub.bean(Ledgers.class).apply().more()) {}
        hub = desk.documents(shop.id);
    }

    @Test
    void the_hub_says_how_many_landed_on_a_day_and_what_its_books_make_of_them() {
        Map<Cell, Summary> cells = hub.cells(List.of(DAY), 1, 20);

        Summary day = cells.get(new Cell(DAY, "sale"));
        assertThat(cells).hasSize(1);
        assertThat(day.count()).isEqualTo(20);
        assertThat(day.unbooked()).isZero();
        assertThat(day.sum())
                .isEqualTo(number("select sum(total) from sale where store_id = ?"))
                .isPositive();
        assertThat(hub.summaries(List.of(new Range(new Cell(DAY, "sale"), 3, 9))))
                .extracting(Summary::count)
                .containsExactly(7L);
        assertThat(desk.documents(TestShop.open().id).cells(List.of(DAY), 1, 20))
                .as("another store sees nothing of it")
                .isEmpty();
    }

    @Test
    void a_document_that_vanished_at_the_hub_is_put_back_in_its_place_and_queued_for_the_books() {
        lose(7);
        assertThat(hub.cells(List.of(DAY), 1, 20).values().iterator().next().count())
                .isEqualTo(19);

        assertThat(desk.take(shop.id, frame(sales.get(6)))).isEqualTo(new Taken(1, 0, 0, 0));

        assertThat(TestHub.sql()
                        .sql("select count(*) from document_to_apply where id = ?")
                        .param(sales.get(6).id())
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
        List<Mark> marks =
                hub.marks(List.of(new Range(new Cell(DAY, "sale"), 7, 7))).getFirst();
        assertThat(marks)
                .singleElement()
                .satisfies(mark ->
                        assertThat(mark.hash()).isEqualTo(sales.get(6).hash().toString()));
        assertThat(desk.take(shop.id, frame(sales.get(6)))).as("once").isEqualTo(new Taken(0, 0, 0, 1));
    }

    @Test
    void an_order_of_a_run_is_kept_before_it_goes_out_and_once_though_it_is_given_again() {
        UUID command = UUID.randomUUID();
        ReconcileOrders orders = TestHub.bean(ReconcileOrders.class);
        // There is no broker here.
        for (int i = 0; i < 2; i++)
            assertThatThrownBy(() -> orders.order(shop.id, command, "corrida 7"))
                    .isInstanceOf(RuntimeException.class);

        assertThat(number("select count(*) from store_answer where ordered_by = 'corrida 7' and store_id = ?"))
                .isEqualTo(1);
        assertThat(TestHub.sql()
                        .sql("select count(*) from audit where who = 'corrida 7' and subject = :subject")
                        .param("subject", shop.id + " " + command)
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void what_came_of_each_store_in_a_run_is_told_with_those_first_that_need_somebody() {
        TestShop other = TestShop.open();
        long run = TestHub.sql().sql("""
                insert into job_run (job, cause, owner, started_by, started_at, ended_at, status)
                values ('reconciliation', gen_random_uuid(), 'x', 'x', now(), now(), 'DONE')
                returning id
                """).query(Long.class).single();
        TestHub.sql()
                .sql("""
                insert into reconciliation_round (run_id, store_id, command_id, ended_at, outcome, documents, differences, said)
                values (:run, :one, gen_random_uuid(), now(), 'EQUAL', 20, 0, null),
                    (:run, :other, gen_random_uuid(), now(), 'DIFFERENT', 5, 2, null)
                """)
                .param("run", run)
                .param("one", shop.id.value())
                .param("other", other.id.value())
                .update();

        assertThat(console.round(run))
                .extracting(one -> one.store() + " " + one.outcome() + " " + one.documents() + " " + one.differences())
                .containsExactly(other.id + " DIFFERENT 5 2", shop.id + " EQUAL 20 0");
    }

    @Test
    void a_document_that_is_not_theirs_not_authentic_or_has_no_place_is_not_taken() {
        TestShop other = TestShop.open();
        lose(7);

        assertThat(desk.take(other.id, frame(sales.get(6)))).as("another's").isEqualTo(new Taken(0, 0, 0, 1));
        shop.restore(new TestShop.Disk(6, sales.get(3).hash()));
        assertThat(desk.take(shop.id, frame(shop.cashSale(UUID.randomUUID()))))
                .as("it does not continue its neighbour")
                .isEqualTo(new Taken(0, 0, 0, 1));
        shop.restore(new TestShop.Disk(20, sales.getLast().hash()));
        assertThat(desk.take(shop.id, frame(shop.cashSale(UUID.randomUUID()))))
                .as("what has not landed comes over the broker")
                .isEqualTo(new Taken(0, 0, 0, 1));
    }

    @Test
    void a_body_that_changed_on_the_disk_is_seen_and_made_whole_by_the_copy_that_landed() {
        TestHub.sql()
                .sql(
                        "update document set body = convert_to('{\"total\":1}', 'UTF8') where store_id = ? and sequence = 9")
                .param(shop.id.value())
                .update();
        String damaged = hash(9);
        assertThat(damaged).isNotEqualTo(sales.get(8).hash().toString());

        assertThat(desk.take(shop.id, frame(sales.get(8)))).isEqualTo(new Taken(0, 1, 0, 0));

        assertThat(hash(9)).isEqualTo(sales.get(8).hash().toString());
    }

    @Test
    void what_differs_lies_side_by_side_until_somebody_settles_it_with_a_reason() {
        shop.restore(new TestShop.Disk(4, sales.get(3).hash()));
        Document theirs = shop.writeRaw("sale:x", "sale", 3, "{\"theirs\":true}");
        Finding finding = finding(Finding.Kind.DIFFERS, theirs);
        desk.report(shop.id, report(finding));

        assertThat(desk.take(shop.id, frame(theirs))).isEqualTo(new Taken(0, 0, 1, 0));

        Reconciliations.Difference open = console.differences(shop.id, 10).getFirst();
        Reconciliations.Pair pair = console.pair(open.id()).orElseThrow();
        assertThat(pair.storeText()).isEqualTo("{\"theirs\":true}");
        assertThat(pair.hubText()).contains("\"lines\"");
        assertThat(refused(console.settle(open.id(), ANA, "  "))).isEqualTo("reason-needed");
        assertThat(done(console.settle(open.id(), ANA, "disco dañado en la tienda"))
                        .settledBy())
                .isEqualTo("Ana");
        assertThat(refused(console.settle(open.id(), ANA, "otra vez"))).isEqualTo("difference-settled");
        assertThat(refused(console.settle(UUID.randomUUID(), ANA, "x"))).isEqualTo("difference-unknown");
        assertThat(number("select count(*) from audit where act = 'difference-settled' and subject like ? || '%'"))
                .isEqualTo(1);

        TestHub.CLOCK.advance(java.time.Duration.ofHours(1));
        desk.report(shop.id, report(finding));
        assertThat(console.differences(shop.id, 10))
                .as("the same difference again stays settled")
                .singleElement()
                .satisfies(same -> assertThat(same.settledAt()).isNotNull());

        TestHub.CLOCK.advance(java.time.Duration.ofHours(1));
        desk.report(shop.id, report());
        assertThat(console.differences(shop.id, 10).getFirst().goneAt()).isNotNull();
        assertThat(console.runs(shop.id, 10)).hasSize(3);
        assertThat(console.cells(console.runs(shop.id, 1).getFirst().id()))
                .singleElement()
                .satisfies(cell -> assertThat(cell.equal()).isTrue());
    }

    private Report report(Finding... findings) {
        Cell cell = new Cell(DAY, "sale");
        Summary summary = new Summary(20, 100, 0, "aa");
        return new Report(
                Report.Cause.NIGHT,
                TestHub.CLOCK.instant(),
                1,
                20,
                20,
                List.of(new Comparison.Compared(cell, summary, summary)),
                List.of(findings),
                1,
                0,
                0,
                false);
    }

    private static Finding finding(Finding.Kind kind, Document theirs) {
        return new Finding(
                kind,
                new Cell(DAY, "sale"),
                theirs.sequence(),
                new Mark(theirs.sequence(), theirs.id(), theirs.hash().toString(), 5L),
                new Mark(theirs.sequence(), UUID.randomUUID(), "bb", 7L));
    }

    private String hash(long sequence) {
        return hub.marks(List.of(new Range(new Cell(DAY, "sale"), sequence, sequence)))
                .getFirst()
                .getFirst()
                .hash();
    }

    /** As a table looks that a disk or a person has taken a row from. */
    private void lose(long sequence) {
        UUID id = sales.get((int) sequence - 1).id();
        for (String statement : List.of(
                "delete from sale_tender where sale_id in (select id from sale where document_id = ?)",
                "delete from sale_line where sale_id in (select id from sale where document_id = ?)",
                "delete from sale where document_id = ?",
                "delete from document_applied where id = ?",
                "delete from document where id = ?"))
            TestHub.sql().sql(statement).param(id).update();
    }

    private long number(String query) {
        return TestHub.sql()
                .sql(query)
                .param(query.contains("like") ? shop.id.toString() : shop.id.value())
                .query(Long.class)
                .single();
    }
}
