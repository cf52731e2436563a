package mx.refahub.domain.delivery;

import mx.refahub.domain.store.StoreId;

/** The hub misses documents from this sequence on, and holds later ones. */
public record GapRequest(StoreId store, int epoch, long hubEpoch, long from) implements DownMessage {
    @Override
    public String lastValueKey() {
        return "gap";
    }
}
