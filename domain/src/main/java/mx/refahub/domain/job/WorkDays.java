package mx.refahub.domain.job;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;

/**
 * On which days the company works.
 *
 * @param week days of every week on which it does not
 * @param off its own days off
 * @param worked official days on which it works all the same
 */
public record WorkDays(Set<DayOfWeek> week, Set<LocalDate> off, Set<LocalDate> worked) {
    private static final int FURTHEST = 366;

    public WorkDays {
        week = Set.copyOf(week);
        off = Set.copyOf(off);
        worked = Set.copyOf(worked);
        if (week.size() == DayOfWeek.values().length) throw new IllegalArgumentException("a week without a working day");
    }

    public boolean isOff(LocalDate day) {
        if (worked.contains(day)) return false;
        return off.contains(day)
                || week.contains(day.getDayOfWeek())
                || OfficialDays.of(day.getYear()).containsKey(day);
    }

    /** The first working day after this one; empty if there is none within a year. */
    public Optional<LocalDate> after(LocalDate day) {
        return day.plusDays(1)
                .datesUntil(day.plusDays(FURTHEST + 1L))
                .filter(one -> !isOff(one))
                .findFirst();
    }
}
