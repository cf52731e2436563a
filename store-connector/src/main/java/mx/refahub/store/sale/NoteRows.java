package mx.refahub.store.sale;

import java.sql.SQLException;
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

    /** What is sold is held no more. A sale out of a document brings its note back with it; a number that another note has meanwhile stays with that one. */
    static void keep(Session session, Sale sale) throws SQLException {
        session.update("delete from note_hold where ticket_id = ?", sale.id());
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
