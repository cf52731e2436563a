package mx.refahub.adapters.amazon;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A token bucket for each operation, as Amazon counts: it fills at the plan's rate up to the burst. The rate of the header {@code x-amzn-RateLimit-Limit}
 * takes the place of the documented one; a 429 empties the bucket, because others (another process, another program of the seller) draw from it too.
 */
final class Quota {
    private static final double NANOS = 1e9;

    private static final class Bucket {
        private final int burst;
        private double perSecond;
        private double permits;
        private long seen;
        private long closedUntil;

        Bucket(Operation operation, long now) {
            burst = operation.burst;
            perSecond = operation.perSecond;
            permits = operation.burst;
            seen = now;
            closedUntil = now;
        }

        void fill(long now) {
            permits = Math.min(burst, permits + (now - seen) / NANOS * perSecond);
            seen = now;
        }
    }

    private final LongSupplier nanos;
    private final Map<Operation, Bucket> buckets = new EnumMap<>(Operation.class);

    Quota(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Takes a permit and answers zero, or takes nothing and answers when to come again. */
    synchronized Duration take(Operation operation) {
        Duration wait = ahead(operation);
        if (wait.isZero()) bucket(operation, nanos.getAsLong()).permits -= 1;
        return wait;
    }

    /** How long until there is a permit; takes none. */
    synchronized Duration ahead(Operation operation) {
        long now = nanos.getAsLong();
        Bucket bucket = bucket(operation, now);
        bucket.fill(now);
        if (now < bucket.closedUntil) return Duration.ofNanos(bucket.closedUntil - now);
        if (bucket.permits >= 1) return Duration.ZERO;
        return Duration.ofNanos((long) Math.ceil((1 - bucket.permits) / bucket.perSecond * NANOS));
    }

    /** What Amazon said that this seller's rate is. */
    synchronized void told(Operation operation, double perSecond) {
        if (!(perSecond > 0) || Double.isInfinite(perSecond)) return;
        long now = nanos.getAsLong();
        Bucket bucket = bucket(operation, now);
        bucket.fill(now);
        bucket.perSecond = perSecond;
    }

    /** Amazon refused for too many calls: nothing is left, and nothing is asked before {@code wait} has passed. */
    synchronized Duration exhausted(Operation operation, Duration asked) {
        long now = nanos.getAsLong();
        Bucket bucket = bucket(operation, now);
        bucket.fill(now);
        bucket.permits = 0;
        Duration refill = Duration.ofNanos((long) Math.ceil(NANOS / bucket.perSecond));
        Duration wait = asked.compareTo(refill) > 0 ? asked : refill;
        bucket.closedUntil = now + asked.toNanos();
        return wait;
    }

    private Bucket bucket(Operation operation, long now) {
        return buckets.computeIfAbsent(operation, o -> new Bucket(o, now));
    }
}
