package mx.refahub.domain.stock;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.store.Person;
import org.jspecify.annotations.Nullable;

/**
 * Goods of another branch's that are promised here, and of this one's that are promised there. Asking works with the hub unreachable; until the other branch has
 * answered nothing is set aside. The answer is given there by itself, and a promise lapses at its time on both sides, with a network or without.
 */
public interface StockLeases {
    Duration SHORTEST = Duration.ofHours(1);
    Duration LONGEST = Duration.ofDays(14);
    Duration USUAL = Duration.ofDays(2);

    enum State {
        /** The other branch has not answered. */
        ASKED,
        RESERVED,
        /** Less is set aside than was asked for, or nothing: sold meanwhile. */
        SHORT,
        REFUSED,
        SENT,
        WITHDRAWN,
        LAPSED
    }

    /** @param ticket whose line it is for, with {@code line}; null for none */
    record Asking(
            UUID act,
            UUID giver,
            PartId part,
            Quantity quantity,
            @Nullable UUID ticket,
            @Nullable UUID line,
            String forWhom,
            Duration hold) {}

    /**
     * @param asking whether this branch asked; else it gives
     * @param other the branch at the other end
     * @param reserved null while nobody has answered
     * @param onHand at the giver: by its own books here, else as the hub told last
     * @param asOf age of {@code onHand}; null for the own branch
     * @param oversold less stands at the giver than is promised there
     */
    record Lease(
            UUID id,
            boolean asking,
            UUID other,
            String otherCode,
            PartId part,
            Quantity quantity,
            @Nullable Quantity reserved,
            State state,
            @Nullable UUID ticket,
            @Nullable UUID line,
            String forWhom,
            Instant askedAt,
            String askedBy,
            Instant expiresAt,
            String number,
            String why,
            Quantity onHand,
            @Nullable Instant asOf,
            boolean oversold) {
        /** Somebody has to do something about it. */
        public boolean isCase() {
            return oversold || asking && (state == State.SHORT || state == State.REFUSED || state == State.LAPSED);
        }
    }

    /**
     * The same act again answers as before.
     *
     * @return refused: {@code branch-unknown}, {@code branch-own}, {@code lease-hold}, {@code part-unknown}, {@code stock-quantity-not-positive}
     */
    Outcome<Lease> ask(Asking asking, Person who);

    /** By the asker: it is not wanted any more, or what became of it has been seen to. What was set aside is free once the giver hears of it. */
    Outcome<Lease> withdraw(UUID lease, String why, Person who);

    /** By the giver. */
    Outcome<Lease> refuse(UUID lease, String why, Person who);

    /** What is open on either side, and what ended otherwise than it was asked for and nobody has seen to, newest first. */
    List<Lease> open();

    /** Those of a ticket's lines, whatever became of them. */
    List<Lease> ofTicket(UUID ticket);

    /** @return refused: {@code lease-unknown} */
    Outcome<Lease> one(UUID lease);

    /** What of these parts is set aside here for others; absent where nothing is. */
    Map<PartId, Quantity> promised(Collection<PartId> parts);

    /**
     * A part of which less than nothing stands here: more was sold than there was.
     *
     * @param elsewhere what other branches have free of it, most first
     */
    record Missing(PartId part, Quantity onHand, Instant since, List<StockDesk.AtBranch> elsewhere) {}

    /** At most {@code limit}, the worst first. */
    List<Missing> missing(int limit);
}
