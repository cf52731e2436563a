package mx.refahub.store.market;

import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.sale.SaleLine;
import mx.refahub.domain.sale.Ticket;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.RegisterId;
import mx.refahub.store.branch.Branch;
import mx.refahub.store.sqlite.Session;

/** The tickets that orders are sold by, inside the caller's transaction. */
@FunctionalInterface
public interface OrderTickets {
    /**
     * The order as the register's ticket in hand; what was in hand there waits. The same again is the same ticket.
     *
     * @return refused {@code cash-session-closed}, {@code promise-elsewhere} (naming the register that has it in hand)
     */
    Outcome<Ticket> load(
            Session session, UUID order, List<SaleLine> lines, RegisterId register, Branch branch, Person who)
            throws SQLException;
}
