package mx.refahub.domain.reconcile;

import java.util.UUID;
import mx.refahub.domain.store.StoreId;

/** Tells a store to compare itself with the hub. Implemented at the hub. */
@FunctionalInterface
public interface ReconcileOrders {
    /**
     * Kept with who gave it, then sent; durable when it returns, carried out once the store is linked. The same command again is the same order.
     *
     * @param who a person's name, or what stands for one
     * @throws mx.refahub.domain.Failure {@code RETRYABLE} if the broker is away
     */
    void order(StoreId store, UUID command, String who);
}
