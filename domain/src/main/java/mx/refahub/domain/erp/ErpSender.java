package mx.refahub.domain.erp;

/** Brings what is due to the ERP. Implemented by routes. */
public interface ErpSender {
    /** @param more there was at least one claim: more may be due */
    record Sent(int delivered, int refused, int unreachable, boolean more) {
        public Sent plus(Sent other) {
            return new Sent(
                    delivered + other.delivered,
                    refused + other.refused,
                    unreachable + other.unreachable,
                    more || other.more);
        }
    }

    /** Sends a few calls' worth and returns; nothing that is due now: zeros. */
    Sent send(ErpTarget target);
}
