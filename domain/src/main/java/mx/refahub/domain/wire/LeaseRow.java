package mx.refahub.domain.wire;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Row of the leases stream: goods of one branch that another asked for, as the hub has heard of it, to both of them. It lapses at {@code expiresAt} by itself.
 *
 * @param quantity asked for, in thousandths
 * @param byHub the console asked for the branch
 * @param reserved what the giver could set aside; null while it has not answered
 * @param sent what went out with the transfer {@code number}; null while nothing did
 * @param ticket that it was asked for, with {@code line}, at the asker; of a marketplace the order's id
 * @param market what it is set aside for, to the branch that sells it; null for another branch
 * @param why the giver's or the asker's reason for ending it
 */
public record LeaseRow(
        UUID id,
        UUID asker,
        String askerCode,
        UUID giver,
        String giverCode,
        UUID part,
        long quantity,
        @Nullable UUID ticket,
        @Nullable UUID line,
        String forWhom,
        String askedBy,
        boolean byHub,
        Instant askedAt,
        Instant expiresAt,
        @Nullable Long reserved,
        boolean refused,
        boolean withdrawn,
        @Nullable Long sent,
        @Nullable String number,
        String why,
        @Nullable MarketOrderRow market) {
    /** For another branch. */
    public LeaseRow(
            UUID id,
            UUID asker,
            String askerCode,
            UUID giver,
            String giverCode,
            UUID part,
            long quantity,
            @Nullable UUID ticket,
            @Nullable UUID line,
            String forWhom,
            String askedBy,
            boolean byHub,
            Instant askedAt,
            Instant expiresAt,
            @Nullable Long reserved,
            boolean refused,
            boolean withdrawn,
            @Nullable Long sent,
            @Nullable String number,
            String why) {
        this(
                id, asker, askerCode, giver, giverCode, part, quantity, ticket, line, forWhom, askedBy, byHub, askedAt,
                expiresAt, reserved, refused, withdrawn, sent, number, why, null);
    }
}
