package mx.refahub.pos.console;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.job.Cron;
import mx.refahub.domain.job.Schedules;
import mx.refahub.domain.store.Person;

/** Keeps schedules and never starts anything. */
final class FakeSchedules implements Schedules {
    private final Map<UUID, Schedule> schedules = new ConcurrentHashMap<>();

    @Override
    public List<Schedule> all() {
        return List.copyOf(schedules.values());
    }

    @Override
    public Optional<Schedule> find(UUID id) {
        return Optional.ofNullable(schedules.get(id));
    }

    @Override
    public Outcome<Schedule> put(UUID id, Plan plan, Person by) {
        schedules.put(id, new Schedule(id, plan, false, by.name(), next(plan.cron(), plan.zone(), 5), null));
        return Outcome.done(schedules.get(id));
    }

    @Override
    public Outcome<Schedule> pause(UUID id, Person by) {
        return change(id, one -> new Schedule(id, one.plan(), true, one.madeBy(), List.of(), one.last()));
    }

    @Override
    public Outcome<Schedule> resume(UUID id, Person by) {
        return change(
                id,
                one -> new Schedule(
                        id,
                        one.plan(),
                        false,
                        one.madeBy(),
                        next(one.plan().cron(), one.plan().zone(), 5),
                        one.last()));
    }

    private Outcome<Schedule> change(UUID id, UnaryOperator<Schedule> change) {
        Schedule changed = schedules.computeIfPresent(id, (key, one) -> change.apply(one));
        return changed == null ? Outcome.refused("schedule-unknown", id.toString()) : Outcome.done(changed);
    }

    @Override
    public Outcome<Schedule> delete(UUID id, Person by) {
        Schedule gone = schedules.remove(id);
        return gone == null ? Outcome.refused("schedule-unknown", id.toString()) : Outcome.done(gone);
    }

    @Override
    public List<Instant> next(Cron cron, ZoneId zone, OnDayOff onDayOff, int count) {
        return List.of(Instant.parse("2026-11-22T09:00:00Z"));
    }
}
