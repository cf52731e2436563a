package mx.refahub.domain.erp;

import java.util.Optional;

/** A target that is called. An entry has one effect there, however often it is sent: who does not know what became of a call asks by our reference first. */
public interface ErpGateway {
    ErpTarget target();

    /**
     * The target's own id of the entry with our reference; empty if it has none.
     *
     * @throws mx.refahub.domain.Failure {@code RETRYABLE} if it does not answer
     */
    Optional<String> find(String reference);

    /**
     * @return the target's own id of the new entry
     * @throws mx.refahub.domain.Failure {@code RETRYABLE} if it is not known whether the entry is there, or the target asks to wait; {@code REJECTED} with
     *     its sentence if it refuses the entry
     */
    String post(JournalEntry entry);
}
