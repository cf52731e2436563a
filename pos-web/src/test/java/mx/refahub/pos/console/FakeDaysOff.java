package mx.refahub.pos.console;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.job.DaysOff;
import mx.refahub.domain.job.OfficialDays;
import mx.refahub.domain.job.WorkDays;
import mx.refahub.domain.store.Person;

/** The calendar in memory. */
final class FakeDaysOff implements DaysOff {
    private final Map<LocalDate, DayOff> own = new ConcurrentHashMap<>();
    private volatile Set<DayOfWeek> week = Set.of();

    @Override
    public WorkDays workDays() {
        return new WorkDays(week, own.keySet(), Set.of());
    }

    @Override
    public List<DayOff> of(int year) {
        List<DayOff> days = new ArrayList<>();
        OfficialDays.of(year)
                .forEach((day, name) -> days.add(own.getOrDefault(day, new DayOff(day, name, "", false, null))));
        for (DayOff day : own.values()) if (day.day().getYear() == year && day.official() == null) days.add(day);
        days.sort(Comparator.comparing(DayOff::day));
        return days;
    }

    @Override
    public Outcome<LocalDate> put(LocalDate day, String name, boolean worked, Person by) {
        String official = OfficialDays.of(day.getYear()).get(day);
        if (worked && official == null) return Outcome.refused("day-not-official", day.toString());
        own.put(day, new DayOff(day, official, name, worked, by.name()));
        return Outcome.done(day);
    }

    @Override
    public Outcome<LocalDate> forget(LocalDate day, Person by) {
        return own.remove(day) == null ? Outcome.refused("day-off-unknown", day.toString()) : Outcome.done(day);
    }

    @Override
    public Outcome<Set<DayOfWeek>> week(Set<DayOfWeek> off, Person by) {
        week = Set.copyOf(off);
        return Outcome.done(off);
    }
}
