package mx.refahub.domain.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SuccessionSimulationTest {
    private static final int SEEDS = 500;
    private static final int STEPS = 120;

    /** A seed that breaks replays with {@code new SuccessionSimulation(seed, NONE).run(STEPS)}. */
    @Test
    void whatever_disk_is_set_back_copied_or_replaced_nothing_that_a_living_machine_wrote_is_lost_or_doubled() {
        long base = System.nanoTime();
        LongStream.range(base, base + SEEDS)
                .forEach(seed -> assertThat(new SuccessionSimulation(seed, SuccessionSimulation.Mutant.NONE).run(STEPS))
                        .as("seed %s", seed)
                        .isEmpty());
        System.out.printf("succession: %.0f seeds a second%n", SEEDS / ((System.nanoTime() - base) / 1_000_000_000.0));
    }

    @ParameterizedTest
    @EnumSource(value = SuccessionSimulation.Mutant.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void each_way_of_being_wrong_is_caught(SuccessionSimulation.Mutant mutant) {
        Optional<String> caught = LongStream.range(0, SEEDS)
                .mapToObj(seed -> run(seed, mutant))
                .flatMap(Optional::stream)
                .findFirst();
        assertThat(caught)
                .as("a simulation that cannot fail proves nothing: %s", mutant)
                .isPresent();
    }

    private static Optional<String> run(long seed, SuccessionSimulation.Mutant mutant) {
        try {
            return new SuccessionSimulation(seed, mutant).run(STEPS);
        } catch (IllegalStateException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
