package mx.refahub.batch.run;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * For how long a run is its owner's without another word from it. By the database's clock, which all processes share.
 *
 * @param timeout how long the run may take in all; null for no limit
 */
record Lease(String owner, Duration length, @Nullable Duration timeout) {
    Lease {
        if (owner.isBlank()) throw new IllegalArgumentException("lease of nobody");
        if (length.isNegative() || length.isZero()) throw new IllegalArgumentException("lease of " + length);
    }

    /** Null for none. */
    @Nullable Long timeoutMillis() {
        return timeout == null ? null : timeout.toMillis();
    }
}
