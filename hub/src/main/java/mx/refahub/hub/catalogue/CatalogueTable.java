package mx.refahub.hub.catalogue;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.part.Fitment;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;
import org.jspecify.annotations.Nullable;

@Mapper
interface CatalogueTable {
    /** @param barcodes one text each: pack in thousandths, a blank, the code */
    record CardRow(
            UUID id,
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

    @Select("""
        select p.id, p.line_code, p.part_number, p.brand, p.name_es, p.name_en, p.category, p.unit, p.tax_class, p.core, p.sat_code,
            p.sat_unit, p.tax_object,
            array(
                select b.pack || ' ' || b.barcode
                from part_barcode b
                where b.part_id = p.id
                order by b.barcode) as barcodes,
            r.amount, r.currency, r.includes_tax,
            coalesce((select sum(h.on_hand) from stock_on_hand h where h.part_id = p.id), 0)::bigint as stock
        from part p
        left join part_price r on r.part_id = p.id
        where p.id = any(#{ids})
        and p.removed_at is null
        """)
    List<CardRow> cards(UUID[] ids);

    record VersionRow(String stream, long version) {}

    @Select("""
        select stream, version
        from stream_version
        where stream in ('catalogue', 'prices', 'stock')
        order by stream
        """)
    List<VersionRow> versions();

    record BarcodeRow(UUID partId, String barcode, long pack) {}

    @Select("""
        select b.part_id, b.barcode, b.pack
        from part_barcode b
        join part p on p.id = b.part_id
        where b.barcode = #{barcode}
        and p.removed_at is null
        """)
    Optional<BarcodeRow> byBarcode(String barcode);

    @Select("""
        select make, model, year_from, year_to, engine, position, notes
        from fitment
        where part_id = #{part}
        order by make, model, year_from, engine, position
        limit 500
        """)
    List<Fitment> fitments(UUID part);

    record InterchangeRow(String kind, String otherBrand, String otherNumber) {}

    @Select("""
        select kind, other_brand, other_number
        from part_interchange
        where part_id = #{part}
        order by kind, other_brand, other_number
        limit 500
        """)
    List<InterchangeRow> interchanges(UUID part);

    record RelatedRow(String kind, UUID relatedId, String grade, long quantity, String position, String note) {}

    @Select("""
        select kind, related_id, grade, quantity, position, note
        from part_relation
        where part_id = #{part}
        order by kind, related_id
        limit 500
        """)
    List<RelatedRow> related(UUID part);
}
