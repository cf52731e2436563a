package mx.refahub.domain.proposal;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.store.Person;
import org.jspecify.annotations.Nullable;

/**
 * Parts made at this branch's counter because the catalogue lacked them. Each can be found and sold here at once, with no network, and is proposed to
 * the hub by a document; the hub's answer comes down later and the part then yields to the one that takes its place. Implemented by the store connector
 * over SQLite.
 */
public interface CounterParts {
    /**
     * Makes a part. The same act again changes nothing and answers as before.
     *
     * <p>Refused: {@code proposal-exists} (naming the part: the catalogue or this counter has this line and number already), {@code proposal-barcode-taken}
     * (naming the part that has the code), {@code store-not-ready}.
     *
     * @param act minted by the screen for this one key press; the part's id until the hub answers
     */
    Outcome<Made> make(UUID act, PartDraft draft, Person who);

    /** The latest, newest first. */
    List<Made> latest(int limit);

    /** @param decision null while the hub has not answered */
    record Made(
            PartId id,
            PartDraft draft,
            Instant at,
            String by,
            @Nullable Decision decision) {}

    /** @param part what takes its place; null where it was refused */
    record Decision(Proposal.Verdict verdict, @Nullable PartId part, String reason, Instant at) {}
}
