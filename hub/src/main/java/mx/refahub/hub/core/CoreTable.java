package mx.refahub.hub.core;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

/** What is owed is read off the sales: a deposit, less what came back of its line; and off the opening load, less what came of it. */
@Mapper
interface CoreTable {
    record TermsRow(
            boolean taxed, @Nullable Integer days, @Nullable Integer pieces) {}

    @Select("""
        select cores_taxed as taxed, core_days as days, core_limit as pieces
        from company
        """)
    @Nullable
    TermsRow terms();

    @Update("""
        update company
        set cores_taxed = #{taxed}, core_days = #{days}, core_limit = #{pieces}
        """)
    int setTerms(boolean taxed, @Nullable Integer days, @Nullable Integer pieces);

    /** @param pieces in thousandths, by the age of the sale */
    record CustomerRow(
            @Nullable UUID customer,
            @Nullable String name,
            LocalDate oldest,
            @Nullable Integer own,
            long pieces30,
            long deposits30,
            long pieces60,
            long deposits60,
            long pieces90,
            long deposits90,
            long piecesMore,
            long depositsMore,
            long expired) {}

    @Select("with " + OwedCores.OPEN + ", " + OwedCores.OWED + """
        select o.customer_id as customer, c.name, min(o.day) as oldest, m.pieces as own,
            coalesce(sum(o.pieces) filter (where #{today} - o.day <= 30), 0)::bigint as pieces30,
            coalesce(sum(o.deposit) filter (where #{today} - o.day <= 30), 0)::bigint as deposits30,
            coalesce(sum(o.pieces) filter (where #{today} - o.day between 31 and 60), 0)::bigint as pieces60,
            coalesce(sum(o.deposit) filter (where #{today} - o.day between 31 and 60), 0)::bigint as deposits60,
            coalesce(sum(o.pieces) filter (where #{today} - o.day between 61 and 90), 0)::bigint as pieces90,
            coalesce(sum(o.deposit) filter (where #{today} - o.day between 61 and 90), 0)::bigint as deposits90,
            coalesce(sum(o.pieces) filter (where #{today} - o.day > 90), 0)::bigint as pieces_more,
            coalesce(sum(o.deposit) filter (where #{today} - o.day > 90), 0)::bigint as deposits_more,
            coalesce(sum(o.deposit) filter (where o.until < #{today}), 0)::bigint as expired
        from owed o
        left join customer c on c.id = o.customer_id
        left join core_customer_limit m on m.customer_id = o.customer_id
        group by o.customer_id, c.name, m.pieces
        order by min(o.day), o.customer_id
        """)
    List<CustomerRow> customers(LocalDate today);

    record OwedRow(
            UUID line,
            String store,
            @Nullable String folioPrefix,
            long folioNumber,
            @Nullable Long run,
            String lineCode,
            String partNumber,
            String description,
            long pieces,
            long deposit,
            LocalDate day,
            @Nullable LocalDate until) {}

    @Select("with " + OwedCores.OPEN + """
        select l.id as line, st.code as store, s.folio_prefix, s.folio_number, null::bigint as run, l.line_code, l.part_number, l.description,
            l.quantity + b.quantity as pieces, l.total + b.total as deposit, s.business_day as day,
            cast(l.particulars ->> 'coreUntil' as date) as until
        from sale_line l
        join sale s on s.id = l.sale_id
        join store st on st.id = s.store_id
        cross join lateral (
            select coalesce(sum(quantity), 0)::bigint as quantity, coalesce(sum(total), 0)::bigint as total
            from sale_line
            where return_line = l.id) b
        where l.kind = 'CORE_DEPOSIT'
        and l.particulars ->> 'coreGiven' is distinct from 'NEVER'
        and l.quantity + b.quantity > 0
        and s.customer_id is not distinct from cast(#{customer} as uuid)
        union all
        select o.id, st.code, null, 0, o.run_id, p.line_code, p.part_number, p.name_es, o.pieces, o.deposit, o.since, null
        from open o
        join store st on st.id = o.store_id
        join part p on p.id = o.part_id
        where o.customer_id = cast(#{customer} as uuid)
        order by day, line
        limit #{limit}
        """)
    List<OwedRow> owed(@Nullable UUID customer, int limit);

    record OpeningRow(UUID id, @Nullable UUID customer, long quantity, long unit) {}

    /** Locked, so that what comes of it comes one after the other. */
    @Select("""
        select id, customer_id as customer, quantity, unit
        from core_opening
        where id = #{id}
        and customer_id is not null
        for update
        """)
    @Nullable
    OpeningRow opening(UUID id);

    record BackRow(UUID id, UUID opening, long quantity, long amount) {}

    @Select("""
        select id, opening_id as opening, quantity, amount
        from core_opening_back
        where opening_id = #{opening}
        or id = #{id}
        union all
        select id, return_line, -quantity, -total
        from sale_line
        where return_line = #{opening}
        """)
    List<BackRow> back(UUID opening, UUID id);

    @Update("""
        update customer
        set customers_version = #{version}
        where id = #{id}
        """)
    int told(UUID id, long version);

    @Insert("""
        insert into core_opening_back (id, opening_id, quantity, amount, at, by_name)
        values (#{id}, #{opening}, #{quantity}, #{amount}, #{at}, #{by})
        """)
    int cameBack(UUID id, UUID opening, long quantity, long amount, Instant at, String by);

    @Select("""
        select count(*)
        from customer
        where id = #{id}
        """)
    int known(UUID id);

    @Insert("""
        insert into core_customer_limit (customer_id, pieces, set_by, set_at)
        values (#{customer}, #{pieces}, #{by}, #{at})
        on conflict (customer_id) do update set pieces = excluded.pieces, set_by = excluded.set_by, set_at = excluded.set_at
        """)
    int setLimit(UUID customer, int pieces, String by, Instant at);

    @Delete("""
        delete from core_customer_limit
        where customer_id = #{customer}
        """)
    int takeLimitOff(UUID customer);

    @Select("""
        select min(time_zone)
        from store
        where closed_at is null
        """)
    @Nullable
    String zone();
}
