package mx.refahub.domain.wire;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Body of a {@code cheque-bounced} document, schema 1; its key is the customer's id. What the payment had paid is open again.
 *
 * @param payment the {@code account-payment} by cheque
 * @param amount of it, in minor units of {@code currency}
 * @param feeCharge under which the fee stands in the account; null without one
 * @param fee what the customer owes for it beside; may be zero
 */
public record ChequeBouncedBody(
        UUID id,
        UUID store,
        UUID customer,
        String customerName,
        UUID payment,
        String number,
        String currency,
        long amount,
        @Nullable UUID feeCharge,
        long fee,
        String note,
        Instant at,
        LocalDate businessDay,
        UUID by,
        String byName) {}
