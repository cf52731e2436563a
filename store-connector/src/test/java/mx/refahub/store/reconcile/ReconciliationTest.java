package mx.refahub.store.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import mx.refahub.domain.Failure;
import mx.refahub.domain.delivery.Acknowledgement;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.document.Frame;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.reconcile.Cell;
import mx.refahub.domain.reconcile.Day;
import mx.refahub.domain.reconcile.Exchange;
import mx.refahub.domain.reconcile.Finding;
import mx.refahub.domain.reconcile.Mark;
import mx.refahub.domain.reconcile.Range;
import mx.refahub.domain.reconcile.Report;
import mx.refahub.domain.reconcile.Side;
import mx.refahub.domain.reconcile.Summary;
import mx.refahub.domain.sale.Ticket;
import mx.refahub.store.TestStore;
import mx.refahub.store.hublink.FakeHub;
import mx.refahub.store.hublink.HubHttp;
import mx.refahub.store.hublink.HubSettings;
import mx.refahub.store.outbox.Acknowledged;
import mx.refahub.store.outbox.Pruning;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReconciliationTest {
    private static final ZoneId ZONE = ZoneId.of("America/Mexico_City");
    private static final HubSettings SETTINGS = new HubSettings(
            Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(30));

    private FakeHub hub;
    private TestStore store;
    private HubHttp http;
    private PartId plug;
    private Landed landed;
    private Reconciled reconciled;
    private Reconciliation reconciliation;

    @BeforeEach
    void open(@TempDir Path folder) {
        hub = new FakeHub(0);
        store = TestStore.registeredAt(folder, hub.address());
        http = new HubHttp(SETTINGS, store.json, store.clock);
        plug = store.part("BKR5E", 8_900);
        store.openCashSession(TestStore.C1);
        for (int day = 0; day < 3; day++) {
            for (int i = 0; i < 20; i++) sell();
            store.clock.advance(Duration.ofDays(1));
        }
        landed = new Landed();
        store.outbox.after(0, 1_000, Integer.MAX_VALUE).forEach(landed::put);
        hub.documents = landed;
        hub.landed = store.outbox.lastSequence();
        hub.taking = landed::take;
        Acknowledged acknowledged = new Acknowledged(store.sales, store.identities, store.clock);
        acknowledged.record(new Acknowledgement(
                TestStore.CENTRO,
                1,
                1,
                hub.landed,
                store.outbox.hashAt(hub.landed).orElseThrow()));
        reconciled = new Reconciled(store.sales);
        reconciliation = new Reconciliation(
                store.sales, store.identities, acknowledged, reconciled, http, () -> ZONE, store.clock);
    }

    @AfterEach
    void close() {
        http.close();
        store.close();
        hub.close();
    }

    @Test
    void a_store_whose_documents_all_stand_at_the_hub_says_so_and_may_then_prune() {
        Pruning pruning = new Pruning(store.sales, store.clock, Duration.ofDays(35));
        store.clock.advance(Duration.ofDays(40));
        assertThat(pruning.run()).isZero();

        Report report = reconciliation.run(Report.Cause.COMMAND);

        assertThat(report.documents()).isEqualTo(61);
        assertThat(report.findings()).isEmpty();
        assertThat(report.cells()).hasSize(4).allMatch(cell -> cell.equal());
        assertThat(report.cells().getLast().store().sum())
                .as("sales of the day")
                .isEqualTo(20 * 8_900L);
        assertThat(hub.reports).containsExactly(report);
        assertThat(reconciled.last().orElseThrow().sequence()).isEqualTo(61);
        assertThat(pruning.run()).isEqualTo(60);
    }

    @Test
    void what_the_hub_has_lost_is_sent_again_together_where_it_stood_together() {
        for (long n : new long[] {5, 6, 7, 30}) landed.documents.remove(n);

        Report report = reconciliation.run(Report.Cause.CONSOLE);

        assertThat(report.sentAgain()).isEqualTo(4);
        assertThat(report.findings()).isEmpty();
        assertThat(landed.frames).containsExactly(3, 1);
        assertThat(landed.documents.get(6L))
                .isEqualTo(store.outbox.after(5, 1, 1).getFirst());
    }

    @Test
    void what_differs_is_told_with_the_copy_of_the_store_and_the_hub_keeps_its_own() {
        store.sales.change(session -> session.updateOne(
                "update outbox set body = ? where sequence = 9", "{\"digit\":7}".getBytes(StandardCharsets.UTF_8)));

        Report report = reconciliation.run(Report.Cause.COMMAND);

        assertThat(report.findings()).extracting(Finding::kind).containsExactly(Finding.Kind.DIFFERS);
        assertThat(report.findings().getFirst().sequence()).isEqualTo(9);
        assertThat(landed.copies).as("before the report and beside it").hasSize(2);
        assertThat(new String(landed.copies.getFirst().body(), StandardCharsets.UTF_8))
                .isEqualTo("{\"digit\":7}");
        assertThat(reconciled.last().orElseThrow().differing()).isEqualTo(1);
    }

    @Test
    void what_the_store_no_longer_has_and_what_the_books_say_otherwise_is_named() {
        store.sales.change(session -> {
            session.updateOne("delete from outbox where sequence = 12");
            session.update("update sale set total = total + 1 where document_sequence = 20");
        });

        Report report = reconciliation.run(Report.Cause.COMMAND);

        Map<Long, Finding.Kind> found = new TreeMap<>();
        report.findings().forEach(finding -> found.put(finding.sequence(), finding.kind()));
        assertThat(found).isEqualTo(Map.of(12L, Finding.Kind.MISSING_AT_STORE, 20L, Finding.Kind.BOOKED_DIFFERENTLY));
    }

    @Test
    void at_night_only_the_days_since_the_last_time_are_compared_and_nothing_that_is_under_way() {
        reconciliation.run(Report.Cause.NIGHT);
        sell();

        Report night = reconciliation.run(Report.Cause.NIGHT);

        assertThat(night.documents()).as("the last day, without the new one").isEqualTo(20);
        assertThat(night.last()).isEqualTo(61);
    }

    @Test
    void a_hub_that_does_not_reconcile_or_does_not_answer_leaves_all_as_it_was() {
        hub.documents = null;

        assertThatThrownBy(() -> reconciliation.run(Report.Cause.NIGHT)).isInstanceOf(Failure.class);

        assertThat(reconciled.last()).isEmpty();
    }

    @Test
    void it_is_time_once_in_each_night_and_when_a_night_was_missed() {
        Instant night = Instant.parse("2026-03-10T09:00:00Z");

        assertThat(ReconcileSchedule.due(night, Optional.empty(), ZONE)).isTrue();
        assertThat(ReconcileSchedule.due(night, Optional.of(night.minus(Duration.ofHours(20))), ZONE))
                .isTrue();
        assertThat(ReconcileSchedule.due(night, Optional.of(night.minus(Duration.ofMinutes(30))), ZONE))
                .isFalse();
        assertThat(ReconcileSchedule.due(
                        night.plus(Duration.ofHours(8)), Optional.of(night.minus(Duration.ofHours(1))), ZONE))
                .isFalse();
        assertThat(ReconcileSchedule.due(
                        night.plus(Duration.ofHours(8)), Optional.of(night.minus(Duration.ofDays(1))), ZONE))
                .isTrue();
    }

    private void sell() {
        Ticket ticket = TestStore.done(store.till.inHand(TestStore.C1, TestStore.MARTA));
        ticket = TestStore.done(store.till.add(ticket.id(), store.ids.next(), plug, Quantity.ONE, TestStore.MARTA));
        TestStore.done(store.till.pay(
                ticket.id(),
                ticket.totals().total(),
                TestStore.cash(ticket.totals().total().minor()),
                TestStore.MARTA));
    }

    /** What the hub has, with the figures of its books. */
    private static final class Landed implements Side {
        private final TreeMap<Long, Document> documents = new TreeMap<>();
        private final List<Integer> frames = new ArrayList<>();
        private final List<Document> copies = new ArrayList<>();

        void put(Document document) {
            documents.put(document.sequence(), document);
        }

        Exchange.Taken take(Frame frame) {
            frames.add(frame.documents().size());
            Exchange.Taken taken = Exchange.Taken.NONE;
            for (Document document : frame.documents()) {
                boolean lost = documents.putIfAbsent(document.sequence(), document) == null;
                if (!lost) copies.add(document);
                taken = taken.plus(lost ? new Exchange.Taken(1, 0, 0, 0) : new Exchange.Taken(0, 0, 1, 0));
            }
            return taken;
        }

        @Override
        public Map<Cell, Summary> cells(List<Day> days, long first, long last) {
            Map<Cell, Summary> all = new HashMap<>();
            for (Day day : days)
                for (String type : new TreeSet<>(documents.values().stream()
                        .map(d -> d.envelope().type())
                        .toList())) {
                    Summary summary = summaries(List.of(new Range(new Cell(day, type), first, last)))
                            .getFirst();
                    if (summary.count() > 0) all.put(new Cell(day, type), summary);
                }
            return all;
        }

        @Override
        public List<Summary> summaries(List<Range> ranges) {
            return marks(ranges).stream()
                    .map(marks -> {
                        Summary.Tally tally = new Summary.Tally();
                        marks.forEach(tally::add);
                        return tally.summary();
                    })
                    .toList();
        }

        @Override
        public List<List<Mark>> marks(List<Range> ranges) {
            return ranges.stream().map(this::in).toList();
        }

        private List<Mark> in(Range range) {
            Day day = range.cell().day();
            return documents.subMap(range.first(), true, range.last(), true).values().stream()
                    .filter(d -> d.envelope().type().equals(range.cell().type()))
                    .filter(d -> !d.envelope().occurredAt().isBefore(day.from())
                            && d.envelope().occurredAt().isBefore(day.until()))
                    .map(d -> new Mark(
                            d.sequence(),
                            d.id(),
                            d.envelope().hash(d.body()).toString(),
                            d.envelope().type().equals("sale") ? 8_900L : 50_000L))
                    .toList();
        }
    }
}
