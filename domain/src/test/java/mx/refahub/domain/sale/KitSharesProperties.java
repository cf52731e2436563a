package mx.refahub.domain.sale;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Price;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.tax.Tax;
import mx.refahub.domain.tax.TaxClass;
import mx.refahub.domain.tax.TaxRegion;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class KitSharesProperties {
    private static final Tax GENERAL = Tax.of(TaxClass.GENERAL, TaxRegion.STANDARD, "02");

    @Property(tries = 500)
    void the_shares_are_the_kits_price_to_the_centavo_and_come_back_to_the_centavo(
            @ForAll @LongRange(min = 0, max = 50_000_000) long whole,
            @ForAll @IntRange(min = 1, max = 12) int count,
            @ForAll @IntRange(min = 1, max = 9) int kits,
            @ForAll long seed) {
        Random random = new Random(seed);
        List<KitShares.Piece> pieces = new ArrayList<>();
        for (int i = 0; i < count; i++)
            pieces.add(new KitShares.Piece(
                    new Quantity((1L + random.nextInt(8)) * (random.nextInt(4) == 0 ? 250 : 1_000) * kits),
                    Money.mxn(random.nextInt(5) == 0 ? 0 : random.nextInt(900_000))));

        List<KitShares.Share> shares = KitShares.of(Money.mxn(whole), pieces);

        Money sum = Money.mxn(0);
        Money back = Money.mxn(0);
        for (int i = 0; i < count; i++) {
            KitShares.Share share = shares.get(i);
            Quantity quantity = pieces.get(i).quantity();
            assertThat(share.off().isNegative()).isFalse();
            assertThat(share.amount(quantity).isNegative()).isFalse();
            LineAmounts line = LineAmounts.of(new Price(share.unit(), true), quantity, share.off(), GENERAL);
            assertThat(line.total()).isEqualTo(share.amount(quantity));
            sum = sum.plus(line.total());
            Quantity some = new Quantity(1 + (long) (random.nextDouble() * (quantity.thousandths() - 1)));
            back = back.plus(line.returned(quantity, Quantity.ZERO, some).total());
            if (some.compareTo(quantity) < 0)
                back = back.plus(
                        line.returned(quantity, some, new Quantity(quantity.thousandths() - some.thousandths()))
                                .total());
        }
        assertThat(sum).isEqualTo(Money.mxn(whole));
        assertThat(back).isEqualTo(Money.mxn(-whole));
    }

    @Test
    void pieces_share_by_what_they_come_to_and_one_without_a_price_goes_free() {
        List<KitShares.Share> shares = KitShares.of(
                Money.mxn(10_000),
                List.of(
                        new KitShares.Piece(Quantity.ONE, Money.mxn(9_000)),
                        new KitShares.Piece(Quantity.of(2), Money.mxn(1_500)),
                        new KitShares.Piece(Quantity.ONE, Money.mxn(0))));
        assertThat(shares)
                .containsExactly(
                        new KitShares.Share(Money.mxn(9_000), Money.mxn(1_500)),
                        new KitShares.Share(Money.mxn(1_500), Money.mxn(500)),
                        new KitShares.Share(Money.mxn(0), Money.mxn(0)));
    }

    @Test
    void a_kit_that_costs_more_than_its_pieces_raises_theirs() {
        assertThat(KitShares.of(Money.mxn(1_001), List.of(new KitShares.Piece(Quantity.of(2), Money.mxn(100)))))
                .containsExactly(new KitShares.Share(Money.mxn(501), Money.mxn(1)));
    }
}
