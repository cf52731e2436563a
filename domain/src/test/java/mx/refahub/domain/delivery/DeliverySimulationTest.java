package mx.refahub.domain.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeliverySimulationTest {
    private static final int SEEDS = 2_000;
    private static final int STEPS = 150;

    /** A seed that breaks replays with {@code new DeliverySimulation(seed, NONE).run(STEPS)}. */
    @Test
    void whatever_is_lost_doubled_reordered_killed_or_restored_every_document_stands_at_the_hub_once() {
        long base = System.nanoTime();
        LongStream.range(base, base + SEEDS)
                .forEach(seed -> assertThat(new DeliverySimulation(seed, DeliverySimulation.Mutant.NONE).run(STEPS))
                        .as("seed %s", seed)
                        .isEmpty());
        System.out.printf("delivery: %.0f seeds a second%n", SEEDS / ((System.nanoTime() - base) / 1_000_000_000.0));
    }

    @ParameterizedTest
    @EnumSource(value = DeliverySimulation.Mutant.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void each_way_of_being_wrong_is_caught(DeliverySimulation.Mutant mutant) {
        Optional<String> caught = LongStream.range(0, SEEDS)
                .mapToObj(seed -> new DeliverySimulation(seed, mutant).run(STEPS))
                .flatMap(Optional::stream)
                .findFirst();
        assertThat(caught)
                .as("a simulation that cannot fail proves nothing: %s", mutant)
                .isPresent();
    }
}
