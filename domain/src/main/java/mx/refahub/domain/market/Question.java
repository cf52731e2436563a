package mx.refahub.domain.market;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks about a listing.
 *
 * @param reply null while nobody has answered
 */
public record Question(
        String id,
        String listing,
        String from,
        String text,
        Instant askedAt,
        State state,
        @Nullable String reply) {
    public static final int LONGEST_REPLY = 2000;

    public enum State {
        OPEN,
        ANSWERED,
        /** Deleted, or not to be answered any more. */
        CLOSED
    }
}
