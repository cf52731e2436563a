package mx.refahub.domain.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.LineCode;
import mx.refahub.domain.part.Part;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.PartNumber;
import mx.refahub.domain.part.Price;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.tax.Tax;
import mx.refahub.domain.tax.TaxClass;
import mx.refahub.domain.tax.TaxRegion;
import org.junit.jupiter.api.Test;

/** The rule as docs/prices.md writes it, sentence by sentence. */
class PricingTest {
    static final LocalDate DAY = LocalDate.of(2026, 3, 2);
    static final UUID CENTRO = new UUID(1, 1);
    static final UUID TALLER_LUPITA = new UUID(7, 7);
    static final PriceLevel TALLER = new PriceLevel("TALLER");
    static final Tax VAT = Tax.of(TaxClass.GENERAL, TaxRegion.STANDARD, Tax.OBJECT);
    static final Buyer WORKSHOP = new Buyer(TALLER, TALLER_LUPITA);

    private final Part pads = part(1, "Brembo", "Frenos/Balatas");
    private final Part disc = part(2, "Brembo", "Frenos/Discos");
    private final Part oil = part(3, "Akron", "Lubricantes");
    private final List<PriceRule> rules = new ArrayList<>();
    private final List<Promotion> promotions = new ArrayList<>();

    static Part part(long id, String brand, String category) {
        return new Part(
                new PartId(new UUID(9, id)),
                new LineCode("AAA"),
                new PartNumber("P" + id),
                brand,
                "Pieza",
                "",
                category,
                "PZA",
                TaxClass.GENERAL,
                Money.mxn(0),
                "25171700",
                "H87",
                Tax.OBJECT,
                List.of());
    }

    private void level(PriceLevel level, Part part, int from, long amount, LocalDate starts) {
        rules.add(new PriceRule(
                new UUID(20, rules.size()),
                new PriceTarget(PriceTarget.Kind.PART, part.id().toString()),
                level,
                null,
                Quantity.of(from),
                new PriceRule.Value.Unit(new Price(Money.mxn(amount), true)),
                starts,
                null,
                rules.size()));
    }

    private void percent(PriceLevel level, PriceTarget target, int hundredths) {
        rules.add(new PriceRule(
                new UUID(20, rules.size()),
                target,
                level,
                null,
                Quantity.ZERO,
                new PriceRule.Value.PercentOff(hundredths),
                DAY,
                null,
                1));
    }

    private UUID promotion(Promotion.Effect effect, int priority, PriceTarget... targets) {
        UUID id = new UUID(30, promotions.size());
        promotions.add(new Promotion(
                id,
                "Promo " + promotions.size(),
                effect,
                List.of(targets),
                Set.of(),
                Set.of(),
                priority,
                DAY,
                null,
                1));
        return id;
    }

    private Pricing.Priced one(Part part, int quantity, long catalogue, Buyer buyer, LocalDate day) {
        Pricing.Wanted wanted = wanted(1, part, quantity, catalogue);
        return Pricing.price(book(), new Occasion(CENTRO, day, buyer), List.of(wanted))
                .get(wanted.line());
    }

    private Pricing.Priced one(Part part, int quantity, long catalogue, Buyer buyer) {
        return one(part, quantity, catalogue, buyer, DAY);
    }

    private PriceBook book() {
        return new PriceBook(5, rules, promotions);
    }

    private static Pricing.Wanted wanted(long line, Part part, int quantity, long catalogue) {
        return new Pricing.Wanted(
                new UUID(40, line), part, Quantity.of(quantity), new Price(Money.mxn(catalogue), true), 3, VAT, true);
    }

    private static Money pesos(long pesos) {
        return Money.mxn(pesos * 100);
    }

    @Test
    void without_a_book_the_catalogue_price_is_charged() {
        Pricing.Priced priced = one(pads, 3, 80_000, Buyer.PUBLIC);

        assertThat(priced.unit()).isEqualTo(new Price(pesos(800), true));
        assertThat(priced.why())
                .isEqualTo(new PriceReason(PriceLevel.PUBLICO, null, null, null, null, pesos(0), 5, 3, DAY));
    }

    @Test
    void a_price_that_starts_tomorrow_starts_tomorrow_and_is_then_the_list_price() {
        level(PriceLevel.PUBLICO, pads, 0, 90_000, DAY.plusDays(1));

        assertThat(one(pads, 1, 80_000, Buyer.PUBLIC).unit().amount()).isEqualTo(pesos(800));
        Pricing.Priced tomorrow = one(pads, 1, 80_000, Buyer.PUBLIC, DAY.plusDays(1));
        assertThat(tomorrow.unit().amount()).isEqualTo(pesos(900));
        assertThat(tomorrow.list().amount()).isEqualTo(pesos(900));
    }

    @Test
    void a_break_is_reached_by_the_quantity_of_the_line_and_named() {
        level(PriceLevel.PUBLICO, pads, 4, 75_000, DAY);
        level(PriceLevel.PUBLICO, pads, 10, 70_000, DAY);

        assertThat(one(pads, 3, 80_000, Buyer.PUBLIC).unit().amount()).isEqualTo(pesos(800));
        Pricing.Priced four = one(pads, 4, 80_000, Buyer.PUBLIC);
        assertThat(four.unit().amount()).isEqualTo(pesos(750));
        assertThat(four.why().from()).isEqualTo(Quantity.of(4));
        assertThat(one(pads, 12, 80_000, Buyer.PUBLIC).unit().amount()).isEqualTo(pesos(700));
    }

    @Test
    void the_narrower_percentage_goes_first_and_a_category_stands_for_those_below_it() {
        percent(TALLER, PriceTarget.EVERYTHING, 500);
        percent(TALLER, new PriceTarget(PriceTarget.Kind.CATEGORY, "Frenos"), 1_000);
        percent(TALLER, new PriceTarget(PriceTarget.Kind.BRAND, "AKRON"), 700);

        assertThat(one(pads, 1, 10_000, WORKSHOP).unit().amount()).isEqualTo(pesos(90));
        assertThat(one(oil, 1, 10_000, WORKSHOP).unit().amount()).isEqualTo(pesos(93));
        assertThat(one(pads, 1, 10_000, Buyer.PUBLIC).unit().amount()).isEqualTo(pesos(100));
    }

    @Test
    void a_customers_own_price_goes_before_all_even_above_the_list() {
        percent(TALLER, PriceTarget.EVERYTHING, 500);
        rules.add(new PriceRule(
                new UUID(21, 1),
                new PriceTarget(PriceTarget.Kind.PART, pads.id().toString()),
                null,
                TALLER_LUPITA,
                Quantity.ZERO,
                new PriceRule.Value.Unit(new Price(pesos(116), true)),
                DAY,
                null,
                1));

        assertThat(one(pads, 1, 10_000, WORKSHOP).unit().amount()).isEqualTo(pesos(116));
        assertThat(one(pads, 1, 10_000, new Buyer(TALLER, null)).unit().amount())
                .isEqualTo(pesos(95));
    }

    @Test
    void an_amount_with_tax_is_read_in_the_terms_of_a_list_price_without() {
        level(TALLER, pads, 0, 11_600, DAY);
        Pricing.Wanted wanted = new Pricing.Wanted(
                new UUID(40, 1), pads, Quantity.ONE, new Price(Money.mxn(12_000), false), 3, VAT, true);

        Pricing.Priced priced = Pricing.price(book(), new Occasion(CENTRO, DAY, WORKSHOP), List.of(wanted))
                .get(wanted.line());

        assertThat(priced.unit()).isEqualTo(new Price(pesos(100), false));
    }

    @Test
    void of_promotions_the_higher_priority_goes_first_and_then_the_best_for_the_customer() {
        PriceTarget brakes = new PriceTarget(PriceTarget.Kind.CATEGORY, "Frenos");
        promotion(new Promotion.Effect.PercentOff(1_000), 0, brakes);
        UUID best = promotion(new Promotion.Effect.AmountOff(pesos(15)), 0, PriceTarget.EVERYTHING);

        assertThat(one(pads, 1, 10_000, Buyer.PUBLIC).why().promotion()).isEqualTo(best);
        assertThat(one(pads, 1, 10_000, Buyer.PUBLIC).unit().amount()).isEqualTo(pesos(85));

        UUID first = promotion(new Promotion.Effect.PercentOff(500), 9, brakes);
        assertThat(one(pads, 1, 10_000, Buyer.PUBLIC).why().promotion()).isEqualTo(first);
        assertThat(one(pads, 1, 10_000, Buyer.PUBLIC).unit().amount()).isEqualTo(pesos(95));
    }

    @Test
    void a_promotion_and_a_level_do_not_add_up_the_lower_stands() {
        percent(TALLER, PriceTarget.EVERYTHING, 2_000);
        promotion(new Promotion.Effect.PercentOff(1_000), 0, PriceTarget.EVERYTHING);

        Pricing.Priced priced = one(pads, 1, 10_000, WORKSHOP);

        assertThat(priced.unit().amount()).isEqualTo(pesos(80));
        assertThat(priced.why().promotion()).isNull();
        assertThat(priced.why().level()).isEqualTo(TALLER);
    }

    @Test
    void three_for_two_lets_one_of_every_three_whole_units_go_free() {
        promotion(new Promotion.Effect.TakeAndPay(3, 2), 0, new PriceTarget(PriceTarget.Kind.BRAND, "Akron"));

        assertThat(one(oil, 2, 10_000, Buyer.PUBLIC).off()).isEqualTo(pesos(0));
        assertThat(one(oil, 2, 10_000, Buyer.PUBLIC).why().promotion()).isNull();
        assertThat(one(oil, 7, 10_000, Buyer.PUBLIC).off()).isEqualTo(pesos(200));
    }

    @Test
    void a_kit_is_spread_over_its_lines_to_the_centavo_as_often_as_it_fits() {
        UUID kit = promotion(
                new Promotion.Effect.Kit(Map.of(pads.id(), Quantity.ONE, disc.id(), Quantity.of(2)), pesos(2_000)), 0);
        List<Pricing.Wanted> lines =
                List.of(wanted(1, pads, 3, 80_033), wanted(2, disc, 4, 70_001), wanted(3, oil, 1, 10_000));

        Map<UUID, Pricing.Priced> priced = Pricing.price(book(), new Occasion(CENTRO, DAY, Buyer.PUBLIC), lines);

        Pricing.Priced first = priced.get(lines.get(0).line());
        Pricing.Priced second = priced.get(lines.get(1).line());
        assertThat(first.why().promotion()).isEqualTo(kit);
        assertThat(first.off().plus(second.off())).isEqualTo(Money.mxn(2 * 80_033 + 4 * 70_001 - 2 * 200_000));
        assertThat(priced.get(lines.get(2).line()).why().promotion()).isNull();
    }

    @Test
    void a_kit_that_saves_less_than_the_promotions_of_its_parts_stands_back() {
        promotion(new Promotion.Effect.Kit(Map.of(pads.id(), Quantity.ONE, disc.id(), Quantity.ONE), pesos(190)), 0);
        UUID better = promotion(new Promotion.Effect.PercentOff(2_000), 0, PriceTarget.EVERYTHING);

        Map<UUID, Pricing.Priced> priced = Pricing.price(
                book(),
                new Occasion(CENTRO, DAY, Buyer.PUBLIC),
                List.of(wanted(1, pads, 1, 10_000), wanted(2, disc, 1, 10_000)));

        assertThat(priced.values())
                .allSatisfy(line -> assertThat(line.why().promotion()).isEqualTo(better));
    }

    @Test
    void a_promotion_of_other_branches_levels_or_days_and_a_line_let_off_by_hand_are_left_alone() {
        Promotion.Effect half = new Promotion.Effect.PercentOff(5_000);
        List<PriceTarget> all = List.of(PriceTarget.EVERYTHING);
        promotions.add(
                new Promotion(new UUID(31, 1), "A", half, all, Set.of(new UUID(1, 2)), Set.of(), 0, DAY, null, 1));
        promotions.add(new Promotion(new UUID(31, 2), "B", half, all, Set.of(), Set.of(TALLER), 0, DAY, null, 1));
        promotions.add(new Promotion(
                new UUID(31, 3), "C", half, all, Set.of(), Set.of(), 0, DAY.minusDays(9), DAY.minusDays(1), 1));

        assertThat(one(pads, 1, 10_000, Buyer.PUBLIC).unit().amount()).isEqualTo(pesos(100));
        assertThat(one(pads, 1, 10_000, WORKSHOP).unit().amount()).isEqualTo(pesos(50));
        Pricing.Wanted byHand =
                new Pricing.Wanted(new UUID(40, 1), pads, Quantity.ONE, new Price(pesos(100), true), 3, VAT, false);
        assertThat(Pricing.price(book(), new Occasion(CENTRO, DAY, WORKSHOP), List.of(byHand))
                        .get(byHand.line())
                        .unit()
                        .amount())
                .isEqualTo(pesos(100));
    }

    @Test
    void what_makes_no_sense_cannot_be_written_down() {
        PriceTarget every = PriceTarget.EVERYTHING;
        for (Runnable wrong : Arrays.<Runnable>asList(
                () -> new PriceLevel("pú blico"),
                () -> new PriceRule.Value.PercentOff(0),
                () -> new Promotion.Effect.PercentOff(10_001),
                () -> new Promotion.Effect.TakeAndPay(2, 2),
                () -> new Promotion.Effect.Kit(Map.of(), pesos(1)),
                () -> new Promotion.Effect.AmountOff(pesos(0)),
                () -> new PriceTarget(PriceTarget.Kind.ALL, "x"),
                () -> level(TALLER, pads, -1, 100, DAY),
                () -> percent(PriceLevel.PUBLICO, every, 100),
                () -> promotion(new Promotion.Effect.PercentOff(100), 0)))
            assertThatThrownBy(wrong::run).isInstanceOf(IllegalArgumentException.class);
    }
}
