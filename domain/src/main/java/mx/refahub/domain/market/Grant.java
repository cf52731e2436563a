package mx.refahub.domain.market;

import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The right to act for a seller, of one connection. Owned by the hub, which keeps it encrypted; an adapter only uses it. */
public interface Grant {
    /**
     * @param refresh null if the marketplace gives none
     * @param seller the marketplace's id of the seller; empty if it does not say
     */
    record Tokens(String access, @Nullable String refresh, Instant expiresAt, String seller) {
        @Override
        public String toString() {
            return "Tokens[seller=" + seller + ", expiresAt=" + expiresAt + "]";
        }
    }

    /**
     * A token that holds for at least a minute. Where it must be renewed, one process and thread does it, the others wait; that it was begun is on disk before
     * the marketplace is asked, and what comes back before it is used.
     *
     * @param stale a token that the marketplace has refused; it is not given again. Null for none
     * @param renew asks the marketplace with the present refresh token (empty if there is none). A refresh token that serves once is gone when the answer is
     *     lost: the grant is then locked, and a person authorises anew
     */
    Answer<Tokens> tokens(@Nullable String stale, Function<String, Answer<Tokens>> renew);
}
