package mx.refahub.domain.sale;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.store.Person;

/**
 * Puts on a ticket in hand what only some lines have ({@link Particulars}). Implemented by the store connector over SQLite; works with no network. Every call may be repeated.
 *
 * <p>Refusals: {@code cash-session-closed}, {@code ticket-unknown}, {@code ticket-finished}, {@code ticket-parked}, {@code line-unknown}, and those named below.
 */
public interface TicketTerms {
    /**
     * Sells a gift voucher; two never become one line. Its slip is signed when the ticket is paid.
     *
     * @param act minted by the screen for this one key press; the same act again changes nothing
     */
    Outcome<Ticket> addVoucher(UUID ticket, UUID act, GiftVoucher voucher, Person who);

    /**
     * Says when the old piece comes. Refused: {@code core-none} (the line has no deposit).
     *
     * @param line that sells the part
     */
    Outcome<Ticket> core(UUID ticket, UUID line, Particulars.CoreGiven given, Person who);

    /**
     * Serial numbers, or lots, of a line's pieces, in place of earlier ones. Refused: {@code serial-none} (the part asks for none), {@code serial-invalid} (empty, too long, or
     * twice), {@code serial-too-many}, {@code serial-not-sold} (a piece comes back with another number than it was sold with).
     */
    Outcome<Ticket> serials(UUID ticket, UUID line, List<String> serials, Person who);

    /** @param back whether the piece came back on it */
    record Sold(
            String serial,
            UUID sale,
            String folio,
            LocalDate day,
            String partNumber,
            String description,
            boolean back) {}

    /** Which tickets of this branch sold a serial number or lot, whatever its case; the newest first. */
    List<Sold> sold(String serial, int limit);
}
