package mx.refahub.domain.erp;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import mx.refahub.domain.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * What has been exported, and to which target: every ticket in exactly one entry of each. Tickets that come after their day was taken go into a
 * correcting entry of the next export.
 */
public interface ExportBooks {
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
     * @param corrections entries that bring tickets of a day that had been taken before
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
            long corrections,
            long tickets,
            Money total) {}

    /** Newest first. */
    List<Export> exports(int limit);

    Optional<Export> ofRun(long run);

    /** Its entries by day and branch, streamed. */
    void entries(long export, Consumer<JournalEntry> taker);

    /** A ticket of an export, as it stands in the ledger. @param corrects its day had been taken before */
    record TicketRow(
            String reference,
            String store,
            String folio,
            LocalDate day,
            Instant soldAt,
            String cashier,
            Money net,
            Money discount,
            Money tax,
            Money cores,
            Money total,
            boolean corrects) {}

    /** Every ticket of the export, by day and branch, streamed. */
    void tickets(long export, Consumer<TicketRow> taker);

    /** Sums of an export by what an accountant asks for. @param kind rate or kind of payment; @param base before tax; of payments what came as deposits */
    record Subtotal(AccountRole role, String store, LocalDate day, String kind, Money base, Money amount) {}

    /**
     * Taxes by day, branch and rate ({@code TAX}, with what is not taxed too); money by the day on which it came or went back, branch and kind ({@code TENDER}): of tickets, and
     * of deposits; and deposits that were applied to tickets ({@code DEPOSITS}), which is no money of that day: it came before; what was kept of
     * deposits ({@code PENALTIES}).
     */
    void subtotals(long export, Consumer<Subtotal> taker);

    /** Files are written; the same again changes nothing. */
    void written(long export);
}
