package mx.refahub.routes.document;

import java.util.List;
import java.util.Optional;
import mx.refahub.domain.Failpoint;
import mx.refahub.domain.delivery.Acknowledgement;
import mx.refahub.domain.delivery.Announcement;
import mx.refahub.domain.delivery.Command;
import mx.refahub.domain.delivery.DownLink;
import mx.refahub.domain.delivery.DownMessage;
import mx.refahub.domain.delivery.GapRequest;
import mx.refahub.domain.delivery.Relay;
import mx.refahub.domain.delivery.RelayCursor;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.document.Frame;
import mx.refahub.domain.document.Outbox;
import mx.refahub.routes.StoreLink;
import org.apache.camel.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves the store's cursor over its outbox. The route sends and the downlink listens on different threads; the cursor is changed under one lock and kept
 * in its file before it counts.
 */
public final class Relaying {
    private static final Logger LOG = LoggerFactory.getLogger(Relaying.class);

    private final StoreLink link;
    private final Outbox outbox;
    private final RelayCursor cursor;
    private final DownLink downLink;
    private Relay relay;
    private Relay.@Nullable Cause halted;

    public Relaying(StoreLink link, Outbox outbox, RelayCursor cursor, DownLink downLink) {
        this.link = link;
        this.outbox = outbox;
        this.cursor = cursor;
        this.downLink = downLink;
        this.relay = cursor.load(link.epoch());
    }

    /** What the local broker carried is not all there: the unacknowledged goes again. Called before the first frame is packed. */
    public synchronized void journalReplaced() {
        if (relay.relayed() == relay.acknowledged()) return;
        LOG.warn(
                "relay goes back, the local journal was replaced store={} from={} to={}",
                link.store(),
                relay.relayed(),
                relay.acknowledged());
        keep(relay.journalReplaced());
    }

    /** The next frame; null when there is nothing to send, no room in the window, or relaying has stopped. */
    public synchronized @Nullable Frame pack() {
        if (halted != null) return null;
        long room = relay.room(outbox.lastSequence());
        if (room == 0) return null;
        List<Document> documents =
                outbox.after(relay.relayed(), (int) Math.min(room, Frame.MAX_DOCUMENTS), Frame.MAX_BYTES);
        Failpoint.C4_RELAY_READ_NOT_SENT.pass();
        return documents.isEmpty() ? null : new Frame(relay.resyncEpoch(), documents);
    }

    /** The local broker has the frame on its disk. One packed before a rewind moves nothing: what the hub asked for is still to be sent. */
    public synchronized void sent(@Header(Frames.LAST) long last, @Header(Frames.RESYNC) int resyncEpoch) {
        Failpoint.C6_SENT_CURSOR_NOT_MOVED.pass();
        if (resyncEpoch == relay.resyncEpoch()) keep(relay.sent(last));
    }

    /**
     * Does what an acknowledgement or a gap asks for.
     *
     * @return the message if the main process is to know it too, else null
     */
    public synchronized @Nullable DownMessage heed(DownMessage message) {
        return switch (message) {
            case Acknowledgement ack -> heed(ack);
            case GapRequest gap -> heed(gap);
            case Announcement other -> other;
            case Command other -> other;
        };
    }

    public synchronized Relay relay() {
        return relay;
    }

    public synchronized Optional<Relay.Cause> halted() {
        return Optional.ofNullable(halted);
    }

    private @Nullable DownMessage heed(Acknowledgement ack) {
        if (!ack.store().equals(link.store())) return foreign(ack.store().toString());
        long hubEpoch = relay.hubEpoch();
        return switch (relay.on(ack, link.epoch(), outbox.lastSequence(), outbox::hashAt)) {
            case Relay.Reaction.Moved(Relay next) -> {
                if (next.resyncEpoch() != relay.resyncEpoch())
                    LOG.warn("relay goes back, the hub was restored store={} to={}", link.store(), next.relayed());
                keep(next);
                yield ack;
            }
            // A repeated one may be news for the main process, which died before it had written the first.
            case Relay.Reaction.Ignored() -> ack.epoch() == link.epoch() && ack.hubEpoch() >= hubEpoch ? ack : null;
            case Relay.Reaction.Diverged(Relay.Cause cause, long sequence) -> {
                halt(cause, sequence);
                yield null;
            }
        };
    }

    private @Nullable DownMessage heed(GapRequest gap) {
        if (!gap.store().equals(link.store())) return foreign(gap.store().toString());
        switch (relay.on(gap, link.epoch())) {
            case Relay.Reaction.Moved(Relay next) -> {
                LOG.warn("relay goes back, the hub misses documents store={} from={}", link.store(), gap.from());
                keep(next);
            }
            case Relay.Reaction.Ignored() -> {}
            case Relay.Reaction.Diverged(Relay.Cause cause, long sequence) -> halt(cause, sequence);
        }
        return null;
    }

    private @Nullable DownMessage foreign(String store) {
        LOG.error("message for another store came down store={} named={}", link.store(), store);
        return null;
    }

    private void halt(Relay.Cause cause, long sequence) {
        if (cause == halted) return;
        LOG.error("relaying stopped store={} cause={} sequence={}", link.store(), cause, sequence);
        downLink.halted(cause, sequence);
        halted = cause;
    }

    private void keep(Relay next) {
        if (next.equals(relay)) return;
        cursor.save(link.epoch(), next);
        relay = next;
    }
}
