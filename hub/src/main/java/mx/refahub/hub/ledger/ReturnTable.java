package mx.refahub.hub.ledger;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.fiscal.FiscalSplit;
import mx.refahub.domain.wire.SaleBody;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;
import org.jspecify.annotations.Nullable;

@Mapper
interface ReturnTable {
    @Insert("""
        insert into line_return (
            line_id, sale_id, store_id, source, sold_by, fee_percent, fee_base, fee_tax, waived, make, model, year, engine, inspected, at)
        values (
            #{line}, #{sale.id}, #{sale.store}, #{its.source}, #{its.soldBy}, #{its.feePercent}, #{its.feeBase}, #{its.feeTax}, #{waived},
            #{its.vehicle.make}, #{its.vehicle.model}, #{its.vehicle.year}, #{its.vehicle.engine}, #{inspected}, #{sale.soldAt})
        """)
    int insert(UUID line, SaleBody sale, SaleBody.ReturnedBody its, String waived, boolean inspected);

    @Insert("""
        insert into ticket_proof (sale_id, sold_sale, sold_by, folio, codes, holds)
        values (#{sale}, #{proof.sale}, #{proof.store}, #{proof.folio}, #{codes}, #{holds})
        on conflict do nothing
        """)
    int insertProof(UUID sale, SaleBody.ProofBody proof, String codes, boolean holds);

    /** Every key that the branch ever signed with. */
    @Select("""
        select public_key
        from store_epoch
        where store_id = #{store}
        """)
    List<byte[]> keys(UUID store);

    /** Lines of this sale that came back before it was known here. */
    @Select("""
        select distinct back.return_line
        from sale_line sold
        join sale_line back on back.return_line = sold.id
        where sold.sale_id = #{sale}
        """)
    List<UUID> cameBackBefore(UUID sale);

    @Delete("""
        delete from return_excess
        where sold_line = any(#{lines})
        """)
    int forget(UUID[] lines);

    /** What goes beyond the sold quantity, or the opening deposit's, counted in the order in which the tickets were charged. */
    @Insert("""
        insert into return_excess (line_id, sold_line, store_id, quantity, amount, found_at)
        select id, return_line, store_id, too_much, round(total * too_much::numeric / quantity), #{now}
        from (
            select back.id, back.return_line, s.store_id, -back.quantity as quantity, -back.total as total,
                least(-back.quantity, greatest(0,
                    sum(-back.quantity) over (partition by back.return_line order by s.sold_at, s.id, back.position) - sold.quantity)) as too_much
            from sale_line back
            join sale s on s.id = back.sale_id
            cross join lateral (
                select quantity
                from sale_line
                where id = back.return_line
                union all
                select o.quantity - coalesce((
                    select sum(b.quantity)
                    from core_opening_back b
                    where b.opening_id = o.id), 0)::bigint
                from core_opening o
                where o.id = back.return_line
                and o.customer_id is not null) sold
            where back.return_line = any(#{lines})) each
        where too_much > 0
        """)
    int charge(UUID[] lines, Instant now);

    @Insert("""
        insert into misfit (part_id, make, model, year, engine, times, last_at, returns_version)
        values (#{part}, #{vehicle.make}, #{vehicle.model}, #{vehicle.year}, #{vehicle.engine}, 1, #{at}, #{version})
        on conflict (part_id, lower(make), lower(model), year, lower(engine)) do update
        set times = misfit.times + 1, last_at = greatest(misfit.last_at, excluded.last_at), returns_version = excluded.returns_version
        """)
    int misfit(UUID part, SaleBody.VehicleBody vehicle, Instant at, long version);

    // --- what a ticket comes to for SAT

    @Select("""
        select exists (select 1 from fiscal_document where sale_id = #{sale})
        """)
    boolean isSplit(UUID sale);

    @Insert("""
        insert into fiscal_document (
            id, sale_id, position, kind, net, discount, tax, total, payment_form, related_sale, related_folio, related_invoiced)
        values (
            #{id}, #{sale}, #{position}, #{kind}, #{net}, #{discount}, #{tax}, #{total}, #{part.paymentForm}, #{part.relatedSale},
            #{part.relatedFolio}, exists (select 1 from invoice_request where sale_id = #{part.relatedSale}))
        """)
    int insertFiscal(
            UUID id,
            UUID sale,
            int position,
            String kind,
            FiscalSplit.Part part,
            long net,
            long discount,
            long tax,
            long total);

    @Insert("""
        insert into fiscal_document_line (document_id, line_id)
        select #{document}, unnest(#{lines})
        """)
    int insertFiscalLines(UUID document, UUID[] lines);

    record FiscalRow(
            String kind,
            long net,
            long discount,
            long tax,
            long total,
            String paymentForm,
            @Nullable UUID relatedSale,
            String relatedFolio,
            boolean relatedInvoiced) {}

    @Select("""
        select kind, net, discount, tax, total, payment_form, related_sale, related_folio, related_invoiced
        from fiscal_document
        where sale_id = #{sale}
        order by position
        """)
    List<FiscalRow> fiscal(UUID sale);
}
