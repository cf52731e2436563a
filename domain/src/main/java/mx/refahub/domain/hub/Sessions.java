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
        CONSOLE,
        TOKEN
    }

    /**
     * @param address from which it came
     * @param device as the browser or program calls itself
     * @param expiresAt of a token; null for a browser, whose time begins anew with each call
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
            @Nullable Instant expiresAt) {}

    /** @return its id */
    UUID begin(UUID id, Person person, Kind kind, String address, String device, @Nullable Duration life);

    /** False: ended, out of time, or the person was removed or has another role by now. Notes the call, to the minute. */
    boolean lasts(UUID id);

    /** Those that last, the last seen first. @param person null for everybody's */
    List<Session> all(@Nullable UserId person);

    /** @return refused: {@code session-unknown}, {@code not-allowed} (somebody else's, and not an administrator) */
    Outcome<UUID> end(UUID id, Person by);

    /** All of a person but one. @param keep null for none */
    Outcome<Integer> endAll(UserId person, @Nullable UUID keep, Person by);
}
