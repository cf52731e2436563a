package mx.refahub.domain.document;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.store.StoreId;

/**
 * What stands on the outside of a document.
 *
 * @param epoch raised by the hub each time the store's numbering starts anew
 * @param sequence gapless per store and epoch, from 1
 * @param key the aggregate it belongs to: order is kept within a key
 * @param schema version of the body's shape
 * @param occurredAt to the millisecond
 * @param after ids of documents that must be applied first
 * @param previousHash of the document with the sequence before; {@link Sha256#NONE} for the first
 */
public record Envelope(
        UUID id,
        StoreId store,
        int epoch,
        long sequence,
        String key,
        String type,
        int schema,
        Instant occurredAt,
        List<UUID> after,
        Sha256 previousHash) {
    public static final int MAX_KEY_LENGTH = 120;
    public static final int MAX_AFTER = 100;

    public Envelope {
        if (epoch < 1 || sequence < 1 || schema < 1)
            throw new IllegalArgumentException("document " + id + " with epoch, sequence or schema below 1");
        if (key.isBlank() || key.length() > MAX_KEY_LENGTH || key.codePoints().anyMatch(Character::isISOControl))
            throw new IllegalArgumentException("document " + id + " with key '" + key + "'");
        if (!type.matches("[a-z][a-z0-9-]{0,59}"))
            throw new IllegalArgumentException("document " + id + " with type '" + type + "'");
        occurredAt = occurredAt.truncatedTo(ChronoUnit.MILLIS);
        after = List.copyOf(after);
        if (after.size() > MAX_AFTER)
            throw new IllegalArgumentException("document " + id + " waits for more than " + MAX_AFTER);
    }

    /**
     * SHA-256 over each field in the order of this record, then the body; each as a 4-byte big-endian length and its bytes. Ids and texts
     * are UTF-8, numbers decimal ASCII, the instant as epoch milliseconds in decimal, {@code after} its count and then each id, the previous
     * hash its 32 bytes.
     */
    public Sha256 hash(byte[] body) {
        MessageDigest digest = Sha256.newDigest();
        text(digest, id.toString());
        text(digest, store.toString());
        text(digest, Integer.toString(epoch));
        text(digest, Long.toString(sequence));
        text(digest, key);
        text(digest, type);
        text(digest, Integer.toString(schema));
        text(digest, Long.toString(occurredAt.toEpochMilli()));
        text(digest, Integer.toString(after.size()));
        after.forEach(earlier -> text(digest, earlier.toString()));
        field(digest, previousHash.bytes());
        field(digest, body);
        return Sha256.finish(digest);
    }

    private static void text(MessageDigest digest, String value) {
        field(digest, value.getBytes(StandardCharsets.UTF_8));
    }

    private static void field(MessageDigest digest, byte[] value) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, value.length));
        digest.update(value);
    }
}
