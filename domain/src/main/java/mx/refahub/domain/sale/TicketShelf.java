package mx.refahub.domain.sale;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.RegisterId;

/**
 * Tickets that wait while another customer is served. They belong to the branch, not to a register, and stay until somebody takes them up or throws
 * them away. Implemented by the store connector over SQLite; works with no network.
 *
 * <p>Refusals: {@code ticket-unknown}, {@code ticket-finished}, {@code cash-session-closed} and those named below.
 */
public interface TicketShelf {
    int MAX_NOTE = 60;

    /**
     * Puts the ticket aside, for any register of the branch to take up again, and leaves the register without one. An empty one is dropped.
     * Refused: {@code note-too-long}.
     *
     * @param note to know it by: a name, a plate
     */
    Outcome<Parked> park(UUID ticket, String note, Person who);

    /** @param by who put it aside */
    record Parked(UUID ticket, String note, String by, Instant at, int lines, Money total) {}

    /** What waits in this branch, the newest first. */
    List<Parked> parked();

    /**
     * Takes a waiting ticket in hand at this register; one in hand with lines is put aside in its place, one without is dropped. Repeated, it answers the
     * same. Refused: {@code ticket-not-parked} when another register was faster.
     */
    Outcome<Ticket> recall(RegisterId register, UUID ticket, Person who);

    /** Throws away a waiting ticket. Refused: {@code ticket-not-parked}. */
    Outcome<List<Parked>> drop(UUID ticket, Person who);
}
