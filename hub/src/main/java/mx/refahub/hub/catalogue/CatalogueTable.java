package mx.refahub.hub.catalogue;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;
import org.jspecify.annotations.Nullable;

@Mapper
interface CatalogueTable {
    /**
     * @param at versions of catalogue, prices and stock
     * @param id null in the one row that comes where nothing has to be read; so is the rest
     * @param barcodes one text each: pack in thousandths, a blank, the code
     */
    record CardRow(
            String at,
            @Nullable UUID id,
            String lineCode,
            String partNumber,
            String brand,
            String nameEs,
            String nameEn,
            String category,
            String unit,
            String taxClass,
            long core,
            String satCode,
            String satUnit,
            String taxObject,
            String[] barcodes,
            @Nullable Long amount,
            @Nullable String currency,
            @Nullable Boolean includesTax,
            long stock) {}

    /**
     * Cards that memory does not have as they are now.
     *
     * @param kept for each id the versions at which its card was read; empty where there is none
     */
    @Select("""
        with now as (
            select string_agg(version::text, '.' order by stream) as at
            from stream_version
            where stream in ('catalogue', 'prices', 'stock'))
        select now.at, p.id, p.line_code, p.part_number, p.brand, p.name_es, p.name_en, p.category, p.unit, p.tax_class,
            coalesce(p.core, 0) as core, p.sat_code, p.sat_unit, p.tax_object,
            array(
                select b.pack || ' ' || b.barcode
                from part_barcode b
                where b.part_id = p.id
                order by b.barcode) as barcodes,
            r.amount, r.currency, r.includes_tax,
            coalesce((select sum(h.on_hand) from stock_on_hand h where h.part_id = p.id), 0)::bigint + coalesce((
                select sum(there.made)::bigint * 1000
                from (
                    select min(h.on_hand / c.quantity) as made
                    from part_relation c
                    join stock_on_hand h on h.part_id = c.related_id and h.on_hand >= c.quantity
                    where c.part_id = p.id
                    and c.kind = 'COMPONENT'
                    group by h.store_id
                    having count(*) = (
                        select count(*)
                        from part_relation k
                        where k.part_id = p.id
                        and k.kind = 'COMPONENT')) as there), 0) as stock
        from now
        left join (
            unnest(#{ids}, #{kept}) as asked (part_id, kept)
            join part p on p.id = asked.part_id and p.removed_at is null
            left join part_price r on r.part_id = p.id)
            on asked.kept <> now.at
        """)
    List<CardRow> cards(UUID[] ids, String[] kept);

    @Select("""
        select version
        from stream_version
        where stream = 'stock'
        """)
    long stockVersion();

    @Select("""
        select part_id
        from stock_on_hand
        group by part_id
        having sum(on_hand) > 0
        """)
    List<UUID> stocked();

    record StockRow(UUID partId, boolean onHand) {}

    @Select("""
        select h.part_id, sum(h.on_hand) > 0 as on_hand
        from stock_on_hand h
        where h.part_id in (
            select changed.part_id
            from stock_on_hand changed
            where changed.stock_version > #{version})
        group by h.part_id
        """)
    List<StockRow> stockedSince(long version);

    @Select("""
        select version
        from stream_version
        where stream = 'catalogue'
        """)
    long catalogueVersion();

    /** Kits of which the pieces at one branch make one at least. */
    @Select("""
        select distinct made.part_id
        from (
            select c.part_id
            from part_relation c
            join stock_on_hand h on h.part_id = c.related_id and h.on_hand >= c.quantity
            where c.kind = 'COMPONENT'
            group by c.part_id, h.store_id
            having count(*) = (
                select count(*)
                from part_relation k
                where k.part_id = c.part_id
                and k.kind = 'COMPONENT')) as made
        """)
    List<UUID> kits();

    /** The kits that hold a part of which stock has changed. */
    @Select("""
        select kit.part_id, exists (
                select
                from part_relation c
                join stock_on_hand h on h.part_id = c.related_id and h.on_hand >= c.quantity
                where c.part_id = kit.part_id
                and c.kind = 'COMPONENT'
                group by h.store_id
                having count(*) = (
                    select count(*)
                    from part_relation k
                    where k.part_id = kit.part_id
                    and k.kind = 'COMPONENT')) as on_hand
        from (
            select distinct r.part_id
            from part_relation r
            join stock_on_hand changed on changed.part_id = r.related_id
            where r.kind = 'COMPONENT'
            and changed.stock_version > #{version}) as kit
        """)
    List<StockRow> kitsSince(long version);

    record BarcodeRow(UUID partId, String barcode, long pack) {}

    @Select("""
        select b.part_id, b.barcode, b.pack
        from part_barcode b
        join part p on p.id = b.part_id
        where b.barcode = #{barcode}
        and p.removed_at is null
        """)
    Optional<BarcodeRow> byBarcode(String barcode);

    record FitmentRow(
            String make,
            String model,
            int yearFrom,
            int yearTo,
            String engine,
            String body,
            String position,
            String notes) {}

    @Select("""
        select make, model, year_from, year_to, engine, body, position, notes
        from fitment
        where part_id = #{part}
        order by make, model, year_from, engine, position
        """)
    List<FitmentRow> fitments(UUID part);

    record InterchangeRow(String kind, String otherBrand, String otherNumber) {}

    @Select("""
        select kind, other_brand, other_number
        from part_interchange
        where part_id = #{part}
        order by kind, other_brand, other_number
        """)
    List<InterchangeRow> interchanges(UUID part);

    record RelatedRow(String kind, UUID relatedId, String grade, long quantity, String position, String note) {}

    @Select("""
        select kind, related_id, grade, quantity, position, note
        from part_relation
        where part_id = #{part}
        order by kind, related_id
        """)
    List<RelatedRow> related(UUID part);
}
