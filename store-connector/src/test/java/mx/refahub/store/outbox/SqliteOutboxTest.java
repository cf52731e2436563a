package mx.refahub.store.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import mx.refahub.domain.delivery.Acknowledgement;
import mx.refahub.domain.delivery.Relay;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.document.FrameCodec;
import mx.refahub.domain.document.Sha256;
import mx.refahub.domain.store.StoreId;
import mx.refahub.domain.wire.PinChosenBody;
import mx.refahub.store.TestStore;
import mx.refahub.store.relay.SqliteRelayCursor;
import mx.refahub.store.sqlite.SqliteFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteOutboxTest {
    private TestStore store;

    @BeforeEach
    void open(@TempDir Path folder) {
        store = TestStore.open(folder);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void an_empty_outbox_says_so() {
        assertThat(store.outbox.lastSequence()).isZero();
        assertThat(store.outbox.after(0, 10, 1_000)).isEmpty();
        assertThat(store.outbox.hashAt(1)).isEmpty();
    }

    @Test
    void documents_come_in_order_as_many_and_as_large_as_asked_but_at_least_one() {
        append(250);

        assertThat(sequences(store.outbox.after(0, 500, 1 << 20)))
                .hasSize(250)
                .isSorted()
                .startsWith(1L);
        assertThat(sequences(store.outbox.after(240, 500, 1 << 20)))
                .containsExactly(241L, 242L, 243L, 244L, 245L, 246L, 247L, 248L, 249L, 250L);
        assertThat(sequences(store.outbox.after(0, 3, 1 << 20))).containsExactly(1L, 2L, 3L);
        List<Document> first = store.outbox.after(0, 3, 1 << 20);
        int two = FrameCodec.size(first.get(0)) + FrameCodec.size(first.get(1));
        assertThat(sequences(store.outbox.after(0, 500, two))).containsExactly(1L, 2L);
        assertThat(sequences(store.outbox.after(0, 500, two - 1))).containsExactly(1L);
        assertThat(sequences(store.outbox.after(0, 500, 1))).containsExactly(1L);
        assertThat(store.outbox.after(250, 500, 1 << 20)).isEmpty();
        assertThat(store.outbox.lastSequence()).isEqualTo(250);
    }

    @Test
    void acknowledgements_are_cumulative_survive_a_restart_and_go_back_only_with_a_restored_hub() {
        append(5);
        Acknowledged acknowledged = new Acknowledged(store.sales, store.identities, store.clock);

        acknowledged.record(acknowledgement(TestStore.CENTRO, 1, 1, 4));
        acknowledged.record(acknowledgement(TestStore.CENTRO, 1, 1, 2));
        acknowledged.record(acknowledgement(TestStore.CENTRO, 2, 9, 5));
        acknowledged.record(acknowledgement(StoreId.of("01890000-0000-7000-8000-00000000000b"), 1, 1, 5));
        assertThat(acknowledged.sequence()).isEqualTo(4);

        store = store.restarted();
        Acknowledged again = new Acknowledged(store.sales, store.identities, store.clock);
        assertThat(again.sequence()).isEqualTo(4);
        again.record(acknowledgement(TestStore.CENTRO, 1, 2, 3));
        assertThat(again.sequence()).isEqualTo(3);
        again.record(acknowledgement(TestStore.CENTRO, 1, 1, 5));
        assertThat(again.sequence()).isEqualTo(3);
    }

    @Test
    void the_relays_cursor_is_kept_for_its_epoch_alone(@TempDir Path folder) {
        Relay relay = new Relay(40, 30, 2, 5);
        try (SqliteFile file = SqliteFile.open(folder.resolve("relay.db"), "db/store/relay")) {
            SqliteRelayCursor cursor = new SqliteRelayCursor(file, 0);
            assertThat(cursor.load(1)).isEqualTo(Relay.FRESH);
            cursor.save(1, new Relay(1, 0, 0, 0));
            cursor.save(1, relay);
        }
        try (SqliteFile file = SqliteFile.open(folder.resolve("relay.db"), "db/store/relay")) {
            assertThat(new SqliteRelayCursor(file, 0).load(1)).isEqualTo(relay);
            assertThat(new SqliteRelayCursor(file, 0).load(2)).isEqualTo(Relay.FRESH);
        }
    }

    private static Acknowledgement acknowledgement(StoreId from, int epoch, long hubEpoch, long landed) {
        return new Acknowledgement(from, epoch, hubEpoch, landed, Sha256.NONE);
    }

    private void append(int documents) {
        store.sales.change(session -> {
            for (int i = 0; i < documents; i++) {
                OutboxWriter.Slot slot = store.outboxWriter.next(session);
                store.outboxWriter.append(
                        session,
                        slot,
                        store.identities.current().orElseThrow(),
                        "key",
                        "pin-chosen",
                        1,
                        new PinChosenBody(store.ids.next(), "hash", slot.at()));
            }
        });
    }

    private static List<Long> sequences(List<Document> documents) {
        return documents.stream().map(Document::sequence).toList();
    }
}
