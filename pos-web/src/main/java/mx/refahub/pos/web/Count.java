package mx.refahub.pos.web;

import java.math.BigDecimal;
import mx.refahub.domain.part.Quantity;

/** A quantity on the wire: a number for machines, and as a screen shows it. */
public record Count(BigDecimal value, String text) {
    public static Count of(Quantity quantity) {
        return new Count(new BigDecimal(quantity.text()), quantity.text());
    }
}
