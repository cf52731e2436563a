package mx.refahub.routes.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Objects;
import java.util.UUID;
import mx.refahub.domain.delivery.Acknowledgement;
import mx.refahub.domain.delivery.GapRequest;
import mx.refahub.domain.delivery.Relay;
import mx.refahub.domain.delivery.RelayCursor;
import mx.refahub.domain.document.Frame;
import mx.refahub.domain.document.Sha256;
import mx.refahub.domain.store.StoreId;
import mx.refahub.routes.HeardDownLink;
import mx.refahub.routes.KeptCursor;
import mx.refahub.routes.PaperOutbox;
import mx.refahub.routes.StoreLink;
import org.junit.jupiter.api.Test;

class RelayingTest {
    private final StoreId store = new StoreId(new UUID(3, 3));
    private final StoreLink link =
            new StoreLink(store, 1, "centro", "tcp://127.0.0.1:1", "user", "secret", Path.of("unused"));
    private final PaperOutbox outbox = new PaperOutbox(store, 1);
    private final KeptCursor cursor = new KeptCursor();
    private final HeardDownLink downLink = new HeardDownLink();
    private final Relaying relaying = new Relaying(link, outbox, cursor, downLink);

    @Test
    void nothing_in_the_outbox_packs_nothing() {
        assertThat(relaying.pack()).isNull();
    }

    @Test
    void frames_follow_one_another_and_the_cursor_is_kept() {
        outbox.write(700);
        send(frame(1, 500));
        assertThat(cursor.load(1).relayed()).isEqualTo(500);
        send(frame(501, 700));
        assertThat(relaying.pack()).isNull();
    }

    @Test
    void a_frame_that_was_not_sent_is_packed_again_under_the_same_id() {
        outbox.write(3);
        assertThat(frame(1, 3).duplicateId()).isEqualTo(frame(1, 3).duplicateId());
    }

    @Test
    void the_window_holds_back_what_the_hub_has_not_acknowledged() {
        outbox.write(3);
        cursor.save(1, new Relay(Relay.WINDOW, 0, 0, 0));
        assertThat(new Relaying(link, outbox, cursor, downLink).pack()).isNull();
    }

    @Test
    void a_frame_packed_before_a_rewind_does_not_undo_it() {
        outbox.write(20);
        send(frame(1, 20));
        outbox.write(5);
        Frame late = frame(21, 25);
        assertThat(relaying.heed(new GapRequest(store, 1, 1, 6))).isNull();
        send(late);
        Frame again = frame(6, 25);
        assertThat(again.resyncEpoch()).isEqualTo(1);
    }

    @Test
    void an_acknowledgement_moves_the_cursor_and_goes_on_also_when_repeated() {
        outbox.write(20);
        send(frame(1, 20));
        Acknowledgement ack = ack(1, 1, 20);
        assertThat(relaying.heed(ack)).isEqualTo(ack);
        assertThat(relaying.relay().acknowledged()).isEqualTo(20);
        assertThat(relaying.heed(ack)).isEqualTo(ack);
        assertThat(relaying.heed(ack(1, 1, 7))).as("an older one is harmless").isNotNull();
        assertThat(relaying.relay().acknowledged()).isEqualTo(20);
    }

    @Test
    void an_acknowledgement_of_another_epoch_store_or_an_older_hub_goes_nowhere() {
        outbox.write(20);
        send(frame(1, 20));
        relaying.heed(ack(1, 5, 3));
        assertThat(relaying.heed(ack(2, 5, 20))).isNull();
        assertThat(relaying.heed(ack(1, 4, 20))).isNull();
        StoreId other = new StoreId(new UUID(3, 4));
        assertThat(relaying.heed(new Acknowledgement(other, 1, 5, 20, hash(20))))
                .isNull();
        assertThat(relaying.heed(new GapRequest(other, 1, 5, 1))).isNull();
        assertThat(relaying.relay()).isEqualTo(new Relay(20, 3, 0, 5));
    }

    @Test
    void a_hub_restored_from_a_backup_gets_everything_since() {
        outbox.write(20);
        send(frame(1, 20));
        relaying.heed(ack(1, 1, 20));
        relaying.heed(ack(1, 2, 12));
        assertThat(frame(13, 20).resyncEpoch()).isEqualTo(1);
    }

    @Test
    void a_disk_older_than_the_hub_stops_relaying_and_says_so_once() {
        outbox.write(20);
        assertThat(relaying.heed(new Acknowledgement(store, 1, 1, 25, Sha256.digest(new byte[1]))))
                .isNull();
        assertThat(relaying.heed(new Acknowledgement(store, 1, 1, 26, Sha256.digest(new byte[2]))))
                .isNull();
        assertThat(relaying.pack()).isNull();
        assertThat(relaying.halted()).contains(Relay.Cause.DISK_IS_OLDER);
        assertThat(downLink.halts()).containsExactly(Relay.Cause.DISK_IS_OLDER);
    }

    @Test
    void a_chain_that_differs_stops_relaying() {
        outbox.write(20);
        send(frame(1, 20));
        assertThat(relaying.heed(new Acknowledgement(store, 1, 1, 15, Sha256.digest(new byte[1]))))
                .isNull();
        assertThat(relaying.pack()).isNull();
        assertThat(downLink.halts()).containsExactly(Relay.Cause.CHAIN_DIFFERS);
    }

    @Test
    void a_replaced_journal_sends_the_unacknowledged_again_under_new_ids() {
        outbox.write(20);
        send(frame(1, 20));
        relaying.heed(ack(1, 1, 12));
        relaying.journalReplaced();
        assertThat(frame(13, 20).resyncEpoch()).isEqualTo(1);
    }

    @Test
    void a_replaced_journal_that_carried_nothing_changes_nothing() {
        outbox.write(20);
        send(frame(1, 20));
        relaying.heed(ack(1, 1, 20));
        relaying.journalReplaced();
        assertThat(relaying.relay()).isEqualTo(new Relay(20, 20, 0, 1));
    }

    @Test
    void a_cursor_that_cannot_be_kept_does_not_move() {
        RelayCursor full = new RelayCursor() {
            @Override
            public Relay load(int epoch) {
                return Relay.FRESH;
            }

            @Override
            public void save(int epoch, Relay relay) {
                throw new IllegalStateException("disk full");
            }
        };
        outbox.write(2);
        Relaying held = new Relaying(link, outbox, full, downLink);
        Frame frame = Objects.requireNonNull(held.pack());
        assertThatThrownBy(() -> held.sent(frame.last(), frame.resyncEpoch())).hasMessage("disk full");
        assertThat(held.relay()).isEqualTo(Relay.FRESH);
    }

    private Frame frame(long first, long last) {
        Frame frame = Objects.requireNonNull(relaying.pack());
        assertThat(frame.first()).isEqualTo(first);
        assertThat(frame.last()).isEqualTo(last);
        return frame;
    }

    private void send(Frame frame) {
        relaying.sent(frame.last(), frame.resyncEpoch());
    }

    private Acknowledgement ack(int epoch, long hubEpoch, long landed) {
        return new Acknowledgement(store, epoch, hubEpoch, landed, hash(landed));
    }

    private Sha256 hash(long sequence) {
        return outbox.hashAt(sequence).orElseThrow();
    }
}
