package mx.refahub.domain.wire;

import java.util.UUID;

/**
 * A row of the stream of credits: what is known to be spent of a credit or gift voucher at other branches than the one that reads it.
 *
 * @param spent centavos, all together
 */
public record CreditSpentRow(UUID credit, long spent) {}
