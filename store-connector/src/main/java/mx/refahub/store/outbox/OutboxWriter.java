package mx.refahub.store.outbox;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.document.Envelope;
import mx.refahub.domain.document.Sha256;
import mx.refahub.store.identity.Identity;
import mx.refahub.store.sqlite.Session;
import tools.jackson.databind.json.JsonMapper;

/** Appends to the chain, inside the transaction of what is documented. SQLite has one writer, so sequences are gapless in commit order. */
public final class OutboxWriter {
    private final Clock clock;
    private final IdSource ids;
    private final JsonMapper json;
    private final List<Runnable> bells = new CopyOnWriteArrayList<>();

    public OutboxWriter(Clock clock, IdSource ids, JsonMapper json) {
        this.clock = clock;
        this.ids = ids;
        this.json = json;
    }

    /**
     * The next place in the chain.
     *
     * @param at never before or equal to an earlier document's time, even when the clock steps back
     */
    public record Slot(long sequence, Sha256 previousHash, Instant at) {}

    /** Within an epoch the chain goes on; a new one begins anew after its base. */
    public Slot next(Session session) throws SQLException {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Optional<Slot> after = session.first("""
                select outbox.sequence, outbox.hash, outbox.occurred_at,
                       coalesce((select base from epoch where epoch.epoch > outbox.epoch order by epoch.epoch desc limit 1), -1) as base
                from outbox
                order by outbox.sequence desc
                limit 1
                """, row -> {
            Instant earliest = row.instant("occurred_at").plusMillis(1);
            Instant at = now.isBefore(earliest) ? earliest : now;
            long base = row.number("base");
            return base < 0
                    ? new Slot(row.number("sequence") + 1, Sha256.of(row.bytes("hash")), at)
                    : new Slot(base + 1, Sha256.NONE, at);
        });
        if (after.isPresent()) return after.get();
        long base = session.first("select coalesce(max(base), 0) as base from epoch", row -> row.number("base"))
                .orElse(0L);
        return new Slot(base + 1, Sha256.NONE, now);
    }

    /** @param body a record of {@code domain.wire} */
    public void append(Session session, Slot slot, Identity identity, String key, String type, int schema, Object body)
            throws SQLException {
        append(session, slot, identity, key, type, schema, List.of(), body);
    }

    /** @param after documents of this store that must be applied first */
    public void append(
            Session session,
            Slot slot,
            Identity identity,
            String key,
            String type,
            int schema,
            List<UUID> after,
            Object body)
            throws SQLException {
        UUID id = ids.next();
        Envelope envelope = new Envelope(
                id,
                identity.store(),
                identity.epoch(),
                slot.sequence(),
                key,
                type,
                schema,
                slot.at(),
                after,
                slot.previousHash());
        byte[] bytes = json.writeValueAsBytes(body);
        byte[] hash = envelope.hash(bytes).bytes();
        session.updateOne(
                """
                insert into outbox (sequence, id, epoch, key, type, schema, occurred_at, after, previous_hash, hash, signature, body)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                slot.sequence(),
                id,
                identity.epoch(),
                key,
                type,
                schema,
                slot.at(),
                after.stream().map(UUID::toString).collect(Collectors.joining(" ")),
                slot.previousHash().bytes(),
                hash,
                identity.key().sign(hash),
                bytes);
    }

    /** Called after a commit that appended; listeners only set a flag and return. */
    public void ring() {
        bells.forEach(Runnable::run);
    }

    public void onAppend(Runnable bell) {
        bells.add(bell);
    }
}
