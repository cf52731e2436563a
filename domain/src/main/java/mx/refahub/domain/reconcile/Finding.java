package mx.refahub.domain.reconcile;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A document of which the two ends do not say the same.
 *
 * @param store as the store has it; null when it lacks it
 * @param hub as the hub has it; null when it lacks it
 */
public record Finding(
        Kind kind,
        Cell cell,
        long sequence,
        @Nullable Mark store,
        @Nullable Mark hub) {
    public enum Kind {
        /** The hub said that it had it, and has it no more: it is sent again. */
        MISSING_AT_HUB,
        /** The store once wrote it and has it no more: the hub's copy is the truth. */
        MISSING_AT_STORE,
        /** One sequence, two contents. */
        DIFFERS,
        /** Landed, but not in the hub's books: parked, or waiting for its turn. */
        NOT_BOOKED,
        /** The same document, another figure in the books. */
        BOOKED_DIFFERENTLY
    }

    /** Of two marks with one sequence, either of which may be missing; empty if they say the same. */
    static Optional<Finding> of(Cell cell, long sequence, @Nullable Mark store, @Nullable Mark hub) {
        Kind kind = kind(store, hub);
        return kind == null ? Optional.empty() : Optional.of(new Finding(kind, cell, sequence, store, hub));
    }

    private static @Nullable Kind kind(@Nullable Mark store, @Nullable Mark hub) {
        if (hub == null) return store == null ? null : Kind.MISSING_AT_HUB;
        if (store == null) return Kind.MISSING_AT_STORE;
        if (!store.hash().equals(hub.hash())) return Kind.DIFFERS;
        if (Objects.equals(store.amount(), hub.amount())) return null;
        return hub.amount() == null ? Kind.NOT_BOOKED : Kind.BOOKED_DIFFERENTLY;
    }
}
