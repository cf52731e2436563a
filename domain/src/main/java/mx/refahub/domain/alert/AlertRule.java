package mx.refahub.domain.alert;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Set;
import java.util.UUID;
import mx.refahub.domain.notice.Audience;
import mx.refahub.domain.notice.Language;
import org.jspecify.annotations.Nullable;

/**
 * When somebody wants to be told, and who.
 *
 * @param threshold in the unit of the kind
 * @param calmMinutes without the condition, until it counts as over
 * @param remindHours told again after so many hours, until somebody acknowledges; null: once
 * @param store the only one that it watches; null: all
 * @param job the only one that it watches; null: all
 * @param byMail the audience also gets letters
 * @param tellEnd the audience is told that it is over, too
 * @param quiet a weekly window in which nobody is told; what lasts at its end is told then
 */
public record AlertRule(
        UUID id,
        AlertKind kind,
        String name,
        boolean enabled,
        long threshold,
        int calmMinutes,
        @Nullable Integer remindHours,
        @Nullable UUID store,
        @Nullable String job,
        Audience audience,
        boolean byMail,
        boolean tellEnd,
        Language language,
        @Nullable Instant mutedUntil,
        @Nullable Quiet quiet) {
    private static final int LONGEST_NAME = 80;
    private static final int DAY = 1440;
    private static final int MOST_HOURS = 720;

    /** @param from may be later than {@code until}: over midnight, counted to the day on which it begins */
    public record Quiet(Set<DayOfWeek> days, LocalTime from, LocalTime until) {
        public Quiet {
            days = Set.copyOf(days);
            if (days.isEmpty() || from.equals(until)) throw new IllegalArgumentException("a window of nothing");
        }
    }

    public AlertRule {
        name = name.strip();
        if (name.isEmpty() || name.length() > LONGEST_NAME) throw new IllegalArgumentException("name");
        if (threshold < 1) throw new IllegalArgumentException("threshold");
        if (calmMinutes < 0 || calmMinutes > DAY) throw new IllegalArgumentException("calm");
        if (remindHours != null && (remindHours < 1 || remindHours > MOST_HOURS))
            throw new IllegalArgumentException("remind");
        if (job != null && !kind.ofJobs()) throw new IllegalArgumentException("job");
        if (store != null && kind.ofJobs()) throw new IllegalArgumentException("store");
    }
}
