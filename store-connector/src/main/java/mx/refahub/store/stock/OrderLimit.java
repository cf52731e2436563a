package mx.refahub.store.stock;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.stock.StockDesk;
import mx.refahub.domain.stock.StockLine;
import mx.refahub.domain.wire.OrderRow;
import mx.refahub.store.sqlite.Session;
import mx.refahub.store.sqlite.SqliteFile;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** How much may still come of a purchase order, by what the hub told last and what this branch has taken in since. Lives in one transaction of a receipt. */
final class OrderLimit {
    private record Line(long ordered, long received) {
        long open() {
            return Math.max(0, ordered - received);
        }
    }

    private final OrderRow order;
    private final Map<UUID, Line> lines = new HashMap<>();

    OrderLimit(Session sales, OrderRow order) throws SQLException {
        this.order = order;
        Map<UUID, Long> here = new HashMap<>();
        sales.all("""
                select part_id, received
                from purchase_received
                where order_id = ?
                """, row -> here.put(row.id("part_id"), row.number("received")), order.id());
        for (OrderRow.LineRow line : order.lines())
            lines.put(
                    line.part(),
                    new Line(line.ordered(), Math.max(line.received(), here.getOrDefault(line.part(), 0L))));
    }

    /** @return empty where this branch has not heard of the order */
    static Optional<OrderRow> heard(SqliteFile reference, JsonMapper json, StockDesk.@Nullable OfOrder named) {
        if (named == null) return Optional.empty();
        return reference.read(session -> session.first(
                """
                select body
                from purchase_order
                where id = ? or ? is null and number = ?
                """, row -> json.readValue(row.text("body"), OrderRow.class), named.id(), named.id(), named.number()));
    }

    /** Takes the line's pieces off what is open. @return false, and nothing taken, where that is not enough */
    boolean take(StockLine line) {
        UUID part = line.part().id().value();
        Line of = lines.get(part);
        long pieces = line.quantity().thousandths();
        if (of == null || order.done() || pieces > of.open()) return false;
        lines.put(part, new Line(of.ordered(), of.received() + pieces));
        return true;
    }

    /** Why a line that was not taken is beyond the order. */
    Refusal why(StockLine line) {
        Line of = lines.get(line.part().id().value());
        if (of == null) return Refusal.of("receipt-not-ordered", order.number());
        if (order.done() && of.open() > 0) return ended(order.number());
        return Refusal.of(
                "receipt-beyond",
                order.number(),
                new Quantity(of.ordered()).text(),
                new Quantity(of.received()).text(),
                line.quantity().text(),
                new Quantity(line.quantity().thousandths() - of.open()).text());
    }

    static Refusal ended(String number) {
        return Refusal.of("receipt-order-ended", number);
    }
}
