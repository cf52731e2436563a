package mx.refahub.domain.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.document.Documents;
import mx.refahub.domain.document.Sha256;
import mx.refahub.domain.store.StoreId;
import org.junit.jupiter.api.Test;

class RelayTest {
    private static final StoreId STORE = StoreId.of("01939b8e-0000-7000-8000-000000000001");
    private final List<Document> outbox = Documents.chain(STORE, 10);

    @Test
    void an_acknowledgement_moves_the_mark_and_an_older_one_does_not_move_it_back() {
        Relay relay = moved(Relay.FRESH.sent(10).on(ack(1, 7), 1, 10, this::hashAt));
        assertThat(relay).isEqualTo(new Relay(10, 7, 0, 1));
        assertThat(relay.on(ack(1, 3), 1, 10, this::hashAt)).isEqualTo(new Relay.Reaction.Ignored());
    }

    @Test
    void a_gap_brings_the_cursor_back_with_a_new_resync_epoch() {
        Relay relay = moved(new Relay(10, 3, 2, 1).on(new GapRequest(STORE, 1, 1, 5), 1));
        assertThat(relay).isEqualTo(new Relay(4, 3, 3, 1));
    }

    @Test
    void a_gap_beyond_what_was_sent_is_no_reason_to_jump_ahead() {
        assertThat(new Relay(4, 3, 0, 1).on(new GapRequest(STORE, 1, 1, 9), 1)).isEqualTo(new Relay.Reaction.Ignored());
    }

    @Test
    void a_hub_restored_from_a_backup_is_sent_what_it_lost() {
        Relay relay = moved(new Relay(10, 10, 0, 1).on(ack(2, 4), 1, 10, this::hashAt));
        assertThat(relay).isEqualTo(new Relay(4, 4, 1, 2));
        assertThat(relay.room(10)).isEqualTo(6);
    }

    @Test
    void what_the_old_hub_epoch_still_says_is_not_heard() {
        assertThat(new Relay(4, 4, 1, 2).on(ack(1, 10), 1, 10, this::hashAt)).isEqualTo(new Relay.Reaction.Ignored());
    }

    @Test
    void a_hub_that_knows_more_than_this_disk_stops_the_relay() {
        Acknowledgement ahead =
                new Acknowledgement(STORE, 1, 1, 25, outbox.getFirst().hash());
        assertThat(new Relay(10, 3, 0, 1).on(ahead, 1, 10, this::hashAt))
                .isEqualTo(new Relay.Reaction.Diverged(Relay.Cause.DISK_IS_OLDER, 25));
    }

    @Test
    void a_hub_that_holds_another_document_stops_the_relay() {
        Acknowledgement other = new Acknowledgement(STORE, 1, 1, 5, Sha256.digest(new byte[] {1}));
        assertThat(new Relay(10, 3, 0, 1).on(other, 1, 10, this::hashAt))
                .isEqualTo(new Relay.Reaction.Diverged(Relay.Cause.CHAIN_DIFFERS, 5));
    }

    @Test
    void a_replaced_journal_sends_again_what_was_not_acknowledged() {
        assertThat(new Relay(10, 3, 0, 1).journalReplaced()).isEqualTo(new Relay(3, 3, 1, 1));
    }

    @Test
    void the_local_queue_is_capped_and_the_outbox_holds_the_rest() {
        assertThat(new Relay(0, 0, 0, 0).room(1_000_000)).isEqualTo(Relay.WINDOW);
        assertThat(new Relay(Relay.WINDOW, 0, 0, 0).room(1_000_000)).isZero();
        assertThat(new Relay(Relay.WINDOW, 500, 0, 0).room(1_000_000)).isEqualTo(500);
    }

    private Acknowledgement ack(long hubEpoch, long landed) {
        return new Acknowledgement(
                STORE, 1, hubEpoch, landed, outbox.get((int) landed - 1).hash());
    }

    private Optional<Sha256> hashAt(long sequence) {
        return Optional.of(outbox.get((int) sequence - 1).hash());
    }

    private static Relay moved(Relay.Reaction reaction) {
        return switch (reaction) {
            case Relay.Reaction.Moved(Relay relay) -> relay;
            case Relay.Reaction.Ignored ignored -> throw new AssertionError("ignored");
            case Relay.Reaction.Diverged diverged -> throw new AssertionError(diverged.toString());
        };
    }
}
