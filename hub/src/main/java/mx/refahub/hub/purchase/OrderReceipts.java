package mx.refahub.hub.purchase;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import mx.refahub.domain.notice.Audience;
import mx.refahub.domain.notice.Language;
import mx.refahub.domain.notice.NoticeEvent;
import mx.refahub.domain.notice.Telling;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.purchase.PurchaseOrders.What;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.wire.StockBody;
import mx.refahub.hub.stream.Publications;

/**
 * Ties a receipt to the order that it names, inside the transaction that posts the receipt. Nothing is refused: the goods are on the shelf. What is otherwise than
 * ordered is flagged.
 */
public final class OrderReceipts {
    private static final int MOST_TOLD = 40;

    private final OrderTable table;
    private final SupplierCoreBook cores;
    private final Telling telling;
    private final Publications publications;

    OrderReceipts(OrderTable table, SupplierCoreBook cores, Telling telling, Publications publications) {
        this.table = table;
        this.cores = cores;
        this.telling = telling;
        this.publications = publications;
    }

    /** @param parts of the body's lines, in their order, as the catalogue has them now */
    public void tie(StockBody body, List<UUID> parts) {
        StockBody.LandedBody landed = body.landed();
        if (landed != null) {
            table.insertLanded(body.id(), landed.freight(), landed.duty(), landed.other(), landed.by());
            table.insertLandedLines(body.id(), landed.shares().toArray(Long[]::new));
        }
        StockBody.OrderBody named = body.order();
        if (named == null) {
            cores.bought(body, null, parts);
            return;
        }
        long version = publications.raise(Stream.ORDERS);
        OrderTable.HeadRow order =
                table.lockNamed(named.id(), named.number()).flatMap(table::head).orElse(null);
        cores.bought(body, order == null ? null : order.supplierId(), parts);
        StockBody.SurplusBody kept = body.surplus();
        table.insertReceipt(
                body.id(),
                order == null ? null : order.id(),
                named.number(),
                named.invoice(),
                kept == null ? "" : kept.byName(),
                kept == null ? "" : kept.reason());
        if (order == null) {
            table.addDifference(body.id(), null, What.ORDER_UNKNOWN.name(), body.at());
            return;
        }
        UUID[] received = parts.toArray(UUID[]::new);
        Long[] quantities =
                body.lines().stream().map(StockBody.LineBody::quantity).toArray(Long[]::new);
        String[] costs = body.lines().stream()
                .map(line -> line.unitCost().isEmpty() ? "0" : line.unitCost())
                .toArray(String[]::new);
        boolean sameCurrency = body.currency().equals(order.currency());
        table.receive(order.id(), received, quantities);
        table.findDifferences(body.id(), order.id(), received, quantities, costs, sameCurrency, body.at());
        if (!sameCurrency) table.addDifference(body.id(), order.id(), What.CURRENCY.name(), body.at());
        if (!body.store().equals(order.storeId()))
            table.addDifference(body.id(), order.id(), What.OTHER_BRANCH.name(), body.at());
        if (order.cancelledAt() != null || order.closedAt() != null)
            table.addDifference(body.id(), order.id(), What.ORDER_ENDED.name(), body.at());
        if (order.sentAt() == null) table.addDifference(body.id(), order.id(), What.NOT_SENT.name(), body.at());
        UUID invoice = named.invoice();
        if (invoice != null) {
            table.cameBy(invoice, body.at());
            table.forgetInvoiced(invoice);
            table.findInvoiced(body.id(), order.id(), invoice, body.at());
        }
        table.move(order.id(), body.at(), version);
        if (sameCurrency) table.noteCosts(order.supplierId(), received, costs, body.at());
        tell(order, body);
    }

    /** Who made the order and who sent it hear of each receipt; about the receipt, so that the order's own letters stay those to its supplier. */
    private void tell(OrderTable.HeadRow order, StockBody body) {
        List<UUID> buyers = table.people(order.id());
        if (buyers.isEmpty()) return;
        String lines = body.lines().stream()
                .limit(MOST_TOLD)
                .map(line -> "• " + line.lineCode() + " " + line.partNumber() + ": "
                        + new Quantity(line.quantity()).text() + " " + line.description())
                .collect(Collectors.joining("\n"));
        telling.tell(
                NoticeEvent.PO_RECEIVED,
                new Audience(Set.of(), buyers, List.of()),
                Language.ES,
                body.id(),
                Map.of(
                        "order",
                        order.number(),
                        "supplier",
                        table.supplierName(order.supplierId()),
                        "store",
                        order.storeName(),
                        "lines",
                        body.lines().size() > MOST_TOLD
                                ? lines + "\n• … +" + (body.lines().size() - MOST_TOLD)
                                : lines,
                        "link",
                        "/console/purchasing/orders/" + order.id()));
    }
}
