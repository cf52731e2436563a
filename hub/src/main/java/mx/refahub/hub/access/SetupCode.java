package mx.refahub.hub.access;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import mx.refahub.domain.store.OneTimeSecret;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The code in the log with which the first administrator is made. Lives in memory only; a used-up or expired one is followed by a new one. */
final class SetupCode {
    static final int TRIES = 5;
    /** A guesser must not be able to fill the log. */
    private static final Duration BETWEEN_CODES = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(SetupCode.class);
    private final SecureRandom random;
    private final Clock clock;
    private final Duration life;
    private @Nullable String hash;
    private Instant printedAt = Instant.MIN;
    private Instant expiresAt = Instant.MIN;
    private int tries;

    SetupCode(SecureRandom random, Clock clock, Duration life) {
        this.random = random;
        this.clock = clock;
        this.life = life;
    }

    synchronized void print() {
        OneTimeSecret secret = OneTimeSecret.random(random);
        hash = secret.hash();
        printedAt = clock.instant();
        expiresAt = printedAt.plus(life);
        tries = 0;
        LOG.info("setup code code={} expires={}", secret.text(), expiresAt);
    }

    enum Check {
        RIGHT,
        WRONG,
        EXPIRED
    }

    /** Counts as a try. */
    synchronized Check check(String typed) {
        if (hash == null || !clock.instant().isBefore(expiresAt) || tries >= TRIES) {
            if (printedAt.plus(BETWEEN_CODES).isBefore(clock.instant())) print();
            return Check.EXPIRED;
        }
        tries++;
        return OneTimeCodes.matches(typed, hash) ? Check.RIGHT : Check.WRONG;
    }
}
