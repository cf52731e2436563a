package mx.refahub.domain.fiscal;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.store.Person;
import org.jspecify.annotations.Nullable;

/**
 * Credit notes (CFDI of type egreso) of what came back of invoiced tickets: of a ticket's own invoice, or of the global one of the general public. One for each
 * ticket that lines of a sale came back from. Made whenever they are asked for, out of what the ledger holds; stamped by whoever stamps the invoices, and their UUID is
 * told here. Implemented by the hub.
 */
public interface CreditNotes {
    /** RFC 4122 as SAT writes it. */
    Pattern UUID_OF_CFDI = Pattern.compile("[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}");

    enum State {
        /** The invoice of the ticket that lines came back from has no UUID here yet. */
        WAITS,
        READY,
        STAMPED
    }

    /**
     * @param sale that brought lines back
     * @param related the ticket that they were sold on
     * @param receiver RFC of who asked for that ticket's invoice; empty for the general public
     * @param invoice UUID of the invoice; null while it is unknown
     * @param global whether that is the global one
     * @param uuid of the credit note, once it is stamped
     */
    record Note(
            UUID sale,
            String folio,
            String store,
            LocalDate day,
            UUID related,
            String relatedFolio,
            Money total,
            String receiver,
            @Nullable String invoice,
            boolean global,
            State state,
            @Nullable String uuid) {}

    /** What is not stamped first, then the newest. Tickets that nobody invoiced, alone or in a global invoice, are left out. */
    List<Note> latest(int limit);

    /** Unsigned XML: certificate and seal are the stamping's. Refused: {@code credit-note-unknown}, {@code credit-note-waits},
     * {@code credit-note-receiver} (nobody can be invoiced by what was asked for, naming the RFC). */
    Outcome<byte[]> xml(UUID sale, UUID related);

    /** The UUID of a ticket's own invoice; told again it takes the earlier one's place, until a credit note of it is stamped. Refused: {@code credit-note-unknown},
     * {@code cfdi-uuid}, {@code credit-note-stamped}. */
    Optional<Refusal> invoiced(UUID related, String uuid, Person who);

    /**
     * The global invoice of a branch's day: it holds every ticket of that day for which nobody wants an invoice of its own. Refused: {@code cfdi-uuid},
     * {@code store-unknown}, {@code global-without-tickets}.
     *
     * @param store code of the branch
     * @return how many tickets are in it that were in none
     */
    Outcome<Integer> global(String store, LocalDate day, String uuid, Person who);

    /**
     * The UUID of a branch's global invoice of a day was told wrong, and another takes its place. Tickets of which a credit note is stamped keep what it was stamped
     * with. Refused: {@code cfdi-uuid}, {@code store-unknown}, {@code global-unknown}, {@code credit-note-stamped} (of every ticket in it).
     *
     * @return how many tickets are in the right one now
     */
    Outcome<Integer> global(String store, LocalDate day, String uuid, String wrong, Person who);

    /** Refused: {@code credit-note-unknown}, {@code credit-note-waits}, {@code cfdi-uuid}, {@code credit-note-is-invoice}, {@code credit-note-stamped} (with another UUID). */
    Optional<Refusal> stamped(UUID sale, UUID related, String uuid, Person who);
}
