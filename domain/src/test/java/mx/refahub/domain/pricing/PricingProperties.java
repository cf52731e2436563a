package mx.refahub.domain.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Part;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Price;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.sale.LineAmounts;
import mx.refahub.domain.tax.Tax;
import mx.refahub.domain.tax.TaxClass;
import mx.refahub.domain.tax.TaxRegion;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Books and tickets at random: what holds for all of them. */
class PricingProperties {
    private static final LocalDate DAY = PricingTest.DAY;
    private static final String[] BRANDS = {"Brembo", "Akron", "NGK"};
    private static final String[] CATEGORIES = {"Frenos", "Frenos/Balatas", "Lubricantes"};

    private static PriceTarget target(Random random, List<Part> parts) {
        return switch (random.nextInt(4)) {
            case 0 -> PriceTarget.EVERYTHING;
            case 1 -> new PriceTarget(PriceTarget.Kind.BRAND, BRANDS[random.nextInt(3)]);
            case 2 -> new PriceTarget(PriceTarget.Kind.CATEGORY, CATEGORIES[random.nextInt(3)]);
            default ->
                new PriceTarget(PriceTarget.Kind.PART, some(random, parts).id().toString());
        };
    }

    private static Part some(Random random, List<Part> parts) {
        return parts.get(random.nextInt(parts.size()));
    }

    private static PriceBook book(Random random, List<Part> parts, boolean agreements) {
        List<PriceRule> rules = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            boolean amount = random.nextBoolean();
            boolean own = agreements && random.nextInt(4) == 0;
            rules.add(new PriceRule(
                    new UUID(1, i),
                    amount
                            ? new PriceTarget(
                                    PriceTarget.Kind.PART,
                                    some(random, parts).id().toString())
                            : target(random, parts),
                    own ? null : random.nextBoolean() ? PricingTest.TALLER : PriceLevel.PUBLICO,
                    own ? PricingTest.TALLER_LUPITA : null,
                    amount ? Quantity.of(random.nextInt(6)) : Quantity.of(1 + random.nextInt(6)),
                    amount
                            ? new PriceRule.Value.Unit(
                                    new Price(Money.mxn(random.nextInt(50_000)), random.nextBoolean()))
                            : new PriceRule.Value.PercentOff(1 + random.nextInt(9_999)),
                    DAY.plusDays(random.nextInt(5) - 3),
                    null,
                    random.nextInt(4)));
        }
        List<Promotion> promotions = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Promotion.Effect effect = switch (random.nextInt(4)) {
                case 0 -> new Promotion.Effect.PercentOff(1 + random.nextInt(10_000));
                case 1 -> new Promotion.Effect.AmountOff(Money.mxn(1 + random.nextInt(30_000)));
                case 2 -> new Promotion.Effect.TakeAndPay(3, 1 + random.nextInt(2));
                default -> {
                    Map<PartId, Quantity> kit = new HashMap<>();
                    for (int k = 0; k < 2; k++) kit.put(some(random, parts).id(), Quantity.of(1 + random.nextInt(2)));
                    yield new Promotion.Effect.Kit(kit, Money.mxn(1 + random.nextInt(60_000)));
                }
            };
            promotions.add(new Promotion(
                    new UUID(2, i),
                    "P" + i,
                    effect,
                    effect instanceof Promotion.Effect.Kit ? List.of() : List.of(target(random, parts)),
                    Set.of(),
                    Set.of(),
                    random.nextInt(3),
                    DAY,
                    null,
                    1));
        }
        return new PriceBook(4, rules, promotions);
    }

    private static List<Pricing.Wanted> lines(Random random, List<Part> parts) {
        List<Pricing.Wanted> lines = new ArrayList<>();
        boolean includesTax = random.nextBoolean();
        Tax tax = Tax.of(TaxClass.GENERAL, TaxRegion.STANDARD, Tax.OBJECT);
        for (int i = 0; i < 6; i++)
            lines.add(new Pricing.Wanted(
                    new UUID(3, i),
                    some(random, parts),
                    random.nextInt(4) == 0
                            ? new Quantity(1 + random.nextInt(5_000))
                            : Quantity.of(1 + random.nextInt(8)),
                    new Price(Money.mxn(random.nextInt(40_000)), includesTax),
                    1,
                    tax,
                    random.nextInt(5) > 0));
        return lines;
    }

    private static List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < 5; i++) parts.add(PricingTest.part(i, BRANDS[i % 3], CATEGORIES[(i + 1) % 3]));
        return parts;
    }

    @Property(tries = 400)
    void never_above_the_list_price_unless_agreed_with_the_customer_and_sums_to_the_centavo(@ForAll long seed) {
        Random random = new Random(seed);
        List<Part> parts = parts();
        PriceBook book = book(random, parts, false);
        List<Pricing.Wanted> lines = lines(random, parts);

        Map<UUID, Pricing.Priced> priced =
                Pricing.price(book, new Occasion(PricingTest.CENTRO, DAY, PricingTest.WORKSHOP), lines);

        assertThat(priced).hasSize(lines.size());
        for (Pricing.Wanted line : lines) {
            Pricing.Priced its = priced.get(line.line());
            assertThat(its.unit().amount()).isLessThanOrEqualTo(its.list().amount());
            assertThat(its.unit().includesTax()).isEqualTo(line.catalogue().includesTax());
            LineAmounts amounts = LineAmounts.of(its.unit(), line.quantity(), its.off(), line.tax());
            LineAmounts list = LineAmounts.of(its.list(), line.quantity(), Money.mxn(0), line.tax());
            assertThat(amounts.total().isNegative()).isFalse();
            assertThat(amounts.total()).isLessThanOrEqualTo(list.total());
            if (!line.promotable()) assertThat(its.why().promotion()).isNull();
        }
    }

    @Property(tries = 400)
    void the_order_of_lines_prices_and_promotions_does_not_matter_nor_does_asking_again(@ForAll long seed) {
        Random random = new Random(seed);
        List<Part> parts = parts();
        PriceBook book = book(random, parts, true);
        List<Pricing.Wanted> lines = lines(random, parts);
        Occasion occasion = new Occasion(PricingTest.CENTRO, DAY, PricingTest.WORKSHOP);

        Map<UUID, Pricing.Priced> priced = Pricing.price(book, occasion, lines);
        List<Pricing.Wanted> shuffledLines = new ArrayList<>(lines);
        List<PriceRule> rules = new ArrayList<>(book.rules());
        List<Promotion> promotions = new ArrayList<>(book.promotions());
        Collections.shuffle(shuffledLines, random);
        Collections.shuffle(rules, random);
        Collections.shuffle(promotions, random);

        assertThat(Pricing.price(new PriceBook(4, rules, promotions), occasion, shuffledLines))
                .isEqualTo(priced);
    }

    @Property(tries = 200)
    void a_customer_never_pays_more_because_of_a_promotion(@ForAll long seed) {
        Random random = new Random(seed);
        List<Part> parts = parts();
        PriceBook book = book(random, parts, true);
        List<Pricing.Wanted> lines = lines(random, parts);
        Occasion occasion = new Occasion(PricingTest.CENTRO, DAY, PricingTest.WORKSHOP);

        Map<UUID, Pricing.Priced> with = Pricing.price(book, occasion, lines);
        Map<UUID, Pricing.Priced> without = Pricing.price(new PriceBook(4, book.rules(), List.of()), occasion, lines);

        for (Pricing.Wanted line : lines)
            assertThat(with.get(line.line()).amount(line.quantity()))
                    .isLessThanOrEqualTo(without.get(line.line()).amount(line.quantity()));
    }
}
