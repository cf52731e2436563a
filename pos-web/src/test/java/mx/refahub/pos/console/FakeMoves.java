package mx.refahub.pos.console;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.stock.BranchClosing;
import mx.refahub.domain.stock.StockRequests;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.StoreId;
import org.jspecify.annotations.Nullable;

/** One part sold twice at Norte, four of it at Sur; a branch with stock, which does not close. */
final class FakeMoves implements StockRequests, BranchClosing {
    static final Branch NORTE = new Branch(UUID.fromString("01890000-0000-7000-8000-00000000000b"), "NTE");
    static final Branch SUR = new Branch(UUID.fromString("01890000-0000-7000-8000-00000000000d"), "SUR");
    static final Named PLUG =
            new Named(UUID.fromString("01890000-0000-7000-8000-0000000000f1"), "NGK", "BKR6E-11", "Bujía");

    final List<Request> asked = new ArrayList<>();
    private @Nullable Instant closedAt;
    long left = 3;

    @Override
    public List<Proposal> proposals(int limit) {
        return List.of(new Proposal(SUR, NORTE, PLUG, Quantity.of(3), Quantity.of(4), Quantity.ZERO, !asked.isEmpty()));
    }

    @Override
    public Outcome<UUID> request(Request request, Person who) {
        if (request.from().equals(request.to())) return Outcome.refused("branch-own");
        if (!asked.contains(request)) asked.add(request);
        return Outcome.done(request.act());
    }

    @Override
    public List<Case> cases(int limit) {
        return List.of(new Case(
                null,
                Trouble.NEGATIVE,
                NORTE,
                null,
                PLUG,
                Quantity.ONE,
                "",
                "",
                Instant.EPOCH,
                Quantity.ZERO,
                List.of(new Source(SUR, Quantity.of(4), Instant.EPOCH))));
    }

    @Override
    public List<Lease> leases(int limit) {
        return List.of();
    }

    @Override
    public Outcome<UUID> withdraw(UUID lease, String why, Person who) {
        return Outcome.refused("lease-unknown");
    }

    @Override
    public Outcome<State> state(StoreId store) {
        return Outcome.done(new State(
                store,
                "NTE",
                "Norte",
                closedAt,
                closedAt == null ? null : "Ana",
                "",
                Instant.EPOCH,
                List.of(new Left(Step.STOCK, left, List.of("NGK BKR6E-11: 3")))));
    }

    @Override
    public Outcome<State> close(StoreId store, String reason, Person who) {
        if (left > 0) return Outcome.refused("branch-not-empty", Step.STOCK.name());
        closedAt = Instant.EPOCH;
        return state(store);
    }

    @Override
    public Outcome<State> reopen(StoreId store, String reason, Person who) {
        closedAt = null;
        return state(store);
    }
}
