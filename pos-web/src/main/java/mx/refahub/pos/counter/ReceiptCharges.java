package mx.refahub.pos.counter;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.money.Thousands;
import mx.refahub.domain.stock.LandedCost;
import mx.refahub.domain.stock.StockDesk;
import mx.refahub.domain.stock.StockLine;
import org.jspecify.annotations.Nullable;

/**
 * What it cost to bring goods in, as typed: pesos, and kilograms of the lines where the charges go by weight.
 *
 * @param weights by the lines' ids, of all of a line's pieces
 */
record ReceiptCharges(
        @Size(max = 40) @Nullable String freight,
        @Size(max = 40) @Nullable String duty,
        @Size(max = 40) @Nullable String other,
        @NotNull @Pattern(regexp = "VALUE|WEIGHT|PIECES") String by,

        @Size(max = StockDesk.MOST_LINES) @Nullable Map<UUID, @Size(max = 40) String> weights) {
    private static final String PESOS = "\\d{1,9}([.]\\d{1,2})?";
    private static final String KILOGRAMS = "\\d{1,6}([.]\\d{1,3})?";
    private static final long MOST = 10_000_000_000L;
    private static final int LONGEST_SHOWN = 20;

    /** @param lines those that are taken in: each needs its weight where charges go by weight */
    Outcome<StockDesk.Charges> check(List<StockLine> lines) {
        Outcome<Money> one = pesos(freight, "freight");
        Outcome<Money> two = pesos(duty, "duty");
        Outcome<Money> three = pesos(other, "other");
        for (Outcome<Money> each : List.of(one, two, three))
            if (each instanceof Outcome.Refused<Money>(Refusal refusal)) return new Outcome.Refused<>(refusal);
        Map<UUID, Long> grams = new HashMap<>();
        LandedCost.By rule = LandedCost.By.valueOf(by);
        if (rule == LandedCost.By.WEIGHT)
            for (StockLine line : lines) {
                String typed = plain(weights == null ? null : weights.get(line.id()));
                if (!typed.matches(KILOGRAMS) || new BigDecimal(typed).signum() == 0)
                    return Outcome.refused("landed-weight", line.part().number().value(), shown(typed));
                grams.put(line.id(), new BigDecimal(typed).movePointRight(3).longValueExact());
            }
        return Outcome.done(new StockDesk.Charges(new LandedCost(done(one), done(two), done(three), rule), grams));
    }

    private static Outcome<Money> pesos(@Nullable String typed, String field) {
        String text = plain(typed);
        if (text.isEmpty()) return Outcome.done(Money.mxn(0));
        if (!text.matches(PESOS)) return Outcome.refused("landed-amount", shown(text), field);
        long centavos = new BigDecimal(text).movePointRight(2).longValueExact();
        return centavos > MOST ? Outcome.refused("landed-amount", text, field) : Outcome.done(Money.mxn(centavos));
    }

    private static String shown(String typed) {
        return typed.length() > LONGEST_SHOWN ? typed.substring(0, LONGEST_SHOWN) + "…" : typed;
    }

    private static String plain(@Nullable String typed) {
        return typed == null ? "" : Thousands.plain(typed).replace("$", "").strip();
    }

    private static Money done(Outcome<Money> amount) {
        return amount.fold(value -> value, refusal -> Money.mxn(0));
    }
}
