package mx.refahub.domain.notice;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The letters that wait to leave. */
public interface Outgoing {
    /** What is due, the oldest first; nothing while no account is in use or its server was away a moment ago. */
    List<UUID> due();

    /** Takes one for a try; of several processes one gets it, and should that one die it is due again after its wait. Empty: somebody else has it, or it left. */
    Optional<Letter> take(UUID letter);

    /** It left. Should this not be noted now, it is noted with the next look at {@link #due}, and not handed out again by this process. */
    void sent(UUID letter);

    /**
     * {@code REJECTED}: dead at once. Anything else, also a fault of ours: due again after a wait that doubles, dead after the last. Of one that {@link #sent left} nothing is
     * noted. Dead ones wait for a person.
     *
     * @param reason for a person; never a secret
     */
    void failed(UUID letter, Throwable reason);

    /** The server by which they leave, as it is set now. */
    Optional<MailServer> server();
}
