package mx.refahub.domain.lostsale;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.store.StoreId;
import org.jspecify.annotations.Nullable;

/** What all branches could not sell, at the hub. */
public interface LostSaleBoard {
    /**
     * @param store null for all
     * @param from and {@code to} days in the branch's time zone, both included
     */
    record Filter(@Nullable StoreId store, LostSale.@Nullable Reason reason, LocalDate from, LocalDate to) {}

    /** By part, or by what was typed where there was none (accents, case and blanks left aside); the most often asked first. */
    List<Group> groups(Filter filter, int limit);

    /**
     * @param asked as it was typed the last time
     * @param branches codes, in order
     */
    record Group(
            @Nullable PartId part,
            String partText,
            String asked,
            long times,
            Quantity quantity,
            List<String> branches,
            Instant last) {}

    /** Every note, the newest first, one at a time; not held in memory. */
    void each(Filter filter, Consumer<Row> taker);

    record Row(UUID id, String storeCode, LostSale sale) {}
}
