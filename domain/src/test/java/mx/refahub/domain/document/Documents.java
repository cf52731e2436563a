package mx.refahub.domain.document;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.store.StoreId;

/** Documents for tests: a chain of a store, unsigned or signed. */
public final class Documents {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private Documents() {}

    public static KeyPair keys() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An unsigned document (64 zero bytes) that continues the chain; {@code salt} makes another content of the same sequence. */
    public static Document after(StoreId store, int epoch, long sequence, Sha256 previous, String salt) {
        Envelope envelope = envelope(store, epoch, sequence, previous, salt);
        byte[] body = body(sequence, salt);
        return new Document(envelope, envelope.hash(body), new byte[Document.SIGNATURE_LENGTH], body);
    }

    public static Document signed(StoreId store, long sequence, Sha256 previous, KeyPair keys) {
        return Document.seal(envelope(store, 1, sequence, previous, ""), body(sequence, ""), keys.getPrivate());
    }

    public static List<Document> chain(StoreId store, int count) {
        List<Document> documents = new ArrayList<>();
        Sha256 previous = Sha256.NONE;
        for (int i = 1; i <= count; i++) {
            Document document = after(store, 1, i, previous, "");
            documents.add(document);
            previous = document.hash();
        }
        return documents;
    }

    private static Envelope envelope(StoreId store, int epoch, long sequence, Sha256 previous, String salt) {
        UUID id =
                UUID.nameUUIDFromBytes((store + ":" + epoch + ":" + sequence + salt).getBytes(StandardCharsets.UTF_8));
        return new Envelope(
                id,
                store,
                epoch,
                sequence,
                "sale:" + sequence,
                DocumentType.SALE,
                1,
                NOON.plusSeconds(sequence),
                List.of(),
                previous);
    }

    private static byte[] body(long sequence, String salt) {
        return ("{\"n\":" + sequence + ",\"salt\":\"" + salt + "\"}").getBytes(StandardCharsets.UTF_8);
    }
}
