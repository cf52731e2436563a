package mx.refahub.store.stock;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.document.DocumentType;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.stock.StockDesk;
import mx.refahub.domain.wire.LeaseBody;
import mx.refahub.domain.wire.StockBody;
import mx.refahub.store.identity.Identity;
import mx.refahub.store.outbox.OutboxWriter;
import mx.refahub.store.sqlite.Session;
import tools.jackson.databind.json.JsonMapper;

/** Steps of leases in sales.db, each with its document in the same transaction. */
public final class LeaseSteps {
    private LeaseSteps() {}

    enum Step {
        ASKED,
        RESERVED,
        REFUSED,
        RELEASED,
        SENT,
        WITHDRAWN
    }

    static Map<Step, LeaseBody> of(Session session, JsonMapper json, UUID lease) throws SQLException {
        Map<Step, LeaseBody> steps = new EnumMap<>(Step.class);
        session.all(
                """
                select step, body
                from stock_lease_step
                where lease_id = ?
                """,
                row -> {
                    Step step = Step.valueOf(row.text("step"));
                    steps.put(step, json.readValue(row.bytes("body"), LeaseBody.class));
                    return step;
                },
                lease);
        return steps;
    }

    /** Writes the step and tells of it; one that stands already stays. */
    static boolean write(
            Session session,
            OutboxWriter outbox,
            JsonMapper json,
            Identity identity,
            OutboxWriter.Slot slot,
            LeaseBody body)
            throws SQLException {
        if (session.exists("select 1 from stock_lease_step where lease_id = ? and step = ?", body.id(), body.step()))
            return false;
        insert(session, json, body, slot.sequence());
        outbox.append(
                session,
                slot,
                identity,
                body.id().toString(),
                DocumentType.STOCK_LEASE,
                DocumentType.STOCK_LEASE_SCHEMA,
                body);
        return true;
    }

    /** The row of a document; one that is there already stays. */
    public static void insert(Session session, JsonMapper json, LeaseBody body, long documentSequence)
            throws SQLException {
        session.update(
                """
                insert into stock_lease_step (lease_id, step, part_id, pieces, ticket_id, expires_at, body, document_sequence)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                on conflict do nothing
                """,
                body.id(),
                Step.valueOf(body.step()),
                body.part(),
                body.pieces(),
                body.ticket(),
                body.expiresAt(),
                json.writeValueAsBytes(body),
                documentSequence);
    }

    /** An own row that says more of its order than its document did. */
    static void told(Session session, JsonMapper json, LeaseBody body) throws SQLException {
        session.updateOne("""
                update stock_lease_step
                set ticket_id = ?, body = ?
                where lease_id = ? and step = ?
                """, body.ticket(), json.writeValueAsBytes(body), body.id(), Step.valueOf(body.step()));
    }

    static LeaseBody step(LeaseBody lease, Step step, UUID store, Instant at, Ending ending) {
        return new LeaseBody(
                lease.id(),
                store,
                step.name(),
                lease.asker(),
                lease.giver(),
                lease.part(),
                lease.quantity(),
                lease.ticket(),
                lease.line(),
                lease.forWhom(),
                lease.askedAt(),
                lease.askedBy(),
                lease.expiresAt(),
                lease.byHub(),
                at,
                ending.by(),
                ending.byName(),
                ending.pieces(),
                ending.number(),
                ending.why(),
                lease.market());
    }

    record Ending(@org.jspecify.annotations.Nullable UUID by, String byName, long pieces, String number, String why) {}

    /** What is set aside of each part and has neither ended nor lapsed; one index look-up each. */
    static Map<PartId, Long> promised(Session session, Collection<PartId> parts, Instant now) throws SQLException {
        Map<PartId, Long> promised = new HashMap<>();
        for (PartId part : parts) {
            long pieces = session.first("""
                    select coalesce(sum(pieces), 0) as pieces
                    from stock_lease_step r
                    where part_id = ? and step = 'RESERVED' and expires_at > ?
                      and not exists (
                          select 1
                          from stock_lease_step e
                          where e.lease_id = r.lease_id and e.step in ('REFUSED', 'RELEASED', 'SENT'))
                    """, row -> row.number("pieces"), part.value(), now)
                    .orElse(0L);
            if (pieces > 0) promised.put(part, pieces);
        }
        return promised;
    }

    /** @return the code of the refusal; a promise that has lapsed may still be kept */
    static Optional<String> refuseSending(Session session, JsonMapper json, UUID lease, StockDesk.Sending sending)
            throws SQLException {
        Map<Step, LeaseBody> steps = of(session, json, lease);
        LeaseBody reserved = steps.get(Step.RESERVED);
        if (reserved == null) return Optional.of("lease-unknown");
        if (steps.containsKey(Step.SENT) || steps.containsKey(Step.REFUSED) || steps.containsKey(Step.RELEASED))
            return Optional.of("lease-ended");
        boolean fits = reserved.asker().equals(sending.to())
                && sending.lines().stream()
                        .anyMatch(line -> line.part().id().value().equals(reserved.part()));
        return fits ? Optional.empty() : Optional.of("lease-other");
    }

    /** The transfer that keeps the promise has been written. */
    static void sent(
            Session session, OutboxWriter outbox, JsonMapper json, Identity identity, UUID lease, StockBody transfer)
            throws SQLException {
        LeaseBody reserved = of(session, json, lease).get(Step.RESERVED);
        if (reserved == null) return;
        long pieces = transfer.lines().stream()
                .filter(line -> line.part().equals(reserved.part()))
                .mapToLong(line -> -line.quantity())
                .sum();
        OutboxWriter.Slot slot = outbox.next(session);
        write(
                session,
                outbox,
                json,
                identity,
                slot,
                step(
                        reserved,
                        Step.SENT,
                        identity.store().value(),
                        slot.at(),
                        new Ending(transfer.by(), transfer.byName(), pieces, transfer.number(), "")));
    }
}
