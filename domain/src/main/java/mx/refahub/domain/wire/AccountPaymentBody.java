package mx.refahub.domain.wire;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/**
 * Body of an {@code account-payment} document, schema 1: an <i>abono</i>; its key is the customer's id. Amounts are minor units of {@code currency}, and positive.
 *
 * @param number of the receipt, as printed
 * @param applied what of it pays which ticket; never more than the amount in all
 * @param balanceBefore what was owed as far as the store knew
 */
public record AccountPaymentBody(
        UUID id,
        UUID store,
        UUID customer,
        String customerName,
        UUID register,
        UUID cashSession,
        String number,
        String kind,
        String satPaymentForm,
        String currency,
        long amount,
        String reference,
        List<AppliedBody> applied,
        long balanceBefore,
        Instant at,
        LocalDate businessDay,
        UUID by,
        String byName) {
    public record AppliedBody(UUID charge, String folio, long amount) {}
}
