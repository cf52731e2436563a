package mx.refahub.hub.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import mx.refahub.domain.Failure;
import mx.refahub.domain.document.DocumentType;
import mx.refahub.domain.stock.StockMovement;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.wire.StockBody;
import mx.refahub.hub.proposal.ProposalTable;
import mx.refahub.hub.purchase.OrderReceipts;
import mx.refahub.hub.stock.StockTable;
import mx.refahub.hub.stream.Publications;
import org.jspecify.annotations.Nullable;

/**
 * A document of stock: its movements to the ledger with the store's own figures, and a transfer's two ends tied together by its number. The receiving end may come
 * first: the sending one then settles it.
 */
final class StockPosting implements Posting {
    private final String type;
    private final StockMovement.Kind kind;
    private final StockTable table;
    private final ProposalTable proposals;
    private final OrderReceipts orders;
    private final Publications publications;
    private final Bodies bodies;

    private StockPosting(
            String type,
            StockMovement.Kind kind,
            StockTable table,
            ProposalTable proposals,
            OrderReceipts orders,
            Publications publications,
            Bodies bodies) {
        this.type = type;
        this.kind = kind;
        this.table = table;
        this.proposals = proposals;
        this.orders = orders;
        this.publications = publications;
        this.bodies = bodies;
    }

    static List<Posting> all(
            StockTable table, ProposalTable proposals, OrderReceipts orders, Publications publications, Bodies bodies) {
        return List.of(
                new StockPosting(
                        DocumentType.STOCK_RECEIPT,
                        StockMovement.Kind.RECEIPT,
                        table,
                        proposals,
                        orders,
                        publications,
                        bodies),
                new StockPosting(
                        DocumentType.STOCK_TRANSFER_OUT,
                        StockMovement.Kind.TRANSFER_OUT,
                        table,
                        proposals,
                        orders,
                        publications,
                        bodies),
                new StockPosting(
                        DocumentType.STOCK_TRANSFER_IN,
                        StockMovement.Kind.TRANSFER_IN,
                        table,
                        proposals,
                        orders,
                        publications,
                        bodies),
                new StockPosting(
                        DocumentType.STOCK_COUNT,
                        StockMovement.Kind.COUNT,
                        table,
                        proposals,
                        orders,
                        publications,
                        bodies),
                new StockPosting(
                        DocumentType.STOCK_ADJUSTMENT,
                        StockMovement.Kind.ADJUSTMENT,
                        table,
                        proposals,
                        orders,
                        publications,
                        bodies));
    }

    @Override
    public String type() {
        return type;
    }

    @Override
    public int schema() {
        return DocumentType.STOCK_SCHEMA;
    }

    @Override
    public List<String> post(Landed document) {
        StockBody body = bodies.read(document, StockBody.class);
        if (!body.store().equals(document.store().value()))
            throw Failure.rejected("the document names another store than the one that sent it");
        if (!body.kind().equals(kind.name()))
            throw Failure.rejected("a document of type '" + type + "' says that it is a " + body.kind());
        if (body.lines().isEmpty()) throw Failure.rejected("a document of stock without lines");
        // The counters first, always in this order: their rows order all who change stock.
        long version = publications.raise(Stream.STOCK);
        if (table.insert(body, document.id()) == 0)
            throw Failure.rejected(
                    "document " + body.id() + " stands in the ledger already, from another document of the store");
        table.insertLines(body.id(), body.lines());
        List<StockBody.LineBody> moving =
                body.lines().stream().filter(line -> line.quantity() != 0).toList();
        if (!moving.isEmpty()) {
            StockTable.Movements movements = movements(body, moving);
            table.insertMovements(movements);
            table.sum(movements, version);
            table.sumBins(movements);
        }
        List<String> odd = new ArrayList<>();
        // It had not heard of it yet: what it wrote happened all the same.
        if (!table.isOpen(body.store())) odd.add("written by a branch that is closed");
        switch (kind) {
            case TRANSFER_OUT, TRANSFER_IN -> odd.addAll(tie(body));
            case RECEIPT -> orders.tie(body, List.of(parts(body, body.lines())));
            case COUNT, ADJUSTMENT, OPENING, SALE, RETURN, MERGED -> {}
        }
        return odd;
    }

    private StockTable.Movements movements(StockBody body, List<StockBody.LineBody> lines) {
        return new StockTable.Movements(
                body.store(),
                body.id(),
                body.at(),
                lines.stream().map(line -> kind.name()).toArray(String[]::new),
                lines.stream().map(StockBody.LineBody::id).toArray(UUID[]::new),
                parts(body, lines),
                numbers(lines, StockBody.LineBody::quantity),
                lines.stream().map(StockBody.LineBody::bin).toArray(String[]::new),
                numbers(lines, StockBody.LineBody::value),
                numbers(lines, StockBody.LineBody::variance));
    }

    private UUID[] parts(StockBody body, List<StockBody.LineBody> lines) {
        return proposals.present(
                body.store(), lines.stream().map(StockBody.LineBody::part).toArray(UUID[]::new));
    }

    private static Long[] numbers(List<StockBody.LineBody> lines, Function<StockBody.LineBody, Long> figure) {
        return lines.stream().map(figure).toArray(Long[]::new);
    }

    private List<String> tie(StockBody body) {
        if (body.number().isBlank()) throw Failure.rejected("a transfer without its number");
        boolean out = kind == StockMovement.Kind.TRANSFER_OUT;
        List<String> odd = new ArrayList<>();
        UUID to = body.to();
        if (out && to == null) throw Failure.rejected("a transfer that goes nowhere");
        table.tie(
                body.number(),
                out ? body.store() : null,
                to,
                out ? body.at() : null,
                out ? null : body.at(),
                publications.raise(Stream.TRANSFERS));
        table.tieLines(
                body.number(),
                body.lines().stream().map(StockBody.LineBody::part).toArray(UUID[]::new),
                numbers(body.lines(), line -> out ? -line.quantity() : 0),
                numbers(body.lines(), line -> out ? -line.value() : 0),
                numbers(body.lines(), line -> out ? 0 : line.quantity()),
                numbers(body.lines(), line -> out ? 0 : line.value() + line.variance()),
                numbers(body.lines(), StockBody.LineBody::lost),
                numbers(body.lines(), StockBody.LineBody::lostValue));
        if (out && to != null && !table.isOpen(to)) odd.add("goes to a branch that is closed or unknown: " + to);
        if (out && table.sentTwice(body.number(), body.id())) odd.add("transfer " + body.number() + " was sent twice");
        StockTable.Ends ends = table.ends(body.number());
        if (out && to != null)
            for (String code : table.arrivedElsewhere(body.number(), body.store(), to))
                odd.add("transfer " + body.number() + " had arrived at branch " + code + ", which it was not sent to");
        if (!out && isElsewhere(ends, body.store()))
            odd.add("transfer " + body.number() + " arrived at a branch that it was not sent to");
        for (StockTable.Overrun line : table.overruns(body.number()))
            odd.add("transfer " + body.number() + ": " + line.arrived() + " arrived of " + line.sent()
                    + " sent, in thousandths, of part " + line.part());
        return odd;
    }

    private static boolean isElsewhere(StockTable.Ends ends, UUID store) {
        @Nullable UUID from = ends.fromStore();
        @Nullable UUID to = ends.toStore();
        return from != null && !store.equals(from) && !store.equals(to);
    }
}
