package mx.refahub.store.printing;

import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import mx.refahub.domain.IdSource;
import mx.refahub.store.sqlite.Session;

/** Queues slips inside the transaction of what they tell, behind the receipts that wait already. */
public final class SlipQueue {
    private final IdSource ids;

    public SlipQueue(IdSource ids) {
        this.ids = ids;
    }

    /**
     * @param subject what it is about
     * @param reprint marked as one; it never opens the drawer
     */
    public void add(Session session, UUID subject, Slip slip, boolean reprint, boolean kickDrawer, Instant at)
            throws SQLException {
        session.updateOne("""
                insert into print_job (id, sale_id, reprint, kick_drawer, queued_at, slip)
                values (?, ?, ?, ?, ?, ?)
                """, ids.next(), subject, reprint, kickDrawer && !reprint, at, slip.text());
    }
}
