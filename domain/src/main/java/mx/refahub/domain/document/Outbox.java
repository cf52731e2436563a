package mx.refahub.domain.document;

import java.util.List;
import java.util.Optional;

/**
 * The store's own record of what it has written for others, in sequence and without gaps: the truth of which the broker carries copies. Read by the
 * relay; written only inside the store's own transactions.
 */
public interface Outbox {
    /** Sequence of the last document; 0 if there is none. */
    long lastSequence();

    /** Documents after this sequence, in order, at most so many and at most so many bytes of {@link FrameCodec#size}, but at least one if there is one. */
    List<Document> after(long sequence, int maxDocuments, int maxBytes);

    /** Hash of the document with this sequence; empty if it was never written or is pruned. */
    Optional<Sha256> hashAt(long sequence);
}
