package mx.refahub.hub.purchase;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

@Mapper
interface SupplierTable {
    record SupplierRow(
            UUID id,
            String code,
            String name,
            String rfc,
            String email,
            String currency,
            int creditDays,
            int leadDays,
            long minimumOrder,
            String note,
            @Nullable Instant archivedAt,
            int coreDays,
            boolean fillUp,
            @Nullable BigDecimal measuredDays,
            long orders,
            long parts) {}

    @Select("""
        select s.id, s.code, s.name, s.rfc, s.email, s.currency, s.credit_days, s.lead_days, s.minimum_order, s.note, s.archived_at, s.core_days, s.fill_up,
            l.days as measured_days, coalesce(l.orders, 0) as orders,
            (select count(*) from supplier_part p where p.supplier_id = s.id) as parts
        from supplier s
        left join supplier_lead l on l.supplier_id = s.id
        where #{archived} or s.archived_at is null
        order by s.name, s.code
        """)
    List<SupplierRow> all(boolean archived);

    @Select("""
        select s.id, s.code, s.name, s.rfc, s.email, s.currency, s.credit_days, s.lead_days, s.minimum_order, s.note, s.archived_at, s.core_days, s.fill_up,
            l.days as measured_days, coalesce(l.orders, 0) as orders,
            (select count(*) from supplier_part p where p.supplier_id = s.id) as parts
        from supplier s
        left join supplier_lead l on l.supplier_id = s.id
        where s.id = #{id}
        """)
    Optional<SupplierRow> one(UUID id);

    @Select("""
        select id
        from supplier
        where rfc = #{rfc}
        and rfc <> ''
        and archived_at is null
        """)
    Optional<UUID> byRfc(String rfc);

    @Select("""
        select exists (
            select 1
            from supplier
            where code = #{code}
            and id <> #{id})
        """)
    boolean codeTaken(String code, UUID id);

    @Insert("""
        insert into supplier (id, code, name, rfc, email, currency, credit_days, lead_days, minimum_order, note, core_days, fill_up)
        values (#{id}, #{code}, #{name}, #{rfc}, #{email}, #{currency}, #{creditDays}, #{leadDays}, #{minimumOrder}, #{note},
            #{coreDays}, #{fillUp})
        on conflict (id) do update
        set code = excluded.code, name = excluded.name, rfc = excluded.rfc, email = excluded.email, currency = excluded.currency,
            credit_days = excluded.credit_days, lead_days = excluded.lead_days, minimum_order = excluded.minimum_order,
            note = excluded.note, core_days = excluded.core_days, fill_up = excluded.fill_up
        """)
    int keep(
            UUID id,
            String code,
            String name,
            String rfc,
            String email,
            String currency,
            int creditDays,
            int leadDays,
            long minimumOrder,
            String note,
            int coreDays,
            boolean fillUp);

    @Update("""
        update supplier
        set archived_at = #{at}
        where id = #{id}
        """)
    int archive(UUID id, @Nullable Instant at);

    record PartRow(
            String theirNumber,
            UUID partId,
            String lineCode,
            String partNumber,
            String name,
            @Nullable BigDecimal cost,
            long pack,
            Instant notedAt,
            BigDecimal core) {}

    @Select("""
        select s.their_number, s.part_id, p.line_code, p.part_number, p.name_es as name, s.cost, s.pack, s.noted_at, s.core
        from supplier_part s
        join part p on p.id = s.part_id
        where s.supplier_id = #{supplier}
        order by s.their_number
        limit #{limit}
        """)
    List<PartRow> parts(UUID supplier, int limit);

    @Select("""
        select s.their_number, s.part_id, p.line_code, p.part_number, p.name_es as name, s.cost, s.pack, s.noted_at, s.core
        from supplier_part s
        join part p on p.id = s.part_id
        where s.supplier_id = #{supplier}
        and s.their_number = #{theirNumber}
        """)
    Optional<PartRow> part(UUID supplier, String theirNumber);

    @Select("""
        select exists (
            select 1
            from part
            where id = #{part}
            and removed_at is null)
        """)
    boolean isPart(UUID part);

    @Insert("""
        insert into supplier_part as s (supplier_id, their_number, part_id, cost, pack, noted_at)
        values (#{supplier}, #{theirNumber}, #{part}, cast(nullif(#{cost}, '') as numeric), #{pack}, #{at})
        on conflict (supplier_id, their_number) do update
        set part_id = excluded.part_id,
            cost = coalesce(excluded.cost, case when s.part_id = excluded.part_id then s.cost end),
            core = case when s.part_id = excluded.part_id then s.core else 0 end,
            pack = excluded.pack,
            noted_at = excluded.noted_at
        """)
    int map(UUID supplier, String theirNumber, UUID part, String cost, long pack, Instant at);

    /** The supplier's numbers on an order that goes out, with what it costs there; what is known of a number stays. */
    @Insert("""
        insert into supplier_part (supplier_id, their_number, part_id, cost, noted_at)
        select o.supplier_id, l.their_number, l.part_id, nullif(l.cost, 0), #{at}
        from purchase_order o
        join purchase_order_line l on l.order_id = o.id
        where o.id = #{order}
        and l.their_number <> ''
        on conflict (supplier_id, their_number) do nothing
        """)
    int learn(UUID order, Instant at);

    @Delete("""
        delete from supplier_part
        where supplier_id = #{supplier}
        and their_number = #{theirNumber}
        """)
    int unmap(UUID supplier, String theirNumber);
}
