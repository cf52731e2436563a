package mx.refahub.domain.purchase;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import org.jspecify.annotations.Nullable;

/** Orders that this branch waits for, as the hub told last, less what has come in here since. Works with the hub unreachable. */
public interface OpenOrders {
    /** @param received by the hub's count or by this branch's own, whichever knows of more */
    record Line(PartId part, String theirNumber, Quantity ordered, Quantity received, BigDecimal cost) {
        public Quantity open() {
            return new Quantity(Math.max(0, ordered.thousandths() - received.thousandths()));
        }
    }

    /** @param rate pesos per unit of the currency */
    record Order(
            UUID id,
            String number,
            String supplier,
            Currency currency,
            BigDecimal rate,
            Instant sentAt,
            @Nullable LocalDate expectedOn,
            List<Line> lines) {
        public Order {
            lines = List.copyOf(lines);
        }
    }

    /** Those of which something is still to come, the longest waited for first. */
    List<Order> open();

    /** Also one of which all has come in here. */
    Optional<Order> one(UUID id);
}
