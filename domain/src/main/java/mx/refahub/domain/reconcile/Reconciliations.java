package mx.refahub.domain.reconcile;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.StoreId;
import org.jspecify.annotations.Nullable;

/** What reconciliations found, for the console. Implemented at the hub. */
public interface Reconciliations {
    /** Newest first. */
    List<Run> runs(StoreId store, int most);

    /**
     * @param open differences of this store that nobody has settled and that have not gone, as of now
     */
    record Run(
            UUID id,
            Report.Cause cause,
            Instant at,
            long first,
            long last,
            long documents,
            int cells,
            int unequalCells,
            long exchanged,
            long sentAgain,
            long mended,
            boolean incomplete) {}

    /** Those of a run that were not equal first, then by day and type. */
    List<CellRow> cells(UUID run);

    record CellRow(
            LocalDate day, String type, long storeCount, long storeSum, long hubCount, long hubSum, boolean equal) {}

    /** Open ones first, then the newest. */
    List<Difference> differences(StoreId store, int most);

    record Difference(
            UUID id,
            Finding.Kind kind,
            long sequence,
            @Nullable UUID document,
            LocalDate day,
            String type,
            @Nullable Long storeAmount,
            @Nullable Long hubAmount,
            Instant foundAt,
            @Nullable Instant goneAt,
            @Nullable Instant settledAt,
            @Nullable String settledBy,
            @Nullable String reason) {}

    Optional<Pair> pair(UUID difference);

    /** Both texts as they are; null where that end has none or did not send it. */
    record Pair(
            Difference difference,
            StoreId store,
            @Nullable String storeText,
            @Nullable String hubText) {}

    /** What came of each store in a run of the job that tells all stores to compare themselves: those first that need somebody, then by code. */
    List<InRound> round(long run);

    enum RoundOutcome {
        EQUAL,
        DIFFERENT,
        FAILED,
        SILENT
    }

    /**
     * @param outcome null while it is waited for
     * @param fresh it had compared itself shortly before, and was not asked
     * @param unequal days and types that were not equal
     * @param differences open ones of the store when the run took its report in
     * @param said by a store that could not
     */
    record InRound(
            StoreId store,
            String code,
            String name,
            @Nullable RoundOutcome outcome,
            boolean fresh,
            @Nullable Instant endedAt,
            int days,
            long documents,
            int unequal,
            int differences,
            long sentAgain,
            long mended,
            boolean incomplete,
            @Nullable String said) {}

    /**
     * What has landed stays the truth; the act says that somebody has looked at it and why it is left so. Audited.
     *
     * <p>Refusals: {@code difference-unknown}, {@code difference-settled}, {@code reason-needed}.
     */
    Outcome<Difference> settle(UUID difference, Person by, String reason);
}
