package mx.refahub.batch.catalogue;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import mx.refahub.batch.run.Workshop;
import mx.refahub.domain.Failpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Brings what is staged into the catalogue, in one transaction. Rows that are as they were are not written, so only parts that really
 * changed travel to the stores and into the index, and the same files a second time change nothing.
 *
 * <p>The streams' rows are locked first: two publishers follow each other, and no reader sees a version without its rows.
 */
final class PublishCatalogue implements Tasklet {
    private static final Logger LOG = LoggerFactory.getLogger(PublishCatalogue.class);

    private final Workshop workshop;
    private final JdbcClient jdbc;
    private final int keepUndo;

    PublishCatalogue(Workshop workshop, int keepUndo) {
        this.workshop = workshop;
        this.keepUndo = keepUndo;
        jdbc = JdbcClient.create(workshop.dataSource());
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
        long run = Workshop.run(contribution.getStepExecution());
        Failpoint.IMPORT_STAGED_NOT_PUBLISHED.pass();
        Publication publication = new Publication(run);
        publication.publish();
        contribution.incrementWriteCount(publication.changedParts + publication.changedPrices);
        return RepeatStatus.FINISHED;
    }

    private final class Publication {
        private final long run;
        private final long catalogueVersion;
        private final long pricesVersion;
        private long newParts;
        private long removedParts;
        private long changedParts;
        private long changedPrices;

        Publication(long run) {
            this.run = run;
            catalogueVersion = lock("catalogue") + 1;
            pricesVersion = lock("prices") + 1;
        }

        private long lock(String stream) {
            return jdbc.sql("""
                    select version
                    from stream_version
                    where stream = :stream
                    for update
                    """).param("stream", stream).query(Long.class).single();
        }

        void publish() {
            // Hash joins and sorts over a whole file fit into this.
            jdbc.sql("set local work_mem = '64MB'").update();
            jdbc.sql(TOUCHED).update();
            jdbc.sql(NO_FRESH_PARTS).update();
            FirstFill firstFill = FirstFill.begin(jdbc);
            publishParts();
            removedParts = update(Removals.REMOVED_PARTS);
            changedParts += removedParts;
            publishBarcodes();
            publishInterchanges();
            publishFitments();
            firstFill.end();
            publishRelations();
            update(UndoLog.TOUCHED_PARTS);
            changedParts += update(VERSION_OF_TOUCHED);
            new UndoLog(jdbc).keep(run, keepUndo);
            if (changedParts > 0) raise("catalogue", catalogueVersion);
            if (changedPrices > 0) raise("prices", pricesVersion);
            note();
        }

        private void publishParts() {
            if (staged("staging_part") == 0) return;
            newParts = update(FRESH_PARTS);
            long knownParts = update(KNOWN_PARTS);
            jdbc.sql("analyze fresh_part, known_part").update();
            changedParts = newParts;
            if (newParts > 0) {
                long inserted = update(NEW_PARTS);
                if (inserted != newParts) throw new IllegalStateException(inserted + " parts of " + newParts);
                changedPrices = update(PRICES_OF_NEW_PARTS);
                update(UndoLog.FRESH_PARTS);
            }
            if (knownParts > 0) {
                changedParts += update(CHANGED_PARTS);
                changedPrices += update(CHANGED_PRICES) + update(NEW_PRICES);
            }
        }

        private void publishBarcodes() {
            if (staged("staging_barcode") == 0) return;
            jdbc.sql(NAMED_BARCODES).param("run", run).update();
            jdbc.sql("analyze named_barcode").update();
            if (!additive("barcodes")) update(GONE_BARCODES);
            update(BARCODES_OF_REMOVED_PARTS);
            update(CHANGED_BARCODES);
            update(NEW_BARCODES);
        }

        private void publishInterchanges() {
            if (staged("staging_interchange") > 0) {
                jdbc.sql(NAMED_INTERCHANGES).param("run", run).update();
                jdbc.sql("analyze named_interchange").update();
                jdbc.sql(MIRROR_TARGETS).update();
                jdbc.sql(TARGETS_OF_NAMED).update();
                if (!additive("interchange")) update(GONE_INTERCHANGES);
                update(TOLD_MIRRORS);
                update(NEW_INTERCHANGES);
                jdbc.sql(TARGETS_OF_NAMED).update();
            } else {
                jdbc.sql(MIRROR_TARGETS).update();
            }
            update(TARGETS_OF_CHANGED_PARTS);
            jdbc.sql(MIRRORS).update();
            update(GONE_MIRRORS);
            update(NEW_MIRRORS);
        }

        private void publishFitments() {
            if (staged("staging_fitment_removal") > 0) {
                jdbc.sql(Removals.NAMED_FITMENTS).param("run", run).update();
                update(Removals.GONE_FITMENTS);
            }
            if (staged("staging_fitment") == 0) return;
            jdbc.sql(NAMED_FITMENTS).param("run", run).update();
            jdbc.sql("analyze named_fitment").update();
            if (!additive("fitments")) update(GONE_FITMENTS);
            update(CHANGED_FITMENTS);
            update(NEW_FITMENTS);
        }

        private void publishRelations() {
            if (staged("staging_relation") == 0) return;
            jdbc.sql(RelationStatements.NAMED).param("run", run).update();
            jdbc.sql("analyze named_relation").update();
            if (!additive("relations")) update(RelationStatements.GONE);
            update(RelationStatements.CHANGED);
            update(RelationStatements.FRESH);
        }

        private long update(String sql) {
            return jdbc.sql(sql).params(parameters(sql)).update();
        }

        private Map<String, Object> parameters(String sql) {
            Map<String, Object> all = Map.of(
                    "run",
                    run,
                    "catalogueVersion",
                    catalogueVersion,
                    "pricesVersion",
                    pricesVersion,
                    "now",
                    workshop.clock().instant().atOffset(ZoneOffset.UTC));
            return all.entrySet().stream()
                    .filter(e -> sql.contains(":" + e.getKey()))
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        }

        private long staged(String table) {
            return jdbc.sql("select count(*) from " + table + " where run_id = :run")
                    .param("run", run)
                    .query(Long.class)
                    .single();
        }

        private boolean additive(String file) {
            return jdbc.sql("""
                    select additive
                    from job_run_file
                    where run_id = :run
                    and file = :file
                    """)
                    .param("run", run)
                    .param("file", file)
                    .query(Boolean.class)
                    .single();
        }

        private void raise(String stream, long version) {
            int raised = jdbc.sql("""
                    update stream_version
                    set version = :version, published_at = :now
                    where stream = :stream
                    and version = :version - 1
                    """)
                    .param("stream", stream)
                    .param("version", version)
                    .param("now", workshop.clock().instant().atOffset(ZoneOffset.UTC))
                    .update();
            if (raised != 1) throw new IllegalStateException("stream " + stream + " is not at " + (version - 1));
            jdbc.sql("""
                    insert into job_run_publication (run_id, stream, version, published_at)
                    values (:run, :stream, :version, :now)
                    on conflict (run_id, stream) do update
                    set version = excluded.version, published_at = excluded.published_at
                    """)
                    .param("run", run)
                    .param("stream", stream)
                    .param("version", version)
                    .param("now", workshop.clock().instant().atOffset(ZoneOffset.UTC))
                    .update();
            LOG.info("catalogue published run={} stream={} version={}", run, stream, version);
        }

        private boolean hasPublished() {
            return jdbc.sql("""
                    select exists (
                        select
                        from job_run_publication
                        where run_id = :run)
                    """).param("run", run).query(Boolean.class).single();
        }

        private void note() {
            List<String> said = new ArrayList<>();
            if (newParts > 0) said.add(String.format(Locale.ROOT, "Piezas nuevas: %,d.", newParts));
            if (removedParts > 0) said.add(String.format(Locale.ROOT, "Piezas retiradas: %,d.", removedParts));
            if (changedParts > newParts + removedParts)
                said.add(String.format(Locale.ROOT, "Piezas cambiadas: %,d.", changedParts - newParts - removedParts));
            if (changedPrices > 0)
                said.add(String.format(Locale.ROOT, "Precios nuevos o cambiados: %,d.", changedPrices));
            if (said.isEmpty()) {
                // A run that was killed right behind its commit has said what changed already.
                if (hasPublished()) return;
                said.add("Nada cambió: el catálogo ya estaba así.");
            }
            workshop.runs().note(run, String.join(" ", said));
        }
    }

    /** Parts whose barcodes, interchanges or fitments changed. */
    static final String TOUCHED = """
        create temporary table touched (
            part_id uuid not null
        ) on commit drop
        """;

    /** There whether the run brings parts or not: what hangs on a part made by this run needs no keeping. */
    static final String NO_FRESH_PARTS = """
        create temporary table fresh_part (
            line bigint not null,
            id uuid not null
        ) on commit drop
        """;

    private static final String FRESH_PARTS = """
        insert into fresh_part (line, id)
        select s.line, uuidv7()
        from staging_part s
        where s.run_id = :run
        and not exists (
            select
            from part p
            where p.line_code = s.line_code
            and p.part_number = s.part_number)
        """;

    private static final String KNOWN_PARTS = """
        create temporary table known_part on commit drop as
        select s.line, p.id
        from staging_part s
        join part p on p.line_code = s.line_code and p.part_number = s.part_number
        where s.run_id = :run
        """;

    private static final String NEW_PARTS = """
        insert into part (id, line_code, part_number, normal_number, brand, name_es, name_en, category, unit, tax_class, core, sat_code,
            sat_unit, tax_object, created_at, catalogue_version, category_by_rule)
        select f.id, s.line_code, s.part_number, s.normal_number, s.brand, coalesce(s.name_es, s.name_en, ''), coalesce(s.name_en, ''),
            coalesce(s.category, ''), coalesce(s.unit, 'PZA'), coalesce(s.tax_class, 'GENERAL'), coalesce(s.core, 0),
            coalesce(s.sat_code, '01010101'), coalesce(s.sat_unit, 'H87'), coalesce(s.tax_object, '02'), :now, :catalogueVersion,
            s.category_by_rule
        from fresh_part f
        join staging_part s on s.line = f.line
        where s.run_id = :run
        """;

    private static final String CHANGED_PARTS = """
        with changed as (
            update part p
            set brand = s.brand, name_es = coalesce(s.name_es, p.name_es), name_en = coalesce(s.name_en, p.name_en),
                category = coalesce(s.category, p.category), unit = coalesce(s.unit, p.unit),
                tax_class = coalesce(s.tax_class, p.tax_class), core = coalesce(s.core, p.core),
                sat_code = coalesce(s.sat_code, p.sat_code), sat_unit = coalesce(s.sat_unit, p.sat_unit),
                tax_object = coalesce(s.tax_object, p.tax_object), normal_number = s.normal_number,
                removed_at = null, catalogue_version = :catalogueVersion,
                category_by_rule = case when coalesce(s.category, p.category) = p.category then p.category_by_rule else s.category_by_rule end
            from known_part k
            join staging_part s on s.line = k.line
            where s.run_id = :run
            and p.id = k.id
            and (
                p.removed_at is not null
                or (p.brand, p.name_es, p.name_en, p.category, p.unit, p.tax_class, p.core, p.sat_code, p.sat_unit, p.tax_object,
                    p.normal_number)
                is distinct from
                (s.brand, coalesce(s.name_es, p.name_es), coalesce(s.name_en, p.name_en), coalesce(s.category, p.category),
                    coalesce(s.unit, p.unit), coalesce(s.tax_class, p.tax_class), coalesce(s.core, p.core),
                    coalesce(s.sat_code, p.sat_code), coalesce(s.sat_unit, p.sat_unit), coalesce(s.tax_object, p.tax_object),
                    s.normal_number))
            returning p.id, old.normal_number, old.brand, old.name_es, old.name_en, old.category, old.unit, old.tax_class, old.core,
                old.sat_code, old.sat_unit, old.tax_object, old.removed_at, old.category_by_rule)
        insert into undo_part (run_id, part_id, fresh, normal_number, brand, name_es, name_en, category, unit, tax_class, core, sat_code,
            sat_unit, tax_object, removed_at, category_by_rule)
        select :run, id, false, normal_number, brand, name_es, name_en, category, unit, tax_class, core, sat_code, sat_unit, tax_object,
            removed_at, category_by_rule
        from changed
        """;

    private static final String PRICES_OF_NEW_PARTS = """
        insert into part_price (part_id, amount, currency, includes_tax, prices_version)
        select f.id, s.price, s.currency, coalesce(s.price_includes_tax, false), :pricesVersion
        from fresh_part f
        join staging_part s on s.line = f.line
        where s.run_id = :run
        and s.price is not null
        and not s.price_kept
        """;

    /** Sorted, like the other inserts that look into their own table: so nothing is inserted before everything has been looked up. */
    private static final String NEW_PRICES = """
        with fresh as (
            insert into part_price (part_id, amount, currency, includes_tax, prices_version)
            select k.id, s.price, s.currency, coalesce(s.price_includes_tax, false), :pricesVersion
            from known_part k
            join staging_part s on s.line = k.line
            where s.run_id = :run
            and s.price is not null
            and not s.price_kept
            and not exists (
                select
                from part_price r
                where r.part_id = k.id)
            order by k.id
            returning part_id)
        insert into undo_price (run_id, part_id, existed)
        select :run, part_id, false
        from fresh
        """;

    private static final String CHANGED_PRICES = """
        with changed as (
            update part_price r
            set amount = s.price, currency = s.currency, includes_tax = coalesce(s.price_includes_tax, r.includes_tax),
                prices_version = :pricesVersion
            from known_part k
            join staging_part s on s.line = k.line
            where s.run_id = :run
            and r.part_id = k.id
            and not s.price_kept
            and (r.amount, r.currency, r.includes_tax) is distinct from
                (s.price, s.currency, coalesce(s.price_includes_tax, r.includes_tax))
            returning r.part_id, old.amount, old.currency, old.includes_tax)
        insert into undo_price (run_id, part_id, existed, amount, currency, includes_tax)
        select :run, part_id, true, amount, currency, includes_tax
        from changed
        """;

    private static final String NAMED_BARCODES = """
        create temporary table named_barcode on commit drop as
        select p.id as part_id, s.barcode, s.pack
        from staging_barcode s
        join part p on p.line_code = s.line_code and p.part_number = s.part_number
        where s.run_id = :run
        """;

    private static final String GONE_BARCODES = """
        with gone as (
            delete from part_barcode b
            where b.part_id in (
                select part_id
                from named_barcode)
            and not exists (
                select
                from named_barcode n
                where n.part_id = b.part_id
                and n.barcode = b.barcode)
            returning b.part_id, b.barcode, b.pack),
        kept as (
            insert into undo_barcode (run_id, part_id, barcode, pack)
            select :run, part_id, barcode, pack
            from gone
            where not exists (
                select
                from fresh_part
                where id = part_id)
            on conflict do nothing)
        insert into touched (part_id)
        select part_id
        from gone
        """;

    /** A successor carries the barcode of a part that is out of the catalogue. */
    private static final String BARCODES_OF_REMOVED_PARTS = """
        with gone as (
            delete from part_barcode b
            using part p, named_barcode n
            where n.barcode = b.barcode
            and n.part_id <> b.part_id
            and p.id = b.part_id
            and p.removed_at is not null
            returning b.part_id, b.barcode, b.pack),
        kept as (
            insert into undo_barcode (run_id, part_id, barcode, pack)
            select :run, part_id, barcode, pack
            from gone
            on conflict do nothing)
        insert into touched (part_id)
        select part_id
        from gone
        """;

    private static final String CHANGED_BARCODES = """
        with changed as (
            update part_barcode b
            set pack = n.pack
            from named_barcode n
            where n.part_id = b.part_id
            and n.barcode = b.barcode
            and n.pack <> b.pack
            returning b.part_id, b.barcode, old.pack),
        kept as (
            insert into undo_barcode (run_id, part_id, barcode, pack)
            select :run, part_id, barcode, pack
            from changed
            where not exists (
                select
                from fresh_part
                where id = part_id)
            on conflict do nothing)
        insert into touched (part_id)
        select part_id
        from changed
        """;

    private static final String NEW_BARCODES = """
        with fresh as (
            insert into part_barcode (part_id, barcode, pack)
            select n.part_id, n.barcode, n.pack
            from named_barcode n
            where not exists (
                select
                from part_barcode b
                where b.part_id = n.part_id
                and b.barcode = n.barcode)
            order by n.part_id
            returning part_id, barcode),
        kept as (
            insert into undo_barcode (run_id, part_id, barcode, pack)
            select :run, part_id, barcode, null
            from fresh
            where not exists (
                select
                from fresh_part
                where id = part_id)
            on conflict do nothing)
        insert into touched (part_id)
        select part_id
        from fresh
        """;

    private static final String NAMED_INTERCHANGES = """
        create temporary table named_interchange on commit drop as
        select p.id as part_id, s.kind, s.other_brand, s.other_number, s.other_normal
        from staging_interchange s
        join part p on p.line_code = s.line_code and p.part_number = s.part_number
        where s.run_id = :run
        """;

    /** Parts whose mirrored rows must be looked at again. */
    static final String MIRROR_TARGETS = """
        create temporary table mirror_target (
            part_id uuid primary key
        ) on commit drop
        """;

    /** Before the rows are replaced: whom the named parts pointed to; after it: whom they point to, and they themselves. */
    private static final String TARGETS_OF_NAMED = """
        insert into mirror_target (part_id)
        select part_id
        from named_interchange
        union
        select t.id
        from part_interchange i
        join part t on t.normal_number = i.other_normal and (lower(t.brand) = lower(i.other_brand) or t.line_code = upper(i.other_brand))
        where i.kind = 'EQUIVALENT'
        and not i.mirrored
        and i.part_id in (
            select part_id
            from named_interchange)
        on conflict do nothing
        """;

    /** A new part may be what older rows point to; a part of a new brand is named anew by those it points to. */
    static final String TARGETS_OF_CHANGED_PARTS = """
        insert into mirror_target (part_id)
        select p.id
        from part p
        where p.catalogue_version = :catalogueVersion
        and exists (
            select
            from part_interchange i
            where i.other_normal = p.normal_number
            and i.kind = 'EQUIVALENT'
            and not i.mirrored)
        union
        select t.id
        from part p
        join part_interchange i on i.part_id = p.id and i.kind = 'EQUIVALENT' and not i.mirrored
        join part t on t.normal_number = i.other_normal and (lower(t.brand) = lower(i.other_brand) or t.line_code = upper(i.other_brand))
        where p.catalogue_version = :catalogueVersion
        on conflict do nothing
        """;

    private static final String GONE_INTERCHANGES = """
        with gone as (
            delete from part_interchange i
            where i.part_id in (
                select part_id
                from named_interchange)
            and not i.mirrored
            and not exists (
                select
                from named_interchange n
                where n.part_id = i.part_id
                and n.kind = i.kind
                and n.other_brand = i.other_brand
                and n.other_number = i.other_number)
            returning i.part_id, i.kind, i.other_brand, i.other_number, i.other_normal, i.mirrored),
        kept as (
            insert into undo_interchange (run_id, part_id, kind, other_brand, other_number, other_normal, mirrored)
            select :run, part_id, kind, other_brand, other_number, other_normal, mirrored
            from gone
            where not exists (
                select
                from fresh_part
                where id = part_id)
            on conflict do nothing)
        insert into touched (part_id)
        select part_id
        from gone
        """;

    /** What was a mirror and is now told by the file itself; nobody sees a difference. */
    private static final String TOLD_MIRRORS = """
        with told as (
            update part_interchange i
            set mirrored = false, other_normal = n.other_normal
            from named_interchange n
            where n.part_id = i.part_id
            and n.kind = i.kind
            and n.other_brand = i.other_brand
            and n.other_number = i.other_number
            and i.mirrored
            returning i.part_id, i.kind, i.other_brand, i.other_number, old.other_normal, old.mirrored)
        insert into undo_interchange (run_id, part_id, kind, other_brand, other_number, other_normal, mirrored)
        select :run, part_id, kind, other_brand, other_number, other_normal, mirrored
        from told
        on conflict do nothing
        """;

    private static final String NEW_INTERCHANGES = """
        with fresh as (
            insert into part_interchange (part_id, kind, other_brand, other_number, other_normal)
            select n.part_id, n.kind, n.other_brand, n.other_number, n.other_normal
            from named_interchange n
            where not exists (
                select
                from part_interchange i
                where i.part_id = n.part_id
                and i.kind = n.kind
                and i.other_brand = n.other_brand
                and i.other_number = n.other_number)
            order by n.part_id
            returning part_id, kind, other_brand, other_number),
        kept as (
            insert into undo_interchange (run_id, part_id, kind, other_brand, other_number, other_normal, mirrored)
            select :run, part_id, kind, other_brand, other_number, null, null
            from fresh
            where not exists (
                select
                from fresh_part
                where id = part_id)
            on conflict do nothing)
        insert into touched (part_id)
        select part_id
        from fresh
        """;

    /** What the mirrored rows of the looked-at parts should be: everyone who points here and is not pointed at from here. */
    static final String MIRRORS = """
        create temporary table mirror on commit drop as
        select distinct t.id as part_id, a.brand as other_brand, a.part_number as other_number, a.normal_number as other_normal
        from mirror_target m
        join part t on t.id = m.part_id
        join part_interchange i on i.other_normal = t.normal_number and i.kind = 'EQUIVALENT' and not i.mirrored
            and (lower(t.brand) = lower(i.other_brand) or t.line_code = upper(i.other_brand))
        join part a on a.id = i.part_id
        where a.id <> t.id
        and t.removed_at is null
        and not exists (
            select
            from part_interchange own
            where own.part_id = t.id
            and own.kind = 'EQUIVALENT'
            and not own.mirrored
            and own.other_normal = a.normal_number
            and (lower(own.other_brand) = lower(a.brand) or upper(own.other_brand) = a.line_code))
        """;

    static final String GONE_MIRRORS = """
        with gone as (
            delete from part_interchange i
            using mirror_target t
            where i.part_id = t.part_id
            and i.mirrored
            and not exists (
                select
                from mirror m
                where m.part_id = i.part_id
                and m.other_brand = i.other_brand
                and m.other_number = i.other_number)
            returning i.part_id, i.kind, i.other_brand, i.other_number, i.other_normal, i.mirrored),
        kept as (
            insert into undo_interchange (run_id, part_id, kind, other_brand, other_number, other_normal, mirrored)
            select :run, part_id, kind, other_brand, other_number, other_normal, mirrored
            from gone
            where not exists (
                select
                from fresh_part
                where id = part_id)
            on conflict do nothing)
        insert into touched (part_id)
        select part_id
        from gone
        """;

    static final String NEW_MIRRORS = """
        with fresh as (
            insert into part_interchange (part_id, kind, other_brand, other_number, other_normal, mirrored)
            select m.part_id, 'EQUIVALENT', m.other_brand, m.other_number, m.other_normal, true
            from mirror m
            where not exists (
                select
                from part_interchange i
                where i.part_id = m.part_id
                and i.kind = 'EQUIVALENT'
                and i.other_brand = m.other_brand
                and i.other_number = m.other_number)
            order by m.part_id
            returning part_id, kind, other_brand, other_number),
        kept as (
            insert into undo_interchange (run_id, part_id, kind, other_brand, other_number, other_normal, mirrored)
            select :run, part_id, kind, other_brand, other_number, null, null
            from fresh
            where not exists (
                select
                from fresh_part
                where id = part_id)
            on conflict do nothing)
        insert into touched (part_id)
        select part_id
        from fresh
        """;

    private static final String NAMED_FITMENTS = """
        create temporary table named_fitment on commit drop as
        select p.id as part_id, s.make, s.model, s.year_from, s.year_to, s.engine, s.body, s.position, s.notes
        from staging_fitment s
        join part p on p.line_code = s.line_code and p.part_number = s.part_number
        where s.run_id = :run
        """;

    private static final String GONE_FITMENTS = """
        with gone as (
            delete from fitment f
            where f.part_id in (
                select part_id
                from named_fitment)
            and not exists (
                select
                from named_fitment n
                where n.part_id = f.part_id
                and n.make = f.make
                and n.model = f.model
                and n.year_from = f.year_from
                and n.year_to = f.year_to
                and n.engine = f.engine
                and n.position = f.position)
            returning f.part_id, f.make, f.model, f.year_from, f.year_to, f.engine, f.body, f.position, f.notes),
        kept as (
            insert into undo_fitment (run_id, part_id, make, model, year_from, year_to, engine, body, position, notes)
            select :run, part_id, make, model, year_from, year_to, engine, body, position, notes
            from gone
            where not exists (
                select
                from fresh_part
                where id = part_id)
            on conflict do nothing)
        insert into touched (part_id)
        select part_id
        from gone
        """;

    private static final String CHANGED_FITMENTS = """
        with changed as (
            update fitment f
            set notes = n.notes, body = n.body
            from named_fitment n
            where n.part_id = f.part_id
            and n.make = f.make
            and n.model = f.model
            and n.year_from = f.year_from
            and n.year_to = f.year_to
            and n.engine = f.engine
            and n.position = f.position
            and (n.notes <> f.notes or n.body <> f.body)
            returning f.part_id, f.make, f.model, f.year_from, f.year_to, f.engine, old.body, f.position, old.notes),
        kept as (
            insert into undo_fitment (run_id, part_id, make, model, year_from, year_to, engine, body, position, notes)
            select :run, part_id, make, model, year_from, year_to, engine, body, position, notes
            from changed
            where not exists (
                select
                from fresh_part
                where id = part_id)
            on conflict do nothing)
        insert into touched (part_id)
        select part_id
        from changed
        """;

    private static final String NEW_FITMENTS = """
        with fresh as (
            insert into fitment (part_id, make, model, year_from, year_to, engine, body, position, notes)
            select n.part_id, n.make, n.model, n.year_from, n.year_to, n.engine, n.body, n.position, n.notes
            from named_fitment n
            where not exists (
                select
                from fitment f
                where f.part_id = n.part_id
                and f.make = n.make
                and f.model = n.model
                and f.year_from = n.year_from
                and f.year_to = n.year_to
                and f.engine = n.engine
                and f.position = n.position)
            order by n.part_id
            returning part_id, make, model, year_from, year_to, engine, position),
        kept as (
            insert into undo_fitment (run_id, part_id, make, model, year_from, year_to, engine, position, notes)
            select :run, part_id, make, model, year_from, year_to, engine, position, null
            from fresh
            where not exists (
                select
                from fresh_part
                where id = part_id)
            on conflict do nothing)
        insert into touched (part_id)
        select part_id
        from fresh
        """;

    static final String VERSION_OF_TOUCHED = """
        update part p
        set catalogue_version = :catalogueVersion
        where p.id in (
            select part_id
            from touched)
        and p.catalogue_version <> :catalogueVersion
        """;
}
