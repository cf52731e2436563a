package mx.refahub.domain.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
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
import mx.refahub.domain.sale.Discount;
import mx.refahub.domain.sale.HandDiscounts;
import mx.refahub.domain.sale.LineAmounts;
import mx.refahub.domain.tax.Tax;
import mx.refahub.domain.tax.TaxClass;
import mx.refahub.domain.tax.TaxRegion;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Nobody pays more because of a discount, whatever promotions and quantities are beside it. */
class HandDiscountsProperties {
    private static final LocalDate DAY = LocalDate.of(2026, 3, 2);
    private static final Tax TAX = Tax.of(TaxClass.GENERAL, TaxRegion.STANDARD, Tax.OBJECT);
    private static final Occasion OCCASION = new Occasion(PricingTest.CENTRO, DAY, Buyer.PUBLIC);

    @Property(tries = 600)
    void a_ticket_comes_to_no_more_than_with_its_discounts_alone_or_its_promotions_alone(@ForAll long seed) {
        Random random = new Random(seed);
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < 4; i++) parts.add(PricingTest.part(i, "ATE", "Frenos"));
        PriceBook book = new PriceBook(1, List.of(), promotions(random, parts));
        Map<UUID, Discount> byHand = new HashMap<>();
        List<Pricing.Wanted> lines = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            UUID id = new UUID(3, i);
            Price price = new Price(Money.mxn(1_000 + random.nextInt(40_000)), true);
            if (random.nextInt(3) > 0)
                byHand.put(
                        id,
                        random.nextBoolean()
                                ? new Discount.Percent(BigDecimal.valueOf(1 + random.nextInt(6_000), 2))
                                : new Discount.UnitPrice(Money.mxn(
                                        random.nextInt((int) price.amount().minor()))));
            lines.add(line(
                    id,
                    parts.get(random.nextInt(4)),
                    Quantity.of(1 + random.nextInt(4)),
                    price,
                    !byHand.containsKey(id)));
        }

        List<Pricing.Wanted> both = HandDiscounts.besidePromotions(book, OCCASION, lines, byHand);

        assertThat(both)
                .extracting(Pricing.Wanted::line)
                .isEqualTo(lines.stream().map(Pricing.Wanted::line).toList());
        long paid = total(book, both, byHand);
        assertThat(paid).isLessThanOrEqualTo(total(book, lines, byHand));
        List<Pricing.Wanted> free = lines.stream()
                .map(each -> line(each.line(), each.part(), each.quantity(), each.catalogue(), true))
                .toList();
        assertThat(paid).isLessThanOrEqualTo(total(book, free, Map.of()));
        // The hub takes a line with a grant for one that no promotion may have, any other for one that may: it comes to
        // the same prices.
        Map<UUID, Pricing.Priced> here = Pricing.price(book, OCCASION, both);
        List<Pricing.Wanted> there = both.stream()
                .map(each -> line(
                        each.line(),
                        each.part(),
                        each.quantity(),
                        each.catalogue(),
                        !byHand.containsKey(each.line())
                                || here.get(each.line()).why().promotion() != null))
                .toList();
        assertThat(Pricing.price(book, OCCASION, there)).isEqualTo(here);
    }

    private static List<Promotion> promotions(Random random, List<Part> parts) {
        List<Promotion> promotions = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Part one = parts.get(random.nextInt(4));
            Promotion.Effect effect = switch (random.nextInt(4)) {
                case 0 -> new Promotion.Effect.PercentOff(1 + random.nextInt(5_000));
                case 1 -> new Promotion.Effect.AmountOff(Money.mxn(1 + random.nextInt(9_000)));
                case 2 -> new Promotion.Effect.TakeAndPay(3, 2);
                default ->
                    new Promotion.Effect.Kit(
                            Map.<PartId, Quantity>of(
                                    parts.get(0).id(),
                                    Quantity.ONE,
                                    parts.get(1).id(),
                                    Quantity.of(1 + random.nextInt(2))),
                            Money.mxn(1 + random.nextInt(40_000)));
            };
            promotions.add(new Promotion(
                    new UUID(2, i),
                    "P" + i,
                    effect,
                    effect instanceof Promotion.Effect.Kit
                            ? List.of()
                            : List.of(new PriceTarget(
                                    PriceTarget.Kind.PART, one.id().value().toString())),
                    Set.of(),
                    Set.of(),
                    random.nextInt(2),
                    DAY,
                    null,
                    1));
        }
        return promotions;
    }

    private static Pricing.Wanted line(UUID id, Part part, Quantity quantity, Price price, boolean promotable) {
        return new Pricing.Wanted(id, part, quantity, price, 1, TAX, promotable);
    }

    /** As the ticket sums it up: a line with a promotion has no discount. */
    private static long total(PriceBook book, List<Pricing.Wanted> lines, Map<UUID, Discount> byHand) {
        Map<UUID, Pricing.Priced> priced = Pricing.price(book, OCCASION, lines);
        long total = 0;
        for (Pricing.Wanted line : lines) {
            Pricing.Priced its = priced.get(line.line());
            Discount discount = its.why().promotion() == null ? byHand.get(line.line()) : null;
            Money off = discount == null ? its.off() : discount.amount(its.unit(), line.quantity());
            total += LineAmounts.of(its.unit(), line.quantity(), off, TAX)
                    .total()
                    .minor();
        }
        return total;
    }
}
