package mx.refahub.pos.console;

import java.time.DayOfWeek;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import mx.refahub.domain.job.Cron;
import mx.refahub.pos.web.Messages;

/** A line of cron as a sentence: 'De lunes a viernes, a las 03:00'. */
final class CronWords {
    /** More times of day than this are told by their hours and minutes. */
    private static final int MOST_TIMES = 6;

    private final Messages messages;
    private final Locale locale;

    CronWords(Messages messages, Locale locale) {
        this.messages = messages;
        this.locale = Messages.isEnglish(locale) ? Locale.ENGLISH : Messages.SPANISH;
    }

    String of(Cron cron) {
        List<String> parts = new ArrayList<>(List.of(days(cron), times(cron)));
        if (cron.months().size() < 12) parts.add(text("cron.months", list(cron.months(), CronWords::month)));
        String sentence = String.join(", ", parts);
        return sentence.substring(0, 1).toUpperCase(locale) + sentence.substring(1) + ".";
    }

    private String days(Cron cron) {
        if (cron.isLastDay()) return text("cron.days.last");
        SortedSet<Integer> week = cron.weekDays();
        if (week.size() < 7) {
            boolean inOneGo = week.size() > 2 && week.last() - week.first() == week.size() - 1;
            return inOneGo
                    ? text("cron.days.range", day(week.first(), locale), day(week.last(), locale))
                    : text("cron.days.week", list(week, CronWords::day));
        }
        SortedSet<Integer> month = cron.monthDays();
        if (month.size() == 31) return text("cron.days.all");
        return month.size() == 1
                ? text("cron.days.month.one", Integer.toString(month.first()))
                : text("cron.days.month", list(month, (value, ignored) -> Integer.toString(value)));
    }

    private String times(Cron cron) {
        SortedSet<Integer> hours = cron.hours();
        SortedSet<Integer> minutes = cron.minutes();
        if (hours.size() == 24) {
            if (minutes.size() == 60) return text("cron.times.minute");
            int step = step(minutes, 60);
            if (step > 0 && minutes.size() > 1) return text("cron.times.minutes", Integer.toString(step));
            if (minutes.size() == 1 && minutes.first() == 0) return text("cron.times.hour");
            return text("cron.times.hour.at", numbers(minutes));
        }
        if (hours.size() * minutes.size() <= MOST_TIMES) {
            List<String> times = new ArrayList<>();
            for (int hour : hours) for (int minute : minutes) times.add("%02d:%02d".formatted(hour, minute));
            return text("cron.times.at", and(times));
        }
        int step = step(hours, 24);
        if (step > 1 && minutes.size() == 1) return text("cron.times.hours", Integer.toString(step), numbers(minutes));
        boolean inOneGo = hours.last() - hours.first() == hours.size() - 1;
        String which = inOneGo
                ? text("cron.hours.range", Integer.toString(hours.first()), Integer.toString(hours.last()))
                : text("cron.hours.list", numbers(hours));
        int every = step(minutes, 60);
        if (minutes.size() == 60) return text("cron.times.minute") + " " + which;
        if (every > 0 && minutes.size() > 1) return text("cron.times.minutes", Integer.toString(every)) + " " + which;
        return text("cron.times.hour.at", numbers(minutes)) + " " + which;
    }

    /** By how much they go up from 0 to the end; 0 if they do not. */
    private static int step(SortedSet<Integer> values, int whole) {
        if (values.first() != 0 || whole % values.size() != 0) return 0;
        int step = whole / values.size();
        SortedSet<Integer> even = new TreeSet<>();
        for (int value = 0; value < whole; value += step) even.add(value);
        return even.equals(values) ? step : 0;
    }

    private interface Named {
        String name(int value, Locale locale);
    }

    private static String day(int value, Locale locale) {
        return DayOfWeek.of(value).getDisplayName(TextStyle.FULL, locale);
    }

    private static String month(int value, Locale locale) {
        return Month.of(value).getDisplayName(TextStyle.FULL, locale);
    }

    private String list(SortedSet<Integer> values, Named named) {
        return and(values.stream().map(value -> named.name(value, locale)).toList());
    }

    private String numbers(SortedSet<Integer> values) {
        return and(values.stream().map(String::valueOf).toList());
    }

    private String and(List<String> words) {
        StringBuilder all = new StringBuilder();
        for (Iterator<String> each = words.iterator(); each.hasNext(); ) {
            String word = each.next();
            if (!all.isEmpty()) all.append(each.hasNext() ? ", " : " " + text("cron.and") + " ");
            all.append(word);
        }
        return all.toString();
    }

    private String text(String key, String... arguments) {
        return messages.text(locale, key, List.of(arguments));
    }
}
