package mx.refahub.hub.ledger;

import java.util.List;
import java.util.UUID;
import mx.refahub.domain.store.StoreId;

/** Brings one type of document to the ledgers, inside the transaction that marks it as applied. */
interface Posting {
    String type();

    /** Newest schema of the body that it reads. */
    int schema();

    /**
     * @return what the hub's own check found odd: flagged, never recomputed
     * @throws mx.refahub.domain.Failure {@code REJECTED} if the content cannot be accepted, with a sentence for a person
     */
    List<String> post(Landed document);

    /** A landed document on its way to the ledgers. */
    record Landed(UUID id, StoreId store, byte[] body) {}
}
