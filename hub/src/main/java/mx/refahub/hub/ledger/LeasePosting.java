package mx.refahub.hub.ledger;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import mx.refahub.domain.Failure;
import mx.refahub.domain.document.DocumentType;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.wire.LeaseBody;
import mx.refahub.domain.wire.MarketOrderRow;
import mx.refahub.hub.market.OrderSales;
import mx.refahub.hub.proposal.ProposalTable;
import mx.refahub.hub.stock.LeaseTable;
import mx.refahub.hub.stream.Publications;

/** A step of goods that one branch promises another: kept, and told to both. Nothing moves by it. */
final class LeasePosting implements Posting {
    private static final Set<String> OF_ASKER = Set.of("ASKED", "WITHDRAWN");
    private static final Set<String> OF_GIVER = Set.of("RESERVED", "REFUSED", "RELEASED", "SENT");

    private final LeaseTable table;
    private final ProposalTable proposals;
    private final Publications publications;
    private final OrderSales marketOrders;
    private final Bodies bodies;

    LeasePosting(
            LeaseTable table,
            ProposalTable proposals,
            Publications publications,
            OrderSales marketOrders,
            Bodies bodies) {
        this.table = table;
        this.proposals = proposals;
        this.publications = publications;
        this.marketOrders = marketOrders;
        this.bodies = bodies;
    }

    @Override
    public String type() {
        return DocumentType.STOCK_LEASE;
    }

    @Override
    public int schema() {
        return DocumentType.STOCK_LEASE_SCHEMA;
    }

    @Override
    public List<String> post(Landed document) {
        LeaseBody body = bodies.read(document, LeaseBody.class);
        UUID store = document.store().value();
        if (!body.store().equals(store))
            throw Failure.rejected("the lease names another store than the one that sent it");
        if (!OF_ASKER.contains(body.step()) && !OF_GIVER.contains(body.step()))
            throw Failure.rejected("step '" + body.step() + "' is unknown to this hub");
        if (!store.equals(OF_ASKER.contains(body.step()) ? body.asker() : body.giver()))
            throw Failure.rejected("step " + body.step() + " is for the branch at the other end to take");
        if (body.quantity() <= 0 || body.pieces() < 0) throw Failure.rejected("a lease of nothing");
        UUID other = store.equals(body.asker()) ? body.giver() : body.asker();
        if (!table.isStore(other)) throw Failure.rejected("branch " + other + " is unknown to this hub");
        UUID part = proposals.present(store, new UUID[] {body.part()})[0];
        // The counters first, always in this order: their rows order all who change stock.
        long stock = publications.raise(Stream.STOCK);
        long version = publications.raise(Stream.LEASES);
        table.insert(body, part, version);
        if (table.step(body, version) == 0)
            throw Failure.rejected("lease " + body.id() + " stands in the ledger between other branches");
        if (OF_GIVER.contains(body.step())) table.tell(body.giver(), part, stock);
        MarketOrderRow market = body.market();
        if (market != null && body.step().equals("SENT"))
            marketOrders.parcel(market.order(), body.why(), body.number(), body.byName());
        return body.step().equals("SENT") && body.pieces() < body.quantity()
                ? List.of("lease " + body.id() + ": " + body.pieces() + " sent of " + body.quantity()
                        + " asked for, in thousandths")
                : List.of();
    }
}
