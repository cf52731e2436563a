package mx.refahub.domain.terminal;

import java.util.UUID;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.sale.Tender;

/**
 * A card terminal. Every charge carries an id of ours, under which the terminal charges at most once and can be asked afterwards. No call throws: an answer
 * that never came, came too late or makes no sense is {@link Answer.Unknown}. A call may take as long as a customer with a PIN.
 */
public interface CardTerminal {
    sealed interface Answer {
        /** @param lastFour digits of the card, never more */
        record Approved(Tender.Kind kind, String authorization, String lastFour) implements Answer {}

        /** For certain nothing was charged. */
        record Declined(String reason) implements Answer {}

        /** It may have been charged or not. */
        record Unknown(String why) implements Answer {}

        /** What was charged has been given back, or was never charged and never will be. */
        record Reversed() implements Answer {}
    }

    Answer charge(UUID charge, Money amount, int months);

    /**
     * What became of a charge. One that the terminal does not know is {@link Answer.Reversed}: from then on it refuses it, should it still arrive.
     */
    Answer inquire(UUID charge);

    /** {@link Answer.Approved} if it cannot be given back any more. */
    Answer reverse(UUID charge);
}
