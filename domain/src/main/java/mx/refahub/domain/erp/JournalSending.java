package mx.refahub.domain.erp;

/** Brings an export's entries to a target that is called. */
public interface JournalSending {
    /** @param parked refused by the target, with its reason at the entry */
    record Sent(long sent, long parked) {}

    /**
     * Sends what has not arrived, each entry once.
     *
     * @throws mx.refahub.domain.Failure {@code RETRYABLE} if the target is away; what has arrived stays, the same again goes on
     */
    Sent send(ExportBooks.Export export);

    /** Settings for this target are there. */
    boolean isReady(ErpTarget target);
}
