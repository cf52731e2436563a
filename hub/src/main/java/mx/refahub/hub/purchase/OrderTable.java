package mx.refahub.hub.purchase;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

/** Orders with their lines, and the receipts tied to them. What came in is added up, never recomputed, so that the order of the documents does not matter. */
@Mapper
interface OrderTable {
    /** Of whoever made and sent an order those whose name is one person's. */
    @Select("""
        select min(p.id::text)::uuid
        from purchase_order o
        join person p on p.name in (o.created_by, o.sent_by) and p.removed_at is null
        where o.id = #{order}
        group by p.name
        having count(*) = 1
        """)
    List<UUID> people(UUID order);

    @Select("""
        select name
        from supplier
        where id = #{id}
        """)
    String supplierName(UUID id);

    record HeadRow(
            UUID id,
            String number,
            UUID supplierId,
            UUID storeId,
            String storeCode,
            String storeName,
            String currency,
            BigDecimal rate,
            @Nullable LocalDate expectedOn,
            String note,
            Instant createdAt,
            String createdBy,
            @Nullable Instant approvedAt,
            @Nullable String approvedBy,
            @Nullable Instant sentAt,
            @Nullable String sentBy,
            @Nullable Instant firstReceivedAt,
            @Nullable Instant receivedAt,
            @Nullable Instant closedAt,
            @Nullable String closedBy,
            @Nullable Instant cancelledAt,
            @Nullable String cancelledBy,
            String endReason) {}

    @Select("""
        select o.id, o.number, o.supplier_id, o.store_id, s.code as store_code, s.name as store_name, o.currency, o.rate, o.expected_on,
            o.note, o.created_at, o.created_by, o.approved_at, o.approved_by, o.sent_at, o.sent_by, o.first_received_at, o.received_at,
            o.closed_at, o.closed_by, o.cancelled_at, o.cancelled_by, o.end_reason
        from purchase_order o
        join store s on s.id = o.store_id
        where o.id = #{id}
        """)
    Optional<HeadRow> head(UUID id);

    /** Held against whoever changes it until the transaction ends. */
    @Select("""
        select id
        from purchase_order
        where id = #{id}
        for update
        """)
    Optional<UUID> lock(UUID id);

    /** By its id, or by its number where the store knew that alone. */
    @Select("""
        select id
        from purchase_order
        where id = #{id} or #{id}::uuid is null and number = #{number}
        for update
        """)
    Optional<UUID> lockNamed(@Nullable UUID id, String number);

    record LineRow(
            UUID id,
            UUID partId,
            String lineCode,
            String partNumber,
            String name,
            String unit,
            String theirNumber,
            long quantity,
            BigDecimal cost,
            String reason,
            long received) {}

    @Select("""
        select l.id, l.part_id, p.line_code, p.part_number, p.name_es as name, p.unit, l.their_number, l.quantity, l.cost, l.reason,
            l.received
        from purchase_order_line l
        join part p on p.id = l.part_id
        where l.order_id = #{order}
        order by l.position
        """)
    List<LineRow> lines(UUID order);

    @Select("""
        select 'OC-' || lpad(nextval('purchase_number')::text, 6, '0')
        """)
    String nextNumber();

    @Select("""
        select exists (
            select 1
            from store
            where id = #{store}
            and closed_at is null)
        """)
    boolean isOpen(UUID store);

    @Insert("""
        insert into purchase_order (id, number, supplier_id, store_id, currency, rate, expected_on, note, created_at, created_by)
        values (#{id}, #{number}, #{supplier}, #{store}, #{currency}, #{rate}, #{expectedOn}, #{note}, #{at}, #{by})
        """)
    int insert(
            UUID id,
            String number,
            UUID supplier,
            UUID store,
            String currency,
            BigDecimal rate,
            @Nullable LocalDate expectedOn,
            String note,
            Instant at,
            String by);

    @Update("""
        update purchase_order
        set supplier_id = #{supplier}, store_id = #{store}, currency = #{currency}, rate = #{rate}, expected_on = #{expectedOn},
            note = #{note}
        where id = #{id}
        and approved_at is null
        and cancelled_at is null
        """)
    int change(
            UUID id,
            UUID supplier,
            UUID store,
            String currency,
            BigDecimal rate,
            @Nullable LocalDate expectedOn,
            String note);

    @Delete("""
        delete from purchase_order_line
        where order_id = #{order}
        """)
    int emptyLines(UUID order);

    @Insert("""
        insert into purchase_order_line (id, order_id, position, part_id, their_number, quantity, cost, reason)
        select l.id, #{order}, l.position, l.part, coalesce(nullif(l.their_number, ''), (
                select s.their_number
                from supplier_part s
                where s.supplier_id = #{supplier}
                and s.part_id = l.part
                order by s.noted_at desc, s.their_number
                limit 1), ''), l.quantity, l.cost, l.reason
        from unnest(#{ids}, #{parts}, #{theirNumbers}, #{quantities}, cast(#{costs} as numeric[]), #{reasons}) with ordinality
            as l (id, part, their_number, quantity, cost, reason, position)
        """)
    int insertLines(
            UUID order,
            UUID supplier,
            UUID[] ids,
            UUID[] parts,
            String[] theirNumbers,
            Long[] quantities,
            String[] costs,
            String[] reasons);

    @Select("""
        select count(*)
        from part
        where id = any(#{parts})
        and removed_at is null
        """)
    int countParts(UUID[] parts);

    record Limit(String role, @Nullable Long amount) {}

    @Select("""
        select role, amount
        from purchase_limit
        where role = #{role}
        """)
    Optional<Limit> limit(String role);

    @Update("""
        update purchase_order
        set approved_at = #{at}, approved_by = #{by}
        where id = #{id}
        """)
    int approve(UUID id, @Nullable Instant at, @Nullable String by);

    @Update("""
        update purchase_order
        set sent_at = #{at}, sent_by = #{by}, orders_version = #{version}
        where id = #{id}
        """)
    int send(UUID id, Instant at, String by, long version);

    @Update("""
        update purchase_order
        set closed_at = #{at}, closed_by = #{by}, end_reason = #{reason}, orders_version = #{version}
        where id = #{id}
        """)
    int close(UUID id, Instant at, String by, String reason, long version);

    @Update("""
        update purchase_order
        set cancelled_at = #{at}, cancelled_by = #{by}, end_reason = #{reason}, orders_version = #{version}
        where id = #{id}
        """)
    int cancel(UUID id, Instant at, String by, String reason, long version);

    record SummaryRow(
            UUID id,
            String number,
            String supplierName,
            String storeCode,
            String currency,
            @Nullable Instant approvedAt,
            @Nullable Instant sentAt,
            @Nullable Instant firstReceivedAt,
            @Nullable Instant receivedAt,
            @Nullable Instant closedAt,
            @Nullable Instant cancelledAt,
            BigDecimal total,
            int lines,
            long ordered,
            long received,
            Instant createdAt,
            @Nullable LocalDate expectedOn,
            int differences) {}

    @Select("""
        select o.id, o.number, s.name as supplier_name, b.code as store_code, o.currency, o.approved_at, o.sent_at, o.first_received_at,
            o.received_at, o.closed_at, o.cancelled_at, l.total, l.lines, l.ordered, l.received, o.created_at, o.expected_on,
            (select count(*) from purchase_difference d where d.order_id = o.id and d.settled_at is null) as differences
        from (
            select *, case
                    when cancelled_at is not null then 'CANCELLED'
                    when closed_at is not null then 'CLOSED'
                    when received_at is not null then 'RECEIVED'
                    when first_received_at is not null then 'PARTLY_RECEIVED'
                    when sent_at is not null then 'SENT'
                    when approved_at is not null then 'APPROVED'
                    else 'DRAFT'
                end as state
            from purchase_order) o
        join supplier s on s.id = o.supplier_id
        join store b on b.id = o.store_id
        cross join lateral (
            select coalesce(sum(round(cost * quantity / 1000, 2)), 0) as total, count(*) as lines, coalesce(sum(quantity), 0)::bigint as ordered,
                coalesce(sum(least(received, quantity)), 0)::bigint as received
            from purchase_order_line
            where order_id = o.id) l
        where (#{state}::text is null and o.state not in ('RECEIVED', 'CLOSED', 'CANCELLED') or o.state = #{state})
        order by o.created_at desc, o.number desc
        limit #{limit}
        """)
    List<SummaryRow> summaries(@Nullable String state, int limit);

    @Insert("""
        insert into purchase_receipt (stock_document_id, order_id, order_number, invoice_id, kept_by, kept_why)
        values (#{document}, #{order}, #{number}, #{invoice}, #{keptBy}, #{keptWhy})
        """)
    int insertReceipt(
            UUID document, @Nullable UUID order, String number, @Nullable UUID invoice, String keptBy, String keptWhy);

    @Insert("""
        insert into purchase_landed (stock_document_id, freight, duty, other, spread_by)
        values (#{document}, #{freight}, #{duty}, #{other}, #{by})
        """)
    int insertLanded(UUID document, long freight, long duty, long other, String by);

    @Insert("""
        insert into purchase_landed_line (stock_document_id, position, amount)
        select #{document}, s.position, s.amount
        from unnest(#{shares}) with ordinality as s (amount, position)
        """)
    int insertLandedLines(UUID document, Long[] shares);

    @Insert("""
        insert into expected_receipt (invoice_id, order_id, made_at, made_by)
        values (#{invoice}, #{order}, #{at}, #{by})
        on conflict (invoice_id) do nothing
        """)
    int expect(UUID invoice, UUID order, Instant at, String by);

    @Update("""
        update expected_receipt
        set received_at = #{at}
        where invoice_id = #{invoice}
        and received_at is null
        """)
    int cameBy(UUID invoice, Instant at);

    /** The branch hears of it again. */
    @Update("""
        update purchase_order
        set orders_version = #{version}
        where id = #{order}
        """)
    int tell(UUID order, long version);

    @Delete("""
        delete from purchase_difference
        where what = 'INVOICED'
        and settled_at is null
        and stock_document_id in (
            select stock_document_id
            from purchase_receipt
            where invoice_id = #{invoice})
        """)
    int forgetInvoiced(UUID invoice);

    /** All that came by an invoice against what it says. */
    @Insert("""
        insert into purchase_difference (stock_document_id, order_id, part_id, what, expected, found, at)
        select #{document}, #{order}, part_id, 'INVOICED', coalesce(v.quantity, 0), coalesce(r.quantity, 0), #{at}
        from (
            select part_id, round(sum(quantity) * 1000)::bigint as quantity
            from supplier_invoice_line
            where invoice_id = #{invoice}
            and part_id is not null
            group by part_id) v
        full join (
            select l.part_id, sum(l.quantity)::bigint as quantity
            from purchase_receipt p
            join stock_document_line l on l.stock_document_id = p.stock_document_id
            where p.invoice_id = #{invoice}
            group by l.part_id) r using (part_id)
        where coalesce(v.quantity, 0) <> coalesce(r.quantity, 0)
        """)
    int findInvoiced(UUID document, UUID order, UUID invoice, Instant at);

    @Update("""
        update purchase_order_line l
        set received = l.received + m.quantity
        from (
            select u.part, sum(u.quantity) as quantity
            from unnest(#{parts}, #{quantities}) as u (part, quantity)
            group by u.part) m
        where l.order_id = #{order}
        and l.part_id = m.part
        """)
    int receive(UUID order, UUID[] parts, Long[] quantities);

    /** The first goods are the earliest, the last the latest, in whichever order their documents came. */
    @Update("""
        update purchase_order o
        set first_received_at = least(coalesce(o.first_received_at, #{at}), #{at}),
            received_at = case
                when not exists (
                    select 1
                    from purchase_order_line l
                    where l.order_id = o.id
                    and l.received < l.quantity)
                then greatest(coalesce(o.received_at, #{at}), #{at})
            end,
            orders_version = #{version}
        where o.id = #{order}
        """)
    int move(UUID order, Instant at, long version);

    /** What of a receipt is otherwise than ordered; after its pieces were added. */
    @Insert("""
        insert into purchase_difference (stock_document_id, order_id, part_id, what, expected, found, at)
        select #{document}, #{order}, m.part, d.what, d.expected, d.found, #{at}
        from (
            select u.part, sum(u.quantity) as quantity, max(u.cost) filter (where u.cost <> coalesce(l.cost, u.cost)) as cost
            from unnest(#{parts}, #{quantities}, cast(#{costs} as numeric[])) as u (part, quantity, cost)
            left join purchase_order_line l on l.order_id = #{order} and l.part_id = u.part
            group by u.part) m
        left join purchase_order_line l on l.order_id = #{order} and l.part_id = m.part
        cross join lateral (
            values
                ('NOT_ORDERED', l.id is null, 0::bigint, m.quantity::bigint),
                ('MORE', l.received > l.quantity, l.quantity, l.received),
                ('COST', #{sameCurrency} and m.cost is not null and l.id is not null, (l.cost * 10000)::bigint, (m.cost * 10000)::bigint))
            as d (what, holds, expected, found)
        where d.holds
        """)
    int findDifferences(
            UUID document,
            UUID order,
            UUID[] parts,
            Long[] quantities,
            String[] costs,
            boolean sameCurrency,
            Instant at);

    @Insert("""
        insert into purchase_difference (stock_document_id, order_id, what, expected, found, at)
        values (#{document}, #{order}, #{what}, 0, 0, #{at})
        """)
    int addDifference(UUID document, @Nullable UUID order, String what, Instant at);

    /** What the supplier last took for it, unless something newer is known. */
    @Update("""
        update supplier_part s
        set cost = m.cost, noted_at = #{at}
        from (
            select distinct on (u.part) u.part, u.cost
            from unnest(#{parts}, cast(#{costs} as numeric[])) as u (part, cost)
            where u.cost > 0
            order by u.part, u.cost) m
        where s.supplier_id = #{supplier}
        and s.part_id = m.part
        and s.noted_at <= #{at}
        """)
    int noteCosts(UUID supplier, UUID[] parts, String[] costs, Instant at);

    record ReceiptRow(
            UUID id,
            String reference,
            Instant at,
            String byName,
            String storeCode,
            int lines,
            long value,
            long landed) {}

    @Select("""
        select d.id, d.reference, d.at, d.by_name, s.code as store_code, count(l.id) as lines,
            coalesce(sum(l.value + l.variance), 0)::bigint as value, coalesce(max(c.freight + c.duty + c.other), 0) as landed
        from purchase_receipt r
        join stock_document d on d.id = r.stock_document_id
        join store s on s.id = d.store_id
        join stock_document_line l on l.stock_document_id = d.id
        left join purchase_landed c on c.stock_document_id = d.id
        where r.order_id = #{order}
        group by d.id, s.code
        order by d.at
        """)
    List<ReceiptRow> receipts(UUID order);

    record DifferenceRow(
            UUID id,
            @Nullable UUID orderId,
            String orderNumber,
            String storeCode,
            String supplier,
            String part,
            String what,
            long expected,
            long found,
            Instant at,
            @Nullable Instant settledAt,
            @Nullable String settledBy,
            String note,
            String keptBy,
            String keptWhy) {}

    @Select("""
        select d.id, d.order_id, r.order_number, s.code as store_code, t.supplier, coalesce(p.line_code || ' ' || p.part_number, '') as part,
            d.what, d.expected, d.found, d.at, d.settled_at, d.settled_by, d.note, r.kept_by, r.kept_why
        from purchase_difference d
        join purchase_receipt r on r.stock_document_id = d.stock_document_id
        join stock_document t on t.id = d.stock_document_id
        join store s on s.id = t.store_id
        left join part p on p.id = d.part_id
        where (#{order}::uuid is null or d.order_id = #{order})
        and (d.settled_at is not null) = #{settled}
        order by d.at desc, d.id
        limit #{limit}
        """)
    List<DifferenceRow> differences(@Nullable UUID order, boolean settled, int limit);

    @Select("""
        select d.id, d.order_id, r.order_number, s.code as store_code, t.supplier, coalesce(p.line_code || ' ' || p.part_number, '') as part,
            d.what, d.expected, d.found, d.at, d.settled_at, d.settled_by, d.note, r.kept_by, r.kept_why
        from purchase_difference d
        join purchase_receipt r on r.stock_document_id = d.stock_document_id
        join stock_document t on t.id = d.stock_document_id
        join store s on s.id = t.store_id
        left join part p on p.id = d.part_id
        where d.id = #{id}
        """)
    Optional<DifferenceRow> difference(UUID id);

    @Update("""
        update purchase_difference
        set settled_at = #{at}, settled_by = #{by}, note = #{note}
        where id = #{id}
        and settled_at is null
        """)
    int settle(UUID id, Instant at, String by, String note);

    record GivenBackRow(
            UUID id,
            String storeCode,
            String supplier,
            String reference,
            String note,
            Instant at,
            String byName,
            int lines,
            long value) {}

    @Select("""
        select d.id, s.code as store_code, d.supplier, d.reference, d.note, d.at, d.by_name, count(l.id) as lines,
            (-coalesce(sum(l.value), 0))::bigint as value
        from stock_document d
        join store s on s.id = d.store_id
        join stock_document_line l on l.stock_document_id = d.id
        where d.kind = 'ADJUSTMENT'
        and d.reason = 'TO_SUPPLIER'
        group by d.id, s.code
        order by d.at desc
        limit #{limit}
        """)
    List<GivenBackRow> givenBack(int limit);
}
