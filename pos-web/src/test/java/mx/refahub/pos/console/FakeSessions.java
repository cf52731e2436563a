package mx.refahub.pos.console;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.hub.Sessions;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.Role;
import mx.refahub.domain.store.UserId;
import org.jspecify.annotations.Nullable;

/** Sessions in memory. */
final class FakeSessions implements Sessions {
    private final Map<UUID, Session> lasting = new ConcurrentHashMap<>();

    @Override
    public void begin(UUID id, Person person, Kind kind, String address, String device, Duration life) {
        Instant now = Instant.parse("2026-03-02T12:00:00Z");
        lasting.put(
                id,
                new Session(
                        id,
                        person.id(),
                        person.name(),
                        person.name(),
                        kind,
                        address,
                        device,
                        now,
                        now,
                        now.plus(life)));
    }

    @Override
    public boolean lasts(UUID id) {
        return lasting.containsKey(id);
    }

    @Override
    public boolean called(UUID id) {
        return lasts(id);
    }

    @Override
    public List<Session> all(@Nullable UserId person) {
        return lasting.values().stream()
                .filter(one -> person == null || one.person().equals(person))
                .toList();
    }

    @Override
    public Outcome<UUID> end(UUID id, Person by) {
        Session one = lasting.get(id);
        if (one == null || by.role() != Role.ADMIN && !one.person().equals(by.id()))
            return Outcome.refused("session-unknown");
        lasting.remove(id);
        return Outcome.done(id);
    }

    @Override
    public int endOthers(Person person, UUID keep) {
        int before = lasting.size();
        lasting.values()
                .removeIf(one -> one.person().equals(person.id()) && !one.id().equals(keep));
        return before - lasting.size();
    }
}
