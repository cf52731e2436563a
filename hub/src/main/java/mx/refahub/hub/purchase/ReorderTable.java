package mx.refahub.hub.purchase;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

/** Alerts as the job reorder-alerts left them. */
@Mapper
interface ReorderTable {
    /** @param fromCodes and the two beside it: one place for each branch that has some to spare */
    record AlertRow(
            UUID id,
            String kind,
            UUID storeId,
            String storeCode,
            UUID partId,
            String lineCode,
            String partNumber,
            String name,
            long onHand,
            long onWay,
            long onOrder,
            BigDecimal perDay,
            BigDecimal lostPerDay,
            BigDecimal season,
            BigDecimal leadDays,
            long point,
            long target,
            long need,
            long fromBranches,
            long toOrder,
            long value,
            @Nullable LocalDate lastSoldOn,
            @Nullable UUID supplierId,
            String supplierName,
            String currency,
            long minimumOrder,
            String theirNumber,
            @Nullable BigDecimal cost,
            Instant raisedAt,
            @Nullable Instant acknowledgedAt,
            @Nullable Instant snoozedUntil,
            @Nullable Instant resolvedAt,
            UUID[] fromStores,
            String[] fromCodes,
            Long[] fromQuantities) {}

    String COLUMNS = """
        select a.id, a.kind, a.store_id, s.code as store_code, a.part_id, p.line_code, p.part_number, p.name_es as name, a.on_hand, a.on_way,
            a.on_order, a.per_day, a.lost_per_day, a.season, a.lead_days, a.point, a.target, a.need, a.from_branches, a.to_order, a.value,
            a.last_sold_on, a.supplier_id, coalesce(u.name, '') as supplier_name, coalesce(u.currency, 'MXN') as currency,
            coalesce(u.minimum_order, 0) as minimum_order, coalesce(a.their_number, '') as their_number, a.cost, a.raised_at, a.acknowledged_at,
            a.snoozed_until, a.resolved_at, coalesce(f.stores, '{}') as from_stores, coalesce(f.codes, '{}') as from_codes,
            coalesce(f.quantities, '{}') as from_quantities
        from reorder_alert a
        join store s on s.id = a.store_id
        join part p on p.id = a.part_id
        left join supplier u on u.id = a.supplier_id
        cross join lateral (
            select array_agg(t.from_store order by t.quantity desc, b.code) as stores, array_agg(b.code order by t.quantity desc, b.code) as codes,
                array_agg(t.quantity order by t.quantity desc, b.code) as quantities
            from reorder_transfer t
            join store b on b.id = t.from_store
            where t.alert_id = a.id) f
        """;

    @Select(COLUMNS + """
        where (#{kind}::text is null or a.kind = #{kind})
        and (#{store}::uuid is null or a.store_id = #{store})
        and (a.resolved_at is not null) = #{resolved}
        and (#{snoozed} or coalesce(a.snoozed_until <= #{now}, true))
        order by case when a.kind = 'REORDER' then 0 else 1 end,
            case when a.kind = 'REORDER' then (a.on_hand + a.on_way + a.on_order)::float8 / greatest(a.point, 1) end,
            a.value desc, a.id
        limit #{limit}
        """)
    List<AlertRow> alerts(
            @Nullable String kind, @Nullable UUID store, boolean snoozed, boolean resolved, Instant now, int limit);

    @Select(COLUMNS + """
        where a.kind = 'REORDER'
        and a.resolved_at is null
        and a.to_order > 0
        and coalesce(a.snoozed_until <= #{now}, true)
        order by u.name is null, u.name, u.id, s.code, p.line_code, p.part_number
        limit #{limit}
        """)
    List<AlertRow> toOrder(Instant now, int limit);

    record FillerRow(
            UUID storeId,
            UUID supplierId,
            UUID partId,
            String lineCode,
            String partNumber,
            String name,
            String theirNumber,
            BigDecimal cost,
            long pack,
            long room,
            long available,
            long point,
            long target,
            BigDecimal perDay,
            BigDecimal days) {}

    /** What is on its way by an order that was approved since the run is not ordered again. */
    @Select("""
        select f.store_id, f.supplier_id, f.part_id, p.line_code, p.part_number, p.name_es as name, f.their_number, f.cost, f.pack, f.room, f.available,
            f.point, f.target, f.per_day, f.days
        from reorder_filler f
        join part p on p.id = f.part_id and p.removed_at is null
        join supplier s on s.id = f.supplier_id and s.fill_up and s.archived_at is null
        where not exists (
            select
            from purchase_order_line l
            join purchase_order o on o.id = l.order_id
            join reorder_alert a on a.store_id = f.store_id and a.supplier_id = f.supplier_id and a.resolved_at is null
            where l.part_id = f.part_id
            and o.store_id = f.store_id
            and o.approved_at > a.seen_at
            and o.closed_at is null
            and o.cancelled_at is null)
        order by f.supplier_id, f.store_id, f.position
        limit #{limit}
        """)
    List<FillerRow> fillers(int limit);

    @Select("""
        select id
        from supplier
        where fill_up
        """)
    List<UUID> filledUp();

    @Select(COLUMNS + """
        where a.id = #{id}
        """)
    Optional<AlertRow> alert(UUID id);

    @Update("""
        update reorder_alert
        set acknowledged_at = coalesce(acknowledged_at, #{at}), acknowledged_by = coalesce(acknowledged_by, #{by})
        where id = #{id}
        and resolved_at is null
        """)
    int acknowledge(UUID id, Instant at, String by);

    @Update("""
        update reorder_alert
        set snoozed_until = #{until}, snoozed_by = #{by}
        where id = #{id}
        and resolved_at is null
        """)
    int snooze(UUID id, Instant until, String by);

    @Update("""
        update reorder_alert
        set resolved_at = #{at}, resolved_by = #{by}, resolved_why = #{why}
        where id = #{id}
        and resolved_at is null
        """)
    int resolve(UUID id, Instant at, String by, String why);

    @Update("""
        insert into stock_on_hand (store_id, part_id, on_hand, minimum, maximum, as_of)
        select s.id, p.id, 0, #{minimum}, #{maximum}, #{at}
        from store s, part p
        where s.id = #{store}
        and p.id = #{part}
        on conflict (store_id, part_id) do update
        set minimum = excluded.minimum, maximum = excluded.maximum
        """)
    int limits(UUID store, UUID part, @Nullable Long minimum, @Nullable Long maximum, Instant at);
}
