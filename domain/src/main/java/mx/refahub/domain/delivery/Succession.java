package mx.refahub.domain.delivery;

import java.util.function.UnaryOperator;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.document.Envelope;
import mx.refahub.domain.document.Sha256;

/** What a machine does with its outbox when it takes over in a new epoch, apart from where the outbox lies: pure, so that the simulator and the real store do the same. */
public final class Succession {
    private Succession() {}

    /** Whether both ends have the same document at this sequence, or at the last one before it. */
    public interface Alike<E extends Exception> {
        boolean at(long sequence) throws E;
    }

    /**
     * The last sequence that both ends have alike. A chain that differs once differs ever after, so halving finds it.
     *
     * @param low known to be alike, or before everything
     * @param high the last that both may have
     */
    public static <E extends Exception> long common(long low, long high, Alike<E> alike) throws E {
        long from = low;
        long to = high;
        while (from < to) {
            long middle = from + (to - from + 1) / 2;
            if (alike.at(middle)) from = middle;
            else to = middle - 1;
        }
        return from;
    }

    /**
     * The same document, id and text, in another place of another epoch's chain.
     *
     * @param sign with the key of the new epoch
     */
    public static Document sealed(
            Document document, int epoch, long sequence, Sha256 previous, UnaryOperator<byte[]> sign) {
        Envelope was = document.envelope();
        Envelope now = new Envelope(
                was.id(),
                was.store(),
                epoch,
                sequence,
                was.key(),
                was.type(),
                was.schema(),
                was.occurredAt(),
                was.after(),
                previous);
        Sha256 hash = now.hash(document.body());
        return new Document(now, hash, sign.apply(hash.bytes()), document.body());
    }
}
