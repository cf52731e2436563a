package mx.refahub.domain.hub;

import java.time.Instant;
import java.util.Optional;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.StoreId;

/**
 * Stores whose PC was stolen or lost. One that is cut off gets no answer over HTTP, its connections to the broker end at once and it is not let in again, and what it
 * had sent and is not landed yet is put aside. What had landed stays. Implemented at the hub over PostgreSQL; audited.
 */
public interface CutOffs {
    /** In force when it returns, for what comes in from then on. Refusals: {@code store-unknown}, {@code cut-off-reason-missing}. Again: nothing changes. */
    Outcome<CutOff> cutOff(StoreId store, String reason, Person by);

    /** The store comes in again by the secrets that it has. Refusals: {@code store-unknown}. One that was never cut off: nothing changes. */
    Outcome<StoreId> letIn(StoreId store, Person by);

    Optional<CutOff> of(StoreId store);

    record CutOff(StoreId store, Instant at, String byName, String reason) {}
}
