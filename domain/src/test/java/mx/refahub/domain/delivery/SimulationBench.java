package mx.refahub.domain.delivery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongFunction;

/** Seeds a second of both simulators, in one thread: {@code ./mvnw -Pbench -Dbench=simulator verify}. Every invariant is checked at every step, as in the tests. */
public final class SimulationBench {
    private static final int WARM_UP = 3;
    private static final int ROUNDS = 7;
    private static final int SEEDS = 2_000;
    private static final int DELIVERY_STEPS = 150;
    private static final int SUCCESSION_STEPS = 120;

    private SimulationBench() {}

    public static void main(String[] arguments) throws IOException {
        double delivery =
                rate(seed -> new DeliverySimulation(seed, DeliverySimulation.Mutant.NONE).run(DELIVERY_STEPS));
        double succession =
                rate(seed -> new SuccessionSimulation(seed, SuccessionSimulation.Mutant.NONE).run(SUCCESSION_STEPS));
        System.out.printf(
                Locale.ROOT, "delivery %.0f seeds a second%nsuccession %.0f seeds a second%n", delivery, succession);
        String out = System.getProperty("bench.out");
        if (out == null) return;
        Path file = Path.of(out, "simulator.json");
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                String.format(
                        Locale.ROOT,
                        "{\"deliverySeedsPerSecond\":%.0f,\"successionSeedsPerSecond\":%.0f}%n",
                        delivery,
                        succession));
    }

    /** Median of the rounds. */
    private static double rate(LongFunction<Optional<String>> run) {
        double[] rates = new double[ROUNDS];
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            long begun = System.nanoTime();
            for (int i = 0; i < SEEDS; i++) {
                long seed = (long) (round + WARM_UP) * SEEDS + i;
                Optional<String> broken = run.apply(seed);
                if (broken.isPresent()) throw new IllegalStateException("seed " + seed + ": " + broken.get());
            }
            if (round >= 0) rates[round] = SEEDS / ((System.nanoTime() - begun) / 1e9);
        }
        Arrays.sort(rates);
        return rates[ROUNDS / 2];
    }
}
