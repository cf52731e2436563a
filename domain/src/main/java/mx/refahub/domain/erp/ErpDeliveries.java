package mx.refahub.domain.erp;

import mx.refahub.domain.money.Money;

/** What of an export went to a target that is spoken to, for who waits for it; {@link ErpClaims} brings it, {@link DeliveryDesk} shows it. */
public interface ErpDeliveries {
    /** Counts and amounts by state. */
    record Standing(
            ErpTarget target, long waiting, long delivered, long refused, Money waitingAmount, Money refusedAmount) {}

    /** Of one export. */
    Standing ofExport(long export, ErpTarget target);

    /** Something of an export waits that a sender has in hand, or that is due now. */
    boolean isUnderWay(long export, ErpTarget target);
}
