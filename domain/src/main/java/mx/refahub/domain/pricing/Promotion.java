package mx.refahub.domain.pricing;

import java.time.LocalDate;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Part;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import org.jspecify.annotations.Nullable;

/**
 * Something sold for less for a while. Its amounts contain the tax, as the customer reads them.
 *
 * @param targets any of them is enough; a kit names its parts instead and has none
 * @param branches where it holds; empty for all
 * @param levels whom it is for; empty for all
 * @param priority the higher goes first; only those of the highest that apply are compared
 * @param starts first day, in the branch's own zone
 * @param ends last day; null for none
 * @param version of the book that it came with
 */
public record Promotion(
        UUID id,
        String name,
        Effect effect,
        List<PriceTarget> targets,
        Set<UUID> branches,
        Set<PriceLevel> levels,
        int priority,
        LocalDate starts,
        @Nullable LocalDate ends,
        long version) {
    public static final int MAX_NAME = 60;
    public static final int MOST_TARGETS = 500;
    public static final int MOST_KIT_PARTS = 20;

    public sealed interface Effect {
        /** Off the list price. @param hundredths of a percent, 1 to 10,000 */
        record PercentOff(int hundredths) implements Effect {
            public PercentOff {
                if (hundredths < 1 || hundredths > 10_000)
                    throw new IllegalArgumentException(hundredths + " hundredths of a percent off");
            }
        }

        /** Off each unit's list price, down to nothing. */
        record AmountOff(Money each) implements Effect {
            public AmountOff {
                if (each.minor() <= 0) throw new IllegalArgumentException(each.text() + " off");
            }
        }

        /** Of every {@code take} whole units of a line, {@code pay} are paid at the list price. */
        record TakeAndPay(int take, int pay) implements Effect {
            public TakeAndPay {
                if (pay < 1 || take <= pay || take > 1_000)
                    throw new IllegalArgumentException("take " + take + ", pay " + pay);
            }
        }

        /** These together for one price. */
        record Kit(Map<PartId, Quantity> parts, Money price) implements Effect {
            public Kit {
                TreeMap<PartId, Quantity> sorted = new TreeMap<>(Comparator.comparing(PartId::value));
                sorted.putAll(parts);
                parts = Collections.unmodifiableSortedMap(sorted);
                if (parts.isEmpty() || parts.size() > MOST_KIT_PARTS)
                    throw new IllegalArgumentException("a kit of " + parts.size() + " parts");
                if (!parts.values().stream().allMatch(Quantity::isPositive))
                    throw new IllegalArgumentException("a kit with none of a part");
                if (price.minor() <= 0) throw new IllegalArgumentException("a kit for " + price.text());
            }
        }
    }

    public Promotion {
        name = name.strip();
        targets = List.copyOf(targets);
        branches = Set.copyOf(branches);
        levels = Set.copyOf(levels);
        if (name.isEmpty() || name.length() > MAX_NAME)
            throw new IllegalArgumentException("promotion name '" + name + "'");
        if (effect instanceof Effect.Kit != targets.isEmpty() || targets.size() > MOST_TARGETS)
            throw new IllegalArgumentException("promotion with " + targets.size() + " targets");
        if (ends != null && ends.isBefore(starts))
            throw new IllegalArgumentException("promotion that ends on " + ends + " before it starts on " + starts);
    }

    public boolean isInEffect(LocalDate day) {
        return !day.isBefore(starts) && (ends == null || !day.isAfter(ends));
    }

    boolean holds(Occasion occasion) {
        return isInEffect(occasion.day())
                && (branches.isEmpty() || branches.contains(occasion.branch()))
                && (levels.isEmpty() || levels.contains(occasion.buyer().level()));
    }

    public boolean touches(Part part) {
        return effect instanceof Effect.Kit(Map<PartId, Quantity> parts, Money unused)
                ? parts.containsKey(part.id())
                : targets.stream().anyMatch(target -> target.touches(part));
    }
}
