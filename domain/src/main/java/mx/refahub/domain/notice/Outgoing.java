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

    void sent(UUID letter);

    /**
     * {@code RETRYABLE}: due again after a wait that doubles, dead after the last. {@code REJECTED}: dead at once. Dead ones wait for a person.
     *
     * @param reason for a person; never a secret
     */
    void failed(UUID letter, Throwable reason);

    /** The server by which they leave, as it is set now. */
    Optional<MailServer> server();
}
