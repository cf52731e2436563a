package mx.refahub.hub.schedule;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import mx.refahub.domain.job.Schedules.OnDayOff;
import mx.refahub.domain.job.WorkDays;
import org.jspecify.annotations.Nullable;
import org.quartz.CronExpression;

/** The times of a line of cron as a calendar of days off leaves them. */
final class Times {
    /** Of a line that only falls on days off. */
    private static final int MOST_LOOKS = 1000;

    private final CronExpression cron;
    private final ZoneId zone;
    private final WorkDays days;

    /** @param cron with its zone */
    Times(CronExpression cron, ZoneId zone, WorkDays days) {
        this.cron = cron;
        this.zone = zone;
        this.days = days;
    }

    boolean isOff(Instant at) {
        return days.isOff(day(at));
    }

    LocalDate day(Instant at) {
        return at.atZone(zone).toLocalDate();
    }

    /** When a time on a day off is made up for; empty if the schedule has a time of its own by then. */
    Optional<Instant> movedTo(Instant at) {
        ZonedDateTime local = at.atZone(zone);
        LocalDate day = local.toLocalDate();
        Optional<LocalDate> working = days.after(day);
        if (working.isEmpty()) return Optional.empty();
        Instant end = working.get().plusDays(1).atStartOfDay(zone).toInstant();
        // Another time of the same day off takes this one's place, whatever becomes of it then.
        for (Instant next = own(at); next != null && next.isBefore(end); next = own(next))
            if (day(next).equals(day) || !isOff(next)) return Optional.empty();
        return Optional.of(local.with(working.get()).toInstant());
    }

    private @Nullable Instant own(Instant after) {
        Date next = cron.getNextValidTimeAfter(Date.from(after));
        return next == null ? null : next.toInstant();
    }

    List<Instant> next(Instant from, OnDayOff rule, int count) {
        TreeSet<Instant> times = new TreeSet<>();
        Instant at = own(from);
        for (int looks = 0; at != null && looks < MOST_LOOKS; looks++) {
            // A time that was moved may lie behind later ones.
            if (times.size() >= count && at.isAfter(List.copyOf(times).get(count - 1))) break;
            if (rule == OnDayOff.RUN || !isOff(at)) {
                times.add(at);
                at = own(at);
            } else {
                if (rule == OnDayOff.NEXT_WORKING_DAY) movedTo(lastOfDay(at)).ifPresent(times::add);
                // On to the next day at once: a line may have a thousand times a day.
                at = own(day(at).plusDays(1).atStartOfDay(zone).toInstant().minusMillis(1));
            }
        }
        return new ArrayList<>(times).subList(0, Math.min(count, times.size()));
    }

    private Instant lastOfDay(Instant at) {
        Instant last = at;
        for (Instant next = own(at); next != null && day(next).equals(day(at)); next = own(next)) last = next;
        return last;
    }
}
