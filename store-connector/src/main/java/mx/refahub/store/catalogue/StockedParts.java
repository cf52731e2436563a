package mx.refahub.store.catalogue;

import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import mx.refahub.domain.part.PartId;
import mx.refahub.store.sqlite.JoinedReader;
import mx.refahub.store.sqlite.Row;
import mx.refahub.store.sqlite.Session;

/**
 * The parts that this branch has on hand, in memory: about 100 bytes for each. Read whole after the stock stream was applied, and otherwise brought up to
 * date with what moved here since, which the movements tell: whoever moves stock writes one. A kit is on hand as a box, or by its pieces where all of them
 * are here for one at least, as its card says; what kits hold is read anew after the catalogue stream.
 */
final class StockedParts {
    private final JoinedReader tables;
    private final AtomicLong streams = new AtomicLong();
    private final AtomicLong catalogues = new AtomicLong();
    private State state = new State("", -1, -1, 0, Map.of(), Map.of());

    /**
     * @param streams which state of the stock stream it was read from
     * @param catalogues which state of the catalogue stream the kits were read from
     * @param movement the last one that is in it, by its place in the table
     * @param kits of which the pieces make one at least
     */
    private record State(
            String store,
            long streams,
            long catalogues,
            long movement,
            Map<PartId, Boolean> onHand,
            Map<PartId, Boolean> kits) {}

    private record Moved(long place, PartId part, boolean onHand) {}

    StockedParts(JoinedReader tables) {
        this.tables = tables;
    }

    /** What was read before it is read whole again. */
    void streamApplied() {
        streams.incrementAndGet();
    }

    /** Kits may hold something else than what was read. */
    void catalogueApplied() {
        catalogues.incrementAndGet();
    }

    /** @param store this branch; empty before it is registered */
    synchronized Predicate<PartId> now(String store) {
        long streams = this.streams.get();
        long catalogues = this.catalogues.get();
        boolean whole = !state.store.equals(store) || state.streams != streams || !follow(store);
        if (whole) state = whole(store, streams, catalogues);
        else if (state.catalogues != catalogues)
            state = new State(
                    store,
                    streams,
                    catalogues,
                    state.movement,
                    state.onHand,
                    tables.read(session -> kits(session, store)));
        Map<PartId, Boolean> onHand = state.onHand;
        Map<PartId, Boolean> kits = state.kits;
        return part -> onHand.containsKey(part) || kits.containsKey(part);
    }

    /** @return false if the movements do not go on from where they stood: another database was put in place */
    private boolean follow(String store) {
        long from = state.movement;
        // The last one known comes along, to see that it is still there or that later ones are.
        long last = tables.read(session -> {
            long place = -1;
            for (Moved moved : session.all("""
                    select movement.rowid as place, movement.part_id,
                           coalesce(stock.opening, 0) + coalesce(balance.moved, 0) > 0 as on_hand
                    from sales.stock_movement movement
                    left join sales.stock_balance balance on balance.part_id = movement.part_id
                    left join branch_stock stock on stock.part_id = movement.part_id and stock.store_id = ?
                    where movement.rowid >= ?
                    order by movement.rowid
                    """, StockedParts::moved, store, from)) {
                place = moved.place;
                keep(state.onHand, moved);
            }
            if (place > from)
                for (Moved kit : session.all("""
                        select 0 as place, component.kit_id as part_id,
                               min((coalesce(held.opening, 0) + coalesce(there.moved, 0)) / component.quantity) > 0 as on_hand
                        from part_component component
                        left join sales.stock_balance there on there.part_id = component.part_id
                        left join branch_stock held on held.part_id = component.part_id and held.store_id = ?
                        where component.kit_id in (
                            select piece.kit_id
                            from part_component piece
                            where piece.part_id in (
                                select movement.part_id
                                from sales.stock_movement movement
                                where movement.rowid > ?))
                        group by component.kit_id
                        """, StockedParts::moved, store, from)) keep(state.kits, kit);
            return place;
        });
        if (last < 0) return from == 0;
        if (last > from)
            state = new State(state.store, state.streams, state.catalogues, last, state.onHand, state.kits);
        return true;
    }

    private static void keep(Map<PartId, Boolean> onHand, Moved moved) {
        if (moved.onHand) onHand.put(moved.part, true);
        else onHand.remove(moved.part);
    }

    private static Moved moved(Row row) throws SQLException {
        return new Moved(row.number("place"), new PartId(row.id("part_id")), row.flag("on_hand"));
    }

    private static Map<PartId, Boolean> kits(Session session, String store) throws SQLException {
        Map<PartId, Boolean> kits = new ConcurrentHashMap<>();
        for (UUID kit : session.all("""
                select component.kit_id
                from part_component component
                left join sales.stock_balance there on there.part_id = component.part_id
                left join branch_stock held on held.part_id = component.part_id and held.store_id = ?
                group by component.kit_id
                having min((coalesce(held.opening, 0) + coalesce(there.moved, 0)) / component.quantity) > 0
                """, row -> row.id("kit_id"), store)) kits.put(new PartId(kit), true);
        return kits;
    }

    private State whole(String store, long streams, long catalogues) {
        return tables.read(session -> {
            Map<PartId, Boolean> onHand = new ConcurrentHashMap<>();
            long last = session.first("""
                            select coalesce(max(rowid), 0) as place
                            from sales.stock_movement
                            """, row -> row.number("place")).orElse(0L);
            // What the hub says of this branch alone has an index; rows that say nothing are none of it.
            for (UUID part : session.all("""
                    select stock.part_id
                    from branch_stock stock
                    left join sales.stock_balance balance on balance.part_id = stock.part_id
                    where stock.store_id = ? and stock.opening <> 0 and stock.opening + coalesce(balance.moved, 0) > 0
                    union all
                    select balance.part_id
                    from sales.stock_balance balance
                    where balance.moved > 0
                    and not exists (
                        select 1
                        from branch_stock stock
                        where stock.part_id = balance.part_id and stock.store_id = ? and stock.opening <> 0)
                    """, row -> row.id("part_id"), store, store))
                onHand.put(new PartId(part), true);
            return new State(store, streams, catalogues, last, onHand, kits(session, store));
        });
    }
}
