package mx.refahub.store.promise;

import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.promise.Promise;
import mx.refahub.domain.sale.Ticket;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.RegisterId;
import mx.refahub.store.branch.Branch;
import mx.refahub.store.sqlite.Session;
import org.jspecify.annotations.Nullable;

/** The tickets that promises are made of and sold by, inside the caller's transaction. */
public interface PromiseTickets {
    /** The ticket in hand that can be promised; refused as {@link mx.refahub.domain.promise.Promises#make} says. */
    Outcome<Ticket> toPromise(Session session, UUID ticket, Branch branch) throws SQLException;

    /** The ticket has become a promise. */
    void gone(Session session, UUID ticket) throws SQLException;

    /** @param left lines that could not be priced today */
    record Loaded(Ticket ticket, List<String> left) {}

    /** A promise's parts and kits as the catalogue has them now. */
    interface Today {}

    /** Asked outside of a transaction. */
    Today today(Promise promise);

    /**
     * Puts it on the register's ticket in hand; refused as {@link mx.refahub.domain.promise.Promises#load} says.
     *
     * @param today what it is sold at in place of the agreed prices; null where those hold
     */
    Outcome<Loaded> load(
            Session session, Promise promise, RegisterId register, @Nullable Today today, Branch branch, Person who)
            throws SQLException;

    /** Whether a ticket that is not finished sells it. */
    static boolean holds(Session session, UUID promise) throws SQLException {
        return session.exists("""
                select 1
                from ticket
                where promise_id = ? and finished_at is null and dropped_at is null
                """, promise);
    }
}
