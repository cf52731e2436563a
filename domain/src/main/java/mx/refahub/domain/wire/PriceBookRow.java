package mx.refahub.domain.wire;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Price;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.pricing.PriceLevel;
import mx.refahub.domain.pricing.PriceRule;
import mx.refahub.domain.pricing.PriceTarget;
import mx.refahub.domain.pricing.Promotion;
import org.jspecify.annotations.Nullable;

/**
 * Row of the price book's stream: a price or a promotion, whole; neither where it is withdrawn. Amounts are centavos, quantities thousandths, percentages
 * hundredths of a percent.
 */
public record PriceBookRow(
        UUID id,
        long version,
        @Nullable RuleRow rule,
        @Nullable PromotionRow promotion) {
    /** @param amount null where {@code percentOff} says it */
    public record RuleRow(
            String target,
            String targetValue,
            @Nullable String level,
            @Nullable UUID customer,
            long from,
            @Nullable Long amount,
            boolean includesTax,
            @Nullable Integer percentOff,
            LocalDate starts,
            @Nullable LocalDate ends) {
        public static RuleRow of(PriceRule rule) {
            PriceLevel level = rule.level();
            return new RuleRow(
                    rule.target().kind().name(),
                    rule.target().value(),
                    level == null ? null : level.code(),
                    rule.customer(),
                    rule.from().thousandths(),
                    rule.value() instanceof PriceRule.Value.Unit(Price price)
                            ? price.amount().minor()
                            : null,
                    rule.value() instanceof PriceRule.Value.Unit(Price price) && price.includesTax(),
                    rule.value() instanceof PriceRule.Value.PercentOff(int hundredths) ? hundredths : null,
                    rule.starts(),
                    rule.ends());
        }

        public PriceRule rule(UUID id, long version) {
            if (amount == null && percentOff == null)
                throw new IllegalArgumentException("price " + id + " without a value");
            return new PriceRule(
                    id,
                    new PriceTarget(PriceTarget.Kind.valueOf(target), targetValue),
                    level == null ? null : new PriceLevel(level),
                    customer,
                    new Quantity(from),
                    amount != null
                            ? new PriceRule.Value.Unit(new Price(Money.mxn(amount), includesTax))
                            : new PriceRule.Value.PercentOff(percentOff == null ? 0 : percentOff),
                    starts,
                    ends,
                    version);
        }
    }

    public record TargetRow(String kind, String value) {}

    public record KitPart(UUID part, long quantity) {}

    /** @param effect PERCENT_OFF (of {@code value}), AMOUNT_OFF ({@code value}), TAKE_PAY ({@code take}, {@code pay}) or KIT ({@code value}, {@code kit}) */
    public record PromotionRow(
            String name,
            String effect,
            long value,
            int take,
            int pay,
            List<KitPart> kit,
            List<TargetRow> targets,
            List<UUID> branches,
            List<String> levels,
            int priority,
            LocalDate starts,
            @Nullable LocalDate ends) {
        public static PromotionRow of(Promotion promotion) {
            Promotion.Effect effect = promotion.effect();
            return new PromotionRow(
                    promotion.name(),
                    switch (effect) {
                        case Promotion.Effect.PercentOff unused -> "PERCENT_OFF";
                        case Promotion.Effect.AmountOff unused -> "AMOUNT_OFF";
                        case Promotion.Effect.TakeAndPay unused -> "TAKE_PAY";
                        case Promotion.Effect.Kit unused -> "KIT";
                    },
                    switch (effect) {
                        case Promotion.Effect.PercentOff(int hundredths) -> hundredths;
                        case Promotion.Effect.AmountOff(Money each) -> each.minor();
                        case Promotion.Effect.TakeAndPay unused -> 0;
                        case Promotion.Effect.Kit kit -> kit.price().minor();
                    },
                    effect instanceof Promotion.Effect.TakeAndPay two ? two.take() : 0,
                    effect instanceof Promotion.Effect.TakeAndPay two ? two.pay() : 0,
                    effect instanceof Promotion.Effect.Kit kit
                            ? kit.parts().entrySet().stream()
                                    .map(part -> new KitPart(
                                            part.getKey().value(),
                                            part.getValue().thousandths()))
                                    .toList()
                            : List.of(),
                    promotion.targets().stream()
                            .map(target -> new TargetRow(target.kind().name(), target.value()))
                            .toList(),
                    promotion.branches().stream().sorted().toList(),
                    promotion.levels().stream()
                            .sorted(Comparator.naturalOrder())
                            .map(PriceLevel::code)
                            .toList(),
                    promotion.priority(),
                    promotion.starts(),
                    promotion.ends());
        }

        /** @throws IllegalArgumentException if it makes no sense, saying why */
        public Promotion promotion(UUID id, long version) {
            Map<PartId, Quantity> parts = new LinkedHashMap<>();
            for (KitPart part : kit) parts.put(new PartId(part.part()), new Quantity(part.quantity()));
            return new Promotion(
                    id,
                    name,
                    switch (effect) {
                        case "PERCENT_OFF" -> new Promotion.Effect.PercentOff(Math.toIntExact(value));
                        case "AMOUNT_OFF" -> new Promotion.Effect.AmountOff(Money.mxn(value));
                        case "TAKE_PAY" -> new Promotion.Effect.TakeAndPay(take, pay);
                        case "KIT" -> new Promotion.Effect.Kit(parts, Money.mxn(value));
                        default -> throw new IllegalArgumentException("promotion of kind " + effect);
                    },
                    targets.stream()
                            .map(target -> new PriceTarget(PriceTarget.Kind.valueOf(target.kind()), target.value()))
                            .toList(),
                    Set.copyOf(branches),
                    levels.stream().map(PriceLevel::new).collect(Collectors.toUnmodifiableSet()),
                    priority,
                    starts,
                    ends,
                    version);
        }
    }
}
