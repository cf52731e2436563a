package mx.refahub.domain.wire;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code stock-lease}, schema 1: one step of goods that one branch promises another. Every step has all of the promise, so that the hub can take them in
 * any order.
 *
 * @param store who writes it: the asker of {@code ASKED} and {@code WITHDRAWN}, else the giver
 * @param quantity asked for, in thousandths
 * @param ticket and {@code line} that it was asked for, at the asker
 * @param by null where the till did it by itself
 * @param pieces thousandths that were set aside or sent; of the other steps 0
 * @param number of the transfer that went out; of a marketplace's order the parcel's tracking number, and its carrier in {@code why}
 * @param market the order that it is for; null for another branch, and in documents from before there were any
 */
public record LeaseBody(
        UUID id,
        UUID store,
        String step,
        UUID asker,
        UUID giver,
        UUID part,
        long quantity,
        @Nullable UUID ticket,
        @Nullable UUID line,
        String forWhom,
        Instant askedAt,
        String askedBy,
        Instant expiresAt,
        boolean byHub,
        Instant at,
        @Nullable UUID by,
        String byName,
        long pieces,
        String number,
        String why,
        @Nullable MarketOrderRow market) {
    /** For another branch. */
    public LeaseBody(
            UUID id,
            UUID store,
            String step,
            UUID asker,
            UUID giver,
            UUID part,
            long quantity,
            @Nullable UUID ticket,
            @Nullable UUID line,
            String forWhom,
            Instant askedAt,
            String askedBy,
            Instant expiresAt,
            boolean byHub,
            Instant at,
            @Nullable UUID by,
            String byName,
            long pieces,
            String number,
            String why) {
        this(
                id, store, step, asker, giver, part, quantity, ticket, line, forWhom, askedAt, askedBy, expiresAt,
                byHub, at, by, byName, pieces, number, why, null);
    }

    /** For the order, which it names as its ticket. */
    public LeaseBody of(MarketOrderRow order) {
        return new LeaseBody(
                id,
                store,
                step,
                asker,
                giver,
                part,
                quantity,
                order.order(),
                line,
                forWhom,
                askedAt,
                askedBy,
                expiresAt,
                byHub,
                at,
                by,
                byName,
                pieces,
                number,
                why,
                order);
    }
}
