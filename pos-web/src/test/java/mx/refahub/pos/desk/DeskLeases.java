package mx.refahub.pos.desk;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.stock.StockLeases;
import mx.refahub.domain.store.Person;

/** Promises in memory, with the cable out: nobody ever answers. */
final class DeskLeases implements StockLeases {
    private final Clock clock;
    private final Map<UUID, Lease> leases = new LinkedHashMap<>();

    DeskLeases(Clock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized Outcome<Lease> ask(Asking asking, Person who) {
        if (!asking.giver().equals(DeskStock.NORTE)) return Outcome.refused("branch-unknown");
        return Outcome.done(leases.computeIfAbsent(
                asking.act(),
                act -> new Lease(
                        act,
                        true,
                        asking.giver(),
                        "NTE",
                        asking.part(),
                        asking.quantity(),
                        null,
                        State.ASKED,
                        asking.ticket(),
                        asking.line(),
                        asking.forWhom(),
                        clock.instant(),
                        who.name(),
                        clock.instant().plus(asking.hold()),
                        "",
                        "",
                        Quantity.of(4),
                        clock.instant().minus(Duration.ofHours(3)),
                        false)));
    }

    @Override
    public synchronized Outcome<Lease> withdraw(UUID lease, String why, Person who) {
        Lease gone = leases.remove(lease);
        return gone == null ? Outcome.refused("lease-unknown") : Outcome.done(gone);
    }

    @Override
    public Outcome<Lease> refuse(UUID lease, String why, Person who) {
        return Outcome.refused("lease-unknown");
    }

    @Override
    public synchronized List<Lease> open() {
        return List.copyOf(leases.values());
    }

    @Override
    public synchronized List<Lease> ofTicket(UUID ticket) {
        return leases.values().stream()
                .filter(lease -> ticket.equals(lease.ticket()))
                .toList();
    }

    @Override
    public synchronized Outcome<Lease> one(UUID lease) {
        Lease there = leases.get(lease);
        return there == null ? Outcome.refused("lease-unknown") : Outcome.done(there);
    }

    @Override
    public Map<PartId, Quantity> promised(Collection<PartId> parts) {
        return Map.of();
    }

    @Override
    public List<Missing> missing(int limit) {
        return List.of();
    }
}
