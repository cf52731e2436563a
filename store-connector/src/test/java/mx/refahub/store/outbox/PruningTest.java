package mx.refahub.store.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import mx.refahub.domain.delivery.Acknowledgement;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.sale.Ticket;
import mx.refahub.store.TestStore;
import mx.refahub.store.backup.Verification;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PruningTest {
    private TestStore store;
    private PartId plug;
    private Pruning pruning;

    @BeforeEach
    void open(@TempDir Path folder) {
        store = TestStore.open(folder);
        plug = store.part("BKR5E", 8_900);
        store.openCashSession(TestStore.C1);
        pruning = new Pruning(store.sales, store.clock, Duration.ofDays(35));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void only_what_is_old_and_acknowledged_goes_and_old_sales_can_still_be_shown() {
        Sale old = sell();
        Sale older = sell();
        store.clock.advance(Duration.ofDays(36));
        Sale fresh = sell();
        assertThat(pruning.run()).as("nothing is acknowledged").isZero();

        acknowledge(4);
        assertThat(pruning.run()).as("nothing is reconciled").isZero();
        reconcile(2);
        assertThat(pruning.run()).as("what is reconciled").isEqualTo(2);
        reconcile(4);

        assertThat(pruning.run()).isEqualTo(1);
        assertThat(store.outbox.hashAt(3)).isEmpty();
        assertThat(store.outbox.hashAt(4)).isPresent();
        for (Sale sale : new Sale[] {old, older, fresh})
            assertThat(store.till.sale(sale.id())).contains(sale);
        assertThat(store.till.latest(TestStore.C1, 10)).hasSize(3);
        soundAnd("cadena de documentos: completa del 4 al 4");
        assertThat(pruning.run()).isZero();
    }

    @Test
    void the_head_of_the_chain_stays_so_that_the_next_document_continues_it() {
        sell();
        sell();
        acknowledge(3);
        reconcile(3);
        store.clock.advance(Duration.ofDays(400));

        assertThat(pruning.run()).isEqualTo(2);
        store = store.restarted();
        sell();

        assertThat(store.outbox.lastSequence()).isEqualTo(4);
        soundAnd("cadena de documentos: completa del 3 al 4");
    }

    @Test
    void many_go_in_bounded_parts() {
        for (int i = 0; i < 3; i++) sell();
        store.sales.change(session -> {
            for (int i = 0; i < 1_200; i++) {
                OutboxWriter.Slot slot = store.outboxWriter.next(session);
                store.outboxWriter.append(
                        session, slot, store.identities.current().orElseThrow(), "k", "pin-chosen", 1, "x");
            }
        });
        long last = store.outbox.lastSequence();
        acknowledge(last);
        reconcile(last);
        store.clock.advance(Duration.ofDays(40));

        assertThat(pruning.run()).isEqualTo(last - 1);
        assertThat(store.count("document_kept")).isEqualTo(3);
        soundAnd("cadena de documentos: completa del " + last + " al " + last);
    }

    @Test
    void a_retention_that_the_hub_could_outlive_is_refused() {
        assertThatThrownBy(() -> new Pruning(store.sales, store.clock, Duration.ofDays(1)))
                .hasMessageContaining("refahub.care.outbox.retention");
    }

    private void soundAnd(String chain) {
        assertThat(Verification.of(store.folder))
                .allMatch(Verification.Finding::right, "right")
                .extracting(Verification.Finding::text)
                .contains(chain);
    }

    private void acknowledge(long sequence) {
        new Acknowledged(store.sales, store.identities, store.clock)
                .record(new Acknowledgement(
                        TestStore.CENTRO,
                        1,
                        1,
                        sequence,
                        store.outbox.hashAt(sequence).orElseThrow()));
    }

    private void reconcile(long sequence) {
        store.sales.change(session -> session.updateOne("""
                insert or replace into reconciled (only_row, sequence, at, documents, sent_again, differing)
                values (1, ?, ?, 0, 0, 0)
                """, sequence, store.clock.instant()));
    }

    private Sale sell() {
        Ticket ticket = TestStore.done(store.till.inHand(TestStore.C1, TestStore.MARTA));
        ticket = TestStore.done(store.till.add(ticket.id(), store.ids.next(), plug, Quantity.ONE, TestStore.MARTA));
        return TestStore.done(store.till.pay(
                ticket.id(),
                ticket.totals().total(),
                TestStore.cash(ticket.totals().total().minor()),
                TestStore.MARTA));
    }
}
