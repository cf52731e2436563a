package mx.refahub.hub.purchase;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

@Mapper
interface SupplierInvoiceTable {
    record InvoiceRow(
            UUID id,
            UUID fiscalId,
            @Nullable UUID supplierId,
            String supplierName,
            String issuerRfc,
            String issuerName,
            String receiverRfc,
            String kind,
            String series,
            String folio,
            LocalDateTime issuedAt,
            String currency,
            BigDecimal rate,
            long net,
            long total,
            String problems,
            Instant takenAt,
            @Nullable UUID orderId,
            String orderNumber,
            @Nullable Instant settledAt,
            @Nullable String settledBy,
            @Nullable Instant expectedAt) {}

    String COLUMNS = """
        select i.id, i.fiscal_id, i.supplier_id, coalesce(s.name, '') as supplier_name, i.issuer_rfc, i.issuer_name, i.receiver_rfc, i.kind,
            i.series, i.folio, i.issued_at, i.currency, i.rate, i.net, i.total, i.problems, i.taken_at, i.order_id,
            coalesce(o.number, '') as order_number, i.settled_at, i.settled_by, e.made_at as expected_at
        from supplier_invoice i
        left join supplier s on s.id = i.supplier_id
        left join purchase_order o on o.id = i.order_id
        left join expected_receipt e on e.invoice_id = i.id
        """;

    @Select(COLUMNS + """
        order by i.taken_at desc, i.id desc
        limit #{limit}
        """)
    List<InvoiceRow> all(int limit);

    @Select(COLUMNS + """
        where i.id = #{id}
        """)
    Optional<InvoiceRow> one(UUID id);

    @Select("""
        select id
        from supplier_invoice
        where fiscal_id = #{fiscalId}
        """)
    Optional<UUID> byFiscalId(UUID fiscalId);

    record LineRow(
            int position,
            String theirNumber,
            String description,
            String unit,
            BigDecimal quantity,
            BigDecimal cost,
            long net,
            @Nullable UUID partId,
            @Nullable String taxFactor,
            @Nullable BigDecimal taxRate,
            @Nullable Long tax) {}

    @Select("""
        select position, their_number, description, unit, quantity, cost, net, part_id, tax_factor, tax_rate, tax
        from supplier_invoice_line
        where invoice_id = #{invoice}
        order by position
        """)
    List<LineRow> lines(UUID invoice);

    /** Nothing where the same invoice is here already. */
    @Insert("""
        insert into supplier_invoice (
            id, fiscal_id, supplier_id, issuer_rfc, issuer_name, receiver_rfc, kind, series, folio, issued_at, currency, rate, net, total, problems,
            taken_at, taken_by, order_id, xml)
        values (
            #{r.id}, #{r.fiscalId}, #{r.supplierId}, #{r.issuerRfc}, #{r.issuerName}, #{r.receiverRfc}, #{r.kind}, #{r.series}, #{r.folio},
            #{r.issuedAt}, #{r.currency}, #{r.rate}, #{r.net}, #{r.total}, #{r.problems}, #{r.takenAt}, #{by}, #{r.orderId}, #{xml})
        on conflict (fiscal_id) do nothing
        """)
    int insert(InvoiceRow r, String by, byte[] xml);

    /** Of a line whose tax is not known factor, rate and tax are empty. */
    @Insert("""
        insert into supplier_invoice_line (
            invoice_id, position, their_number, description, unit, quantity, cost, net, part_id, tax_factor, tax_rate, tax)
        select #{invoice}, l.position, l.their_number, l.description, l.unit, l.quantity, l.cost, l.net, (
                select s.part_id
                from supplier_part s
                where s.supplier_id = #{supplier}
                and s.their_number = l.their_number), nullif(l.tax_factor, ''), cast(nullif(l.tax_rate, '') as numeric), cast(nullif(l.tax, '') as bigint)
        from unnest(#{theirNumbers}, #{descriptions}, #{units}, cast(#{quantities} as numeric[]), cast(#{costs} as numeric[]), #{nets}, #{factors},
            #{rates}, #{taxes}) with ordinality
            as l (their_number, description, unit, quantity, cost, net, tax_factor, tax_rate, tax, position)
        """)
    int insertLines(
            UUID invoice,
            @Nullable UUID supplier,
            String[] theirNumbers,
            String[] descriptions,
            String[] units,
            String[] quantities,
            String[] costs,
            Long[] nets,
            String[] factors,
            String[] rates,
            String[] taxes);

    record WithheldRow(String tax, long amount) {}

    @Select("""
        select tax, amount
        from supplier_invoice_withheld
        where invoice_id = #{invoice}
        order by tax
        """)
    List<WithheldRow> withheld(UUID invoice);

    @Insert("""
        insert into supplier_invoice_withheld (invoice_id, tax, amount)
        select #{invoice}, tax, amount
        from unnest(#{taxes}, #{amounts}) as w (tax, amount)
        """)
    int insertWithheld(UUID invoice, String[] taxes, Long[] amounts);

    /** The supplier's order that shares most parts with the invoice, the newest of equals; one that is sent and not cancelled. */
    @Select("""
        select o.id
        from purchase_order o
        join purchase_order_line l on l.order_id = o.id
        where o.supplier_id = #{supplier}
        and o.sent_at is not null
        and o.cancelled_at is null
        and l.part_id in (
            select s.part_id
            from supplier_part s
            where s.supplier_id = #{supplier}
            and s.their_number = any(#{theirNumbers}))
        group by o.id
        order by count(*) desc, o.sent_at desc
        limit 1
        """)
    Optional<UUID> likelyOrder(UUID supplier, String[] theirNumbers);

    @Update("""
        update supplier_invoice
        set order_id = #{order}
        where id = #{id}
        and settled_at is null
        """)
    int tie(UUID id, UUID order);

    @Update("""
        update supplier_invoice_line
        set part_id = #{part}
        where invoice_id = #{invoice}
        and their_number = #{theirNumber}
        """)
    int map(UUID invoice, String theirNumber, UUID part);

    /** What is now known of a number holds for the supplier's other invoices, too, as far as nobody has agreed to them or said otherwise. */
    @Update("""
        update supplier_invoice_line l
        set part_id = #{part}
        from supplier_invoice i
        where i.id = l.invoice_id
        and i.supplier_id = #{supplier}
        and i.settled_at is null
        and l.their_number = #{theirNumber}
        and l.part_id is null
        """)
    int mapOthers(UUID supplier, String theirNumber, UUID part);

    /** Ties the supplier's invoices that are of no order yet to the open order of the half year before it (or the week after: goods were asked for by word) that shares most parts with each, of which not all has been invoiced. */
    @Update("""
        update supplier_invoice i
        set order_id = likely.order_id
        from (
            select distinct on (v.id) v.id, o.id as order_id
            from supplier_invoice v
            join purchase_order o on o.supplier_id = v.supplier_id
            join purchase_order_line l on l.order_id = o.id
            where v.supplier_id = #{supplier}
            and v.order_id is null
            and v.settled_at is null
            and v.kind = 'I'
            and o.sent_at <= v.issued_at + interval '7 days'
            and o.sent_at > v.issued_at - interval '180 days'
            and o.cancelled_at is null
            and o.closed_at is null
            and exists (
                select
                from supplier_invoice_line n
                where n.invoice_id = v.id
                and n.part_id = l.part_id)
            and l.quantity > 1000 * coalesce((
                select sum(n.quantity)
                from supplier_invoice w
                join supplier_invoice_line n on n.invoice_id = w.id
                where w.order_id = o.id
                and w.kind = 'I'
                and n.part_id = l.part_id), 0)
            group by v.id, o.id
            order by v.id, count(*) desc, o.sent_at desc) as likely
        where i.id = likely.id
        and i.order_id is null
        and i.settled_at is null
        """)
    int tieLikely(UUID supplier);

    @Update("""
        update supplier_invoice
        set settled_at = #{at}, settled_by = #{by}
        where id = #{id}
        and settled_at is null
        """)
    int settle(UUID id, Instant at, String by);

    record ComparedRow(
            @Nullable UUID partId,
            String theirNumber,
            String text,
            @Nullable BigDecimal ordered,
            @Nullable BigDecimal received,
            @Nullable BigDecimal invoiced,
            @Nullable BigDecimal orderedCost,
            @Nullable BigDecimal invoicedCost) {}

    /** By part: the order's lines, what receipts of it brought, and all invoices of it; of an invoice without an order its own lines. */
    @Select("""
        with invoice as (
            select id, order_id
            from supplier_invoice
            where id = #{invoice}),
        invoiced as (
            select l.part_id, case when l.part_id is null then l.their_number else '' end as unmapped, max(l.their_number) as their_number,
                max(l.description) as description, sum(l.quantity) as quantity, max(l.cost) as cost
            from invoice i
            join supplier_invoice v on v.id = i.id or v.order_id = i.order_id
            join supplier_invoice_line l on l.invoice_id = v.id
            where v.kind = 'I'
            group by 1, 2),
        ordered as (
            select l.part_id, l.their_number, l.quantity / 1000.0 as quantity, l.cost
            from invoice i
            join purchase_order_line l on l.order_id = i.order_id),
        received as (
            select l.part_id, sum(l.quantity) / 1000.0 as quantity
            from invoice i
            join purchase_receipt r on r.order_id = i.order_id
            join stock_document_line l on l.stock_document_id = r.stock_document_id
            group by l.part_id)
        select part_id, coalesce(nullif(v.their_number, ''), o.their_number, '') as their_number,
            coalesce(p.line_code || ' ' || p.part_number || ' · ' || p.name_es, v.description, '') as text,
            o.quantity as ordered, r.quantity as received, v.quantity as invoiced, o.cost as ordered_cost, v.cost as invoiced_cost
        from invoiced v
        full join ordered o using (part_id)
        full join received r using (part_id)
        left join part p on p.id = part_id
        order by part_id is null, text
        """)
    List<ComparedRow> compare(UUID invoice);

    record BroughtRow(UUID partId, String theirNumber, BigDecimal quantity, BigDecimal cost) {}

    /** What it brings of the parts that are known, one row each. */
    @Select("""
        select part_id, max(their_number) as their_number, round(sum(quantity), 3) as quantity, round(sum(net) / 100.0 / sum(quantity), 4) as cost
        from supplier_invoice_line
        where invoice_id = #{invoice}
        and part_id is not null
        and quantity > 0
        group by part_id
        order by min(position)
        """)
    List<BroughtRow> brought(UUID invoice);

    record Company(String name, String rfc) {}

    @Select("""
        select name, rfc
        from company
        """)
    Company company();
}
