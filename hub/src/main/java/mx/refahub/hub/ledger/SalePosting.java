package mx.refahub.hub.ledger;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import mx.refahub.domain.Failure;
import mx.refahub.domain.document.DocumentType;
import mx.refahub.domain.sale.Promised;
import mx.refahub.domain.sale.ReturnOf;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.stock.StockMovement;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.wire.SaleBody;
import mx.refahub.domain.wire.SaleStockBody;
import mx.refahub.hub.credit.CreditLedger;
import mx.refahub.hub.lender.LenderSales;
import mx.refahub.hub.market.OrderSales;
import mx.refahub.hub.price.PriceCheck;
import mx.refahub.hub.proposal.ProposalTable;
import mx.refahub.hub.stock.StockTable;
import mx.refahub.hub.stream.Publications;

/** A sale: ticket, lines, tenders, and the stock that went out. Its figures were made at the till and stay as they are. */
final class SalePosting implements Posting {
    private final SaleTable table;
    private final ProposalTable proposals;
    private final StockTable stock;
    private final AccountBook accounts;
    private final Publications publications;
    private final CreditLedger credits;
    private final PriceCheck prices;
    private final PromiseTable promises;
    private final ReturnBook returns;
    private final NoteTable notes;
    private final OrderSales marketOrders;
    private final LenderSales lenders;
    private final Bodies bodies;

    SalePosting(
            SaleTable table,
            ProposalTable proposals,
            StockTable stock,
            AccountBook accounts,
            Publications publications,
            CreditLedger credits,
            PriceCheck prices,
            PromiseTable promises,
            ReturnBook returns,
            NoteTable notes,
            OrderSales marketOrders,
            LenderSales lenders,
            Bodies bodies) {
        this.table = table;
        this.proposals = proposals;
        this.stock = stock;
        this.accounts = accounts;
        this.publications = publications;
        this.credits = credits;
        this.prices = prices;
        this.promises = promises;
        this.returns = returns;
        this.notes = notes;
        this.marketOrders = marketOrders;
        this.lenders = lenders;
        this.bodies = bodies;
    }

    @Override
    public String type() {
        return DocumentType.SALE;
    }

    @Override
    public int schema() {
        return DocumentType.SALE_SCHEMA;
    }

    @Override
    public List<String> post(Landed document) {
        SaleBody sale = bodies.read(document, SaleBody.class);
        if (!sale.store().equals(document.store().value()))
            throw Failure.rejected("the sale names another store than the one that sent it");
        if (sale.lines().isEmpty()) throw Failure.rejected("a sale without lines");
        List<String> odd = new ArrayList<>(SaleCheck.differences(sale));
        if (odd.isEmpty()) odd.addAll(prices.differences(sale));
        UUID[] back = sale.lines().stream()
                .map(SaleBody.LineBody::returnLine)
                .filter(Objects::nonNull)
                .toArray(UUID[]::new);
        if (back.length > 0) {
            table.lockSold(back);
            table.lockOpenings(back);
        }
        if (table.insert(sale, document.id()) == 0)
            throw Failure.rejected("sale " + sale.id() + " stands in the ledger already, from another document");
        table.insertLines(sale.id(), bodies.rows(sale.lines()));
        if (!sale.tenders().isEmpty()) table.insertTenders(sale.id(), bodies.rows(sale.tenders()));
        Set<UUID> proven = new HashSet<>();
        odd.addAll(returns.post(sale, proven));
        odd.addAll(credits.post(sale));
        odd.addAll(lenders.post(sale));
        SaleBody.NoteBody note = sale.note();
        if (note != null) notes.insertNote(sale.id(), note);
        moveStock(sale, bodies.read(document, SaleStockBody.class).moved());
        SaleBody.PromiseBody promise = sale.promise();
        boolean ofMarket = false;
        if (promise != null && promise.kind().equals(Promised.MARKET)) {
            ofMarket = true;
            odd.addAll(soldAtMarket(sale, promise));
        }
        odd.addAll(accounts.sale(sale, document.id()));
        if (!ofMarket) odd.addAll(PromisePostings.sale(promises, sale, document.id()));
        SaleTable.Twins twins = table.twins(
                sale.id(), sale.store(), sale.register(), sale.folioPrefix(), sale.folioNumber(), sale.invoiceCode());
        for (SaleTable.Overdrawn line :
                back.length == 0 ? List.<SaleTable.Overdrawn>of() : table.overdrawn(sale.id())) {
            if (line.sold() == null && proven.contains(line.line())) continue;
            odd.add(
                    line.sold() == null
                            ? "brings back a line of " + line.folio() + " that this hub does not know"
                            : "brings back a line of " + line.folio() + ": " + line.returned() + " came back of "
                                    + line.sold() + " sold, in thousandths");
        }
        if (twins.folio()) odd.add("folio " + sale.folioPrefix() + "-" + sale.folioNumber() + " came twice");
        if (twins.invoiceCode()) odd.add("invoice code came twice");
        if (twins.register()) odd.add("register " + sale.register() + " is not one of the store's");
        returns.misfits(sale);
        return odd;
    }

    private List<String> soldAtMarket(SaleBody sale, SaleBody.PromiseBody order) {
        long paid = sale.tenders().stream()
                .filter(tender -> tender.kind().equals(Tender.Kind.MARKETPLACE.name()))
                .mapToLong(SaleBody.TenderBody::amount)
                .sum();
        return marketOrders.sold(order.id(), sale.id(), sale.store(), sale.cashierName(), paid);
    }

    /** Core deposits move no stock, and neither does a defective piece that comes back. A movement carries the line's id, at the store as here. */
    private void moveStock(SaleBody sale, List<SaleStockBody.Moved> said) {
        List<Moving> moving =
                sale.lines().stream().mapMulti(SalePosting::moving).toList();
        if (moving.isEmpty()) return;
        // A till from before stock had values says none.
        Map<UUID, SaleStockBody.Moved> figures =
                said.stream().collect(Collectors.toMap(SaleStockBody.Moved::line, one -> one, (one, other) -> one));
        List<SaleStockBody.Moved> moved = moving.stream()
                .map(move -> figures.getOrDefault(
                        move.line().id(), new SaleStockBody.Moved(move.line().id(), "", 0, 0)))
                .toList();
        // The counter first: its row orders all who change stock, so that no two wait for each other crosswise.
        long version = publications.raise(Stream.STOCK);
        UUID[] parts = proposals.present(
                sale.store(), moving.stream().map(move -> move.line().part()).toArray(UUID[]::new));
        StockTable.Movements movements = new StockTable.Movements(
                sale.store(),
                sale.id(),
                sale.soldAt(),
                moving.stream().map(move -> move.kind().name()).toArray(String[]::new),
                moving.stream().map(move -> move.line().id()).toArray(UUID[]::new),
                parts,
                moving.stream().map(move -> -move.line().quantity()).toArray(Long[]::new),
                moved.stream().map(SaleStockBody.Moved::bin).toArray(String[]::new),
                moved.stream().map(SaleStockBody.Moved::value).toArray(Long[]::new),
                moved.stream().map(SaleStockBody.Moved::variance).toArray(Long[]::new));
        stock.insertMovements(movements);
        stock.sum(movements, version);
        stock.sumBins(movements);
    }

    private record Moving(StockMovement.Kind kind, SaleBody.LineBody line) {}

    private static void moving(SaleBody.LineBody line, Consumer<Moving> moves) {
        StockMovement.Kind kind = switch (line.kind()) {
            case "PART" -> StockMovement.Kind.SALE;
            case "RETURN" -> backToStock(line) ? StockMovement.Kind.RETURN : null;
            default -> null;
        };
        if (kind != null) moves.accept(new Moving(kind, line));
    }

    private static boolean backToStock(SaleBody.LineBody line) {
        String reason = line.returnReason();
        return reason != null
                && Arrays.stream(ReturnOf.Reason.values())
                        .anyMatch(known -> known.name().equals(reason) && known.backToStock());
    }
}
