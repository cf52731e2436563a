package mx.refahub.hub.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.hub.Sessions;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.Role;
import mx.refahub.domain.store.UserId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/** Asked anew with every call, so that what ended in one process ends in all. */
final class PostgresSessions implements Sessions {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresSessions.class);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration KEPT = Duration.ofDays(90);
    private static final int LONGEST = 300;

    private final SessionTable table;
    private final AuditTrail audit;
    private final String process;
    private final Clock clock;
    private final TransactionTemplate transaction;

    PostgresSessions(
            SessionTable table, AuditTrail audit, String process, Clock clock, TransactionTemplate transaction) {
        this.table = table;
        this.audit = audit;
        this.process = process;
        this.clock = clock;
        this.transaction = transaction;
        table.endOf(process, clock.instant());
    }

    @Override
    public void begin(UUID id, Person person, Kind kind, String address, String device, Duration life) {
        Instant now = clock.instant();
        table.forget(now.minus(KEPT));
        table.begin(
                id,
                person.id().value(),
                kind.name(),
                person.role().name(),
                process,
                shown(address),
                shown(device),
                now,
                now.plus(life));
    }

    private static String shown(String text) {
        String clean = text.replaceAll("[\\p{Cntrl}\\p{Cf}]+", " ").strip();
        return clean.substring(0, Math.min(clean.length(), LONGEST));
    }

    @Override
    public boolean lasts(UUID id) {
        return table.seenAt(id, clock.instant()).isPresent();
    }

    @Override
    public boolean called(UUID id) {
        Instant now = clock.instant();
        Optional<Instant> seen = table.seenAt(id, now);
        if (seen.isPresent() && seen.get().plus(MINUTE).isBefore(now)) table.called(id, now);
        return seen.isPresent();
    }

    @Override
    public List<Session> all(@Nullable UserId person) {
        return table.all(person == null ? null : person.value(), clock.instant()).stream()
                .map(row -> new Session(
                        row.id(),
                        new UserId(row.personId()),
                        row.name(),
                        row.username(),
                        Kind.valueOf(row.kind()),
                        row.address(),
                        row.device(),
                        row.begunAt(),
                        row.seenAt(),
                        row.expiresAt()))
                .toList();
    }

    @Override
    public Outcome<UUID> end(UUID id, Person by) {
        Optional<UUID> owner = table.owner(id);
        // Whose it is is nobody else's business, so somebody else's is as unknown as none.
        if (owner.isEmpty()
                || by.role() != Role.ADMIN && !owner.get().equals(by.id().value()))
            return Outcome.refused("session-unknown");
        transaction.executeWithoutResult(status -> {
            if (table.end(id, by.name(), clock.instant()) == 0) return;
            audit.record(by.id().toString(), "session-ended", owner.get().toString());
            LOG.info("session ended session={} user={} by={}", id, owner.get(), by.id());
        });
        return Outcome.done(id);
    }

    @Override
    public int endOthers(Person person, UUID keep) {
        Integer ended = transaction.execute(status -> {
            int count = table.endOthers(person.id().value(), keep, person.name(), clock.instant());
            if (count > 0)
                audit.record(
                        person.id().toString(),
                        "sessions-ended " + count,
                        person.id().toString());
            return count;
        });
        return ended;
    }
}
