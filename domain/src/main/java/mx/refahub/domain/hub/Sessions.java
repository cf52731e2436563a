package mx.refahub.domain.hub;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.UserId;
import org.jspecify.annotations.Nullable;

/** Who is in: browsers at the console and tokens of programs. Ending one takes effect with its next call. */
public interface Sessions {
    enum Kind {
        /** Its time begins anew with each call. */
        CONSOLE,
        TOKEN
    }

    /**
     * @param address from which it came
     * @param device as the browser or program calls itself
     */
    record Session(
            UUID id,
            UserId person,
            String name,
            String user,
            Kind kind,
            String address,
            String device,
            Instant begunAt,
            Instant seenAt,
            Instant expiresAt) {}

    /** @param life how long it lasts by itself */
    void begin(UUID id, Person person, Kind kind, String address, String device, Duration life);

    /** False: ended, out of time, unknown, or the person was removed or has another role by now. */
    boolean lasts(UUID id);

    /** As {@link #lasts}, and notes the call, to the minute. */
    boolean called(UUID id);

    /** Those that last, the last seen first. @param person null for everybody's */
    List<Session> all(@Nullable UserId person);

    /** One that is over stays over. @return refused: {@code session-unknown} (or somebody else's, and not an administrator) */
    Outcome<UUID> end(UUID id, Person by);

    /** All of a person but one. @return how many */
    int endOthers(Person person, UUID keep);
}
