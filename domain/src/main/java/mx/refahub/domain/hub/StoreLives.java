package mx.refahub.domain.hub;

import java.time.Instant;
import java.util.List;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.StoreId;
import org.jspecify.annotations.Nullable;

/**
 * Which machine is a store, from when to when. Each life is an epoch: its own key, its own secrets, its own stretch of the chain. Only the hub grants one,
 * and with it the one before ends. Every act is audited.
 */
public interface StoreLives {
    /** Newest first. */
    List<Life> lives(StoreId store);

    /**
     * @param base sequence after which its documents begin
     * @param folioJump numbers left out at each till; null until the machine has said that it has taken over
     */
    record Life(
            int epoch,
            long base,
            Cause cause,
            String grantedBy,
            Instant grantedAt,
            @Nullable Instant takenAt,
            @Nullable Long folioJump) {}

    enum Cause {
        REGISTERED,
        /** New hardware, with a code from the console. */
        REPLACED,
        /** The disk was older than what the hub has of it. */
        DISK_IS_OLDER,
        /** Two contents under one sequence. */
        CHAIN_DIFFERS,
        /** A second machine spoke for the store while the first was there. */
        COPIED
    }

    /** Machines that say that they are the store and may not go on, the newest first; without those that were discarded. */
    List<Claim> claims(StoreId store);

    /**
     * @param machine what tells it from others, as hexadecimal
     * @param here the last sequence that it has written, {@code hub} how far the hub had the store's documents
     * @param discardable nobody has let it, and it was not heard of for an hour
     */
    record Claim(
            String machine,
            Cause cause,
            long here,
            long hub,
            Instant firstAt,
            Instant lastAt,
            @Nullable Instant grantedAt,
            @Nullable Instant takenAt,
            boolean discardable) {}

    /** A code with which new hardware takes the store over, once, within a day. Refusal: {@code store-unknown}. */
    Outcome<ConsoleAccess.OneTimeCode> replacement(StoreId store, Person by);

    /** This machine is the store from now on, in a new epoch that it takes by itself. Refusal: {@code claim-unknown}. */
    Outcome<Claim> grant(StoreId store, String machine, Person by);

    /**
     * This machine is gone: nobody is asked about it any more. When it is heard of again, it stands there again. Refusals: {@code claim-unknown},
     * {@code claim-heard} (within an hour).
     */
    Outcome<Claim> discard(StoreId store, String machine, Person by);
}
