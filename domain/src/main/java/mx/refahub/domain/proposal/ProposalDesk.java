package mx.refahub.domain.proposal;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.store.Person;

/**
 * Decides at the hub what becomes of a branch's own parts. A decision is one transaction: the verdict, the stock of the branch, which goes to the part that
 * takes the place, and the versions of the streams that bring both down. Sales that were made stay as they are; those still on their way by the old id move
 * the new part's stock. What is decided stays decided.
 *
 * <p>Refusals: {@code proposal-unknown}; {@code proposal-decided} (naming the part in its place) and {@code proposal-refused} (naming why) unless it is the very same decision again, which is answered as
 * before; {@code part-unknown}, {@code proposal-part-removed} for the part named; {@code reason-missing}, {@code reason-too-long}.
 */
public interface ProposalDesk {
    int MAX_REASON = 200;

    /** Open ones, the oldest first, or decided ones, the latest first. */
    List<Proposal> list(boolean decided, int limit);

    long open();

    Optional<Proposal> one(UUID id);

    /** It is this part of the catalogue. */
    Outcome<Proposal> merge(UUID id, PartId part, Person by);

    /** The catalogue has it now as this part, which was just made. */
    Outcome<Proposal> added(UUID id, PartId part, Person by);

    Outcome<Proposal> refuse(UUID id, String reason, Person by);
}
