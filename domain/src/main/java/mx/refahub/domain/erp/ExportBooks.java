package mx.refahub.domain.erp;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import mx.refahub.domain.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * What has been exported, and to which target: every ticket in exactly one entry of each. Tickets that come after their day was taken go into a
 * correcting entry of the next export.
 */
public interface ExportBooks extends ExportRows {
    /** @param tickets that wait; @param first the oldest day among them, null if none waits */
    record Due(long tickets, Money total, @Nullable LocalDate first, List<Missing> missing) {
        public Due {
            missing = List.copyOf(missing);
        }
    }

    /** An account that waiting tickets need and the mapping lacks. @param store code of the branch, the first of them; @param group the account is there, SAT's grouping code is not */
    record Missing(AccountRole role, String kind, String store, boolean group) {}

    /** Tickets up to this day that no entry of the target has, and what the mapping lacks for them. */
    Due due(ErpTarget target, LocalDate until);

    /**
     * Takes all that is due into entries, in one transaction; the same again for one run answers what that run has taken.
     *
     * @throws mx.refahub.domain.Failure {@code REJECTED} if an account is missing, naming it; nothing is taken then
     */
    Export take(long run, ErpTarget target, LocalDate until, String who);

    /**
     * @param entries by branch and day, also those that hold documents alone @param booked those that have something to book
     * @param corrections of {@code booked}, entries that bring tickets of a day that had been taken before
     * @param documents tickets, payments on account and purchases that go as documents of their own
     * @param total of its tickets
     * @param writtenAt null until its files were written
     */
    record Export(
            long id,
            long run,
            ErpTarget target,
            LocalDate until,
            String takenBy,
            Instant takenAt,
            @Nullable Instant writtenAt,
            long entries,
            long booked,
            long corrections,
            long documents,
            long tickets,
            Money total) {}

    /** Newest first. */
    List<Export> exports(int limit);

    Optional<Export> ofRun(long run);

    /** Files are written; the same again changes nothing. */
    void written(long export);
}
