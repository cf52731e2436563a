package mx.refahub.domain.stock;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.money.Thousands;
import mx.refahub.domain.part.Part;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.part.Units;
import org.jspecify.annotations.Nullable;

/**
 * A checked line of a receipt, a transfer, a count or an adjustment.
 *
 * @param id minted by the screen: the movement's id, at the store as at the hub
 * @param quantity as typed; of an adjustment also negative
 * @param bin empty: wherever the part lies
 * @param cost per unit in the document's currency, at most four decimals; null where the document knows no costs
 * @param lost of a transfer that arrives: what does not come in and never will
 */
public record StockLine(
        UUID id,
        Part part,
        Quantity quantity,
        String bin,
        @Nullable BigDecimal cost,
        Quantity lost) {
    public static final int LONGEST_BIN = 40;
    /** A million of a unit, or of a currency's unit: beyond it a line is a slip of the keys. */
    private static final BigDecimal GIANT = BigDecimal.valueOf(1_000_000);

    private static final int MOST_TYPED = 40;
    private static final int COST_DECIMALS = 4;
    private static final int QUANTITY_DECIMALS = 3;
    /** Stands for any that is not whole. */
    private static final Quantity FRACTION = new Quantity(1);

    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,30}([.][0-9]{0,9})?|[+-]?[.][0-9]{1,9}");

    /** As typed. {@code cost} and {@code lost} are blank where there is none. */
    public record Typed(UUID id, UUID part, String quantity, String bin, String cost, String lost) {}

    public enum Sign {
        POSITIVE,
        /** A count may find nothing; so may an arrival of which all is lost. */
        ZERO_TOO,
        EITHER
    }

    /** @param part null if the catalogue does not have it */
    public static Outcome<StockLine> of(Typed typed, @Nullable Part part, Sign sign, boolean costs) {
        if (part == null) return Outcome.refused("stock-part-unknown");
        String bin = typed.bin().strip().toUpperCase(Locale.ROOT);
        if (bin.length() > LONGEST_BIN || bin.chars().anyMatch(Character::isISOControl))
            return Outcome.refused("stock-bin-invalid", Integer.toString(LONGEST_BIN));
        Outcome<BigDecimal> quantity = quantity(typed.quantity(), part, sign);
        if (quantity instanceof Outcome.Refused<BigDecimal>(var refusal)) return new Outcome.Refused<>(refusal);
        Outcome<BigDecimal> lost = quantity(typed.lost().isBlank() ? "0" : typed.lost(), part, Sign.ZERO_TOO);
        if (lost instanceof Outcome.Refused<BigDecimal>(var refusal)) return new Outcome.Refused<>(refusal);
        BigDecimal cost = null;
        if (costs) {
            if (typed.cost().isBlank()) return Outcome.refused("stock-cost-missing");
            cost = number(typed.cost());
            if (cost == null) return Outcome.refused("stock-cost-text", shown(typed.cost()));
            if (cost.signum() < 0) return Outcome.refused("stock-cost-negative", shown(typed.cost()));
            if (cost.compareTo(GIANT) > 0) return Outcome.refused("stock-cost-giant", shown(typed.cost()));
            if (cost.stripTrailingZeros().scale() > COST_DECIMALS)
                return Outcome.refused("stock-cost-decimals", shown(typed.cost()));
        }
        return Outcome.done(new StockLine(typed.id(), part, value(quantity), bin, cost, value(lost)));
    }

    private static Outcome<BigDecimal> quantity(String typed, Part part, Sign sign) {
        if (typed.isBlank()) return Outcome.refused("stock-quantity-missing");
        BigDecimal quantity = number(typed);
        if (quantity == null) return Outcome.refused("stock-quantity-text", shown(typed));
        boolean wrong = switch (sign) {
            case POSITIVE -> quantity.signum() <= 0;
            case ZERO_TOO -> quantity.signum() < 0;
            case EITHER -> quantity.signum() == 0;
        };
        if (wrong) {
            String code = switch (sign) {
                case POSITIVE -> "stock-quantity-not-positive";
                case ZERO_TOO -> "stock-quantity-negative";
                case EITHER -> "stock-quantity-zero";
            };
            return Outcome.refused(code, shown(typed));
        }
        if (quantity.abs().compareTo(GIANT) > 0) return Outcome.refused("stock-quantity-giant", shown(typed));
        boolean exact = quantity.stripTrailingZeros().scale() <= QUANTITY_DECIMALS;
        if (!Units.allow(exact ? Quantity.of(quantity) : FRACTION, part.unit()))
            return Outcome.refused("stock-quantity-fraction", shown(typed), part.unit());
        if (!exact) return Outcome.refused("stock-quantity-decimals", shown(typed));
        return Outcome.done(quantity);
    }

    private static Quantity value(Outcome<BigDecimal> number) {
        return number.fold(Quantity::of, refusal -> {
            throw new IllegalStateException(refusal.code());
        });
    }

    private static @Nullable BigDecimal number(String typed) {
        String text = Thousands.plain(typed);
        return text.length() <= MOST_TYPED && NUMBER.matcher(text).matches() ? new BigDecimal(text) : null;
    }

    private static String shown(String typed) {
        String text = typed.strip();
        return text.length() <= MOST_TYPED ? text : text.substring(0, MOST_TYPED) + "…";
    }

    /** What was asked of the line, by which a repeated act is known. The part by its id alone: one that is mended meanwhile makes no other act. */
    @Override
    public String toString() {
        return "StockLine[" + id + ", " + part.id() + ", " + quantity + ", " + bin + ", "
                + (cost == null ? "" : cost.stripTrailingZeros().toPlainString()) + ", " + lost + "]";
    }
}
