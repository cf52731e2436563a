package mx.refahub.domain.reconcile;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What an end says of a range in one line.
 *
 * @param sum of the amounts in the books
 * @param unbooked documents that are not in the books
 * @param digest SHA-256 over sequence, hash and amount of each document in order, hexadecimal; equal digests are equal ranges
 */
public record Summary(long count, long sum, long unbooked, String digest) {
    public static final Summary NONE = new Tally().summary();

    /** Adds up the documents of a range, in the order of their sequences. Both ends use it, so that both mean the same. */
    public static final class Tally {
        private final MessageDigest digest = newDigest();
        private long count;
        private long sum;
        private long unbooked;

        public Tally add(Mark mark) {
            Long amount = mark.amount();
            byte[] hash = mark.hash().getBytes(StandardCharsets.US_ASCII);
            digest.update(ByteBuffer.allocate(2 * Long.BYTES + Integer.BYTES + 1 + hash.length)
                    .putLong(mark.sequence())
                    .putInt(hash.length)
                    .put(hash)
                    .put((byte) (amount == null ? 0 : 1))
                    .putLong(amount == null ? 0 : amount)
                    .array());
            count++;
            if (amount == null) unbooked++;
            else sum += amount;
            return this;
        }

        public Summary summary() {
            return new Summary(count, sum, unbooked, HexFormat.of().formatHex(digest.digest()));
        }

        private static MessageDigest newDigest() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has SHA-256", e);
            }
        }
    }
}
