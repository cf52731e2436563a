package mx.refahub.domain.cash;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import mx.refahub.domain.document.Sha256;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.store.UserId;

/**
 * A row of a cash session's journal.
 *
 * @param sequence from 1, without a gap within the session
 * @param amount what it does to the tender: what goes out is negative; what does not {@link Kind#moves move} money only tells
 * @param cause the sale, movement, count or act it stands for
 * @param detail what else of it may not change afterwards
 */
public record CashEntry(
        UUID session,
        long sequence,
        Instant at,
        Kind kind,
        Tender.Kind tender,
        Money amount,
        UserId by,
        String byName,
        UUID cause,
        String detail) {
    public enum Kind {
        OPENED(true),
        /** What was handed over for a sale, per tender. */
        SALE(true),
        /** What was handed back of it. */
        CHANGE(true),
        PAID_IN(true),
        /** A payment on a customer's account. */
        ACCOUNT_PAYMENT(true),
        /** A deposit for a layaway or a special order. */
        DEPOSIT(true),
        /** What was given back of one. */
        DEPOSIT_BACK(true),
        PAID_OUT(true),
        DROP(true),
        SWITCHED(false),
        COUNTED(false),
        CLOSED(false),
        REOPENED(false);

        private final boolean moves;

        Kind(boolean moves) {
            this.moves = moves;
        }

        /** Whether its amount belongs to the sum of the drawer. */
        public boolean moves() {
            return moves;
        }
    }

    public CashEntry {
        if (sequence < 1) throw new IllegalArgumentException("journal sequence " + sequence);
    }

    /** SHA-256 over the fields as UTF-8, each behind its length in four bytes, and the hash of the row before ({@link Sha256#NONE} for the first). */
    public Sha256 hash(Sha256 previous) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        put(bytes, session.toString());
        put(bytes, Long.toString(sequence));
        put(bytes, Long.toString(at.toEpochMilli()));
        put(bytes, kind.name());
        put(bytes, tender.name());
        put(bytes, amount.currency().getCurrencyCode());
        put(bytes, Long.toString(amount.minor()));
        put(bytes, by.toString());
        put(bytes, byName);
        put(bytes, cause.toString());
        put(bytes, detail);
        put(bytes, previous.bytes());
        return Sha256.digest(bytes.toByteArray());
    }

    private static void put(ByteArrayOutputStream bytes, String field) {
        put(bytes, field.getBytes(StandardCharsets.UTF_8));
    }

    private static void put(ByteArrayOutputStream bytes, byte[] field) {
        bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(field.length).array());
        bytes.writeBytes(field);
    }
}
