package mx.refahub.domain.erp;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What goes to a target that is spoken to: one delivery for each posting, written with the export that made it, in its transaction. A sender claims some,
 * loads them, settles them; one that dies loses its claim by time, and the next asks the ERP by reference first.
 */
public interface ErpClaims {
    /** Targets of which something is due now. */
    List<ErpTarget> due();

    /** What one sender has taken for itself. @param ours references */
    record Claim(UUID token, ErpTarget target, int count) {}

    /** Takes what is due, oldest first; empty if nothing is. */
    Optional<Claim> claim(ErpTarget target, int most);

    /** Something of it is not settled, and the claim has not run out. */
    boolean isOpen(UUID token);

    /** What is not settled of a claim, and its target. */
    record Load(UUID token, ErpTarget target, List<Posting> postings) {
        public Load {
            postings = List.copyOf(postings);
        }
    }

    Load load(UUID token);

    /** @param took how long the call took that brought it, in milliseconds */
    record Settled(String reference, Delivery delivery, long took) {}

    /** Writes down what became of a claim; what is settled by now stays. One that is to be tried again waits, longer each time. */
    void settle(UUID token, List<Settled> outcomes);

    /** Every exchange as it went. */
    void journal(ErpTarget target, List<Settled> outcomes);
}
