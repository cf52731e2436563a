package mx.refahub.domain.delivery;

import java.util.List;
import java.util.Optional;
import mx.refahub.domain.document.Frame;
import mx.refahub.domain.store.StoreId;

/** Lands frames. Implemented at the hub over PostgreSQL: one transaction per frame, the store's row locked, {@link Landing} deciding. */
public interface Intake {
    /**
     * Durable when it returns.
     *
     * @param sender the store as which the sender signed in at the broker
     * @throws mx.refahub.domain.Failure {@code RETRYABLE} if the database is away, {@code REJECTED} if the store is unknown
     */
    Receipt land(StoreId sender, Frame frame);

    /** @param replies what to tell the store: acknowledgement and gap, or nothing when it is frozen */
    record Receipt(int landed, int duplicates, List<DownMessage> replies) {}

    /** Keeps bytes that are not a frame, with the reason, so that nothing that was sent is lost. */
    void putAside(Optional<StoreId> sender, byte[] bytes, String reason);

    /** Acknowledgements and due gap requests of all stores whose state has not been told for a while. */
    List<DownMessage> reminders();
}
