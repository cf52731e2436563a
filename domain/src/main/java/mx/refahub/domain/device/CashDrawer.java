package mx.refahub.domain.device;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.RegisterId;

/**
 * Opens drawers, and writes every opening down. A drawer hangs from a receipt printer. It opens now or not at all: an order to open never waits for a printer to come back.
 *
 * <p>Refusals: {@code drawer-missing}, {@code drawer-failing} (with the cause), {@code drawer-why-missing}, {@code register-unknown}.
 */
public interface CashDrawer {
    enum Reason {
        CASH_SALE,
        CASH_REFUND,
        PAID_IN,
        PAID_OUT,
        CASH_DROP,
        SESSION_OPEN,
        SESSION_CLOSE,
        BY_HAND,
        TEST
    }

    /** By the store's rule for this reason: opens, or does nothing where the rule says so. Returns at once, and never fails. */
    void byRule(RegisterId register, Reason reason, String cause, Person who);

    /** Because a person who may wants it open. */
    Outcome<Opening> byHand(UUID act, RegisterId register, String why, Person who);

    /** Newest first. */
    List<Opening> latest(RegisterId register, int limit);

    /**
     * @param cause the sale or movement, or what the person gave as the reason
     * @param device the printer that had the pulse
     */
    record Opening(
            UUID id, RegisterId register, Instant at, Reason reason, String cause, String personName, String device) {}
}
