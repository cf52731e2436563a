package mx.refahub.domain.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.document.Envelope;
import mx.refahub.domain.document.Sha256;
import mx.refahub.domain.store.StoreId;
import org.jspecify.annotations.Nullable;

/**
 * The hub's end of one store's chain, as a pure state machine without business rules, so that no content can poison it.
 *
 * @param landed sequence up to which all documents are stored, without a gap
 * @param hash of the document at {@code landed}
 * @param frozen why nothing of this store is accepted any more; null when all is well
 * @param gapAskedAt when a gap was last asked for; null if none is open
 */
public record Landing(
        StoreId store,
        int epoch,
        long hubEpoch,
        long landed,
        Sha256 hash,
        @Nullable Freeze frozen,
        @Nullable Instant gapAskedAt) {
    /** A gap is asked for at most this often. */
    public static final Duration GAP_INTERVAL = Duration.ofSeconds(30);
    /** Documents held beyond a gap; what comes further ahead is dropped, it will be asked for again. */
    public static final int MAX_WAITING = 5_000;

    public static Landing fresh(StoreId store, int epoch, long hubEpoch) {
        return new Landing(store, epoch, hubEpoch, 0, Sha256.NONE, null, null);
    }

    public Acknowledgement acknowledgement() {
        return new Acknowledgement(store, epoch, hubEpoch, landed, hash);
    }

    /**
     * Why nothing of the store is accepted any more.
     *
     * @param sequence of the document that showed it
     */
    public record Freeze(Cause cause, long sequence) {
        public enum Cause {
            /** A sequence that is here came once more, with another content. */
            CAME_AGAIN,
            /** A document that does not continue the chain. */
            CHAIN_BROKEN,
            /** A document with the id of another one. */
            ID_REUSED
        }
    }

    /** Why a document was put aside as evidence instead of being stored. */
    public enum Aside {
        /** It names another store than the one that sent it. */
        FOREIGN,
        /** Another epoch than the one the hub granted. */
        WRONG_EPOCH,
        /** Its hash or signature does not verify. */
        NOT_AUTHENTIC,
        /** The same sequence with another content, or a chain that does not continue ours. */
        FORK,
        /** The store is frozen. */
        FROZEN
    }

    public record PutAside(Document document, Aside why) {}

    /**
     * What to do, all in one transaction.
     *
     * @param next the state afterwards
     * @param store to be stored as landed, in this order; some may have been waiting
     * @param hold to be kept waiting beyond a gap
     * @param duplicates how many were here already, with the same hash
     * @param aside to be kept as evidence
     * @param gap to be sent, if it is time
     */
    public record Result(
            Landing next,
            List<Document> store,
            List<Document> hold,
            int duplicates,
            List<PutAside> aside,
            Optional<GapRequest> gap) {
        /** Whether the store is to be told how far its documents have landed. */
        public boolean acknowledges() {
            return next.frozen == null;
        }
    }

    /**
     * @param sender the store as which the sender signed in
     * @param documents in the order they came; frames may overlap after a rewind
     * @param known hashes that are stored for sequences at or before {@code landed}, at least for those of {@code documents}
     * @param waiting all documents held beyond the gap, by sequence
     * @param authentic hash and signature verify with the store's registered key
     */
    public Result land(
            StoreId sender,
            List<Document> documents,
            Map<Long, Sha256> known,
            Map<Long, Document> waiting,
            Predicate<Document> authentic,
            Instant now) {
        Progress progress = new Progress(this, known, waiting, authentic);
        for (Document document : documents) progress.take(sender, document);
        return progress.result(now);
    }

    private static final class Progress {
        private final Landing start;
        private final Map<Long, Sha256> known;
        private final TreeMap<Long, Document> waiting;
        private final Predicate<Document> authentic;
        private final List<Document> store = new ArrayList<>();
        private final Map<Long, Document> held = new HashMap<>();
        private final List<PutAside> aside = new ArrayList<>();
        private int duplicates;
        private long landed;
        private Sha256 hash;
        private @Nullable Freeze frozen;

        Progress(Landing start, Map<Long, Sha256> known, Map<Long, Document> waiting, Predicate<Document> authentic) {
            this.start = start;
            this.known = new HashMap<>(known);
            this.waiting = new TreeMap<>(waiting);
            this.authentic = authentic;
            this.landed = start.landed;
            this.hash = start.hash;
            this.frozen = start.frozen;
        }

        void take(StoreId sender, Document document) {
            Envelope envelope = document.envelope();
            if (!envelope.store().equals(sender) || !envelope.store().equals(start.store)) {
                aside.add(new PutAside(document, Aside.FOREIGN));
            } else if (envelope.epoch() != start.epoch) {
                aside.add(new PutAside(document, Aside.WRONG_EPOCH));
            } else if (isDuplicate(document)) {
                duplicates++;
            } else if (!authentic.test(document)) {
                aside.add(new PutAside(document, Aside.NOT_AUTHENTIC));
            } else if (frozen != null) {
                aside.add(new PutAside(document, Aside.FROZEN));
            } else if (envelope.sequence() <= landed) {
                fork(document, Freeze.Cause.CAME_AGAIN);
            } else if (envelope.sequence() == landed + 1) {
                append(document);
                drain();
            } else if (waiting.containsKey(envelope.sequence())) {
                fork(document, Freeze.Cause.CAME_AGAIN);
            } else if (waiting.size() < MAX_WAITING) {
                waiting.put(envelope.sequence(), document);
                held.put(envelope.sequence(), document);
            }
        }

        private boolean isDuplicate(Document document) {
            long sequence = document.sequence();
            Document other = waiting.get(sequence);
            Sha256 here = sequence <= landed ? known.get(sequence) : other == null ? null : other.hash();
            return here != null && here.equals(document.hash());
        }

        private void append(Document document) {
            if (!document.envelope().previousHash().equals(hash)) {
                fork(document, Freeze.Cause.CHAIN_BROKEN);
                return;
            }
            store.add(document);
            landed = document.sequence();
            hash = document.hash();
            known.put(landed, hash);
        }

        private void drain() {
            while (frozen == null && !waiting.isEmpty() && waiting.firstKey() == landed + 1) {
                Document next = waiting.pollFirstEntry().getValue();
                held.remove(next.sequence());
                append(next);
            }
        }

        private void fork(Document document, Freeze.Cause cause) {
            frozen = new Freeze(cause, document.sequence());
            aside.add(new PutAside(document, Aside.FORK));
        }

        Result result(Instant now) {
            boolean open = frozen == null && !waiting.isEmpty();
            boolean ask = open && (start.gapAskedAt == null || !now.isBefore(start.gapAskedAt.plus(GAP_INTERVAL)));
            Instant askedAt = !open ? null : ask ? now : start.gapAskedAt;
            Landing next = new Landing(start.store, start.epoch, start.hubEpoch, landed, hash, frozen, askedAt);
            Optional<GapRequest> gap = ask
                    ? Optional.of(new GapRequest(start.store, start.epoch, start.hubEpoch, landed + 1))
                    : Optional.empty();
            return new Result(
                    next, List.copyOf(store), List.copyOf(held.values()), duplicates, List.copyOf(aside), gap);
        }
    }
}
