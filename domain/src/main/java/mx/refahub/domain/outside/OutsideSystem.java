package mx.refahub.domain.outside;

import mx.refahub.domain.Outcome;

/** The adapter of one kind of outside system. */
public interface OutsideSystem {
    OutsideKind kind();

    /**
     * Asks the system something that changes nothing, within half a minute. Answers what it says about itself.
     *
     * <p>Refusals: {@code outside-unreachable}: host, cause; {@code outside-signature}: it does not take user or key; {@code outside-unauthorised}: a person has to let
     * us in there; {@code outside-busy}: seconds; {@code outside-refused}: its reason;
     * {@code outside-strange}: what answers is something else.
     */
    Outcome<String> probe(Connection connection);
}
