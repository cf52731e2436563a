package mx.refahub.system.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The checker lets a sound round pass and each mutant of it not. */
class CheckerTest {
    @Test
    void a_sound_round_passes_and_each_mutant_of_it_is_caught_by_the_invariant_that_it_breaks() {
        Evidence sound = sound();
        assertThat(Checker.check(sound))
                .allSatisfy((invariant, found) ->
                        assertThat(found).as(invariant.says()).isEmpty());
        for (Mutant mutant : Mutant.values())
            assertThat(Checker.check(mutant.of(sound)).get(mutant.breaks()))
                    .as(mutant.name())
                    .isNotEmpty();
    }

    @Test
    void a_plan_follows_from_the_seed_and_its_number_and_each_fault_comes_once_before_any_comes_again() {
        List<Fault> all = List.of(Fault.values());
        List<Fault> first = new ArrayList<>();
        for (int round = 0; round < all.size(); round++) {
            assertThat(Plan.of(7, round, all)).isEqualTo(Plan.of(7, round, all));
            first.add(Plan.of(7, round, all).fault());
        }
        assertThat(first).containsExactlyInAnyOrderElementsOf(all);
    }

    private static Evidence sound() {
        List<Seller.Sold> sold = new ArrayList<>();
        List<Evidence.Sale> sales = new ArrayList<>();
        List<Evidence.Document> written = new ArrayList<>();
        List<Evidence.Document> landed = new ArrayList<>();
        Instant at = Instant.parse("2026-03-02T16:00:00Z");
        for (int i = 1; i <= 4; i++) {
            sold.add(new Seller.Sold("sale-" + i, "C1-" + i, 1_000, 9_000, true));
            sales.add(new Evidence.Sale("sale-" + i, "C1", i, "session", 1_000, 1_000, 1_000));
            written.add(new Evidence.Document(1, i, "sale-" + i, "sale-" + i, "h" + i, "h" + (i - 1), null));
            landed.add(
                    new Evidence.Document(1, i, "sale-" + i, "sale-" + i, "h" + i, "h" + (i - 1), at.plusSeconds(i)));
        }
        Map<String, Long> cash = Map.of("session", 4_000L);
        Map<String, Long> stock = Map.of("part", -4_000L);
        List<Evidence.Effect> effects =
                List.of(new Evidence.Effect("receipt", "sale-1"), new Evidence.Effect("drawer", "sale-1"));
        return new Evidence(
                sold,
                new Evidence.Side(sales, written, cash, cash, stock, stock, effects, List.of(), 4, "h4", "ok"),
                new Evidence.Side(sales, landed, cash, cash, stock, stock, List.of(), List.of(), 4, "h4", "ok"),
                new Evidence.Round(
                        Plan.of(7, 0, List.of(Fault.UPLINK_SLOW)),
                        0,
                        Duration.ofSeconds(1),
                        null,
                        false,
                        null,
                        9_000,
                        Duration.ofSeconds(5),
                        List.of()));
    }
}
