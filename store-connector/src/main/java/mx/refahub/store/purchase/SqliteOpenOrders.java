package mx.refahub.store.purchase;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.purchase.OpenOrders;
import mx.refahub.domain.wire.OrderRow;
import mx.refahub.store.sqlite.SqliteFile;
import tools.jackson.databind.json.JsonMapper;

/** The hub's orders out of reference.db, with what sales.db says has come in here. */
public final class SqliteOpenOrders implements OpenOrders {
    private final SqliteFile sales;
    private final SqliteFile reference;
    private final JsonMapper json;

    public SqliteOpenOrders(SqliteFile sales, SqliteFile reference, JsonMapper json) {
        this.sales = sales;
        this.reference = reference;
        this.json = json;
    }

    @Override
    public List<Order> open() {
        return reference
                .read(session -> session.all("""
                        select body
                        from purchase_order
                        """, row -> json.readValue(row.text("body"), OrderRow.class)))
                .stream()
                .filter(row -> !row.done())
                .map(this::order)
                .filter(order ->
                        order.lines().stream().anyMatch(line -> line.open().isPositive()))
                .sorted(Comparator.comparing(Order::sentAt).thenComparing(Order::number))
                .toList();
    }

    @Override
    public Optional<Order> one(UUID id) {
        return reference
                .read(session -> session.first("""
                        select body
                        from purchase_order
                        where id = ?
                        """, row -> json.readValue(row.text("body"), OrderRow.class), id))
                .map(this::order);
    }

    @Override
    public Optional<Order> named(String number) {
        return reference
                .read(session -> session.first("""
                        select body
                        from purchase_order
                        where number = ?
                        """, row -> json.readValue(row.text("body"), OrderRow.class), number))
                .map(this::order);
    }

    private Order order(OrderRow row) {
        Map<UUID, Long> here = new HashMap<>();
        sales.read(
                session -> session.all("""
                select part_id, received
                from purchase_received
                where order_id = ?
                """, each -> here.put(each.id("part_id"), each.number("received")), row.id()));
        List<OrderRow.ExpectedRow> told = row.expected() == null ? List.of() : row.expected();
        return new Order(
                row.id(),
                row.number(),
                row.supplier(),
                Currency.getInstance(row.currency()),
                new BigDecimal(row.rate()),
                row.sentAt(),
                row.expectedOn(),
                row.lines().stream()
                        .map(line -> new Line(
                                new PartId(line.part()),
                                line.theirNumber(),
                                new Quantity(line.ordered()),
                                new Quantity(Math.max(line.received(), here.getOrDefault(line.part(), 0L))),
                                new BigDecimal(line.cost())))
                        .toList(),
                told.stream()
                        .filter(expected -> !cameIn(expected.invoice()))
                        .map(expected -> new Expected(
                                expected.invoice(),
                                expected.reference(),
                                expected.lines().stream()
                                        .map(line -> new ExpectedLine(
                                                new PartId(line.part()),
                                                new Quantity(line.quantity()),
                                                new BigDecimal(line.cost())))
                                        .toList()))
                        .toList());
    }

    private boolean cameIn(UUID invoice) {
        return sales.read(session -> session.exists("""
                select 1
                from purchase_invoice_received
                where invoice_id = ?
                """, invoice));
    }
}
