package mx.refahub.domain.fiscal;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.UUID;
import mx.refahub.domain.store.UserId;

/** A customer's wish for an invoice of a sale; it waits for stamping. A later one of the same sale takes its place. */
public record InvoiceRequest(UUID id, UUID sale, FiscalData data, Instant requestedAt, UserId by) {
    private static final int LEAST_DAYS = 3;

    /** The last day on which it is stamped: the month of the sale's day, and at least three days after it. */
    public static LocalDate deadline(LocalDate businessDay) {
        LocalDate endOfMonth = businessDay.with(TemporalAdjusters.lastDayOfMonth());
        LocalDate least = businessDay.plusDays(LEAST_DAYS);
        return endOfMonth.isBefore(least) ? least : endOfMonth;
    }
}
