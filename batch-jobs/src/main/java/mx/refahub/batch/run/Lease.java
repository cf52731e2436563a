package mx.refahub.batch.run;

import java.time.Duration;

/** For how long a run is its owner's without another word from it. By the database's clock, which all processes share. */
record Lease(String owner, Duration length) {
    Lease {
        if (owner.isBlank()) throw new IllegalArgumentException("lease of nobody");
        if (length.isNegative() || length.isZero()) throw new IllegalArgumentException("lease of " + length);
    }
}
