package mx.refahub.domain.job;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.temporal.TemporalAdjusters;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The days of obligatory rest of article 74 of Mexico's Federal Labour Law (Ley Federal del Trabajo), as changed in 2024: computed for any year, named by a key. Days of
 * elections, which a law of their own sets, are not among them.
 */
public final class OfficialDays {
    /** The executive changes on 1 October of every sixth year, 2024 and on; before that it was 1 December. */
    private static final int CHANGE = 2024;

    private static final int TERM = 6;

    private OfficialDays() {}

    public static SortedMap<LocalDate, String> of(int year) {
        TreeMap<LocalDate, String> days = new TreeMap<>(Map.of(
                LocalDate.of(year, Month.JANUARY, 1), "new-year",
                monday(year, Month.FEBRUARY, 1), "constitution",
                monday(year, Month.MARCH, 3), "juarez",
                LocalDate.of(year, Month.MAY, 1), "labour",
                LocalDate.of(year, Month.SEPTEMBER, 16), "independence",
                monday(year, Month.NOVEMBER, 3), "revolution",
                LocalDate.of(year, Month.DECEMBER, 25), "christmas"));
        if (year >= CHANGE && (year - CHANGE) % TERM == 0)
            days.put(LocalDate.of(year, Month.OCTOBER, 1), "executive");
        return days;
    }

    private static LocalDate monday(int year, Month month, int which) {
        return LocalDate.of(year, month, 1).with(TemporalAdjusters.dayOfWeekInMonth(which, DayOfWeek.MONDAY));
    }
}
