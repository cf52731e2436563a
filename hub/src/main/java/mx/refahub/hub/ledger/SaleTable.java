package mx.refahub.hub.ledger;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.wire.SaleBody;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;
import org.jspecify.annotations.Nullable;

@Mapper
interface SaleTable {
    @Insert("""
        insert into sale (
            id, store_id, register_id, cash_session_id, cashier_id, cashier_name, folio_prefix, folio_number, invoice_code, sold_at,
            business_day, currency, issuer_rfc, issuer_name, issuer_regime, issuer_postal_code, fiscal_state, price_version, net,
            discount, tax, cores, total, savings, document_id, customer_id, customer_name, due_on, approved_by, approved_by_name)
        values (
            #{sale.id}, #{sale.store}, #{sale.register}, #{sale.cashSession}, #{sale.cashier}, #{sale.cashierName}, #{sale.folioPrefix},
            #{sale.folioNumber}, #{sale.invoiceCode}, #{sale.soldAt}, #{sale.businessDay}, #{sale.currency}, #{sale.issuer.rfc},
            #{sale.issuer.name}, #{sale.issuer.regime}, #{sale.issuer.postalCode}, #{sale.fiscalState}, #{sale.priceVersion},
            #{sale.totals.net}, #{sale.totals.discount}, #{sale.totals.tax}, #{sale.totals.cores}, #{sale.totals.total},
            #{sale.totals.savings}, #{document}, #{sale.buyer.customer}, #{sale.buyer.name}, #{sale.buyer.dueOn}, #{sale.buyer.approvedBy},
            #{sale.buyer.approvedByName})
        on conflict (id) do nothing
        """)
    int insert(SaleBody sale, UUID document);

    /** @param lines JSON of {@link SaleBody.LineBody}, in their order: one parameter, whatever their number */
    @Insert("""
        insert into sale_line (
            id, sale_id, position, kind, part_id, line_code, part_number, description, unit, quantity, price, list_price,
            price_includes_tax, net, discount, base, tax, total, tax_object, tax_factor, tax_rate, sat_product, sat_unit,
            salesperson_id, salesperson_name, note, grant_reason, granted_by, granted_by_name, return_sale, return_line, return_folio,
            return_reason, price_level, price_rule, price_break, promotion, promotion_name, promotion_off, book_version, prices_version,
            priced_for, particulars)
        select id, #{sale}, ordinality, kind, part, "lineCode", "partNumber", description, unit, quantity, price, "listPrice",
            "priceIncludesTax", net, discount, base, tax, total, "taxObject", "taxFactor", "taxRate", "satProduct", "satUnit",
            salesperson, "salespersonName", note, "grantReason", "grantedBy", "grantedByName", "returnSale", "returnLine", "returnFolio",
            "returnReason", "priceLevel", "priceRule", "priceBreak", promotion, "promotionName", "promotionOff", "bookVersion", "pricesVersion",
            "pricedFor", particulars
        from rows from (json_to_recordset(cast(#{lines} as json)) as (
            id uuid, kind text, part uuid, "lineCode" text, "partNumber" text, description text, unit text, quantity bigint, price bigint,
            "listPrice" bigint, "priceIncludesTax" boolean, net bigint, discount bigint, base bigint, tax bigint, total bigint, "taxObject" text,
            "taxFactor" text, "taxRate" numeric, "satProduct" text, "satUnit" text, salesperson uuid, "salespersonName" text, note text,
            "grantReason" text, "grantedBy" uuid, "grantedByName" text, "returnSale" uuid, "returnLine" uuid, "returnFolio" text,
            "returnReason" text, "priceLevel" text, "priceRule" uuid, "priceBreak" bigint, promotion uuid, "promotionName" text,
            "promotionOff" bigint, "bookVersion" bigint, "pricesVersion" bigint, "pricedFor" date, particulars jsonb)) with ordinality
        """)
    int insertLines(UUID sale, String lines);

    /** @param tenders JSON of {@link SaleBody.TenderBody}, in their order */
    @Insert("""
        insert into sale_tender (
            id, sale_id, position, kind, sat_payment_form, amount, received, reference, foreign_currency, foreign_given, foreign_rate,
            card_last_four, card_months, card_charge, credit, credit_proof)
        select id, #{sale}, ordinality, kind, "satPaymentForm", amount, received, reference, "foreignCurrency", "foreignGiven", "foreignRate",
            "cardLastFour", "cardMonths", "cardCharge", credit, "creditProof"
        from rows from (json_to_recordset(cast(#{tenders} as json)) as (
            id uuid, kind text, "satPaymentForm" text, amount bigint, received bigint, reference text, "foreignCurrency" text,
            "foreignGiven" bigint, "foreignRate" numeric, "cardLastFour" text, "cardMonths" integer, "cardCharge" uuid, credit uuid,
            "creditProof" text)) with ordinality
        """)
    int insertTenders(UUID sale, String tenders);

    /** Another sale of the store with this folio, or any with this invoice code. */
    @Select("""
        select
            exists (
                select 1 from sale
                where store_id = #{store} and folio_prefix = #{prefix} and folio_number = #{number} and id <> #{sale}) as folio,
            exists (select 1 from sale where invoice_code = #{invoiceCode} and id <> #{sale}) as invoice_code,
            not exists (select 1 from register where id = #{register} and store_id = #{store}) as register
        """)
    Twins twins(UUID sale, UUID store, UUID register, String prefix, long number, String invoiceCode);

    /** @param register the store has no such register */
    record Twins(boolean folio, boolean invoiceCode, boolean register) {}

    /** Two documents that bring back the same line follow each other, so that the later one sees what the earlier took. */
    @Select("""
        select id
        from sale_line
        where id = any(#{lines})
        order by id
        for update
        """)
    List<UUID> lockSold(UUID[] lines);

    /** Likewise of deposits of the opening load, which also come back at the hub. */
    @Select("""
        select id
        from core_opening
        where id = any(#{lines})
        order by id
        for update
        """)
    List<UUID> lockOpenings(UUID[] lines);

    /**
     * Lines of this sale that bring back what was never sold, or more of it than was sold, over all branches; the line's folio as printed.
     *
     * @param line that was sold
     * @param sold null while the hub does not know the sold line
     */
    record Overdrawn(UUID line, String folio, @Nullable Long sold, long returned) {}

    @Select("""
        select mine.return_line as line, coalesce(nullif(mine.return_folio, ''), 'the opening load') as folio, sold.quantity as sold,
            -sum(back.quantity) as returned
        from sale_line mine
        left join lateral (
            select quantity
            from sale_line
            where id = mine.return_line
            union all
            select o.quantity - coalesce((
                select sum(b.quantity)
                from core_opening_back b
                where b.opening_id = o.id), 0)::bigint
            from core_opening o
            where o.id = mine.return_line
            and o.customer_id is not null) sold on true
        join sale_line back on back.return_line = mine.return_line
        where mine.sale_id = #{sale}
        and mine.return_line is not null
        group by mine.id, mine.return_line, mine.return_folio, sold.quantity
        having sold.quantity is null or -sum(back.quantity) > sold.quantity
        """)
    List<Overdrawn> overdrawn(UUID sale);

    record SaleRow(
            UUID id,
            UUID storeId,
            UUID registerId,
            UUID cashSessionId,
            UUID cashierId,
            String cashierName,
            String folioPrefix,
            long folioNumber,
            String invoiceCode,
            Instant soldAt,
            LocalDate businessDay,
            String currency,
            String issuerRfc,
            String issuerName,
            String issuerRegime,
            String issuerPostalCode,
            String fiscalState,
            long priceVersion,
            long net,
            long discount,
            long tax,
            long cores,
            long total,
            long savings,
            @Nullable UUID customerId,
            @Nullable String customerName,
            @Nullable LocalDate dueOn,
            @Nullable UUID approvedBy,
            @Nullable String approvedByName) {}

    @Select("""
        select id, store_id, register_id, cash_session_id, cashier_id, cashier_name, folio_prefix, folio_number, invoice_code, sold_at,
            business_day, currency, issuer_rfc, issuer_name, issuer_regime, issuer_postal_code, fiscal_state, price_version, net,
            discount, tax, cores, total, savings, customer_id, customer_name, due_on, approved_by, approved_by_name
        from sale
        where id = #{id}
        """)
    Optional<SaleRow> sale(UUID id);

    @Select("""
        select id, kind, part_id as part, line_code, part_number, description, unit, quantity, price, list_price, price_includes_tax, net,
            discount, base, tax, total, tax_object, tax_factor, tax_rate::text as tax_rate, sat_product, sat_unit,
            salesperson_id as salesperson, salesperson_name, note, grant_reason, granted_by, granted_by_name, return_sale, return_line,
            return_folio, return_reason, price_level, price_rule, price_break, promotion, promotion_name, promotion_off, book_version,
            prices_version, priced_for, null as returned, particulars
        from sale_line
        where sale_id = #{sale}
        order by position
        """)
    List<SaleBody.LineBody> lines(UUID sale);

    record TermsRow(
            UUID lineId,
            String source,
            @Nullable UUID soldBy,
            @Nullable Integer feePercent,
            @Nullable Long feeBase,
            @Nullable Long feeTax,
            String waived,
            @Nullable String make,
            @Nullable String model,
            @Nullable Integer year,
            @Nullable String engine,
            boolean inspected) {}

    /** On what terms lines of this sale came back, where they are not plain. */
    @Select("""
        select line_id, source, sold_by, fee_percent, fee_base, fee_tax, waived, make, model, year, engine, inspected
        from line_return
        where sale_id = #{sale}
        """)
    List<TermsRow> terms(UUID sale);

    @Select("""
        select id, kind, sat_payment_form, amount, received, reference, foreign_currency, foreign_given,
            foreign_rate::text as foreign_rate, card_last_four, card_months, card_charge, credit, credit_proof
        from sale_tender
        where sale_id = #{sale}
        order by position
        """)
    List<SaleBody.TenderBody> tenders(UUID sale);
}
