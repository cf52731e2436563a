package mx.refahub.domain.message;

import java.time.Instant;
import java.util.List;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.store.Person;
import org.jspecify.annotations.Nullable;

/**
 * Messages at the hub's broker that no route could take, with the reason. Implemented in routes over the broker; every act is audited. Refused with
 * {@code broker-away} while the broker does not answer and {@code letter-unknown} if another was faster.
 */
public interface DeadLetters {
    /** Oldest first. */
    Outcome<List<Letter>> letters(int most);

    /**
     * @param route that could not take it; empty if the broker gave it up by itself
     * @param home where it is sent again; null: nobody knows
     */
    record Letter(
            String id,
            Instant at,
            String route,
            String kind,
            String reason,
            @Nullable String home,
            int bytes,
            String preview) {}

    /**
     * Back to the queue that it came from, in one transaction with its leaving here: it is never in both places and never in none. Refused besides with
     * {@code letter-homeless}. @return its id
     */
    Outcome<String> resend(String letter, Person by);

    /** Refused besides with {@code reason-needed}. */
    Outcome<String> discard(String letter, String reason, Person by);
}
