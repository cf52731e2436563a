package mx.refahub.domain.delivery;

import java.util.Optional;
import java.util.function.LongFunction;
import mx.refahub.domain.document.Sha256;

/**
 * The store's cursor over its outbox, as a pure state machine. Nothing is ever sent again on a timer: the cursor goes back only when the
 * hub asks (gap, rewind) or the local journal was replaced, and each time the resync epoch goes up.
 *
 * @param relayed sequence up to which documents are in the store's broker or beyond
 * @param acknowledged sequence up to which the hub has them
 * @param resyncEpoch part of every frame's duplicate id
 * @param hubEpoch of the hub that acknowledged last; 0 before the first
 */
public record Relay(long relayed, long acknowledged, int resyncEpoch, long hubEpoch) {
    /** Documents that may wait in the local broker; the outbox holds the rest. */
    public static final long WINDOW = 20_000;

    public static final Relay FRESH = new Relay(0, 0, 0, 0);

    /** At the beginning of an epoch whose documents follow this sequence. */
    public static Relay from(long base) {
        return new Relay(base, base, 0, 0);
    }

    public Relay {
        if (acknowledged < 0 || relayed < acknowledged)
            throw new IllegalArgumentException("relay at " + relayed + ", acknowledged " + acknowledged);
    }

    /** How many documents may be sent now, given what the outbox holds. */
    public long room(long lastInOutbox) {
        return Math.max(0, Math.min(lastInOutbox - relayed, acknowledged + WINDOW - relayed));
    }

    /** A frame ending here was taken by the store's broker. */
    public Relay sent(long last) {
        return new Relay(Math.max(relayed, last), acknowledged, resyncEpoch, hubEpoch);
    }

    /** The local journal was lost or replaced: what it carried unacknowledged goes again. */
    public Relay journalReplaced() {
        return new Relay(acknowledged, acknowledged, resyncEpoch + 1, hubEpoch);
    }

    /** What an incoming message did to the cursor. */
    public sealed interface Reaction {
        /** The cursor may have moved. */
        record Moved(Relay relay) implements Reaction {}

        /** Late, repeated or meant for another epoch. */
        record Ignored() implements Reaction {}

        /** The hub holds what this disk does not: an old copy or a clone. Relaying stops and a person is told. */
        record Diverged(Cause cause, long sequence) implements Reaction {}
    }

    public enum Cause {
        /** The hub acknowledged more than was ever written here: this disk is older than the hub's knowledge. */
        DISK_IS_OLDER,
        /** The hub holds another document with the same sequence. */
        CHAIN_DIFFERS
    }

    /**
     * @param epoch the store's present epoch
     * @param hashAt the outbox's hash at a sequence; empty if pruned
     */
    public Reaction on(Acknowledgement ack, int epoch, long lastInOutbox, LongFunction<Optional<Sha256>> hashAt) {
        if (ack.epoch() != epoch || ack.hubEpoch() < hubEpoch) return new Reaction.Ignored();
        // Without a hash nothing of this epoch has landed yet: there is no document to compare.
        boolean none = ack.hash().equals(Sha256.NONE);
        if (!none && ack.landed() > lastInOutbox) return new Reaction.Diverged(Cause.DISK_IS_OLDER, ack.landed());
        if (!none
                && ack.landed() > 0
                && hashAt.apply(ack.landed())
                        .filter(own -> !own.equals(ack.hash()))
                        .isPresent()) return new Reaction.Diverged(Cause.CHAIN_DIFFERS, ack.landed());
        if (ack.hubEpoch() > hubEpoch && ack.landed() < acknowledged)
            return new Reaction.Moved(new Relay(ack.landed(), ack.landed(), resyncEpoch + 1, ack.hubEpoch()));
        if (ack.hubEpoch() == hubEpoch && ack.landed() <= acknowledged) return new Reaction.Ignored();
        long landed = Math.max(acknowledged, ack.landed());
        return new Reaction.Moved(new Relay(Math.max(relayed, landed), landed, resyncEpoch, ack.hubEpoch()));
    }

    /** Goes back so that the asked-for document is the next to be sent. */
    public Reaction on(GapRequest gap, int epoch) {
        if (gap.epoch() != epoch || gap.hubEpoch() < hubEpoch || gap.from() < 1 || gap.from() > relayed)
            return new Reaction.Ignored();
        return new Reaction.Moved(
                new Relay(gap.from() - 1, Math.min(acknowledged, gap.from() - 1), resyncEpoch + 1, gap.hubEpoch()));
    }
}
