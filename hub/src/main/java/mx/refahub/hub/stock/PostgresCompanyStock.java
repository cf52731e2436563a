package mx.refahub.hub.stock;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.stock.CompanyStock;
import mx.refahub.domain.stock.StockDesk;
import mx.refahub.domain.stock.StockMovement;
import mx.refahub.domain.store.StoreId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

final class PostgresCompanyStock implements CompanyStock {
    private static final int MOST = 1_000;

    private final JdbcClient jdbc;

    PostgresCompanyStock(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<AtBranch> of(PartId part) {
        Map<UUID, List<StockDesk.InBin>> bins = new HashMap<>();
        jdbc.sql(BINS)
                .param("part", part.value())
                .query((row, n) -> bins.computeIfAbsent(
                                row.getObject("store_id", UUID.class), store -> new ArrayList<>())
                        .add(new StockDesk.InBin(row.getString("bin"), new Quantity(row.getLong("quantity")))))
                .list();
        return jdbc.sql("""
                select h.store_id, s.code, s.name, h.on_hand, h.value, h.last_cost, h.as_of
                from stock_on_hand h
                join store s on s.id = h.store_id
                where h.part_id = :part
                order by s.code
                """)
                .param("part", part.value())
                .query((row, n) -> new AtBranch(
                        new StoreId(row.getObject("store_id", UUID.class)),
                        row.getString("code"),
                        row.getString("name"),
                        new Quantity(row.getLong("on_hand")),
                        row.getLong("value"),
                        row.getObject("last_cost", Long.class),
                        row.getObject("as_of", OffsetDateTime.class).toInstant(),
                        bins.getOrDefault(row.getObject("store_id", UUID.class), List.of())))
                .list();
    }

    private static final String BINS = """
        select store_id, bin, sum(quantity) as quantity
        from (
            select store_id, bin, moved as quantity
            from stock_bin
            where part_id = :part
            union all
            select store_id, bin, opening
            from stock_on_hand
            where part_id = :part) as lying
        group by store_id, bin
        having sum(quantity) <> 0
        order by bin
        """;

    @Override
    public List<StockDesk.Entry> kardex(PartId part, StoreId store, int limit) {
        return jdbc.sql("""
                select m.id, m.at, m.kind, m.bin, m.quantity, m.value,
                    coalesce(
                        s.folio_prefix || '-' || lpad(s.folio_number::text, greatest(6, length(s.folio_number::text)), '0'),
                        -- Nobody reads the number of a count.
                        case when m.kind <> 'COUNT' then nullif(d.number, '') end,
                        d.reference,
                        '') as number,
                    coalesce(s.cashier_name, d.by_name, '') as by_name,
                    sum(m.quantity) over (order by m.at, m.id) as after
                from stock_movement m
                left join sale s on s.id = m.cause
                left join stock_document d on d.id = m.cause
                where m.store_id = :store
                and m.part_id = :part
                order by m.at desc, m.id desc
                limit :limit
                """)
                .param("store", store.value())
                .param("part", part.value())
                .param("limit", Math.clamp(limit, 1, MOST))
                .query((row, n) -> new StockDesk.Entry(
                        row.getObject("id", UUID.class),
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        StockMovement.Kind.valueOf(row.getString("kind")),
                        row.getString("number"),
                        row.getString("by_name"),
                        row.getString("bin"),
                        new Quantity(row.getLong("quantity")),
                        new Quantity(row.getLong("after")),
                        row.getLong("value")))
                .list();
    }

    @Override
    public List<Transit> transit(int limit) {
        return jdbc.sql("""
                select t.number, f.code as from_code, d.code as to_code, t.sent_at, w.part_id, coalesce(p.line_code, '') as line_code,
                    coalesce(p.part_number, w.part_id::text) as part_number, l.sent, w.quantity, w.value, w.variance
                from stock_in_transit w
                join stock_transfer_line l on l.number = w.number and l.part_id = w.part_id
                join stock_transfer t on t.number = w.number
                left join store f on f.id = t.from_store
                left join store d on d.id = t.to_store
                left join part p on p.id = w.part_id
                where w.quantity <> 0
                order by coalesce(t.sent_at, t.first_arrived_at), t.number, part_number
                limit :limit
                """)
                .param("limit", Math.clamp(limit, 1, MOST))
                .query((row, n) -> new Transit(
                        row.getString("number"),
                        row.getString("from_code"),
                        row.getString("to_code"),
                        instant(row, "sent_at"),
                        row.getObject("part_id", UUID.class),
                        row.getString("line_code"),
                        row.getString("part_number"),
                        new Quantity(row.getLong("sent")),
                        new Quantity(row.getLong("quantity")),
                        row.getLong("value"),
                        row.getLong("variance")))
                .list();
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
