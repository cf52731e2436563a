package mx.refahub.store.outbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import mx.refahub.domain.Failpoint;
import mx.refahub.domain.document.DocumentType;
import mx.refahub.store.sqlite.Session;
import mx.refahub.store.sqlite.SqliteFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets go of documents that the hub has acknowledged, that were compared with the hub's since, and that are older than the retention, a bounded number per transaction so that no sale waits long. The document
 * acknowledged last always stays, and with it the head of the chain; where the rest hangs is noted with its hash. Texts that the till still
 * shows are kept apart.
 */
public final class Pruning {
    private static final Logger LOG = LoggerFactory.getLogger(Pruning.class);
    /** Of the hub after it was restored from its own backup: what stores keep must reach back further. */
    public static final Duration SHORTEST = Duration.ofDays(35);

    private static final int CHUNK = 500;

    private final SqliteFile sales;
    private final Clock clock;
    private final Duration retention;

    public Pruning(SqliteFile sales, Clock clock, Duration retention) {
        if (retention.compareTo(SHORTEST) < 0)
            throw new IllegalArgumentException("refahub.care.outbox.retention is " + retention + ", less than 35d");
        this.sales = sales;
        this.clock = clock;
        this.retention = retention;
    }

    /** @return how many documents went */
    public long run() {
        Instant before = clock.instant().minus(retention);
        long pruned = 0;
        for (long chunk; (chunk = sales.write(session -> chunk(session, before))) > 0; ) {
            pruned += chunk;
            if (Thread.currentThread().isInterrupted()) break;
        }
        if (pruned > 0) LOG.info("outbox pruned documents={} before={}", pruned, before);
        return pruned;
    }

    /** Times rise with sequences, so what may go is always the beginning of the chain. */
    private long chunk(Session session, Instant before) throws java.sql.SQLException {
        long upTo =
                session.first("""
                select coalesce(max(sequence), 0) as up_to
                from outbox
                where sequence < (select sequence from acknowledged)
                  and sequence <= (select sequence from reconciled)
                  and sequence < (select min(sequence) from outbox) + ?
                  and occurred_at < ?
                """, row -> row.number("up_to"), CHUNK, before).orElse(0L);
        if (upTo == 0) return 0;
        session.update("""
                insert or ignore into document_kept (sequence, body)
                select sequence, body
                from outbox
                where sequence <= ? and type not in (?, ?)
                """, upTo, DocumentType.CASH_SESSION_OPENED, DocumentType.PIN_CHOSEN);
        session.updateOne("""
                insert into outbox_pruned (only_row, sequence, hash, at)
                select 1, sequence, hash, ?
                from outbox
                where sequence = ?
                on conflict (only_row) do update set sequence = excluded.sequence, hash = excluded.hash, at = excluded.at
                """, clock.instant(), upTo);
        int gone = session.update("delete from outbox where sequence <= ?", upTo);
        Failpoint.C17_PRUNING.pass();
        return gone;
    }
}
