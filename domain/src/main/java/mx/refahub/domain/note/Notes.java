package mx.refahub.domain.note;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.sale.Ticket;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.RegisterId;

/**
 * Notes of the counter: a salesperson issues the ticket in hand as a numbered paper, any till of the branch collects it. Implemented by the store
 * connector over SQLite; works with no network.
 *
 * <p>Refusals: {@code store-not-ready}, {@code note-unknown}, {@code note-collected}, {@code note-expired}, and those named below.
 */
public interface Notes {
    /**
     * @param separate salespeople work at stations without a drawer, and what a note sold is handed over by the warehouse
     * @param life how long a note waits to be collected
     */
    record Setting(boolean separate, Duration life) {}

    Setting setting();

    /**
     * Numbers the ticket, prints it and leaves the register without one. What it sells is held for it until it is collected or expires. The same ticket
     * again answers with the same note and prints nothing. Refused: {@code ticket-unknown}, {@code ticket-finished}, {@code ticket-empty}.
     */
    Outcome<Note> issue(UUID ticket, Person who);

    /** Notes to collect, the oldest first; expired ones are gone. */
    List<Note> waiting();

    /**
     * Takes a note in hand at this register; a ticket in hand there with lines waits in its place, one without is dropped. Its lines keep their
     * salespeople. Repeated, it answers the same. Refused: {@code cash-session-closed}, {@code ticket-not-parked} when another register was faster.
     *
     * @param code as its barcode says it, or its number
     */
    Outcome<Ticket> collect(RegisterId register, String code, Person who);

    /** Gives up a note that nobody will collect. Refused: {@code card-charge-on-ticket}. */
    Outcome<List<Note>> cancel(UUID ticket, Person who);

    /** Prints it again, marked so. */
    Outcome<Note> reprint(UUID ticket, Person who);
}
