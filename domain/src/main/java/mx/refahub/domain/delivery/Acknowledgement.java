package mx.refahub.domain.delivery;

import mx.refahub.domain.document.Sha256;
import mx.refahub.domain.store.StoreId;

/**
 * Cumulative: everything up to and including {@code landed} is durable at the hub.
 *
 * @param hubEpoch raised when the hub is restored from a backup
 * @param hash of the document landed last; {@link Sha256#NONE} when none has
 */
public record Acknowledgement(StoreId store, int epoch, long hubEpoch, long landed, Sha256 hash)
        implements DownMessage {
    @Override
    public String lastValueKey() {
        return "acknowledgement";
    }
}
