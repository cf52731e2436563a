package mx.refahub.domain.proposal;

import java.time.Instant;
import java.util.UUID;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.store.StoreId;
import org.jspecify.annotations.Nullable;

/**
 * A part that a branch made, at the hub.
 *
 * @param id the id that the part has at its branch, and on the sales that were made of it
 * @param sold how many went out by that id so far
 * @param decision null while nobody has decided
 */
public record Proposal(
        UUID id,
        StoreId store,
        String storeCode,
        String storeName,
        PartDraft draft,
        Instant at,
        String by,
        Quantity sold,
        @Nullable Decision decision) {

    public enum Verdict {
        /** It is a part that the catalogue has. */
        MERGED,
        /** The catalogue has it now. */
        ADDED,
        REFUSED
    }

    /**
     * @param part what takes its place; null where it was refused
     * @param partText line and number of that part as the catalogue has it; empty where there is none
     * @param reason empty unless it was refused
     */
    public record Decision(
            Verdict verdict, @Nullable PartId part, String partText, String reason, Instant at, String by) {}
}
