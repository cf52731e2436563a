package mx.refahub.store.stock;

import java.sql.SQLException;
import java.time.Instant;
import mx.refahub.domain.part.PartId;
import mx.refahub.store.sqlite.Session;

/** Pieces on this branch's shelf that are somebody's already: of layaways, of special orders that arrived, and of notes that wait for the till. */
final class StandingApart {
    private StandingApart() {}

    /** Thousandths. */
    static long of(Session session, PartId part, Instant now) throws SQLException {
        return session.first("""
                select coalesce((
                    select sum(line.quantity)
                    from promise_line line
                    join promise on promise.id = line.promise_id
                    where line.part_id = ? and promise.closed_at is null
                    and (promise.kind = 'LAYAWAY'
                         or promise.kind = 'ORDER' and exists (
                             select 1 from promise_change where promise_id = promise.id and change = 'ARRIVED'))), 0)
                    + coalesce((select sum(quantity) from note_hold where part_id = ? and until > ?), 0) as pieces
                """, row -> row.number("pieces"), part.value(), part.value(), now)
                .orElse(0L);
    }
}
