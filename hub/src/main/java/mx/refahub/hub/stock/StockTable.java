package mx.refahub.hub.stock;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.wire.StockBody;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.jspecify.annotations.Nullable;

/** Movements with their sums, and the documents that make them. Sums are raised, never recomputed, so that the order of the documents does not matter. */
@Mapper
public interface StockTable {
    /** One place in each array for each movement; as columns, because that is how the database takes many at once. */
    record Movements(
            UUID store,
            UUID cause,
            Instant at,
            String[] kinds,
            UUID[] ids,
            UUID[] parts,
            Long[] quantities,
            String[] bins,
            Long[] values,
            Long[] variances) {}

    /** What lies at one branch of one part, by bin; the value of all of it stands with the first. Held against whoever changes it until the transaction ends. */
    @Select("""
        select b.bin, b.moved, case when row_number() over (order by b.bin) = 1 then h.value else 0 end as value
        from (
            select value
            from stock_on_hand
            where store_id = #{store}
            and part_id = #{part}
            for update) h
        cross join stock_bin b
        where b.store_id = #{store}
        and b.part_id = #{part}
        order by b.bin
        """)
    List<Shelf> shelves(UUID store, UUID part);

    record Shelf(String bin, long moved, long value) {}

    @Insert("""
        insert into stock_movement (id, store_id, part_id, kind, quantity, cause, at, bin, value, variance)
        select m.id, #{m.store}, m.part, m.kind, m.quantity, #{m.cause}, #{m.at}, m.bin, m.value, m.variance
        from unnest(#{m.kinds}, #{m.ids}, #{m.parts}, #{m.quantities}, #{m.bins}, #{m.values}, #{m.variances})
            as m (kind, id, part, quantity, bin, value, variance)
        """)
    int insertMovements(@Param("m") Movements m);

    @Insert("""
        insert into stock_on_hand as s (store_id, part_id, on_hand, value, last_cost, last_cost_at, as_of, stock_version)
        select #{m.store}, m.part, sum(m.quantity), sum(m.value),
            max(round((m.value + m.variance) * 1000 / cast(m.quantity as numeric)))
                filter (where m.kind in ('RECEIPT', 'TRANSFER_IN') and round((m.value + m.variance) * 1000 / cast(m.quantity as numeric)) > 0),
            max(cast(#{m.at} as timestamptz))
                filter (where m.kind in ('RECEIPT', 'TRANSFER_IN') and round((m.value + m.variance) * 1000 / cast(m.quantity as numeric)) > 0),
            #{m.at}, #{version}
        from unnest(#{m.kinds}, #{m.parts}, #{m.quantities}, #{m.values}, #{m.variances}) as m (kind, part, quantity, value, variance)
        group by m.part
        on conflict (store_id, part_id) do update
        set on_hand = s.on_hand + excluded.on_hand,
            value = s.value + excluded.value,
            last_cost = case
                when excluded.last_cost_at >= coalesce(s.last_cost_at, excluded.last_cost_at) then excluded.last_cost
                else s.last_cost
            end,
            last_cost_at = greatest(s.last_cost_at, excluded.last_cost_at),
            as_of = greatest(s.as_of, excluded.as_of),
            stock_version = excluded.stock_version
        """)
    int sum(Movements m, long version);

    @Insert("""
        insert into stock_bin as s (store_id, part_id, bin, moved)
        select #{m.store}, m.part, m.bin, sum(m.quantity)
        from unnest(#{m.parts}, #{m.quantities}, #{m.bins}) as m (part, quantity, bin)
        group by m.part, m.bin
        on conflict (store_id, part_id, bin) do update
        set moved = s.moved + excluded.moved
        """)
    int sumBins(@Param("m") Movements m);

    @Insert("""
        insert into stock_document (
            id, store_id, kind, number, at, by_id, by_name, to_store, supplier, reference, reason, note, currency, rate, unheard,
            document_id)
        values (
            #{b.id}, #{b.store}, #{b.kind}, #{b.number}, #{b.at}, #{b.by}, #{b.byName}, #{b.to}, #{b.supplier}, #{b.reference},
            #{b.reason}, #{b.note}, #{b.currency}, cast(#{b.rate} as numeric), #{b.unheard}, #{document})
        on conflict (id) do nothing
        """)
    int insert(StockBody b, UUID document);

    @Insert("""
        <script>
        insert into stock_document_line (
            id, stock_document_id, position, part_id, bin, quantity, unit_cost, value, variance, lost, lost_value, expected, counted, fence)
        values
        <foreach collection="lines" item="l" index="i" separator=",">
            (#{l.id}, #{document}, #{i} + 1, #{l.part}, #{l.bin}, #{l.quantity}, cast(nullif(#{l.unitCost}, '') as numeric), #{l.value},
            #{l.variance}, #{l.lost}, #{l.lostValue}, #{l.expected}, #{l.counted}, #{l.fence})
        </foreach>
        </script>
        """)
    int insertLines(UUID document, List<StockBody.LineBody> lines);

    @Insert("""
        insert into stock_transfer as t (number, from_store, to_store, sent_at, first_arrived_at, transfers_version)
        values (#{number}, #{from}, #{to}, #{sentAt}, #{arrivedAt}, #{version})
        on conflict (number) do update
        set from_store = coalesce(t.from_store, excluded.from_store),
            to_store = coalesce(t.to_store, excluded.to_store),
            sent_at = coalesce(t.sent_at, excluded.sent_at),
            first_arrived_at = least(t.first_arrived_at, excluded.first_arrived_at),
            transfers_version = excluded.transfers_version
        """)
    int tie(
            String number,
            @Nullable UUID from,
            @Nullable UUID to,
            @Nullable Instant sentAt,
            @Nullable Instant arrivedAt,
            long version);

    /** The number is in it because a row of nothing but nulls would be read as none. */
    record Ends(
            String number,
            @Nullable UUID fromStore,
            @Nullable UUID toStore) {}

    @Select("""
        select number, from_store, to_store
        from stock_transfer
        where number = #{number}
        """)
    Ends ends(String number);

    @Insert("""
        insert into stock_transfer_line as l (number, part_id, sent, sent_value, arrived, arrived_cost, lost, lost_value)
        select #{number}, m.part, sum(m.sent), sum(m.sent_value), sum(m.arrived), sum(m.arrived_cost), sum(m.lost), sum(m.lost_value)
        from unnest(#{parts}, #{sent}, #{sentValues}, #{arrived}, #{arrivedCosts}, #{lost}, #{lostValues})
            as m (part, sent, sent_value, arrived, arrived_cost, lost, lost_value)
        group by m.part
        on conflict (number, part_id) do update
        set sent = l.sent + excluded.sent,
            sent_value = l.sent_value + excluded.sent_value,
            arrived = l.arrived + excluded.arrived,
            arrived_cost = l.arrived_cost + excluded.arrived_cost,
            lost = l.lost + excluded.lost,
            lost_value = l.lost_value + excluded.lost_value
        """)
    int tieLines(
            String number,
            UUID[] parts,
            Long[] sent,
            Long[] sentValues,
            Long[] arrived,
            Long[] arrivedCosts,
            Long[] lost,
            Long[] lostValues);

    record Overrun(UUID part, long sent, long arrived) {}

    /** Parts of which more has arrived than was sent; only once the sending end is known. */
    @Select("""
        select l.part_id as part, l.sent, l.arrived + l.lost as arrived
        from stock_transfer t
        join stock_transfer_line l on l.number = t.number
        where t.number = #{number}
        and t.sent_at is not null
        and l.arrived + l.lost > l.sent
        order by l.part_id
        """)
    List<Overrun> overruns(String number);

    @Select("""
        select exists (
            select 1
            from store
            where id = #{store}
            and closed_at is null)
        """)
    boolean isOpen(UUID store);

    /** Codes of the branches that took it in although it goes from one to the other of these. */
    @Select("""
        select distinct s.code
        from stock_document d
        join store s on s.id = d.store_id
        where d.number = #{number}
        and d.kind = 'TRANSFER_IN'
        and d.store_id not in (#{from}, #{to})
        order by s.code
        """)
    List<String> arrivedElsewhere(String number, UUID from, UUID to);

    /** The same transfer, sent by another document already. */
    @Select("""
        select exists (
            select 1
            from stock_document
            where number = #{number}
            and kind = 'TRANSFER_OUT'
            and id <> #{document})
        """)
    boolean sentTwice(String number, UUID document);
}
