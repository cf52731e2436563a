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
    private static final int MAX_TYPE_LENGTH = 60;
    /** An id as text with its length before it. */
    private static final int ID_FIELD = Integer.BYTES + 36;
    /** Two ids, nine further lengths (that of the body among them), five numbers of at most twenty digits, a hash. */
    private static final int HEAD_LENGTH = 2 * ID_FIELD + 9 * Integer.BYTES + 5 * 20 + Sha256.LENGTH;

    public Envelope {
        if (epoch < 1 || sequence < 1 || schema < 1)
            throw new IllegalArgumentException("document " + id + " with epoch, sequence or schema below 1");
        if (key.isBlank() || key.length() > MAX_KEY_LENGTH || hasControl(key))
            throw new IllegalArgumentException("document " + id + " with key '" + key + "'");
        if (!isType(type)) throw new IllegalArgumentException("document " + id + " with type '" + type + "'");
        occurredAt = occurredAt.truncatedTo(ChronoUnit.MILLIS);
        after = List.copyOf(after);
        if (after.size() > MAX_AFTER)
            throw new IllegalArgumentException("document " + id + " waits for more than " + MAX_AFTER);
    }

    private static boolean hasControl(String key) {
        for (int i = 0; i < key.length(); i++) if (Character.isISOControl(key.charAt(i))) return true;
        return false;
    }

    /** A small letter, then small letters, digits and hyphens. Each document that is read comes by here, so without a pattern. */
    private static boolean isType(String type) {
        if (type.isEmpty() || type.length() > MAX_TYPE_LENGTH) return false;
        for (int i = 0; i < type.length(); i++) {
            char c = type.charAt(i);
            boolean letter = c >= 'a' && c <= 'z';
            if (!letter && (i == 0 || c != '-' && (c < '0' || c > '9'))) return false;
        }
        return true;
    }

    /**
     * SHA-256 over each field in the order of this record, then the body; each as a 4-byte big-endian length and its bytes. Ids and texts
     * are UTF-8, numbers decimal ASCII, the instant as epoch milliseconds in decimal, {@code after} its count and then each id, the previous
     * hash its 32 bytes.
     */
    public Sha256 hash(byte[] body) {
        byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
        // All but the body in one piece: a digest takes many small ones slowly.
        ByteBuffer head = ByteBuffer.allocate(HEAD_LENGTH + keyBytes.length + type.length() + ID_FIELD * after.size());
        ascii(head, id.toString());
        ascii(head, store.toString());
        ascii(head, Integer.toString(epoch));
        ascii(head, Long.toString(sequence));
        head.putInt(keyBytes.length).put(keyBytes);
        ascii(head, type);
        ascii(head, Integer.toString(schema));
        ascii(head, Long.toString(occurredAt.toEpochMilli()));
        ascii(head, Integer.toString(after.size()));
        for (UUID earlier : after) ascii(head, earlier.toString());
        head.putInt(Sha256.LENGTH);
        previousHash.into(head);
        head.putInt(body.length);
        MessageDigest digest = Sha256.newDigest();
        digest.update(head.array(), 0, head.position());
        digest.update(body);
        return Sha256.finish(digest);
    }

    private static void ascii(ByteBuffer head, String value) {
        head.putInt(value.length());
        for (int i = 0; i < value.length(); i++) head.put((byte) value.charAt(i));
    }
}
