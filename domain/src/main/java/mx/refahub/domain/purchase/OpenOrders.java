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

    /** What the supplier's invoice says that it brings. */
    record Expected(UUID invoice, String reference, List<ExpectedLine> lines) {
        public Expected {
            lines = List.copyOf(lines);
        }
    }

    record ExpectedLine(PartId part, Quantity quantity, BigDecimal cost) {}

    /**
     * @param rate pesos per unit of the currency
     * @param expected by invoices that nothing has come of yet
     */
    record Order(
            UUID id,
            String number,
            String supplier,
            Currency currency,
            BigDecimal rate,
            Instant sentAt,
            @Nullable LocalDate expectedOn,
            List<Line> lines,
            List<Expected> expected) {
        public Order {
            lines = List.copyOf(lines);
            expected = List.copyOf(expected);
        }
    }

    /** Those of which something is still to come, the longest waited for first. */
    List<Order> open();

    /** Also one of which all has come in here, or of which the hub has told that nothing more will come. */
    Optional<Order> one(UUID id);

    /** As {@link #one}, by the number on its paper. */
    Optional<Order> named(String number);
}
