package mx.refahub.hub.access;

import java.time.Clock;
import mx.refahub.domain.IdSource;

/** Every sensitive act: who, what, on what. Ids and names of accounts only. */
public final class AuditTrail {
    private final PersonTable table;
    private final IdSource ids;
    private final Clock clock;

    AuditTrail(PersonTable table, IdSource ids, Clock clock) {
        this.table = table;
        this.ids = ids;
        this.clock = clock;
    }

    public void record(String who, String act, String subject) {
        table.audit(ids.next(), clock.instant(), who, act, subject);
    }
}
