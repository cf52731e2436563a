package mx.refahub.domain.document;

import java.util.List;
import mx.refahub.domain.store.StoreId;

/**
 * Documents with consecutive sequences of one store and epoch, carried as one durable message: 1 to {@link #MAX_DOCUMENTS}, and not above
 * {@link #MAX_BYTES} unless a single document is larger than that by itself.
 *
 * @param resyncEpoch goes up at each rewind, so that the brokers' duplicate caches let a repeated range through
 */
public record Frame(int resyncEpoch, List<Document> documents) {
    public static final int MAX_DOCUMENTS = 500;
    public static final int MAX_BYTES = 256 * 1024;

    public Frame {
        documents = List.copyOf(documents);
        if (documents.isEmpty() || documents.size() > MAX_DOCUMENTS)
            throw new IllegalArgumentException("frame of " + documents.size() + " documents");
        Envelope first = documents.getFirst().envelope();
        for (int i = 0; i < documents.size(); i++) {
            Envelope each = documents.get(i).envelope();
            if (!each.store().equals(first.store())
                    || each.epoch() != first.epoch()
                    || each.sequence() != first.sequence() + i)
                throw new IllegalArgumentException("frame is not consecutive at " + each.sequence());
        }
    }

    public StoreId store() {
        return documents.getFirst().envelope().store();
    }

    public int epoch() {
        return documents.getFirst().envelope().epoch();
    }

    public long first() {
        return documents.getFirst().sequence();
    }

    public long last() {
        return documents.getLast().sequence();
    }

    /** Value of the broker's duplicate-detection property. */
    public String duplicateId() {
        return store() + ":" + epoch() + ":" + first() + "-" + last() + ":" + resyncEpoch;
    }
}
