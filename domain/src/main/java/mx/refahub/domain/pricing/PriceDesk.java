package mx.refahub.domain.pricing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Part;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Price;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.StoreId;
import org.jspecify.annotations.Nullable;

/**
 * Writes the price book at the hub. Each act is one version of it and one transaction; the same act again changes nothing and answers as before. What is
 * published is never edited: another takes its place, or it is withdrawn, and its history stays.
 */
public interface PriceDesk {
    /** A price or a promotion with who made it and who took it back. */
    record Kept<T>(
            T what,
            Instant madeAt,
            String madeBy,
            @Nullable Instant withdrawnAt,
            @Nullable String withdrawnBy) {}

    /**
     * @param catalogue its price in the catalogue; null where it has none
     * @param cost what a piece cost last, at whichever branch received it last; null where nobody knows
     * @param prices its own, the latest start first, withdrawn ones too
     */
    record PartPrices(
            Part part, @Nullable Price catalogue, @Nullable Money cost, List<Kept<PriceRule>> prices) {}

    /** @param touched how many parts there are of it in the catalogue; {@code shown} of them, the lowest margin first */
    record Preview(long touched, List<Effect> shown) {}

    /**
     * @param list its list price on the first day
     * @param price for one piece under the promotion, taken over as many as it needs
     * @param cost null where nobody knows
     * @param marginPercent of the price without tax; null without a cost
     */
    record Effect(
            PartId part,
            String lineCode,
            String number,
            String name,
            Price list,
            Price price,
            @Nullable Money cost,
            @Nullable Integer marginPercent) {}

    /**
     * What a run of price-sync changes.
     *
     * @param before null where there was no such price
     * @param net the new price without tax
     * @param bin where the part lies at the store that was asked for; empty if none was
     */
    record Change(
            String lineCode,
            String number,
            String name,
            PriceLevel level,
            Money cost,
            @Nullable Money before,
            Money after,
            Money net,
            boolean includesTax,
            String bin) {}

    /**
     * Every change of a run in the order of the parts, held in memory one by one.
     *
     * @param store only what this store has on its shelves, by bin, and only the list price: what it must label anew; null for all
     */
    void changes(long run, @Nullable StoreId store, Consumer<Change> taker);

    /** All levels that have a price, and {@link PriceLevel#PUBLICO}. */
    List<PriceLevel> levels();

    Optional<PartPrices> part(PartId part);

    /** Prices of a brand, a category or everything, in effect or to come, the latest start first. */
    List<Kept<PriceRule>> wide();

    /** The newest first, withdrawn and past ones too. */
    List<Kept<Promotion>> promotions(int limit);

    /** What a promotion would do; nothing is kept. */
    Preview preview(Promotion promotion);

    /**
     * Publishes a price.
     *
     * <p>Refused: {@code price-part-unknown}, {@code price-target-unknown} (no part is of that brand or category), {@code price-starts-past} (it would change
     * what was charged already)
     */
    Outcome<PriceRule> add(PriceRule rule, Person by);

    /** Publishes a promotion. Refused as a price is. */
    Outcome<Promotion> add(Promotion promotion, Person by);

    /** Takes a price or a promotion back from now on. Refused: {@code price-unknown} */
    Outcome<UUID> withdraw(UUID id, Person by);
}
