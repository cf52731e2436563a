package mx.refahub.pos.console;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.PartCatalogue;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Price;
import mx.refahub.domain.pricing.PriceDesk;
import mx.refahub.domain.pricing.PriceLevel;
import mx.refahub.domain.pricing.PriceRule;
import mx.refahub.domain.pricing.PriceTarget;
import mx.refahub.domain.pricing.Promotion;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.StoreId;
import org.jspecify.annotations.Nullable;

/** A price book in memory. */
final class FakePrices implements PriceDesk {
    private final Map<UUID, Kept<PriceRule>> rules = new LinkedHashMap<>();
    private final Map<UUID, Kept<Promotion>> promotions = new LinkedHashMap<>();
    private final PartCatalogue catalogue;
    private final Clock clock;

    FakePrices(PartCatalogue catalogue, Clock clock) {
        this.catalogue = catalogue;
        this.clock = clock;
    }

    @Override
    public List<PriceLevel> levels() {
        return List.of(PriceLevel.PUBLICO, new PriceLevel("TALLER"));
    }

    @Override
    public Optional<PartPrices> part(PartId part) {
        return catalogue
                .card(part)
                .map(card -> new PartPrices(
                        card.part(),
                        card.price(),
                        Money.mxn(5_000),
                        rules.values().stream()
                                .filter(kept -> kept.what().target().value().equals(part.toString()))
                                .toList()));
    }

    @Override
    public List<Kept<PriceRule>> wide() {
        return rules.values().stream()
                .filter(kept -> kept.what().target().kind() != PriceTarget.Kind.PART)
                .toList();
    }

    @Override
    public List<Kept<Promotion>> promotions(int limit) {
        return new ArrayList<>(promotions.values());
    }

    @Override
    public Preview preview(Promotion promotion) {
        Price list = new Price(Money.mxn(10_000), true);
        return new Preview(
                1, List.of(new Effect(new PartId(new UUID(1, 1)), "NGK", "BKR6E", "Bujía", list, list, null, null)));
    }

    @Override
    public void changes(long run, @Nullable StoreId store, Consumer<Change> taker) {
        taker.accept(new Change(
                "FRI",
                "7974",
                "=Balata",
                PriceLevel.PUBLICO,
                Money.mxn(6_000),
                Money.mxn(10_000),
                Money.mxn(11_600),
                Money.mxn(10_000),
                true,
                ""));
    }

    @Override
    public Outcome<PriceRule> add(PriceRule rule, Person by) {
        rules.putIfAbsent(rule.id(), new Kept<>(rule, clock.instant(), by.name(), null, null));
        return Outcome.done(rule);
    }

    @Override
    public Outcome<Promotion> add(Promotion promotion, Person by) {
        promotions.putIfAbsent(promotion.id(), new Kept<>(promotion, clock.instant(), by.name(), null, null));
        return Outcome.done(promotion);
    }

    @Override
    public Outcome<UUID> withdraw(UUID id, Person by) {
        promotions.computeIfPresent(
                id, (key, kept) -> new Kept<>(kept.what(), kept.madeAt(), kept.madeBy(), clock.instant(), by.name()));
        return promotions.containsKey(id) || rules.containsKey(id)
                ? Outcome.done(id)
                : Outcome.refused("price-unknown");
    }
}
