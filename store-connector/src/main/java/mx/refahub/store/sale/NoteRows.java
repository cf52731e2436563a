package mx.refahub.store.sale;

import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import mx.refahub.domain.sale.NoteRef;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.store.UserId;
import mx.refahub.store.sqlite.Session;
import org.jspecify.annotations.Nullable;

/** What a sale says of the note that it was collected by, in its transaction. */
final class NoteRows {
    private NoteRows() {}

    static @Nullable NoteRef ref(Session session, UUID ticket) throws SQLException {
        return session.first(
                        """
                        select number, issued_by, issued_by_name, issued_at, hand_over
                        from note
                        where ticket_id = ?
                        """,
                        row -> new NoteRef(
                                row.number("number"),
                                new UserId(row.id("issued_by")),
                                row.text("issued_by_name"),
                                row.instant("issued_at"),
                                row.flag("hand_over")),
                        ticket)
                .orElse(null);
    }

    /** A note that is put aside waits until then. */
    static void waitAnew(Session session, UUID ticket, Instant until) throws SQLException {
        session.update("""
                update note
                set expires_at = ?
                where ticket_id = ? and expired_at is null
                """, until, ticket);
    }

    /**
     * What the note's ticket says now is held: while it waits until it lapses, in hand without an end. Parts alone: deposits and items outside the catalogue have
     * no shelf, what comes back is not here yet, and what a layaway or an order has set aside is set aside already. Nothing on a ticket without a note.
     */
    static void hold(Session session, UUID ticket) throws SQLException {
        if (!session.exists("select 1 from note where ticket_id = ? and expired_at is null", ticket)) return;
        letGo(session, ticket);
        session.update("""
                insert into note_hold (part_id, ticket_id, quantity, until)
                select part_id, ticket_id, sum(quantity), (
                    select case when ticket.parked_at is null then '9999-12-31T23:59:59Z' else note.expires_at end
                    from note
                    join ticket on ticket.id = note.ticket_id
                    where note.ticket_id = ticket_line.ticket_id)
                from ticket_line
                where ticket_id = ? and return_reason is null and part_id <> '00000000-0000-0000-0000-000000000000'
                and (agreed_json is null or not exists (
                    select 1
                    from ticket
                    join promise on promise.id = ticket.promise_id
                    where ticket.id = ticket_line.ticket_id and promise.kind <> 'QUOTE'))
                group by part_id
                """, ticket);
    }

    static void letGo(Session session, UUID ticket) throws SQLException {
        session.update("delete from note_hold where ticket_id = ?", ticket);
    }

    /** What is sold is held no more. A sale out of a document brings its note back with it; a number that another note has meanwhile stays with that one. */
    static void keep(Session session, Sale sale) throws SQLException {
        letGo(session, sale.id());
        NoteRef note = sale.note();
        if (note == null) return;
        session.update(
                """
                insert into note (ticket_id, number, issued_by, issued_by_name, issued_at, expires_at, hand_over)
                values (?, ?, ?, ?, ?, ?, ?)
                on conflict do nothing
                """,
                sale.id(),
                note.number(),
                note.by().value(),
                note.byName(),
                note.at(),
                sale.soldAt(),
                note.handOver());
    }
}
