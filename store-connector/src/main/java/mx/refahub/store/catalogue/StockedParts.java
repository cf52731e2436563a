package mx.refahub.store.catalogue;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import mx.refahub.domain.part.PartId;
import mx.refahub.store.sqlite.JoinedReader;

/**
 * The parts that this branch has on hand, in memory: about 100 bytes for each. Read whole after the stock stream was applied, and otherwise brought up to
 * date with what moved here since, which the movements tell: whoever moves stock writes one.
 */
final class StockedParts {
    private final JoinedReader tables;
    private final AtomicLong streams = new AtomicLong();
    private State state = new State("", -1, 0, new ConcurrentHashMap<>());

    /**
     * @param streams which state of the stock stream it was read from
     * @param movement the last one that is in it, by its place in the table
     */
    private record State(String store, long streams, long movement, Map<PartId, Boolean> onHand) {}

    private record Moved(long place, PartId part, boolean onHand) {}

    StockedParts(JoinedReader tables) {
        this.tables = tables;
    }

    /** What was read before it is read whole again. */
    void streamApplied() {
        streams.incrementAndGet();
    }

    /** @param store this branch; empty before it is registered */
    synchronized Predicate<PartId> now(String store) {
        long streams = this.streams.get();
        boolean whole = !state.store.equals(store) || state.streams != streams || !follow(store);
        if (whole) state = whole(store, streams);
        Map<PartId, Boolean> onHand = state.onHand;
        return onHand::containsKey;
    }

    /** @return false if the movements do not go on from where they stood: another database was put in place */
    private boolean follow(String store) {
        long from = state.movement;
        // The last one known comes along, to see that it is still there or that later ones are.
        long last = tables.read(session -> {
            long place = -1;
            for (Moved moved : session.all(
                    """
                    select movement.rowid as place, movement.part_id,
                           coalesce(stock.opening, 0) + coalesce(balance.moved, 0) > 0 as on_hand
                    from sales.stock_movement movement
                    left join sales.stock_balance balance on balance.part_id = movement.part_id
                    left join branch_stock stock on stock.part_id = movement.part_id and stock.store_id = ?
                    where movement.rowid >= ?
                    order by movement.rowid
                    """,
                    row -> new Moved(row.number("place"), new PartId(row.id("part_id")), row.flag("on_hand")),
                    store,
                    from)) {
                place = moved.place;
                if (moved.onHand) state.onHand.put(moved.part, true);
                else state.onHand.remove(moved.part);
            }
            return place;
        });
        if (last < 0) return from == 0;
        if (last > from) state = new State(state.store, state.streams, last, state.onHand);
        return true;
    }

    private State whole(String store, long streams) {
        return tables.read(session -> {
            Map<PartId, Boolean> onHand = new ConcurrentHashMap<>();
            long last = session.first("""
                            select coalesce(max(rowid), 0) as place
                            from sales.stock_movement
                            """, row -> row.number("place")).orElse(0L);
            for (UUID part : session.all("""
                    select stock.part_id
                    from branch_stock stock
                    left join sales.stock_balance balance on balance.part_id = stock.part_id
                    where stock.store_id = ? and stock.opening + coalesce(balance.moved, 0) > 0
                    union all
                    select balance.part_id
                    from sales.stock_balance balance
                    where balance.moved > 0
                    and not exists (
                        select 1
                        from branch_stock stock
                        where stock.part_id = balance.part_id and stock.store_id = ?)
                    """, row -> row.id("part_id"), store, store))
                onHand.put(new PartId(part), true);
            return new State(store, streams, last, onHand);
        });
    }
}
