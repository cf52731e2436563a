package mx.refahub.batch.catalogue;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import mx.refahub.batch.csv.FileFormat;
import mx.refahub.batch.csv.RunNotes;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Brings what is staged into the catalogue, in the one transaction that it is called in. Rows that are the same already are not touched, so the same file
 * twice raises nothing. Publishers wait for each other at the row of the catalogue's stream.
 */
final class CataloguePublication {
    private final JdbcClient jdbc;
    private final RunNotes notes;
    private final Clock clock;

    CataloguePublication(JdbcClient jdbc, RunNotes notes, Clock clock) {
        this.jdbc = jdbc;
        this.notes = notes;
        this.clock = clock;
    }

    /** @return what changed, in words for the administrator */
    String publish(long run, List<FileFormat> files) {
        long catalogue = lock("catalogue") + 1;
        long prices = lock("prices") + 1;
        Timestamp now = Timestamp.from(clock.instant());
        long before = jdbc.sql("select count(*) from part").query(Long.class).single();
        int parts = parts(run, catalogue, now);
        long added = jdbc.sql("select count(*) from part").query(Long.class).single() - before;
        int changedPrices = prices(run, prices);
        jdbc.sql("create temp table changed_part (id uuid primary key) on commit drop")
                .update();
        if (files.contains(CatalogueFiles.BARCODES)) barcodes(run);
        if (files.contains(CatalogueFiles.INTERCHANGE)) interchanges(run);
        if (files.contains(CatalogueFiles.FITMENTS)) fitments(run);
        int relations = jdbc.sql("""
                update part
                set catalogue_version = :version
                from changed_part changed
                where part.id = changed.id
                and part.catalogue_version <> :version
                """).param("version", catalogue).update();
        if (parts + relations > 0) raise("catalogue", catalogue, now);
        if (changedPrices > 0) raise("prices", prices, now);
        CatalogueFiles.ALL.forEach(format -> notes.clear(run, format));
        return "Piezas nuevas: " + added + ", cambiadas: " + (parts - added + relations) + "; precios cambiados: "
                + changedPrices + ".";
    }

    private long lock(String stream) {
        return jdbc.sql("select version from stream_version where stream = :stream for update")
                .param("stream", stream)
                .query(Long.class)
                .single();
    }

    private void raise(String stream, long version, Timestamp now) {
        int rows = jdbc.sql("update stream_version set version = :version, published_at = :now where stream = :stream")
                .param("version", version)
                .param("now", now)
                .param("stream", stream)
                .update();
        if (rows != 1) throw new IllegalStateException("stream " + stream + " has no row");
    }

    private int parts(long run, long version, Timestamp now) {
        return jdbc.sql("""
                insert into part (
                    id, line_code, part_number, normal_number, brand, name_es, name_en, category, unit, tax_class, core,
                    sat_code, sat_unit, tax_object, created_at, catalogue_version)
                select uuidv7(), line_code, part_number, normal_number, brand, name_es, name_en, category, unit, tax_class, core,
                       sat_code, sat_unit, tax_object, :now, :version
                from staging_part
                where run = :run
                on conflict (line_code, part_number) do update
                set normal_number = excluded.normal_number, brand = excluded.brand, name_es = excluded.name_es, name_en = excluded.name_en,
                    category = excluded.category, unit = excluded.unit, tax_class = excluded.tax_class, core = excluded.core,
                    sat_code = excluded.sat_code, sat_unit = excluded.sat_unit, tax_object = excluded.tax_object,
                    removed_at = null, catalogue_version = excluded.catalogue_version
                where (part.normal_number, part.brand, part.name_es, part.name_en, part.category, part.unit, part.tax_class, part.core,
                       part.sat_code, part.sat_unit, part.tax_object)
                    is distinct from
                      (excluded.normal_number, excluded.brand, excluded.name_es, excluded.name_en, excluded.category, excluded.unit,
                       excluded.tax_class, excluded.core, excluded.sat_code, excluded.sat_unit, excluded.tax_object)
                or part.removed_at is not null
                """)
                .param("run", run)
                .param("version", version)
                .param("now", now)
                .update();
    }

    private int prices(long run, long version) {
        return jdbc.sql("""
                insert into part_price (part_id, amount, currency, includes_tax, prices_version)
                select part.id, staged.price, staged.currency, staged.includes_tax, :version
                from staging_part staged
                join part on part.line_code = staged.line_code and part.part_number = staged.part_number
                where staged.run = :run
                and staged.price is not null
                on conflict (part_id) do update
                set amount = excluded.amount, currency = excluded.currency, includes_tax = excluded.includes_tax,
                    prices_version = excluded.prices_version
                where (part_price.amount, part_price.currency, part_price.includes_tax)
                    is distinct from (excluded.amount, excluded.currency, excluded.includes_tax)
                """).param("run", run).param("version", version).update();
    }

    private void barcodes(long run) {
        wanted("""
                select part.id as part_id, staged.barcode, staged.pack
                from staging_barcode staged
                join part on part.line_code = staged.line_code and part.part_number = staged.part_number
                where staged.run = :run
                """, run);
        replace("part_barcode", "part_id, barcode, pack");
    }

    /** A part named in the file gets exactly its rows, those that others' rows imply the other way round, and those that parts outside the file imply. */
    private void interchanges(long run) {
        jdbc.sql("""
                create temp table file_part on commit drop as
                select distinct part.id
                from staging_interchange staged
                join part on part.line_code = staged.line_code and part.part_number = staged.part_number
                where staged.run = %d
                """.formatted(run)).update();
        wanted("""
                with said as (
                    select part.id as part_id, staged.kind, staged.other_brand, staged.other_number, part.brand, part.part_number, staged.other_normal
                    from staging_interchange staged
                    join part on part.line_code = staged.line_code and part.part_number = staged.part_number
                    where staged.run = :run
                    union all
                    select kept.part_id, kept.kind, kept.other_brand, kept.other_number, part.brand, part.part_number, other.normal_number
                    from part_interchange kept
                    join part on part.id = kept.part_id
                    join part other on lower(other.brand) = lower(kept.other_brand) and other.part_number = kept.other_number
                    where kept.kind = 'EQUIVALENT'
                    and not exists (select 1 from file_part where file_part.id = kept.part_id)
                    and exists (select 1 from file_part where file_part.id = other.id)
                )
                select part_id, kind, other_brand, other_number
                from said
                where exists (select 1 from file_part where file_part.id = said.part_id)
                union
                select other.id, 'EQUIVALENT', said.brand, said.part_number
                from said
                join part other on lower(other.brand) = lower(said.other_brand) and other.normal_number = said.other_normal
                where said.kind = 'EQUIVALENT'
                and other.id <> said.part_id
                and other.removed_at is null
                """, run);
        jdbc.sql("""
                insert into wanted (part_id, kind, other_brand, other_number)
                select kept.part_id, kept.kind, kept.other_brand, kept.other_number
                from part_interchange kept
                where kept.part_id in (select part_id from wanted)
                and not exists (select 1 from file_part where file_part.id = kept.part_id)
                and not exists (
                    select 1
                    from wanted same
                    where (same.part_id, same.kind, same.other_brand, same.other_number)
                        = (kept.part_id, kept.kind, kept.other_brand, kept.other_number))
                """).update();
        replace("part_interchange", "part_id, kind, other_brand, other_number");
    }

    private void fitments(long run) {
        wanted("""
                select part.id as part_id, staged.make, staged.model, staged.year_from, staged.year_to, staged.engine, staged.position, staged.notes
                from staging_fitment staged
                join part on part.line_code = staged.line_code and part.part_number = staged.part_number
                where staged.run = :run
                """, run);
        replace("fitment", "part_id, make, model, year_from, year_to, engine, position, notes");
    }

    /** What the parts that it names shall have, all of it. */
    private void wanted(String select, long run) {
        jdbc.sql("drop table if exists wanted").update();
        jdbc.sql("create temp table wanted on commit drop as " + select.replace(":run", Long.toString(run)))
                .update();
        jdbc.sql("create index on wanted (part_id)").update();
        jdbc.sql("analyze wanted").update();
    }

    private void replace(String table, String columns) {
        jdbc.sql("""
                create temp table different on commit drop as
                select distinct part_id
                from (
                    (select %1$s from wanted except select %1$s from %2$s)
                    union all
                    (select %1$s from %2$s where part_id in (select part_id from wanted) except select %1$s from wanted)
                ) rows
                """.formatted(columns, table)).update();
        jdbc.sql("delete from %s where part_id in (select part_id from different)".formatted(table))
                .update();
        jdbc.sql("""
                insert into %2$s (%1$s)
                select %1$s
                from wanted
                where part_id in (select part_id from different)
                """.formatted(columns, table)).update();
        jdbc.sql("insert into changed_part (id) select part_id from different on conflict do nothing")
                .update();
        jdbc.sql("drop table different").update();
    }
}
