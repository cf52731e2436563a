package mx.refahub.batch.run;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A day as people in Mexico write it, for the sentences of runs: 22 nov 2026. */
public final class DayWords {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM uuuu", Locale.forLanguageTag("es-MX"));

    private DayWords() {}

    public static String of(LocalDate day) {
        return DAY.format(day);
    }
}
