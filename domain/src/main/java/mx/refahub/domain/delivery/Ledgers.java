package mx.refahub.domain.delivery;

/**
 * Applies landed documents to the hub's ledgers: per key in order, each in one transaction with its mark. One that cannot be applied is parked with
 * its reason and holds back later ones of the same key only; one that waits for another stays until that one is applied.
 */
public interface Ledgers {
    /**
     * Applies what can be applied now, up to a batch.
     *
     * @return what was done; {@code more} says that another call would find work at once
     * @throws mx.refahub.domain.Failure {@code RETRYABLE} if the database is away
     */
    Progress apply();

    record Progress(int applied, int parked, int waiting, boolean more) {}
}
