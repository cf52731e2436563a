package mx.refahub.store.stock;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.sale.SaleLine;
import mx.refahub.domain.stock.Holding;
import mx.refahub.domain.stock.Opening;
import mx.refahub.domain.stock.StockMovement;
import mx.refahub.domain.wire.SaleStockBody;
import mx.refahub.store.sqlite.Session;
import org.jspecify.annotations.Nullable;

/**
 * The movements of the shelf and their sums, by part and by bin, always written together. The branch's whole holding is the hub's opening plus these: values are made
 * on the whole, sums kept of the branch's own.
 */
public final class StockLedger {
    private StockLedger() {}

    /**
     * @param quantity thousandths, positive comes in
     * @param cost of all that comes in, in centavos; null: at what the part is worth here now
     * @param teaches whether the cost is a price paid
     * @param bin null: wherever the part lies
     */
    record Moving(
            UUID id,
            PartId part,
            StockMovement.Kind kind,
            long quantity,
            @Nullable Long cost,
            boolean teaches,
            @Nullable String bin,
            UUID cause,
            Instant at) {}

    record Moved(String bin, long value, long variance) {}

    /** What a ticket moves, in the ticket's transaction; its document tells the hub. */
    public static List<SaleStockBody.Moved> sell(Session session, Sale sale, Map<PartId, Opening> openings)
            throws SQLException {
        List<SaleStockBody.Moved> all = new ArrayList<>();
        for (SaleLine line : sale.lines()) {
            StockMovement.Kind kind = StockMovement.Kind.of(line);
            if (kind == null) continue;
            Moved moved = move(
                    session,
                    new Moving(
                            line.id(),
                            line.part(),
                            kind,
                            -line.quantity().thousandths(),
                            null,
                            false,
                            null,
                            sale.id(),
                            sale.soldAt()),
                    openings.getOrDefault(line.part(), Opening.NONE));
            all.add(new SaleStockBody.Moved(line.id(), moved.bin(), moved.value(), moved.variance()));
        }
        return all;
    }

    /** A salvaged ticket's movements as its document says them; the sums are made anew afterwards. */
    public static void replaySale(Session session, Sale sale, List<SaleStockBody.Moved> said) throws SQLException {
        for (SaleLine line : sale.lines()) {
            StockMovement.Kind kind = StockMovement.Kind.of(line);
            if (kind == null) continue;
            SaleStockBody.Moved moved = said.stream()
                    .filter(one -> one.line().equals(line.id()))
                    .findFirst()
                    .orElse(new SaleStockBody.Moved(line.id(), "", 0, 0));
            insert(
                    session,
                    line.id(),
                    line.part(),
                    kind,
                    -line.quantity().thousandths(),
                    sale.id(),
                    sale.soldAt(),
                    new Moved(moved.bin(), moved.value(), moved.variance()));
        }
    }

    private record Bin(String name, long moved) {}

    private record Worth(long value, long lastCost) {}

    /**
     * Brings all that lies under a branch's own part to the part in its place: two movements a bin, which leave the branch's pieces and their value as they are.
     * The hub does the same with its own figures, so no document tells of it.
     */
    public static void merge(Session session, PartId from, PartId into, IdSource ids, Instant at) throws SQLException {
        List<Bin> bins =
                new ArrayList<>(session.all("""
                select bin, moved
                from stock_bin
                where part_id = ? and moved <> 0
                order by bin
                """, row -> new Bin(row.text("bin"), row.number("moved")), from.value()));
        Worth worth = session.first("""
                select value, last_cost
                from stock_balance
                where part_id = ?
                """, row -> new Worth(row.number("value"), row.number("last_cost")), from.value())
                .orElse(new Worth(0, 0));
        if (bins.isEmpty()) bins.add(new Bin("", 0));
        long value = worth.value();
        for (Bin bin : bins) {
            take(session, from, bin.name(), -bin.moved(), -value, 0, ids.next(), from, at);
            take(session, into, bin.name(), bin.moved(), value, worth.lastCost(), ids.next(), from, at);
            value = 0;
        }
    }

    /** @param lastCost for a part that has none yet */
    private static void take(
            Session session,
            PartId part,
            String bin,
            long quantity,
            long value,
            long lastCost,
            UUID id,
            PartId cause,
            Instant at)
            throws SQLException {
        insert(session, id, part, StockMovement.Kind.MERGED, quantity, cause.value(), at, new Moved(bin, value, 0));
        session.updateOne("""
                insert into stock_balance (part_id, moved, value, last_cost)
                values (?, ?, ?, ?)
                on conflict (part_id) do update
                set moved = moved + excluded.moved, value = value + excluded.value,
                    last_cost = case when last_cost > 0 then last_cost else excluded.last_cost end
                """, part.value(), quantity, value, lastCost);
        session.updateOne("""
                insert into stock_bin (part_id, bin, moved)
                values (?, ?, ?)
                on conflict (part_id, bin) do update set moved = moved + excluded.moved
                """, part.value(), bin, quantity);
    }

    static Holding holding(Session session, PartId part, Opening opening) throws SQLException {
        return session.first(
                        """
                select moved, value, last_cost
                from stock_balance
                where part_id = ?
                """,
                        row -> new Holding(
                                opening.quantity() + row.number("moved"),
                                opening.value() + row.number("value"),
                                row.number("last_cost") > 0 ? row.number("last_cost") : first(opening)),
                        part.value())
                .orElseGet(() -> new Holding(opening.quantity(), opening.value(), first(opening)));
    }

    /** Until something is bought, the opening's own cost is the last one known. */
    private static long first(Opening opening) {
        return opening.quantity() > 0 ? Math.max(0, Holding.share(opening.value(), 1000, opening.quantity())) : 0;
    }

    static Moved move(Session session, Moving moving, Opening opening) throws SQLException {
        Holding before = holding(session, moving.part(), opening);
        long quantity = moving.quantity();
        Holding.Step step = quantity > 0
                ? before.in(
                        quantity,
                        moving.cost() == null ? before.worth(quantity) : moving.cost(),
                        moving.teaches() && moving.cost() != null)
                : before.out(-quantity);
        String bin = moving.bin() == null ? binFor(session, moving, opening) : moving.bin();
        Moved moved = new Moved(bin, step.value(), step.variance());
        insert(session, moving.id(), moving.part(), moving.kind(), quantity, moving.cause(), moving.at(), moved);
        session.updateOne(
                """
                insert into stock_balance (part_id, moved, value, last_cost)
                values (?, ?, ?, ?)
                on conflict (part_id) do update
                set moved = moved + excluded.moved, value = value + excluded.value, last_cost = excluded.last_cost
                """, moving.part().value(), quantity, step.value(), step.after().lastCost());
        session.updateOne("""
                insert into stock_bin (part_id, bin, moved)
                values (?, ?, ?)
                on conflict (part_id, bin) do update set moved = moved + excluded.moved
                """, moving.part().value(), bin, quantity);
        return moved;
    }

    static void insert(
            Session session,
            UUID id,
            PartId part,
            StockMovement.Kind kind,
            long quantity,
            UUID cause,
            Instant at,
            Moved moved)
            throws SQLException {
        session.updateOne(
                """
                insert into stock_movement (id, part_id, kind, quantity, cause, at, bin, value, variance)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """, id, part.value(), kind, quantity, cause, at, moved.bin(), moved.value(), moved.variance());
    }

    /**
     * The main bin; for what goes out, the fullest one that has enough where the main one has not. By one statement, for it is asked for every line of a ticket:
     * a part lies in few bins.
     */
    private static String binFor(Session session, Moving moving, Opening opening) throws SQLException {
        List<Bin> bins = session.all(
                """
                select bin, moved
                from stock_bin
                where part_id = ?
                order by moved desc, bin
                """,
                row -> new Bin(row.text("bin"), row.number("moved")),
                moving.part().value());
        String main = opening.bin().isEmpty() ? fullest(bins) : opening.bin();
        if (moving.quantity() > 0) return main;
        long wanted = -moving.quantity();
        String alsoIn = main.equals(opening.bin()) ? "" : main;
        long inMain = main.equals(opening.bin()) ? opening.quantity() : 0;
        for (Bin bin : bins) if (bin.name().equals(main) || bin.name().equals(alsoIn)) inMain += bin.moved();
        if (inMain >= wanted) return main;
        for (Bin bin : bins)
            if (bin.moved() + (bin.name().equals(opening.bin()) ? opening.quantity() : 0) >= wanted) return bin.name();
        return main;
    }

    /** Of equally full ones the last, as in {@link #mainBin}. */
    private static String fullest(List<Bin> bins) {
        String name = "";
        for (Bin bin : bins) {
            if (bin.moved() < bins.getFirst().moved()) break;
            name = bin.name();
        }
        return name;
    }

    /** The hub's; where it names none, the fullest. */
    static String mainBin(Session session, PartId part, Opening opening) throws SQLException {
        if (!opening.bin().isEmpty()) return opening.bin();
        return session.first("""
                select bin
                from stock_bin
                where part_id = ?
                order by moved desc, bin desc
                limit 1
                """, row -> row.text("bin"), part.value()).orElse("");
    }

    /** What moved before there were bins belongs to the opening's. */
    static long inBin(Session session, PartId part, String bin, Opening opening) throws SQLException {
        String alsoIn = bin.equals(opening.bin()) ? "" : bin;
        long moved = session.first("""
                select coalesce(sum(moved), 0) as moved
                from stock_bin
                where part_id = ? and bin in (?, ?)
                """, row -> row.number("moved"), part.value(), bin, alsoIn)
                .orElse(0L);
        return moved + (bin.equals(opening.bin()) ? opening.quantity() : 0);
    }

    /** The sums anew out of the movements, after rows were brought back or dropped. */
    public static void addUp(Session session) throws SQLException {
        session.update("delete from stock_balance");
        session.update("""
                insert into stock_balance (part_id, moved, value, last_cost)
                select part_id, sum(quantity), sum(value),
                       coalesce((select (paid.value + paid.variance) * 1000 / paid.quantity
                                 from stock_movement paid
                                 where paid.part_id = moved.part_id and paid.kind in ('RECEIPT', 'TRANSFER_IN') and paid.quantity > 0
                                 order by paid.at desc
                                 limit 1), 0)
                from stock_movement moved
                group by part_id
                """);
        session.update("delete from stock_bin");
        session.update("""
                insert into stock_bin (part_id, bin, moved)
                select part_id, bin, sum(quantity)
                from stock_movement
                group by part_id, bin
                """);
        session.update("delete from transfer_line");
        session.update("""
                insert into transfer_line (number, part_id, sent, sent_value, arrived)
                select document.number, line.value ->> 'part',
                       sum(case document.kind when 'TRANSFER_OUT' then -(line.value ->> 'quantity') else 0 end),
                       sum(case document.kind when 'TRANSFER_OUT' then -(line.value ->> 'value') else 0 end),
                       sum(case document.kind when 'TRANSFER_OUT' then 0 else (line.value ->> 'quantity') + (line.value ->> 'lost') end)
                from stock_document document, json_each(cast(document.body as text), '$.lines') line
                where document.kind in ('TRANSFER_OUT', 'TRANSFER_IN')
                group by document.number, line.value ->> 'part'
                """);
        session.update("delete from purchase_received");
        session.update("""
                insert into purchase_received (order_id, part_id, received)
                select cast(document.body as text) ->> '$.order.id', line.value ->> 'part', sum(line.value ->> 'quantity')
                from stock_document document, json_each(cast(document.body as text), '$.lines') line
                where document.kind = 'RECEIPT' and cast(document.body as text) ->> '$.order.id' is not null
                group by 1, 2
                """);
        // A count whose document is lost is open again.
        session.update("""
                update stock_count
                set closed_at = null
                where closed_at is not null
                  and not exists (select 1 from stock_document where number = stock_count.id)
                """);
    }
}
