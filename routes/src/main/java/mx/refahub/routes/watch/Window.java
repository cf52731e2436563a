package mx.refahub.routes.watch;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import mx.refahub.domain.hub.RouteMap.Pace;

/** What passed in the last minute: twelve slots of five seconds, each with a histogram of times in eighths of a doubling. Bounded, whatever passes. */
final class Window {
    private static final int SLOTS = 12;
    private static final long SLOT_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int EIGHTHS = 8;
    /** From a microsecond to more than an hour. */
    private static final int BUCKETS = 33 * EIGHTHS;

    private static final double MICRO = 1_000.0;
    private static final double MILLI = 1_000_000.0;
    private static final double TAIL = 0.95;

    private final LongSupplier nanos;
    private final long began;
    private final long[] slotOf = new long[SLOTS];
    private final long[] passed = new long[SLOTS];
    private final long[] failed = new long[SLOTS];
    private final long[] sum = new long[SLOTS];
    private final int[][] times = new int[SLOTS][BUCKETS];

    Window(LongSupplier nanos) {
        this.nanos = nanos;
        this.began = nanos.getAsLong();
    }

    synchronized void passed(long took, boolean failure) {
        int slot = slot((nanos.getAsLong() - began) / SLOT_NANOS);
        passed[slot]++;
        if (failure) failed[slot]++;
        sum[slot] += took;
        times[slot][bucket(took)]++;
    }

    private int slot(long number) {
        int slot = (int) (number % SLOTS);
        if (slotOf[slot] != number) {
            slotOf[slot] = number;
            passed[slot] = 0;
            failed[slot] = 0;
            sum[slot] = 0;
            Arrays.fill(times[slot], 0);
        }
        return slot;
    }

    private static int bucket(long took) {
        double doublings = Math.log(Math.max(took, MICRO) / MICRO) / Math.log(2);
        return Math.min(BUCKETS - 1, (int) (doublings * EIGHTHS));
    }

    synchronized Pace pace() {
        long age = nanos.getAsLong() - began;
        long now = age / SLOT_NANOS;
        long all = 0;
        long wrong = 0;
        long time = 0;
        int[] together = new int[BUCKETS];
        for (int slot = 0; slot < SLOTS; slot++) {
            if (slotOf[slot] <= now - SLOTS) continue;
            all += passed[slot];
            wrong += failed[slot];
            time += sum[slot];
            for (int i = 0; i < BUCKETS; i++) together[i] += times[slot][i];
        }
        if (all == 0) return Pace.NONE;
        double seconds = Math.min(age, (double) SLOTS * SLOT_NANOS) / TimeUnit.SECONDS.toNanos(1);
        return new Pace(all / Math.max(1, seconds), wrong, time / MILLI / all, tail(together, all));
    }

    private static double tail(int[] together, long all) {
        long wanted = (long) Math.ceil(all * TAIL);
        long seen = 0;
        for (int i = 0; i < BUCKETS; i++) {
            seen += together[i];
            if (seen >= wanted) return MICRO * Math.pow(2, (i + 1.0) / EIGHTHS) / MILLI;
        }
        return 0;
    }
}
