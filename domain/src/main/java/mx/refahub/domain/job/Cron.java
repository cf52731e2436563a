package mx.refahub.domain.job;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * When something is done again and again, as a line of crontab(5) says it: minute, hour, day of the month, month, day of the week. Each is
 * {@code *}, or numbers, ranges ({@code 1-5}) and steps ({@code *}{@code /15}) by commas; months and days of the week also by their English
 * names of three letters; Sunday is 0 or 7. {@code L} is the last day of the month.
 *
 * <p>Days of the month and of the week at once are not taken: crontab reads them as either, other programs as both, and people as neither.
 */
public record Cron(String text) {
    private static final List<String> MONTHS =
            List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
    private static final List<String> DAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");
    private static final int MAX_LENGTH = 200;

    /** @throws IllegalArgumentException if it is no such line */
    public Cron {
        text = text.strip().replaceAll("\\s+", " ").toUpperCase(Locale.ROOT);
        if (text.length() > MAX_LENGTH) throw new IllegalArgumentException("cron of " + text.length() + " characters");
        String[] fields = text.split(" ");
        if (fields.length != 5) throw new IllegalArgumentException("cron of " + fields.length + " fields");
        if (read(fields[0], 0, 59, List.of()).isEmpty()
                || read(fields[1], 0, 23, List.of()).isEmpty()
                || read(fields[3], 1, 12, MONTHS).isEmpty()) throw new IllegalArgumentException("cron of no time");
        boolean monthDays =
                fields[2].equals("L") || read(fields[2], 1, 31, List.of()).size() < 31;
        boolean someWeekDays = weekDays(fields[4]).size() < 7;
        if (monthDays && someWeekDays)
            throw new IllegalArgumentException("cron of days of the month and of the week at once");
    }

    public SortedSet<Integer> minutes() {
        return read(field(0), 0, 59, List.of());
    }

    public SortedSet<Integer> hours() {
        return read(field(1), 0, 23, List.of());
    }

    /** All 31 if none is named; empty for {@link #isLastDay}. */
    public SortedSet<Integer> monthDays() {
        return isLastDay() ? Collections.emptySortedSet() : read(field(2), 1, 31, List.of());
    }

    public boolean isLastDay() {
        return field(2).equals("L");
    }

    public SortedSet<Integer> months() {
        return read(field(3), 1, 12, MONTHS);
    }

    /** 1 is Monday and 7 Sunday, as in ISO 8601. */
    public SortedSet<Integer> weekDays() {
        return weekDays(field(4));
    }

    private static SortedSet<Integer> weekDays(String field) {
        SortedSet<Integer> days = new TreeSet<>();
        for (int day : read(field, 0, 7, DAYS)) days.add(day == 0 ? 7 : day);
        return days;
    }

    private String field(int place) {
        return text.split(" ")[place];
    }

    /** @param names of the values from the least on, if they have any */
    private static SortedSet<Integer> read(String field, int least, int most, List<String> names) {
        SortedSet<Integer> values = new TreeSet<>();
        for (String part : field.split(",", -1)) {
            String[] stepped = part.split("/", -1);
            if (stepped.length > 2) throw new IllegalArgumentException("cron field " + field);
            int step = stepped.length == 2 ? number(stepped[1], 1, most, List.of()) : 1;
            int from = least;
            int to = most;
            if (!stepped[0].equals("*")) {
                String[] ends = stepped[0].split("-", -1);
                if (ends.length > 2) throw new IllegalArgumentException("cron field " + field);
                from = number(ends[0], least, most, names);
                if (ends.length == 2) to = number(ends[1], least, most, names);
                else if (stepped.length == 1) to = from;
            }
            if (to < from) throw new IllegalArgumentException("cron field " + field);
            for (int value = from; value <= to; value += step) values.add(value);
        }
        return values;
    }

    private static int number(String text, int least, int most, List<String> names) {
        int named = names.indexOf(text);
        if (named >= 0) return named + least;
        if (!text.matches("[0-9]{1,2}")) throw new IllegalArgumentException("cron value " + text);
        int value = Integer.parseInt(text);
        if (value < least || value > most) throw new IllegalArgumentException("cron value " + text);
        return value;
    }
}
