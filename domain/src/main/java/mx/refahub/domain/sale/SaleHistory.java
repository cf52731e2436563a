package mx.refahub.domain.sale;

import java.time.LocalDate;
import java.util.List;
import mx.refahub.domain.part.PartId;
import org.jspecify.annotations.Nullable;

/** Finished tickets of this branch, all registers. Implemented by the store connector over SQLite; works with no network. */
public interface SaleHistory {
    /**
     * @param text a folio or its number, an invoice code, a total, a piece of the customer's name; empty: everything
     * @param parts tickets with one of these are found, too: what the text means as a part
     * @param from the first business day, {@code to} the last; null: open
     */
    record Wanted(
            String text,
            List<PartId> parts,
            @Nullable LocalDate from,
            @Nullable LocalDate to) {
        public Wanted {
            text = text.strip();
            parts = List.copyOf(parts);
        }
    }

    /** The newest first. A whole folio and an invoice code are found whatever the days are. */
    List<Sale> find(Wanted wanted, int limit);
}
