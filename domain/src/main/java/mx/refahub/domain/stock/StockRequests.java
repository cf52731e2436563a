package mx.refahub.domain.stock;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.store.Person;
import org.jspecify.annotations.Nullable;

/** Goods from branch to branch as seen from the whole company: what should move, what was asked for, and what somebody has to see to. */
public interface StockRequests {
    /** How long a branch has to send what the company asks it for. */
    Duration HOLD = Duration.ofDays(7);

    record Named(UUID part, String lineCode, String partNumber, String name) {}

    record Branch(UUID id, String code) {}

    /**
     * Stands idle at one branch and lacks at another, by the last run of reorder-alerts.
     *
     * @param spare what stands at {@code from} now, less what is promised
     * @param onHand at {@code to}
     * @param asked a request for it is open already
     */
    record Proposal(
            Branch from, Branch to, Named part, Quantity quantity, Quantity spare, Quantity onHand, boolean asked) {}

    /** Most needed first. */
    List<Proposal> proposals(int limit);

    /** @param act the request's id: the same again answers as before */
    record Request(UUID act, UUID from, UUID to, PartId part, Quantity quantity) {}

    /** @return refused: {@code branch-unknown}, {@code branch-own}, {@code part-unknown}, {@code stock-quantity-not-positive}, {@code stock-act-differs} */
    Outcome<UUID> request(Request request, Person who);

    enum Trouble {
        /** Less than nothing stands there: more was sold than there was. */
        NEGATIVE,
        /** Asked for, and not or not all of it there any more. */
        SHORT,
        /** Set aside, and sold there all the same: less stands there than is promised. */
        OVERSOLD,
        REFUSED,
        /** Not sent in its time. */
        LAPSED
    }

    /** @param free on hand, less what is promised */
    record Source(Branch branch, Quantity free, Instant asOf) {}

    /**
     * @param id of the lease; null for {@link Trouble#NEGATIVE}
     * @param store the branch that lacks it
     * @param other the branch that was asked
     * @param quantity that is lacking
     * @param onOrder of it, at suppliers, for that branch
     * @param from who has it, most first, at most five
     */
    record Case(
            @Nullable UUID id,
            Trouble trouble,
            Branch store,
            @Nullable Branch other,
            Named part,
            Quantity quantity,
            String forWhom,
            String why,
            Instant since,
            Quantity onOrder,
            List<Source> from) {
        public Case {
            from = List.copyOf(from);
        }
    }

    /** Oldest first. */
    List<Case> cases(int limit);

    record Lease(
            UUID id,
            Branch asker,
            Branch giver,
            Named part,
            Quantity quantity,
            @Nullable Quantity reserved,
            StockLeases.State state,
            String forWhom,
            String askedBy,
            boolean byHub,
            Instant askedAt,
            Instant expiresAt) {}

    /** Those that neither were sent nor withdrawn, newest first. */
    List<Lease> leases(int limit);

    /** Takes a promise back for the branch that asked, or says that its case is seen to. */
    Outcome<UUID> withdraw(UUID lease, String why, Person who);
}
