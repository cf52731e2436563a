package mx.refahub.system.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * One round, known before it begins: it follows from the seed and its number alone.
 *
 * @param before how long is sold before the fault
 * @param lasts how long it lasts at least
 * @param pass on which pass a named crash point strikes; which byte of a journal or a connection goes
 */
record Plan(long seed, int round, Fault fault, Duration before, Duration lasts, int pass, long dice) {
    /** Each fault once in an order of the seed's own before any comes again. */
    static Plan of(long seed, int round, List<Fault> faults) {
        List<Fault> order = new ArrayList<>(faults);
        Collections.shuffle(order, new Random(seed + round / faults.size()));
        Random random = new Random(seed * 1_000_003 + round);
        return new Plan(
                seed,
                round,
                order.get(round % order.size()),
                Duration.ofMillis(200 + random.nextInt(1_300)),
                Duration.ofMillis(500 + random.nextInt(2_500)),
                1 + random.nextInt(4),
                random.nextLong());
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "round %d of seed %d: %s after %d ms for %d ms, pass %d",
                round,
                seed,
                fault,
                before.toMillis(),
                lasts.toMillis(),
                pass);
    }
}
