package mx.refahub.domain.message;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.StoreId;
import org.jspecify.annotations.Nullable;

/**
 * Acts on landed documents that could not be applied. A document itself is never changed: what is applied instead of it is an amendment, a record of its own.
 * What touches money ({@link mx.refahub.domain.document.MoneyDocuments}) needs a second person. Every act is audited and is one transaction; the same call
 * again, with the same id, is answered as the first. Implemented at the hub over PostgreSQL.
 *
 * <p>Refused with {@code message-unknown}, {@code message-not-parked} (it is no longer there to act on), {@code message-proposal-open} (somebody else's
 * proposal waits), {@code reason-needed}.
 */
public interface MessageDesk {
    int MOST_AT_ONCE = 1_000;

    /** What happened to a document and why; empty if there is no such document. */
    Optional<History> history(UUID document);

    /**
     * @param acknowledgedAt when a heartbeat of its store last said that it knows the document to be here; null: not told yet
     * @param needsSecond whether acts on it wait for a second person
     */
    record History(
            List<Act> acts,
            List<Amendment> amendments,
            @Nullable Instant acknowledgedAt,
            boolean needsSecond) {
        public History {
            acts = List.copyOf(acts);
            amendments = List.copyOf(amendments);
        }
    }

    record Act(Instant at, String who, String what, String reason) {}

    enum Kind {
        EDIT,
        DISCARD
    }

    enum Verdict {
        APPROVED,
        REFUSED
    }

    /**
     * @param bodyBefore what would have been applied
     * @param body what is applied instead; null for a discard
     * @param verdict null while it waits for a second person
     */
    record Amendment(
            UUID id,
            UUID document,
            String documentType,
            String storeName,
            @Nullable UUID batch,
            Kind kind,
            String reason,
            String bodyBefore,
            @Nullable String body,
            boolean needsSecond,
            Instant proposedAt,
            UUID proposedBy,
            String proposedByName,
            @Nullable Instant decidedAt,
            @Nullable String decidedByName,
            @Nullable Verdict verdict,
            @Nullable String verdictReason) {}

    /** Tried again with what stands now. One that is no longer parked is left as it is. */
    Outcome<UUID> retry(UUID document, Person by);

    /** All that are parked of one key, in their order; those behind follow by themselves. @return how many */
    Outcome<Integer> retry(StoreId store, String key, Person by);

    /** Refused besides with {@code message-body-unreadable} and {@code message-unchanged}. */
    Outcome<Amendment> edit(UUID amendment, UUID document, String body, String reason, Person by);

    /** It will not be applied. What comes after it goes on, and reconciliation counts it as settled. Also one that waits for another. */
    Outcome<Amendment> discard(UUID amendment, UUID document, String reason, Person by);

    /** Oldest first. */
    List<Amendment> waiting(int most);

    /** Refused with {@code second-person-needed} for whoever proposed it, {@code amendment-decided} if another came first, {@code amendment-unknown}. */
    Outcome<Amendment> approve(UUID amendment, Person by);

    /** Also by whoever proposed it: then it is withdrawn. */
    Outcome<Amendment> refuse(UUID amendment, String reason, Person by);

    /** Empty fields do not filter. */
    record ParkedFilter(
            @Nullable StoreId store,
            String type,
            String key,
            String text,
            @Nullable Instant from,
            @Nullable Instant until) {}

    /** Parked documents that a bulk act would take, counted up to one beyond the most; {@code money} of them need a second person. */
    record Count(int documents, int money) {}

    Outcome<Count> count(ParkedFilter filter);

    enum BulkAct {
        RETRY,
        DISCARD
    }

    /**
     * All at once or none.
     *
     * @param expected as counted: refused with {@code message-count-changed} if it is another by now, {@code message-too-many} beyond {@link #MOST_AT_ONCE}
     */
    Outcome<Batch> bulk(UUID batch, BulkAct act, ParkedFilter filter, int expected, String reason, Person by);

    /** All of a batch that wait for a second person. */
    Outcome<Batch> approveBatch(UUID batch, Person by);

    /** Newest first. */
    List<Batch> batches(int most);

    /** @param toCome not applied yet; {@code parkedAgain} and {@code waiting} need a person */
    record Batch(
            UUID id,
            BulkAct act,
            String reason,
            Instant startedAt,
            UUID startedBy,
            String startedByName,
            int documents,
            int applied,
            int discarded,
            int parkedAgain,
            int waiting,
            int toCome) {}

    /** What stores sent and no document could be made of, newest first. */
    List<Aside> asides(@Nullable UUID before, int most);

    /** @param why the words of whoever put it aside, for support; what it means is {@code cause} */
    record Aside(
            UUID id,
            @Nullable String storeName,
            AsideCause cause,
            String why,
            Instant receivedAt,
            int bytes,
            String preview) {}

    enum AsideCause {
        /** Two histories of one store, as of a disk that was copied or put back; the store is frozen. */
        FORK,
        /** From a store that is frozen. */
        FROZEN,
        /** A document of another store. */
        FOREIGN,
        /** Of a time of the store that is over, since it moved to another machine. */
        WRONG_EPOCH,
        /** Changed on its way, or not signed by the store. */
        NOT_AUTHENTIC,
        /** Sent by somebody who is no store. */
        NO_STORE,
        /** Nothing that a store's program writes, or not all of it. */
        NO_FRAME
    }

    /** Nothing is deleted: it is evidence. Refused with {@code message-unknown} if it is not there or settled. */
    Outcome<UUID> settleAside(UUID aside, String reason, Person by);
}
