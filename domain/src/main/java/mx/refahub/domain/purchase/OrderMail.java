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
     * Writes the letter and marks an approved order as sent, both or neither. An order that was sent before is sent again.
     *
     * @param text of the letter; empty: the usual one
     * @return refused: {@code order-unknown}, {@code order-state}, {@code mail-address}, {@code mail-off}
     */
    Outcome<PurchaseOrder> send(UUID order, String to, String text, Person by);
}
