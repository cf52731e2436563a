package mx.refahub.domain.job;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.store.Person;
import org.jspecify.annotations.Nullable;

/** The calendar of the company: official days off, which are computed, and what it has decided itself. One for all its schedules. */
public interface DaysOff {
    WorkDays workDays();

    /** In order: official ones, whether it works on them or not, and its own; days of every week are not among them. */
    List<DayOff> of(int year);

    /**
     * Makes a day one on which it does not work, or an official one a day on which it does. The same again changes its name.
     *
     * <p>Refusals: {@code day-off-official}: it is one already; {@code day-not-official}: it works on that day anyway; {@code day-off-name}: none, or longer than 80
     * letters.
     *
     * @param name why; an official day has its own
     */
    Outcome<LocalDate> put(LocalDate day, String name, boolean worked, Person by);

    /** Takes back what was decided of a day. Refusals: {@code day-off-unknown}. */
    Outcome<LocalDate> forget(LocalDate day, Person by);

    /** Refusals: {@code week-without-work}. */
    Outcome<Set<DayOfWeek>> week(Set<DayOfWeek> off, Person by);

    /**
     * @param official key of its name; null for an own day
     * @param name of an own day, else empty
     * @param decidedBy null if nobody had to
     */
    record DayOff(
            LocalDate day,
            @Nullable String official,
            String name,
            boolean worked,
            @Nullable String decidedBy) {}
}
