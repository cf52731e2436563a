package mx.refahub.routes;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.document.Envelope;
import mx.refahub.domain.document.FrameCodec;
import mx.refahub.domain.document.Outbox;
import mx.refahub.domain.document.Sha256;
import mx.refahub.domain.store.StoreId;

/** An outbox in memory, with a real chain and real signatures. */
public final class PaperOutbox implements Outbox {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private final StoreId store;
    private final int epoch;
    private final KeyPair keys;
    private final List<Document> documents = new ArrayList<>();

    public PaperOutbox(StoreId store, int epoch) {
        this(store, epoch, newKeys());
    }

    public PaperOutbox(StoreId store, int epoch, KeyPair keys) {
        this.store = store;
        this.epoch = epoch;
        this.keys = keys;
    }

    private static KeyPair newKeys() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public KeyPair keys() {
        return keys;
    }

    /** Writes so many documents more, each with a small body. */
    public synchronized PaperOutbox write(int count) {
        for (int i = 0; i < count; i++) write("{\"total\":" + (documents.size() + 1) + "}");
        return this;
    }

    public synchronized Document write(String body) {
        long sequence = documents.size() + 1L;
        Sha256 previous =
                documents.isEmpty() ? Sha256.NONE : documents.getLast().hash();
        Envelope envelope = new Envelope(
                new UUID(store.value().getMostSignificantBits(), epoch * 1_000_000L + sequence),
                store,
                epoch,
                sequence,
                "sale-" + sequence,
                "sale",
                1,
                NOON.plusSeconds(sequence),
                List.of(),
                previous);
        Document document = Document.seal(envelope, body.getBytes(StandardCharsets.UTF_8), keys.getPrivate());
        documents.add(document);
        return document;
    }

    public synchronized List<Document> all() {
        return List.copyOf(documents);
    }

    /** The disk as it was when it held so many. */
    public synchronized PaperOutbox asOf(int count) {
        PaperOutbox copy = new PaperOutbox(store, epoch, keys);
        copy.documents.addAll(documents.subList(0, count));
        return copy;
    }

    @Override
    public synchronized long lastSequence() {
        return documents.size();
    }

    @Override
    public synchronized List<Document> after(long sequence, int maxDocuments, int maxBytes) {
        List<Document> found = new ArrayList<>();
        int bytes = 0;
        for (Document each : documents.subList((int) sequence, documents.size())) {
            bytes += FrameCodec.size(each);
            if (!found.isEmpty() && (found.size() == maxDocuments || bytes > maxBytes)) break;
            found.add(each);
        }
        return found;
    }

    @Override
    public synchronized Optional<Sha256> hashAt(long sequence) {
        return sequence < 1 || sequence > documents.size()
                ? Optional.empty()
                : Optional.of(documents.get((int) sequence - 1).hash());
    }
}
