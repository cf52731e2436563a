package mx.refahub.domain.wire;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Row of the orders stream: a purchase order that was sent to a supplier for the store that reads it.
 *
 * @param rate pesos per unit of the currency, a decimal text
 * @param done nothing more will come: a store forgets it
 * @param expected what the supplier's invoices say is on its way, those that nothing came of yet; null from an older hub
 */
public record OrderRow(
        UUID id,
        String number,
        String supplier,
        String currency,
        String rate,
        Instant sentAt,
        @Nullable LocalDate expectedOn,
        boolean done,
        List<LineRow> lines,
        @Nullable List<ExpectedRow> expected) {
    /**
     * @param ordered thousandths
     * @param received thousandths that the hub knows of
     * @param cost per unit, a decimal text
     */
    public record LineRow(UUID part, String theirNumber, long ordered, long received, String cost) {}

    /**
     * @param reference series and folio
     */
    public record ExpectedRow(UUID invoice, String reference, List<ExpectedLine> lines) {
        public ExpectedRow {
            lines = List.copyOf(lines);
        }
    }

    /** @param quantity thousandths */
    public record ExpectedLine(UUID part, long quantity, String cost) {}

    /** With nothing expected. */
    public OrderRow(
            UUID id,
            String number,
            String supplier,
            String currency,
            String rate,
            Instant sentAt,
            @Nullable LocalDate expectedOn,
            boolean done,
            List<LineRow> lines) {
        this(id, number, supplier, currency, rate, sentAt, expectedOn, done, lines, null);
    }

    public OrderRow {
        lines = List.copyOf(lines);
        expected = expected == null ? null : List.copyOf(expected);
    }
}
