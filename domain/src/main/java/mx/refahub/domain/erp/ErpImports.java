package mx.refahub.domain.erp;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.store.Person;
import org.jspecify.annotations.Nullable;

/**
 * Parts, prices and stock that an ERP tells of, held against ours. What differs becomes a file of the import that there is for it, and a run of that import which
 * shows what it would change and waits for a person: nothing of ours changes by itself.
 */
public interface ErpImports {
    enum Subject {
        /** Parts and their list prices: {@code catalogue-import}. */
        CATALOGUE,
        /** What lies at the branches: {@code opening-stock}. */
        STOCK
    }

    /**
     * @param fresh parts that are not here; none of stock
     * @param changed what says otherwise here
     * @param strange what no row can be made of: a code without the line of one of ours, stock of a part that is not here or at a warehouse of several branches
     * @param heardAt of the newest; null: nothing was heard
     */
    record Standing(
            long fresh,
            long changed,
            long strange,
            @Nullable Instant heardAt) {}

    Standing standing(ErpTarget target, Subject subject);

    /** What fresh parts get of the target's connection. */
    NewPart newPart(ErpTarget target);

    /**
     * Rows that are fresh or changed, in the format of {@code parts.csv} or {@code stock.csv}; what the ERP does not tell of a part is ours, of a fresh one
     * {@link #newPart} or empty.
     */
    void write(ErpTarget target, Subject subject, OutputStream to) throws IOException;

    /**
     * Starts the import with these rows, which waits for approval; answers its run. Audited. Refusals: {@code erp-nothing-differs}; those of {@link
     * mx.refahub.domain.job.Jobs#start}.
     */
    Outcome<Long> start(ErpTarget target, Subject subject, Person by);
}
