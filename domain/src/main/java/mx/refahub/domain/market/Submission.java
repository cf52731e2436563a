package mx.refahub.domain.market;

import java.time.Duration;

/** What became of something that a marketplace has accepted. */
public sealed interface Submission {
    /**
     * It stands there.
     *
     * @param id the marketplace's
     * @param address where a buyer sees it; may be empty
     * @param note what the marketplace says besides, such as a warning; may be empty
     */
    record Standing(String id, String address, State state, String note) implements Submission {
        public Standing {
            if (id.isBlank()) throw new IllegalArgumentException("listing without an id");
        }
    }

    /**
     * It was taken in and will be told of later: {@link Marketplace#report}.
     *
     * @param id of the submission, which may be one for many parts
     * @param after when to ask
     */
    record Sent(String id, Duration after) implements Submission {
        public Sent {
            if (id.isBlank()) throw new IllegalArgumentException("submission without an id");
        }
    }

    enum State {
        ACTIVE,
        PAUSED,
        CLOSED,
        /** The marketplace holds it back: its own review, a missing document, an infraction. */
        HELD
    }
}
