package mx.refahub.store.sqlite;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** Instants as SQLite keeps them here: ISO 8601 in UTC with exactly three decimals, so that text order is time order. */
public final class InstantText {
    private static final DateTimeFormatter FORM =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(java.util.Locale.ROOT);

    private InstantText() {}

    public static String of(Instant instant) {
        return FORM.format(instant);
    }

    public static Instant parse(String text) {
        return Instant.parse(text);
    }
}
