package mx.refahub.domain.stock;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.store.StoreId;
import org.jspecify.annotations.Nullable;

/** The shelves of all branches as the hub's ledger has them. Only reads. */
public interface CompanyStock {
    /**
     * @param value centavos
     * @param lastCost centavos per unit; null before anything was bought
     * @param asOf of the newest movement that the hub knows
     */
    record AtBranch(
            StoreId store,
            String code,
            String name,
            Quantity onHand,
            long value,
            @Nullable Long lastCost,
            Instant asOf,
            List<StockDesk.InBin> bins) {}

    /** Branches that have or had the part, by code. */
    List<AtBranch> of(PartId part);

    /** The newest movements of a part at a branch, newest first, with what was on hand after each. */
    List<StockDesk.Entry> kardex(PartId part, StoreId store, int limit);

    /**
     * @param from null while only the receiving branch has told of it
     * @param quantity still on the way; negative where more came than was sent
     * @param value centavos of it
     * @param variance centavos by which the goods came in at another value than they left with
     */
    record Transit(
            String number,
            @Nullable String from,
            @Nullable String to,
            @Nullable Instant sentAt,
            UUID part,
            String lineCode,
            String partNumber,
            Quantity sent,
            Quantity quantity,
            long value,
            long variance) {}

    /** What is between branches, oldest first; also what does not add up. */
    List<Transit> transit(int limit);
}
