package mx.refahub.domain.sale;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Price;
import mx.refahub.domain.pricing.Occasion;
import mx.refahub.domain.pricing.PriceBook;
import mx.refahub.domain.pricing.Pricing;
import org.jspecify.annotations.Nullable;

/**
 * What was let off by hand beside promotions: a line has one of the two, whichever the customer pays less by. The ticket never comes to more than with the discounts alone, nor than with the
 * promotions alone. A discount that a promotion beats sleeps: it holds again as soon as the promotion lets off less.
 */
public final class HandDiscounts {
    private final PriceBook book;
    private final Occasion occasion;
    private final List<Pricing.Wanted> lines;
    private final Map<UUID, Discount> byHand;

    private HandDiscounts(PriceBook book, Occasion occasion, List<Pricing.Wanted> lines, Map<UUID, Discount> byHand) {
        this.book = book;
        this.occasion = occasion;
        this.lines = lines;
        this.byHand = byHand;
    }

    /**
     * The same lines, those whose discount sleeps promotable. Lines of one promotion go together.
     *
     * @param byHand by line; such a line comes in as one that no promotion may have
     */
    public static List<Pricing.Wanted> besidePromotions(
            PriceBook book, Occasion occasion, List<Pricing.Wanted> lines, Map<UUID, Discount> byHand) {
        if (byHand.isEmpty()) return lines;
        return new HandDiscounts(book, occasion, lines, byHand).best();
    }

    private List<Pricing.Wanted> best() {
        Map<UUID, Pricing.Priced> plain = Pricing.price(book, occasion, lines);
        Set<UUID> all = new HashSet<>();
        byHand.forEach((line, discount) -> {
            // A unit price above the list is a price and no discount: no promotion undoes it.
            if (!(discount instanceof Discount.UnitPrice(Money own)
                    && own.compareTo(of(plain, line).unit().amount()) > 0)) all.add(line);
        });
        Map<UUID, Set<UUID>> together = new TreeMap<>();
        Map<UUID, Pricing.Priced> promoted = Pricing.price(book, occasion, asleep(all));
        for (UUID line : all) {
            UUID promotion = of(promoted, line).why().promotion();
            if (promotion != null)
                together.computeIfAbsent(promotion, unused -> new HashSet<>()).add(line);
        }
        if (together.isEmpty()) return lines;
        Set<UUID> sleeping = new HashSet<>();
        Money least = total(sleeping);
        for (Set<UUID> one : together.values()) {
            Set<UUID> more = new HashSet<>(sleeping);
            more.addAll(one);
            Money total = total(more);
            if (total.compareTo(least) < 0) {
                least = total;
                sleeping = more;
            }
        }
        Set<UUID> whole = new HashSet<>();
        together.values().forEach(whole::addAll);
        return asleep(total(whole).compareTo(least) < 0 ? whole : sleeping);
    }

    private List<Pricing.Wanted> asleep(Set<UUID> sleeping) {
        return lines.stream()
                .map(line -> sleeping.contains(line.line())
                        ? new Pricing.Wanted(
                                line.line(),
                                line.part(),
                                line.quantity(),
                                line.catalogue(),
                                line.pricesVersion(),
                                line.tax(),
                                true)
                        : line)
                .toList();
    }

    /** With tax, of all lines. */
    private Money total(Set<UUID> sleeping) {
        Map<UUID, Pricing.Priced> priced = Pricing.price(book, occasion, asleep(sleeping));
        Map<UUID, Discount> awake = new HashMap<>(byHand);
        // Where a sleeping one's promotion went elsewhere, what was let off by hand holds all the same.
        awake.keySet().removeIf(line -> of(priced, line).why().promotion() != null);
        Money total = Money.mxn(0);
        for (Pricing.Wanted line : lines)
            total = total.plus(comesTo(line, of(priced, line.line()), awake.get(line.line())));
        return total;
    }

    private static Money comesTo(Pricing.Wanted line, Pricing.Priced priced, @Nullable Discount discount) {
        Price unit = priced.unit();
        Money off = priced.off();
        if (discount instanceof Discount.UnitPrice(Money own) && own.compareTo(unit.amount()) > 0)
            unit = new Price(own, unit.includesTax());
        if (discount != null) off = discount.amount(unit, line.quantity());
        return LineAmounts.of(unit, line.quantity(), off, line.tax()).total();
    }

    private static Pricing.Priced of(Map<UUID, Pricing.Priced> priced, UUID line) {
        return Objects.requireNonNull(priced.get(line), "a line without a price");
    }
}
