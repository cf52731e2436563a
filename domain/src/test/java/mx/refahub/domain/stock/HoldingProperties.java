package mx.refahub.domain.stock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class HoldingProperties {
    record Act(boolean in, long pieces, long cost, boolean bought) {}

    @Provide
    Arbitrary<List<Act>> histories() {
        return Combinators.combine(
                        Arbitraries.of(true, false),
                        Arbitraries.longs().between(1, 20_000),
                        Arbitraries.longs().between(0, 5_000_000),
                        Arbitraries.of(true, false))
                .as(Act::new)
                .list()
                .ofMaxSize(40);
    }

    @Property(tries = 300)
    void every_centavo_paid_is_on_the_shelf_or_in_the_cost_of_what_went_out(@ForAll("histories") List<Act> history) {
        Holding holding = Holding.NOTHING;
        long paid = 0;
        long gone = 0;
        long variance = 0;
        long quantity = 0;
        for (Act act : history) {
            Holding.Step step =
                    act.in() ? holding.in(act.pieces(), act.cost(), act.bought()) : holding.out(act.pieces());
            assertThat(step.after().value() - holding.value()).isEqualTo(step.value());
            if (act.in()) paid += act.cost();
            else gone -= step.value();
            quantity += act.in() ? act.pieces() : -act.pieces();
            variance += step.variance();
            holding = step.after();
            assertThat(holding.quantity()).isEqualTo(quantity);
            assertThat(Long.signum(holding.value()) * Long.signum(holding.quantity()))
                    .isNotNegative();
            if (holding.quantity() == 0) assertThat(holding.value()).isZero();
        }
        assertThat(holding.value()).isEqualTo(paid - gone - variance);
    }

    @Example
    void two_prices_make_an_average_and_the_last_piece_takes_the_odd_centavo() {
        Holding three = Holding.NOTHING.in(3_000, 10_000, true).after();

        assertThat(three.average()).isEqualTo(3_333);
        Holding.Step first = three.out(1_000);
        Holding.Step second = first.after().out(1_000);
        Holding.Step third = second.after().out(1_000);
        assertThat(List.of(first.value(), second.value(), third.value())).containsExactly(-3_333L, -3_334L, -3_333L);
        assertThat(third.after()).isEqualTo(new Holding(0, 0, 3_333));
    }

    @Example
    void pieces_that_nobody_knows_the_cost_of_leave_the_last_cost_as_it_was() {
        Holding bought = Holding.NOTHING.in(1_000, 21_033, true).after();

        assertThat(bought.in(3_000, 0, true).after()).isEqualTo(new Holding(4_000, 21_033, 21_033));
    }

    @Example
    void what_was_sold_before_it_came_is_settled_at_what_it_really_cost() {
        Holding sold = new Holding(0, 0, 5_000).out(2_000).after();
        assertThat(sold.value()).isEqualTo(-10_000);

        Holding.Step came = sold.in(5_000, 30_000, true);

        assertThat(came.after()).isEqualTo(new Holding(3_000, 18_000, 6_000));
        assertThat(came.variance()).isEqualTo(2_000);
    }

    @Example
    void a_mistyped_transfer_number_is_noticed() {
        TransferNumber number = TransferNumber.of("CEN", 12, new Random(1));

        assertThat(number.value()).startsWith("CEN-T000012-");
        assertThat(number.from()).isEqualTo("CEN");
        assertThat(new TransferNumber(" " + number.value().toLowerCase(java.util.Locale.ROOT)))
                .isEqualTo(number);
        String wrong = number.value().replace("T000012", "T000013");
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> new TransferNumber(wrong)))
                .hasMessageContaining("mistyped");
    }
}
