package mx.refahub.domain.lender;

import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.outside.Connection;
import mx.refahub.domain.outside.OutsideKind;

/**
 * A lender, as the hub asks it. Every order carries an id of ours under which the lender lends at most once and can be asked afterwards. No call throws for what the
 * lender or the line to it does.
 */
public interface BnplProvider {
    OutsideKind kind();

    /** Asks something that changes nothing. Refusals as of {@link mx.refahub.domain.outside.OutsideSystem#probe}. */
    Outcome<String> probe(Connection connection);

    enum State {
        /** For the customer's yes, at their phone. */
        WAITING,
        /** The lender pays us. */
        APPROVED,
        DENIED,
        /** The customer did not answer in time. */
        EXPIRED,
        /** Nothing is lent, or what was lent has been given back whole. */
        CANCELLED
    }

    sealed interface Answer {
        /** @param reference the lender's own number of it */
        record Known(State state, String reference, String reason) implements Answer {}

        /** For certain nothing came of this call. */
        record Refused(String reason) implements Answer {}

        /** The lender knows nothing of it. */
        record Never() implements Answer {}

        /** It may have had its effect or not. */
        record Unknown(String why) implements Answer {}
    }

    /** @param phone of the customer, ten digits: where the lender asks for the yes */
    Answer create(Connection connection, UUID order, Money amount, String phone);

    Answer inquire(Connection connection, UUID order);

    /** Takes back what waits, and gives back whole what was approved already. */
    Answer cancel(Connection connection, UUID order);

    /**
     * Gives back a part of an approved order, or all of it; the same refund again has no further effect. {@link State#APPROVED}: it was given back.
     *
     * @param order whose money it is
     * @param refund id of ours of this giving back
     */
    Answer refund(Connection connection, UUID order, UUID refund, Money amount);
}
