package mx.refahub.domain.job;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.Role;
import org.jspecify.annotations.Nullable;

/**
 * What holds of a job besides its parameters: who is in charge, how long a run may take, how often a failed one is taken up again, who is told, and what runs after
 * what. The program has an answer for each; what is decided here stands in its place.
 */
public interface JobRules {
    /** In the order of {@link Jobs#all}. */
    List<Rule> all();

    /** Holds for runs that are started or taken up from now on. Refusals: {@code job-unknown}. */
    Outcome<Rule> put(String job, Terms terms, Person by);

    /** Back to what the program says. Refusals: {@code job-unknown}. */
    Outcome<Rule> reset(String job, Person by);

    /** By the job that is waited for, then by the job that follows. */
    List<After> afters();

    /**
     * Makes {@code job} follow {@code after} from now on: a run of it is started once for each run of the other that ends well. Where it runs already, or waits for a
     * person, it is started once more when that is over; several ends meanwhile share one run.
     *
     * <p>Refusals: {@code job-unknown}; {@code job-parameter-unknown}, {@code job-parameter-wrong}, {@code job-parameter-missing}; {@code schedule-needs-file}: nobody
     * is there to hand files over; {@code job-after-cycle}: it would in the end follow itself; {@code job-after-known}: it follows that job already.
     *
     * @param id minted by the caller; the same again changes nothing
     * @param onlyChanged only after a run that has changed something
     */
    Outcome<After> follow(
            UUID id, String job, String after, boolean onlyChanged, Map<String, String> parameters, Person by);

    /** Refusals: {@code job-after-unknown}. */
    Outcome<After> unfollow(UUID id, Person by);

    /** What is kept computed for reading, oldest first. */
    List<ViewAge> views();

    /**
     * @param inCharge a role's name or anybody's; whom to ask
     * @param timeout longest that a run may take, from its start or from when it was taken up; null for no limit
     * @param retries how often a failed run is taken up again by itself; never one that was refused with a sentence of its own
     * @param told when it has failed for good: names of roles, and e-mail addresses
     */
    record Terms(String inCharge, @Nullable Duration timeout, int retries, Duration retryAfter, List<String> told) {
        public static final int MOST_RETRIES = 20;
        public static final int MOST_TOLD = 20;
        private static final int LONGEST_NAME = 80;
        private static final Duration LONGEST = Duration.ofDays(7);
        private static final Pattern ADDRESS =
                Pattern.compile("[a-z0-9._%+-]{1,64}@[a-z0-9](?:[a-z0-9.-]{0,200}[a-z0-9])?\\.[a-z]{2,24}");

        /** @throws IllegalArgumentException if they cannot hold */
        public Terms {
            inCharge = inCharge.strip();
            if (inCharge.isEmpty() || inCharge.length() > LONGEST_NAME)
                throw new IllegalArgumentException("in charge is " + inCharge.length() + " letters");
            if (timeout != null && (timeout.toSeconds() < 1 || timeout.compareTo(LONGEST) > 0))
                throw new IllegalArgumentException("timeout is " + timeout);
            if (retries < 0 || retries > MOST_RETRIES) throw new IllegalArgumentException("retries are " + retries);
            if (retryAfter.toSeconds() < 1 || retryAfter.compareTo(LONGEST) > 0)
                throw new IllegalArgumentException("retry after " + retryAfter);
            told = told.stream().map(Terms::person).distinct().toList();
            if (told.size() > MOST_TOLD) throw new IllegalArgumentException("told are " + told.size());
        }

        private static String person(String text) {
            String person = text.strip();
            for (Role role : Role.values()) if (role.name().equals(person)) return person;
            String address = person.toLowerCase(java.util.Locale.ROOT);
            if (!ADDRESS.matcher(address).matches())
                throw new IllegalArgumentException("'" + person + "' is neither a role nor an address");
            return address;
        }
    }

    /** @param changedBy who decided it in the console; null if it is the program's own */
    record Rule(
            String job,
            Terms terms,
            @Nullable String changedBy,
            @Nullable Instant changedAt) {}

    /** @param last what came of the last end; null if there was none since it was made */
    record After(
            UUID id,
            String job,
            String after,
            boolean onlyChanged,
            Map<String, String> parameters,
            String madeBy,
            @Nullable Followed last) {
        public After {
            parameters = Map.copyOf(parameters);
        }
    }

    /** @param run that ended @param started that it began; null if it was refused, then the refusal's code says why */
    record Followed(
            long run, @Nullable Long started, @Nullable String refusal, Instant at) {}

    /** @param refreshedAt when it was last made anew; null if that was before this was kept */
    record ViewAge(
            String view,
            @Nullable Instant refreshedAt,
            @Nullable Duration took,
            long rows) {}
}
