package mx.refahub.hub.purchase;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.wire.CoresGivenBody;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

/** Old pieces owed to suppliers. What is open follows from charges and returns; nothing of it is kept. */
@Mapper
interface SupplierCoreTable {
    /** Whoever is called so: by code or by name, neither case nor blanks at the ends count; nobody where several are. */
    @Select("""
        select case when count(*) = 1 then min(id::text)::uuid end as id
        from supplier
        where archived_at is null
        and (lower(name) = lower(btrim(#{called})) or code = upper(btrim(#{called})))
        """)
    @Nullable
    UUID called(String called);

    /** One charge for each part of a receipt for whose old piece the supplier charges; a receipt that comes twice makes none. */
    @Insert("""
        insert into supplier_core_charge (supplier_id, store_id, part_id, stock_document_id, reference, at, due_on, quantity, unit, currency)
        select s.id, #{store}, r.part_id, #{document}, #{reference}, #{at},
            case when s.core_days > 0 then (cast(#{at} as timestamptz) at time zone st.time_zone)::date + s.core_days end,
            sum(r.quantity), max(c.core), s.currency
        from unnest(#{parts}, #{quantities}) r (part_id, quantity)
        join supplier s on s.id = #{supplier}
        join store st on st.id = #{store}
        join part p on p.id = r.part_id
        cross join lateral (
            select max(core) as core
            from supplier_part
            where supplier_id = s.id
            and part_id = r.part_id) c
        where c.core > 0
        and r.quantity > 0
        group by s.id, st.id, r.part_id
        on conflict (stock_document_id, part_id) do nothing
        """)
    int charge(UUID supplier, UUID store, UUID document, String reference, Instant at, UUID[] parts, Long[] quantities);

    @Insert("""
        insert into supplier_core_return (id, store_id, supplier_id, supplier, reference, note, at, by_name, document_id)
        values (#{body.id}, #{body.store}, #{supplier}, #{body.supplier}, #{body.reference}, #{body.note}, #{body.at}, #{body.byName}, #{document})
        on conflict (id) do nothing
        """)
    int insert(CoresGivenBody body, @Nullable UUID supplier, UUID document);

    @Insert("""
        insert into supplier_core_return_line (id, return_id, position, part_id, quantity)
        select id, #{given}, position, part_id, quantity
        from unnest(#{ids}, #{parts}, #{quantities}) with ordinality l (id, part_id, quantity, position)
        """)
    int insertLines(UUID given, UUID[] ids, UUID[] parts, Long[] quantities);

    /** Amounts in hundredths of the supplier's currency. */
    record StandingRow(
            UUID supplier,
            String name,
            int days,
            String currency,
            @Nullable LocalDate oldest,
            long pieces30,
            long amount30,
            long pieces60,
            long amount60,
            long pieces90,
            long amount90,
            long piecesMore,
            long amountMore,
            long overdue,
            long awaited) {}

    String OPEN = """
        with closed as (
            select charge_id, sum(quantity)::bigint as quantity
            from supplier_core_match
            group by charge_id),
        open as (
            select c.*, c.quantity - coalesce(m.quantity, 0) as left_over, #{today} - (c.at at time zone st.time_zone)::date as days,
                (c.at at time zone st.time_zone)::date as day
            from supplier_core_charge c
            join store st on st.id = c.store_id
            left join closed m on m.charge_id = c.id
            where c.quantity > coalesce(m.quantity, 0))
        """;

    @Select(OPEN + """
        , owed as (
            select supplier_id, min(day) as oldest,
                coalesce(sum(left_over) filter (where days <= 30), 0)::bigint as pieces30,
                coalesce(sum(round(left_over * unit / 10)) filter (where days <= 30), 0)::bigint as amount30,
                coalesce(sum(left_over) filter (where days between 31 and 60), 0)::bigint as pieces60,
                coalesce(sum(round(left_over * unit / 10)) filter (where days between 31 and 60), 0)::bigint as amount60,
                coalesce(sum(left_over) filter (where days between 61 and 90), 0)::bigint as pieces90,
                coalesce(sum(round(left_over * unit / 10)) filter (where days between 61 and 90), 0)::bigint as amount90,
                coalesce(sum(left_over) filter (where days > 90), 0)::bigint as pieces_more,
                coalesce(sum(round(left_over * unit / 10)) filter (where days > 90), 0)::bigint as amount_more,
                coalesce(sum(round(left_over * unit / 10)) filter (where due_on < #{today}), 0)::bigint as overdue
            from open
            group by supplier_id),
        expected as (
            select return_id, sum(round(quantity * unit / 10))::bigint as amount
            from supplier_core_match
            group by return_id),
        awaited as (
            select r.supplier_id, sum(greatest(0, e.amount - c.amount))::bigint as amount
            from supplier_core_return r
            join expected e on e.return_id = r.id
            cross join lateral (
                select coalesce(sum(amount), 0) as amount
                from supplier_core_credit
                where return_id = r.id) c
            where r.settled_at is null
            group by r.supplier_id)
        select s.id as supplier, s.name, s.core_days as days, s.currency, o.oldest, coalesce(o.pieces30, 0) as pieces30, coalesce(o.amount30, 0) as amount30,
            coalesce(o.pieces60, 0) as pieces60, coalesce(o.amount60, 0) as amount60, coalesce(o.pieces90, 0) as pieces90,
            coalesce(o.amount90, 0) as amount90, coalesce(o.pieces_more, 0) as pieces_more, coalesce(o.amount_more, 0) as amount_more,
            coalesce(o.overdue, 0) as overdue, coalesce(a.amount, 0) as awaited
        from supplier s
        left join owed o on o.supplier_id = s.id
        left join awaited a on a.supplier_id = s.id
        where o.supplier_id is not null
        or a.amount > 0
        order by s.name, s.code
        """)
    List<StandingRow> standings(LocalDate today);

    record ChargeRow(
            UUID id,
            String store,
            String lineCode,
            String partNumber,
            String name,
            String reference,
            LocalDate day,
            @Nullable LocalDate due,
            long days,
            long bought,
            long open,
            long amount,
            String currency) {}

    @Select(OPEN + """
        select o.id, st.code as store, p.line_code, p.part_number, p.name_es as name, o.reference, o.day, o.due_on as due, o.days, o.quantity as bought,
            o.left_over as open, round(o.left_over * o.unit / 10)::bigint as amount, o.currency
        from open o
        join store st on st.id = o.store_id
        join part p on p.id = o.part_id
        where o.supplier_id = #{supplier}
        order by o.at, o.id
        limit #{limit}
        """)
    List<ChargeRow> charges(UUID supplier, LocalDate today, int limit);

    record GivenRow(
            UUID id,
            String store,
            @Nullable UUID supplier,
            String supplierName,
            String currency,
            String reference,
            String note,
            Instant at,
            String byName,
            long pieces,
            long matched,
            long expected,
            long credited,
            @Nullable Instant settledAt,
            String settledNote) {}

    String GIVEN = """
        select r.id, st.code as store, r.supplier_id as supplier, coalesce(s.name, r.supplier) as supplier_name, coalesce(s.currency, 'MXN') as currency,
            r.reference, r.note, r.at, r.by_name, l.pieces, coalesce(m.pieces, 0) as matched, coalesce(m.amount, 0) as expected, c.amount as credited,
            r.settled_at, r.settled_note
        from supplier_core_return r
        join store st on st.id = r.store_id
        left join supplier s on s.id = r.supplier_id
        left join (
            select return_id, sum(quantity)::bigint as pieces, sum(round(quantity * unit / 10))::bigint as amount
            from supplier_core_match
            group by return_id) m on m.return_id = r.id
        cross join lateral (
            select coalesce(sum(quantity), 0)::bigint as pieces
            from supplier_core_return_line
            where return_id = r.id) l
        cross join lateral (
            select coalesce(sum(amount), 0)::bigint as amount
            from supplier_core_credit
            where return_id = r.id) c
        """;

    @Select(GIVEN + """
        where #{supplier}::uuid is null or r.supplier_id = #{supplier}
        order by r.settled_at is not null, r.at desc, r.id
        limit #{limit}
        """)
    List<GivenRow> given(@Nullable UUID supplier, int limit);

    @Select(GIVEN + """
        where r.id = #{id}
        """)
    Optional<GivenRow> one(UUID id);

    @Select("""
        select id
        from supplier_core_return
        where id = #{id}
        for update
        """)
    Optional<UUID> lock(UUID id);

    record CreditRow(UUID id, UUID returnId, long amount, String reference, Instant at, String byName) {}

    @Select("""
        select id, return_id, amount, reference, at, by_name
        from supplier_core_credit
        where return_id = any (#{given})
        order by at, id
        """)
    List<CreditRow> credits(UUID[] given);

    @Select("""
        select id, return_id, amount, reference, at, by_name
        from supplier_core_credit
        where id = #{id}
        """)
    Optional<CreditRow> creditOf(UUID id);

    @Insert("""
        insert into supplier_core_credit (id, return_id, amount, reference, at, by_name)
        values (#{id}, #{given}, #{amount}, #{reference}, #{at}, #{by})
        """)
    int credit(UUID id, UUID given, long amount, String reference, Instant at, String by);

    @Update("""
        update supplier_core_return
        set settled_at = #{at}, settled_by = #{by}, settled_note = #{note}
        where id = #{id}
        and settled_at is null
        """)
    int settle(UUID id, Instant at, String by, String note);

    @Update("""
        update supplier_core_return
        set supplier_id = #{supplier}
        where id = #{id}
        """)
    int assign(UUID id, UUID supplier);

    @Select("""
        select exists (
            select 1
            from supplier
            where id = #{id})
        """)
    boolean isSupplier(UUID id);

    @Update("""
        update supplier_part
        set core = #{core}
        where supplier_id = #{supplier}
        and part_id = #{part}
        """)
    int setCore(UUID supplier, UUID part, BigDecimal core);

    record ProposedRow(
            UUID store,
            String storeCode,
            UUID supplier,
            String supplierName,
            String currency,
            UUID part,
            String lineCode,
            String partNumber,
            String name,
            long lies,
            long quantity,
            long amount,
            @Nullable LocalDate due) {}

    /**
     * What lies at each branch (core_lying). Owed pieces are dealt to the branches that have some, those that must go soonest first.
     */
    @Select(OPEN + """
        , lying as (
            select store_id, part_id, quantity
            from core_lying
            where quantity > 0),
        owed as (
            select supplier_id, part_id, sum(left_over)::bigint as quantity, min(at) as first_at, min(due_on) as due,
                sum(left_over * unit) / sum(left_over) as unit, min(currency) as currency
            from open
            group by supplier_id, part_id),
        owing as (
            select o.*, sum(quantity) over (partition by part_id order by due nulls last, first_at, supplier_id)::bigint as upto
            from owed o),
        standing as (
            select l.*, sum(quantity) over (partition by part_id order by quantity desc, store_id)::bigint as upto
            from lying l)
        select l.store_id as store, st.code as store_code, s.id as supplier, s.name as supplier_name, o.currency, p.id as part, p.line_code, p.part_number,
            p.name_es as name, l.quantity as lies, q.quantity, round(q.quantity * o.unit / 10)::bigint as amount, o.due
        from standing l
        join owing o on o.part_id = l.part_id
        and o.upto > l.upto - l.quantity
        and l.upto > o.upto - o.quantity
        cross join lateral (
            select least(l.upto, o.upto) - greatest(l.upto - l.quantity, o.upto - o.quantity) as quantity) q
        join store st on st.id = l.store_id and st.closed_at is null
        join supplier s on s.id = o.supplier_id
        join part p on p.id = l.part_id
        order by o.due nulls last, st.code, s.name, p.line_code, p.part_number
        limit #{limit}
        """)
    List<ProposedRow> proposed(LocalDate today, int limit);

    @Select("""
        select coalesce(min(time_zone), 'America/Mexico_City')
        from store
        where closed_at is null
        """)
    String zone();
}
