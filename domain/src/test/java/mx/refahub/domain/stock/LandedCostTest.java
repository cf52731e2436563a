package mx.refahub.domain.stock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.stock.LandedCost.By;
import mx.refahub.domain.stock.LandedCost.Line;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class LandedCostTest {
    private static LandedCost charges(long freight, long duty, long other, By by) {
        return new LandedCost(Money.mxn(freight), Money.mxn(duty), Money.mxn(other), by);
    }

    @Test
    void charges_go_by_value_by_weight_or_by_pieces() {
        List<Line> lines = List.of(new Line(30_000, 1_000, 2_000), new Line(10_000, 3_000, 8_000));

        assertThat(charges(8_000, 2_000, 0, By.VALUE).shares(lines)).containsExactly(7_500L, 2_500L);
        assertThat(charges(8_000, 2_000, 0, By.WEIGHT).shares(lines)).containsExactly(2_500L, 7_500L);
        assertThat(charges(8_000, 2_000, 0, By.PIECES).shares(lines)).containsExactly(2_000L, 8_000L);
        assertThat(charges(100, 0, 0, By.WEIGHT).shares(List.of(new Line(0, 0, 1_000), new Line(0, 0, 3_000))))
                .as("nobody weighed them")
                .containsExactly(25L, 75L);
    }

    @Provide
    Arbitrary<Line> lines() {
        return Combinators.combine(
                        Arbitraries.longs().between(0, 1_000_000_000_000L),
                        Arbitraries.longs().between(0, 1_000_000_000L),
                        Arbitraries.longs().between(1, 1_000_000_000L))
                .as(Line::new);
    }

    @Property(tries = 300)
    void shares_add_up_to_the_centavo_and_none_is_off_by_more_than_one(
            @ForAll @LongRange(min = 0, max = 10_000_000_000L) long freight,
            @ForAll @LongRange(min = 0, max = 10_000_000_000L) long other,
            @ForAll By by,
            @ForAll("of") List<Line> lines) {
        LandedCost charges = charges(freight, 0, other, by);
        List<Long> shares = charges.shares(lines);

        assertThat(shares.stream().mapToLong(Long::longValue).sum()).isEqualTo(freight + other);
        double whole =
                lines.stream().mapToDouble(line -> (double) base(line, by)).sum();
        for (int i = 0; i < shares.size(); i++) {
            assertThat(shares.get(i)).isNotNegative();
            if (whole > 0)
                assertThat((double) shares.get(i))
                        .isCloseTo(
                                (freight + other) * (base(lines.get(i), by) / whole),
                                org.assertj.core.data.Offset.offset(1.01));
        }
    }

    @Provide
    Arbitrary<List<Line>> of() {
        return lines().list().ofMinSize(1).ofMaxSize(40);
    }

    private static long base(Line line, By by) {
        return switch (by) {
            case VALUE -> line.value();
            case WEIGHT -> line.grams();
            case PIECES -> line.pieces();
        };
    }
}
