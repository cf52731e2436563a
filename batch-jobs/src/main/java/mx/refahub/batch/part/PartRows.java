package mx.refahub.batch.part;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Barcode;
import mx.refahub.domain.part.Fitment;
import mx.refahub.domain.part.Interchange;
import mx.refahub.domain.part.LineCode;
import mx.refahub.domain.part.PartDesk;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.PartNumber;
import mx.refahub.domain.part.PartRelation;
import mx.refahub.domain.part.PartSheet;
import mx.refahub.domain.part.Price;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.tax.TaxClass;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of one part in the catalogue's tables. Lists are replaced whole, by set: at most some hundreds of rows. */
final class PartRows {
    private final JdbcClient jdbc;

    PartRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record Found(
            UUID id,
            String version,
            boolean removed,
            PartSheet sheet,
            List<Interchange> mirrored,
            boolean categoryByRule) {}

    record Taken(String barcode, String part) {}

    private record Relation(Interchange interchange, boolean mirrored) {}

    Optional<Found> find(UUID id) {
        List<Barcode> barcodes = jdbc.sql("""
                select barcode, pack
                from part_barcode
                where part_id = :id
                order by barcode
                """)
                .param("id", id)
                .query((row, n) -> new Barcode(row.getString(1), new Quantity(row.getLong(2))))
                .list();
        List<Relation> relations = jdbc.sql("""
                select kind, other_brand, other_number, mirrored
                from part_interchange
                where part_id = :id
                order by kind, other_brand, other_number
                """)
                .param("id", id)
                .query((row, n) -> new Relation(
                        new Interchange(
                                Interchange.Kind.valueOf(row.getString(1)),
                                row.getString(2),
                                new PartNumber(row.getString(3))),
                        row.getBoolean(4)))
                .list();
        List<Fitment> fitments = jdbc.sql("""
                select make, model, year_from, year_to, engine, body, position, notes
                from fitment
                where part_id = :id
                order by make, model, year_from, year_to, engine, position
                """)
                .param("id", id)
                .query((row, n) -> new Fitment(
                        row.getString(1),
                        row.getString(2),
                        row.getInt(3),
                        row.getInt(4),
                        row.getString(5),
                        row.getString(6),
                        row.getString(7),
                        row.getString(8)))
                .list();
        List<PartRelation> related = new RelationTable(jdbc).of(id);
        return jdbc.sql("""
                select p.id, p.line_code, p.part_number, p.brand, p.name_es, p.name_en, p.category, p.unit, p.tax_class, p.core,
                    p.sat_code, p.sat_unit, p.tax_object, r.amount, r.currency, r.includes_tax, p.removed_at is not null,
                    p.catalogue_version || '-' || coalesce(r.prices_version, 0), p.category_by_rule
                from part p
                left join part_price r on r.part_id = p.id
                where p.id = :id
                """)
                .param("id", id)
                .query((row, n) -> found(row, barcodes, relations, fitments, related))
                .optional();
    }

    private static Found found(
            ResultSet row,
            List<Barcode> barcodes,
            List<Relation> relations,
            List<Fitment> fitments,
            List<PartRelation> related)
            throws SQLException {
        long amount = row.getLong(14);
        Price price = row.wasNull()
                ? null
                : new Price(new Money(amount, Currency.getInstance(row.getString(15))), row.getBoolean(16));
        PartSheet sheet = new PartSheet(
                new LineCode(row.getString(2)),
                new PartNumber(row.getString(3)),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                TaxClass.valueOf(row.getString(9)),
                Money.mxn(row.getLong(10)),
                row.getString(11),
                row.getString(12),
                row.getString(13),
                price,
                barcodes,
                relations.stream()
                        .filter(each -> !each.mirrored())
                        .map(Relation::interchange)
                        .toList(),
                fitments,
                related);
        return new Found(
                row.getObject(1, UUID.class),
                row.getString(18),
                row.getBoolean(17),
                sheet,
                relations.stream()
                        .filter(Relation::mirrored)
                        .map(Relation::interchange)
                        .toList(),
                row.getBoolean(19));
    }

    List<PartDesk.Removed> removed(int limit) {
        return jdbc.sql("""
                select id, line_code, part_number, brand, name_es, removed_at
                from part
                where removed_at is not null
                order by removed_at desc, id
                limit :limit
                """)
                .param("limit", limit)
                .query((row, n) -> new PartDesk.Removed(
                        new PartId(row.getObject(1, UUID.class)),
                        new LineCode(row.getString(2)),
                        new PartNumber(row.getString(3)),
                        row.getString(4),
                        row.getString(5),
                        row.getObject(6, OffsetDateTime.class).toInstant()))
                .list();
    }

    Optional<UUID> named(LineCode lineCode, PartNumber number) {
        return jdbc.sql("""
                select id
                from part
                where line_code = :line
                and part_number = :number
                """)
                .param("line", lineCode.value())
                .param("number", number.value())
                .query(UUID.class)
                .optional();
    }

    /** The first of these codes that stands on another part. */
    Optional<Taken> taken(@Nullable UUID own, List<Barcode> barcodes) {
        return jdbc.sql("""
                select b.barcode, p.line_code || ' ' || p.part_number as part
                from part_barcode b
                join part p on p.id = b.part_id
                where b.barcode = any(:codes)
                and p.id is distinct from cast(:own as uuid)
                order by b.barcode
                limit 1
                """)
                .param("codes", texts(barcodes, Barcode::value))
                .param("own", own)
                .query((row, n) -> new Taken(row.getString(1), row.getString(2)))
                .optional();
    }

    void insert(UUID id, PartSheet sheet, OffsetDateTime now, long version) {
        described(jdbc.sql("""
                insert into part (id, line_code, part_number, normal_number, brand, name_es, name_en, category, unit, tax_class, core,
                    sat_code, sat_unit, tax_object, created_at, catalogue_version)
                values (:id, :line, :number, :normal, :brand, :nameEs, :nameEn, :category, :unit, :taxClass, :core, :satCode, :satUnit,
                    :taxObject, :now, :version)
                """), id, sheet, version).param("now", now).update();
    }

    void update(UUID id, PartSheet sheet, @Nullable OffsetDateTime removed, long version) {
        int updated = described(jdbc.sql("""
                update part
                set line_code = :line, part_number = :number, normal_number = :normal, brand = :brand, name_es = :nameEs, name_en = :nameEn,
                    category = :category, unit = :unit, tax_class = :taxClass, core = :core, sat_code = :satCode, sat_unit = :satUnit,
                    tax_object = :taxObject, category_by_rule = category_by_rule and category = :category,
                    removed_at = case when cast(:removed as timestamptz) is null then null else coalesce(removed_at, :removed) end,
                    catalogue_version = :version
                where id = :id
                """), id, sheet, version)
                .param("removed", removed)
                .update();
        if (updated != 1) throw new IllegalStateException(updated + " parts with the id " + id);
    }

    private static JdbcClient.StatementSpec described(
            JdbcClient.StatementSpec statement, UUID id, PartSheet sheet, long version) {
        return statement
                .param("id", id)
                .param("line", sheet.lineCode().value())
                .param("number", sheet.number().value())
                .param("normal", sheet.number().normal())
                .param("brand", sheet.brand())
                .param("nameEs", sheet.nameEs())
                .param("nameEn", sheet.nameEn())
                .param("category", sheet.category())
                .param("unit", sheet.unit())
                .param("taxClass", sheet.taxClass().name())
                .param("core", sheet.core().minor())
                .param("satCode", sheet.satCode())
                .param("satUnit", sheet.satUnit())
                .param("taxObject", sheet.taxObject())
                .param("version", version);
    }

    /** A price that is taken away stays as a row without an amount: the stores must be told. */
    void price(UUID id, @Nullable Price price, long version) {
        jdbc.sql("""
                insert into part_price (part_id, amount, currency, includes_tax, prices_version)
                values (:id, :amount, :currency, :includesTax, :version)
                on conflict (part_id) do update
                set amount = excluded.amount, currency = excluded.currency, includes_tax = excluded.includes_tax,
                    prices_version = excluded.prices_version
                """)
                .param("id", id)
                .param("amount", price == null ? null : price.amount().minor(), java.sql.Types.BIGINT)
                .param(
                        "currency",
                        price == null ? "MXN" : price.amount().currency().getCurrencyCode())
                .param("includesTax", price != null && price.includesTax())
                .param("version", version)
                .update();
    }

    /** @param targets gets the parts that this one equals, before and after */
    void replaceLists(UUID id, PartSheet sheet, Set<UUID> targets) {
        targets.addAll(targets(id));
        jdbc.sql("delete from part_barcode where part_id = :id").param("id", id).update();
        jdbc.sql("""
                insert into part_barcode (part_id, barcode, pack)
                select :id, code, pack
                from unnest(:codes, :packs) as t (code, pack)
                """)
                .param("id", id)
                .param("codes", texts(sheet.barcodes(), Barcode::value))
                .param(
                        "packs",
                        sheet.barcodes().stream()
                                .map(code -> code.pack().thousandths())
                                .toArray(Long[]::new))
                .update();
        interchanges(id, sheet.interchanges());
        fitments(id, sheet.fitments());
        new RelationTable(jdbc).replace(id, sheet.relations());
        targets.addAll(targets(id));
    }

    /** What was a mirror and is now told here is told here. */
    private void interchanges(UUID id, List<Interchange> others) {
        jdbc.sql("delete from part_interchange where part_id = :id and not mirrored")
                .param("id", id)
                .update();
        jdbc.sql("""
                insert into part_interchange (part_id, kind, other_brand, other_number, other_normal)
                select :id, kind, brand, number, normal
                from unnest(:kinds, :brands, :numbers, :normals) as t (kind, brand, number, normal)
                on conflict (part_id, kind, other_brand, other_number) do update
                set mirrored = false, other_normal = excluded.other_normal
                """)
                .param("id", id)
                .param("kinds", texts(others, each -> each.kind().name()))
                .param("brands", texts(others, Interchange::otherBrand))
                .param("numbers", texts(others, each -> each.otherNumber().value()))
                .param("normals", texts(others, each -> each.otherNumber().normal()))
                .update();
    }

    private void fitments(UUID id, List<Fitment> fits) {
        jdbc.sql("delete from fitment where part_id = :id").param("id", id).update();
        jdbc.sql("""
                insert into fitment (part_id, make, model, year_from, year_to, engine, body, position, notes)
                select :id, make, model, year_from, year_to, engine, body, place, notes
                from unnest(:makes, :models, :from, :to, :engines, :bodies, :positions, :notes)
                    as t (make, model, year_from, year_to, engine, body, place, notes)
                """)
                .param("id", id)
                .param("makes", texts(fits, Fitment::make))
                .param("models", texts(fits, Fitment::model))
                .param("from", fits.stream().map(Fitment::yearFrom).toArray(Integer[]::new))
                .param("to", fits.stream().map(Fitment::yearTo).toArray(Integer[]::new))
                .param("engines", texts(fits, Fitment::engine))
                .param("bodies", texts(fits, Fitment::body))
                .param("positions", texts(fits, Fitment::position))
                .param("notes", texts(fits, Fitment::notes))
                .update();
    }

    private Collection<UUID> targets(UUID id) {
        return jdbc.sql("""
                select distinct t.id
                from part_interchange i
                join part t on t.normal_number = i.other_normal
                    and (lower(t.brand) = lower(i.other_brand) or t.line_code = upper(i.other_brand))
                where i.part_id = :id
                and i.kind = 'EQUIVALENT'
                and not i.mirrored
                """)
                .param("id", id)
                .query((row, n) -> row.getObject(1, UUID.class))
                .list();
    }

    private static <T> String[] texts(List<T> of, Function<T, String> text) {
        return of.stream().map(text).toArray(String[]::new);
    }
}
