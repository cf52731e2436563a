package mx.refahub.domain.job;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.store.Person;
import org.jspecify.annotations.Nullable;

/**
 * Jobs that are run at set times. Kept in the database, so that they survive the process; of several hubs over one database one runs each.
 * A time at which the job still runs, or waits for a person, is passed over and remembered with the reason.
 */
public interface Schedules {
    /** By job, then by the next time. */
    List<Schedule> all();

    Optional<Schedule> find(UUID id);

    /**
     * Makes a schedule, or changes the one of this id; paused it stays paused.
     *
     * <p>Refusals: {@code job-unknown}; {@code job-parameter-unknown}, {@code job-parameter-wrong}, {@code job-parameter-missing};
     * {@code schedule-needs-file}: nobody is there to hand files over; {@code cron-never}: there is no such day.
     *
     * @param id minted by the caller; the same again changes nothing
     */
    Outcome<Schedule> put(UUID id, Plan plan, Person by);

    /** Refusals: {@code schedule-unknown}. */
    Outcome<Schedule> pause(UUID id, Person by);

    /** Times that have passed meanwhile are not made up for. Refusals: {@code schedule-unknown}. */
    Outcome<Schedule> resume(UUID id, Person by);

    /** Refusals: {@code schedule-unknown}. */
    Outcome<Schedule> delete(UUID id, Person by);

    /** The next times from now on, as the calendar of days off has them; fewer if there are no more. */
    List<Instant> next(Cron cron, ZoneId zone, OnDayOff onDayOff, int count);

    default List<Instant> next(Cron cron, ZoneId zone, int count) {
        return next(cron, zone, OnDayOff.RUN, count);
    }

    /** What becomes of a time on a day on which the company does not work, by the schedule's own zone. */
    enum OnDayOff {
        /** The calendar is of no account. */
        RUN,
        /** Passed over. */
        SKIP,
        /** Made up for at the same hour of the next working day; passed over if the schedule has a time of its own by then. */
        NEXT_WORKING_DAY
    }

    /** What becomes of times at which no hub was running. */
    enum Missed {
        /** Passed over: the next one is the next in the plan. */
        SKIP,
        /** Made up for at once when a hub is there again; however many there were, once. */
        RUN_ONCE
    }

    record Plan(String job, Map<String, String> parameters, Cron cron, ZoneId zone, Missed missed, OnDayOff onDayOff) {
        public Plan {
            parameters = Map.copyOf(parameters);
        }

        public Plan(String job, Map<String, String> parameters, Cron cron, ZoneId zone, Missed missed) {
            this(job, parameters, cron, zone, missed, OnDayOff.RUN);
        }
    }

    /**
     * @param next the next five times, one that was put off from a day off among them; none while it is paused
     * @param last what became of the last time; null if there was none yet
     */
    record Schedule(
            UUID id,
            Plan plan,
            boolean paused,
            String madeBy,
            List<Instant> next,
            @Nullable Last last) {
        public Schedule {
            next = List.copyOf(next);
        }
    }

    /** @param run that was started; null if it was refused, then the refusal says why */
    record Last(Instant at, @Nullable Long run, @Nullable Refusal refusal) {}
}
