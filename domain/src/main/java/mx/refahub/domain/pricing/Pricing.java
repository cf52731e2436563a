package mx.refahub.domain.pricing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Part;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Price;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.tax.Tax;
import org.jspecify.annotations.Nullable;

/**
 * The pricing rule (docs/prices.md): no clock, no database, no order of lines. In short, for a line:
 *
 * <ol>
 *   <li>List price: the public's dated amount in effect that starts last; else the catalogue's.
 *   <li>The customer's own price if there is one, higher or lower; else the lowest of list, the public's and the level's price for that quantity.
 *   <li>A promotion instead, if the line then comes to less: kits first, then the best for the customer among those of the highest priority.
 * </ol>
 */
public final class Pricing {
    private Pricing() {}

    /**
     * A line to price.
     *
     * @param catalogue its price in the catalogue
     * @param tax of the line, to read an amount in the list price's terms
     * @param promotable whether promotions may have it; not where somebody let something off by hand
     */
    public record Wanted(
            UUID line,
            Part part,
            Quantity quantity,
            Price catalogue,
            long pricesVersion,
            Tax tax,
            boolean promotable) {}

    /**
     * @param unit to charge
     * @param list in the same terms
     * @param off of the whole line, in the same terms; at most what the line comes to
     */
    public record Priced(Price unit, Price list, Money off, PriceReason why) {
        public Money amount(Quantity quantity) {
            return unit.amount().times(quantity.value()).minus(off);
        }
    }

    /** Every line asked for is in the answer. */
    public static Map<UUID, Priced> price(PriceBook book, Occasion occasion, List<Wanted> lines) {
        Map<UUID, Priced> plain = new HashMap<>();
        Map<UUID, Priced> best = new HashMap<>();
        List<Promotion> held =
                book.promotions().stream().filter(each -> each.holds(occasion)).toList();
        for (Wanted line : lines) {
            Priced level = level(book, occasion, line);
            if (plain.put(line.line(), level) != null)
                throw new IllegalArgumentException("line " + line.line() + " twice");
            best.put(line.line(), line.promotable() ? promoted(held, line, level) : level);
        }
        kits(held, lines, plain, best);
        return best;
    }

    /** The list price of a part on a day. */
    public static Price list(PriceBook book, Occasion occasion, Part part, Price catalogue, Tax tax) {
        return dated(book, occasion, part)
                .map(rule -> inTermsOf(catalogue, unit(rule, catalogue), tax))
                .orElse(catalogue);
    }

    private static Optional<PriceRule> dated(PriceBook book, Occasion occasion, Part part) {
        return book.rules().stream()
                .filter(rule -> rule.isList() && rule.fits(part, Quantity.ZERO, occasion.day()))
                .min(PriceRule.LATEST);
    }

    private static Priced level(PriceBook book, Occasion occasion, Wanted line) {
        PriceRule dated = dated(book, occasion, line.part()).orElse(null);
        Price list = dated == null
                ? line.catalogue()
                : inTermsOf(line.catalogue(), unit(dated, line.catalogue()), line.tax());
        Buyer buyer = occasion.buyer();
        UUID customer = buyer.customer();
        PriceRule own = customer == null ? null : first(book, occasion, line, rule -> customer.equals(rule.customer()));
        if (own != null) return priced(book, occasion, line, list, own);
        Priced price = priced(book, occasion, line, list, dated);
        for (PriceLevel level : new TreeSet<>(List.of(PriceLevel.PUBLICO, buyer.level()))) {
            PriceRule rule = first(book, occasion, line, each -> level.equals(each.level()) && !each.isList());
            if (rule == null) continue;
            Priced other = priced(book, occasion, line, list, rule);
            int lower = other.unit().amount().compareTo(price.unit().amount());
            if (lower < 0 || lower == 0 && level.equals(buyer.level()) && !level.isPublic()) price = other;
        }
        return price;
    }

    private static @Nullable PriceRule first(
            PriceBook book, Occasion occasion, Wanted line, Predicate<PriceRule> whose) {
        return book.rules().stream()
                .filter(whose)
                .filter(rule -> rule.fits(line.part(), line.quantity(), occasion.day()))
                .min(PriceRule.FIRST)
                .orElse(null);
    }

    private static Priced priced(PriceBook book, Occasion occasion, Wanted line, Price list, @Nullable PriceRule rule) {
        Price unit = rule == null || rule.isList() ? list : inTermsOf(list, unit(rule, list), line.tax());
        PriceReason why = new PriceReason(
                occasion.buyer().level(),
                rule == null ? null : rule.id(),
                rule == null || rule.from().equals(Quantity.ZERO) ? null : rule.from(),
                null,
                null,
                Money.zero(list.amount().currency()),
                book.version(),
                line.pricesVersion(),
                occasion.day());
        return new Priced(unit, list, Money.zero(list.amount().currency()), why);
    }

    private static Price unit(PriceRule rule, Price list) {
        return switch (rule.value()) {
            case PriceRule.Value.Unit(Price price) -> price;
            case PriceRule.Value.PercentOff percent -> percent.of(list);
        };
    }

    /** A price with or without the tax, as {@code terms} has it. */
    public static Price inTermsOf(Price terms, Price price, Tax tax) {
        if (terms.includesTax() == price.includesTax()) return price;
        return new Price(
                price.includesTax()
                        ? tax.within(price.amount()).base()
                        : tax.on(price.amount()).total(),
                terms.includesTax());
    }

    /** What was let off with tax, in the line's own terms. */
    private static Money inTermsOf(Price terms, Money withTax, Tax tax) {
        return terms.includesTax() ? withTax : tax.within(withTax).base();
    }

    private static Priced promoted(List<Promotion> held, Wanted line, Priced level) {
        Money now = level.amount(line.quantity());
        Priced best = level;
        Money least = now;
        Promotion by = null;
        for (Promotion promotion : held) {
            if (promotion.effect() instanceof Promotion.Effect.Kit || !promotion.touches(line.part())) continue;
            Priced other = promoted(promotion, line, level);
            Money amount = other.amount(line.quantity());
            if (amount.compareTo(now) >= 0) continue;
            if (by == null || goesBefore(promotion, amount, by, least)) {
                best = other;
                least = amount;
                by = promotion;
            }
        }
        return best;
    }

    private static boolean goesBefore(Promotion one, Money amount, Promotion other, Money otherAmount) {
        if (one.priority() != other.priority()) return one.priority() > other.priority();
        int less = amount.compareTo(otherAmount);
        return less != 0 ? less < 0 : one.id().compareTo(other.id()) < 0;
    }

    private static Priced promoted(Promotion promotion, Wanted line, Priced level) {
        Price list = level.list();
        Money none = Money.zero(list.amount().currency());
        return switch (promotion.effect()) {
            case Promotion.Effect.PercentOff(int hundredths) ->
                by(
                        promotion,
                        level,
                        new Price(
                                list.amount().times(BigDecimal.ONE.subtract(BigDecimal.valueOf(hundredths, 4))),
                                list.includesTax()),
                        none);
            case Promotion.Effect.AmountOff(Money each) -> {
                Money off = inTermsOf(list, each, line.tax()).min(list.amount());
                yield by(promotion, level, new Price(list.amount().minus(off), list.includesTax()), none);
            }
            case Promotion.Effect.TakeAndPay(int take, int pay) -> {
                long groups = line.quantity().thousandths() / Quantity.of(take).thousandths();
                yield by(promotion, level, list, list.amount().times(BigDecimal.valueOf(groups * (take - pay))));
            }
            case Promotion.Effect.Kit unused -> level;
        };
    }

    private static Priced by(Promotion promotion, Priced level, Price unit, Money off) {
        PriceReason why = level.why();
        return new Priced(
                unit,
                level.list(),
                off,
                new PriceReason(
                        why.level(),
                        null,
                        null,
                        promotion.id(),
                        promotion.name(),
                        off,
                        why.bookVersion(),
                        why.pricesVersion(),
                        why.day()));
    }

    /** What a kit lets off each of its lines, and what it saves beyond what those lines would be let off without it. */
    private record Fit(Promotion kit, Map<UUID, Money> off, Money saves) {}

    private static void kits(
            List<Promotion> held, List<Wanted> lines, Map<UUID, Priced> plain, Map<UUID, Priced> best) {
        List<Promotion> kits = held.stream()
                .filter(each -> each.effect() instanceof Promotion.Effect.Kit)
                .sorted(Comparator.comparing(Promotion::id))
                .toList();
        if (kits.isEmpty()) return;
        List<Wanted> free = new ArrayList<>(lines.stream()
                .filter(Wanted::promotable)
                .sorted(Comparator.comparing(Wanted::line))
                .toList());
        Set<UUID> used = new HashSet<>();
        while (used.size() < kits.size()) {
            Fit next = null;
            for (Promotion kit : kits) {
                if (used.contains(kit.id())) continue;
                Fit fit = fit(kit, free, plain, best).orElse(null);
                if (fit != null
                        && (next == null
                                || goesBefore(
                                        kit,
                                        fit.saves().negated(),
                                        next.kit(),
                                        next.saves().negated()))) next = fit;
            }
            if (next == null) return;
            used.add(next.kit().id());
            for (Map.Entry<UUID, Money> each : next.off().entrySet()) {
                Priced level = plainOf(plain, each.getKey());
                PriceReason why = level.why();
                best.put(
                        each.getKey(),
                        new Priced(
                                level.unit(),
                                level.list(),
                                each.getValue(),
                                new PriceReason(
                                        why.level(),
                                        why.rule(),
                                        why.from(),
                                        next.kit().id(),
                                        next.kit().name(),
                                        each.getValue(),
                                        why.bookVersion(),
                                        why.pricesVersion(),
                                        why.day())));
            }
            Set<UUID> taken = next.off().keySet();
            free.removeIf(line -> taken.contains(line.line()));
        }
    }

    private static Priced plainOf(Map<UUID, Priced> plain, UUID line) {
        Priced priced = plain.get(line);
        if (priced == null) throw new IllegalStateException("line " + line + " has no price");
        return priced;
    }

    private record Share(Wanted line, Price unit, Money full, Money fullWithTax) {}

    /** As often as it fits; empty where it does not, or saves nothing. */
    private static Optional<Fit> fit(
            Promotion kit, List<Wanted> free, Map<UUID, Priced> plain, Map<UUID, Priced> best) {
        if (!(kit.effect() instanceof Promotion.Effect.Kit(Map<PartId, Quantity> parts, Money price)))
            throw new IllegalArgumentException(kit.id() + " is no kit");
        Map<PartId, Long> there = new HashMap<>();
        for (Wanted line : free) there.merge(line.part().id(), line.quantity().thousandths(), Math::addExact);
        long times = Long.MAX_VALUE;
        for (Map.Entry<PartId, Quantity> part : parts.entrySet())
            times = Math.min(
                    times,
                    there.getOrDefault(part.getKey(), 0L) / part.getValue().thousandths());
        if (times == 0) return Optional.empty();
        Money none = Money.zero(price.currency());
        Map<PartId, Long> left = new HashMap<>();
        for (Map.Entry<PartId, Quantity> part : parts.entrySet())
            left.put(part.getKey(), Math.multiplyExact(part.getValue().thousandths(), times));
        List<Share> shares = new ArrayList<>();
        Money whole = none;
        Money already = none;
        for (Wanted line : free) {
            long take = Math.min(
                    left.getOrDefault(line.part().id(), 0L), line.quantity().thousandths());
            if (take == 0) continue;
            left.merge(line.part().id(), -take, Long::sum);
            Priced level = plainOf(plain, line.line());
            Money full = level.unit().amount().times(new Quantity(take).value());
            Money withTax =
                    level.unit().includesTax() ? full : line.tax().on(full).total();
            shares.add(new Share(line, level.unit(), full, withTax));
            whole = whole.plus(withTax);
            Money let = level.amount(line.quantity())
                    .minus(plainOf(best, line.line()).amount(line.quantity()));
            already = already.plus(
                    level.unit().includesTax() ? let : line.tax().on(let).total());
        }
        Money off = whole.minus(price.times(BigDecimal.valueOf(times)));
        if (off.minor() <= 0 || off.compareTo(already) <= 0) return Optional.empty();
        return Optional.of(new Fit(kit, spread(off, whole, shares), off.minus(already)));
    }

    /** By what each comes to, cut from the running sum so that the shares are the whole to the centavo. */
    private static Map<UUID, Money> spread(Money off, Money whole, List<Share> shares) {
        Map<UUID, Money> spread = new TreeMap<>();
        Money run = Money.zero(off.currency());
        long before = 0;
        for (Share share : shares) {
            run = run.plus(share.fullWithTax());
            long upTo = BigDecimal.valueOf(off.minor())
                    .multiply(BigDecimal.valueOf(run.minor()))
                    .divide(BigDecimal.valueOf(whole.minor()), 0, RoundingMode.DOWN)
                    .longValueExact();
            Money own = new Money(upTo - before, off.currency());
            before = upTo;
            spread.put(
                    share.line().line(),
                    inTermsOf(share.unit(), own, share.line().tax()).min(share.full()));
        }
        return spread;
    }
}
