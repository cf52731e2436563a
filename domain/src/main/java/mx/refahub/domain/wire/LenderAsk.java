package mx.refahub.domain.wire;

import java.util.UUID;

/**
 * What a branch asks of a lender, through the hub.
 *
 * @param order id of ours
 * @param amount centavos
 * @param phone of the customer; empty where it is given back
 * @param original the lender's number of the order that is given back; empty where a ticket is paid
 */
public record LenderAsk(UUID order, long amount, String phone, String original) {
    /** @param order that is asked about or taken back */
    public record About(UUID order) {}

    /** @param there whether the company has a lender */
    public record Standing(boolean there) {}

    /**
     * What the hub knows of it.
     *
     * @param state {@code ASKED}: nothing yet; {@code CANCELLING}, or of {@link mx.refahub.domain.lender.BnplProvider.State}
     */
    public record Row(UUID order, String state, String reference, String reason) {}
}
