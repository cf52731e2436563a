package mx.refahub.domain.purchase;

import java.util.List;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.notice.MailDesk;
import mx.refahub.domain.store.Person;

/** Orders that go to their supplier by e-mail, as PDF and as CSV. */
public interface OrderMail {
    /** Letters of an order, the newest first. */
    List<MailDesk.Sent> letters(UUID order);

    /** Whether letters can leave. */
    boolean on();

    /**
     * @param now false: that letter had been written before, and this call wrote none
     * @param earlier letters of the order besides this one
     */
    record Mailed(PurchaseOrder order, boolean now, int earlier) {}

    /**
     * Writes the letter and marks an approved order as sent, both or neither. Asked again with the same letter it answers as before; with another one the order is sent
     * once more.
     *
     * @param letter minted by the screen
     * @param text of the letter; empty: the usual one
     * @return refused: {@code order-unknown}, {@code order-state}, {@code mail-address}, {@code mail-off}, {@code mail-differs}
     */
    Outcome<Mailed> send(UUID order, UUID letter, String to, String text, Person by);
}
