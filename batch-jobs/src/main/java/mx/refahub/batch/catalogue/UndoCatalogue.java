package mx.refahub.batch.catalogue;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import mx.refahub.batch.run.RunRefused;
import mx.refahub.batch.run.Undoing;
import mx.refahub.batch.run.Workshop;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.job.Jobs.Undo;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Takes a run back, in one transaction: every row that it changed is again what it was. Parts that it made are marked as removed, not deleted,
 * since sales may name them and the stores must hear of it. All of it goes out under new versions of the streams, as any change does.
 *
 * <p>Refused while a later run stands that touched the same parts, or a change by hand: what was before both is known only behind that one.
 */
final class UndoCatalogue implements Tasklet, Undoing {
    private static final Logger LOG = LoggerFactory.getLogger(UndoCatalogue.class);

    private final Workshop workshop;
    private final JdbcClient jdbc;

    UndoCatalogue(Workshop workshop) {
        this.workshop = workshop;
        jdbc = JdbcClient.create(workshop.dataSource());
    }

    @Override
    public Outcome<Undo> check(long run) {
        boolean known =
                jdbc.sql("""
                select undoable
                from job_run
                where id = :run
                """).param("run", run).query(Boolean.class).optional().orElse(false);
        if (!known) return Outcome.refused("run-not-undoable", Long.toString(run));
        Optional<Long> later = overtaker(run);
        if (later.isPresent())
            return Outcome.refused("run-undo-overtaken", Long.toString(run), Long.toString(later.get()));
        Optional<String> mended =
                jdbc.sql(MENDED).param("run", run).query(String.class).optional();
        if (mended.isPresent()) return Outcome.refused("run-undo-mended", Long.toString(run), mended.get());
        return Outcome.done(jdbc.sql(COUNTS)
                .param("run", run)
                .query((row, n) -> new Undo(run, row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)))
                .single());
    }

    /** The newest of the runs in the way. */
    private Optional<Long> overtaker(long run) {
        long later = jdbc.sql(OVERTAKER).param("run", run).query(Long.class).single();
        return later == 0 ? Optional.empty() : Optional.of(later);
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
        long run = Workshop.run(contribution.getStepExecution());
        long of = of(contribution.getStepExecution().getJobParameters().getString(PARAMETER));
        OffsetDateTime now = workshop.clock().instant().atOffset(ZoneOffset.UTC);
        long catalogueVersion = lock("catalogue") + 1;
        long pricesVersion = lock("prices") + 1;
        if (isDone(run, of)) return RepeatStatus.FINISHED;
        Undo undo = switch (check(of)) {
            case Outcome.Refused<Undo>(Refusal refusal) -> throw new RunRefused(sentence(of, refusal));
            case Outcome.Done<Undo>(Undo counts) -> counts;
        };
        Map<String, Object> known =
                Map.of("run", of, "now", now, "catalogueVersion", catalogueVersion, "pricesVersion", pricesVersion);
        jdbc.sql("set local work_mem = '64MB'").update();
        int parts = update(PARTS, known) + update(FRESH_PARTS, known);
        for (String sql : new String[] {
            GONE_BARCODES_OF_FRESH,
            GONE_BARCODES,
            BARCODES,
            GONE_INTERCHANGES_OF_FRESH,
            GONE_INTERCHANGES,
            INTERCHANGES,
            GONE_FITMENTS_OF_FRESH,
            GONE_FITMENTS,
            FITMENTS,
            RelationStatements.UNDO_OF_FRESH,
            RelationStatements.UNDO_FRESH,
            RelationStatements.UNDO_GONE,
        }) update(sql, known);
        int prices = update(PRICES, known) + update(FRESH_PRICES, known);
        parts += lookAtMirrorsAgain(of, known);
        if (parts > 0) raise(run, "catalogue", catalogueVersion, now);
        if (prices > 0) raise(run, "prices", pricesVersion, now);
        jdbc.sql("""
                update job_run
                set undone_by = :run
                where id = :of
                """).param("run", run).param("of", of).update();
        new UndoLog(jdbc).forget(of);
        workshop.runs()
                .note(
                        run,
                        String.format(
                                Locale.ROOT,
                                "Se deshizo la corrida %d: piezas retiradas: %,d; piezas como estaban: %,d; precios: %,d; códigos, intercambios, aplicaciones y relaciones: %,d.",
                                of,
                                undo.partsRemoved(),
                                undo.partsRestored(),
                                prices,
                                undo.rowsRestored()));
        contribution.incrementWriteCount(undo.partsRemoved() + undo.partsRestored() + prices);
        LOG.info("run undone run={} by={} parts={}", of, run, undo.partsRemoved() + undo.partsRestored());
        return RepeatStatus.FINISHED;
    }

    private static long of(@Nullable String text) {
        try {
            return Long.parseLong(Objects.requireNonNullElse(text, "").strip());
        } catch (NumberFormatException e) {
            throw new RunRefused("«" + text + "» no es el número de una corrida.");
        }
    }

    /** Killed right behind its commit. */
    private boolean isDone(long run, long of) {
        return jdbc.sql("""
                select exists (
                    select
                    from job_run
                    where id = :of
                    and undone_by = :run)
                """)
                .param("run", run)
                .param("of", of)
                .query(Boolean.class)
                .single();
    }

    private static String sentence(long of, Refusal refusal) {
        String last = refusal.arguments().getLast();
        return switch (refusal.code()) {
            case "run-undo-overtaken" ->
                "La corrida " + of + " no se deshizo: la corrida " + last
                        + " cambió después las mismas piezas; deshaga primero esa.";
            case "run-undo-mended" ->
                "La corrida " + of + " no se deshizo: la pieza " + last
                        + " se cambió a mano después; deshaga primero ese cambio.";
            default ->
                "La corrida " + of
                        + " no se puede deshacer: no cambió nada, ya se deshizo, o hubo demasiadas corridas desde entonces.";
        };
    }

    /** Parts may have come since that a restored row points to. @return how many parts hear of it */
    private int lookAtMirrorsAgain(long of, Map<String, Object> known) {
        jdbc.sql(PublishCatalogue.TOUCHED).update();
        jdbc.sql(PublishCatalogue.MIRROR_TARGETS).update();
        jdbc.sql(PublishCatalogue.NO_FRESH_PARTS).update();
        update(PublishCatalogue.TARGETS_OF_CHANGED_PARTS, known);
        jdbc.sql(PublishCatalogue.MIRRORS).update();
        // What this moves belongs to the run that is taken back, and is forgotten with it.
        update(PublishCatalogue.GONE_MIRRORS, known);
        update(PublishCatalogue.NEW_MIRRORS, known);
        LOG.debug("mirrored interchanges looked at again run={}", of);
        return update(PublishCatalogue.VERSION_OF_TOUCHED, known);
    }

    private int update(String sql, Map<String, Object> known) {
        return jdbc.sql(sql)
                .params(known.entrySet().stream()
                        .filter(each -> sql.contains(":" + each.getKey()))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)))
                .update();
    }

    private long lock(String stream) {
        return jdbc.sql("""
                select version
                from stream_version
                where stream = :stream
                for update
                """).param("stream", stream).query(Long.class).single();
    }

    private void raise(long run, String stream, long version, OffsetDateTime now) {
        int raised = jdbc.sql("""
                update stream_version
                set version = :version, published_at = :now
                where stream = :stream
                and version = :version - 1
                """)
                .param("stream", stream)
                .param("version", version)
                .param("now", now)
                .update();
        if (raised != 1) throw new IllegalStateException("stream " + stream + " is not at " + (version - 1));
        jdbc.sql("""
                insert into job_run_publication (run_id, stream, version, published_at)
                values (:run, :stream, :version, :now)
                """)
                .param("run", run)
                .param("stream", stream)
                .param("version", version)
                .param("now", now)
                .update();
    }

    /** A later run touched one of the parts, or gave one of the barcodes that must come back to another part. */
    private static final String OVERTAKER = """
        select coalesce(max(run_id), 0)
        from (
            select later.run_id
            from undo_part mine
            join undo_part later on later.part_id = mine.part_id
            where mine.run_id = :run
            and later.run_id > :run
            union all
            select later.run_id
            from undo_barcode mine
            join part_barcode b on b.barcode = mine.barcode and b.part_id <> mine.part_id
            join undo_part later on later.part_id = b.part_id
            where mine.run_id = :run
            and mine.pack is not null
            and later.run_id > :run)
        """;

    /** A part of the run that a person changed by hand since, and whose change still stands. */
    private static final String MENDED = """
        select p.line_code || ' ' || p.part_number
        from undo_part u
        join part_change c on c.part_id = u.part_id
        join part p on p.id = u.part_id
        where u.run_id = :run
        and c.at > (
            select min(published_at)
            from job_run_publication
            where run_id = :run)
        and c.kind <> 'UNDONE'
        and not exists (
            select
            from part_change undone
            where undone.undoes = c.id)
        order by c.id desc
        limit 1
        """;

    /** What the run changed in the part {@code p} itself or in what hangs on it; a price has a stream of its own. */
    private static final String CHANGED = """
        (
            (p.normal_number, p.brand, p.name_es, p.name_en, p.category, p.unit, p.tax_class, p.core, p.sat_code, p.sat_unit, p.tax_object,
                p.removed_at, p.category_by_rule)
            is distinct from
            (u.normal_number, u.brand, u.name_es, u.name_en, u.category, u.unit, u.tax_class, u.core, u.sat_code, u.sat_unit, u.tax_object,
                u.removed_at, coalesce(u.category_by_rule, false))
            or p.id in (
                select part_id from undo_barcode where run_id = :run
                union
                select part_id from undo_interchange where run_id = :run
                union
                select part_id from undo_fitment where run_id = :run
                union
                select part_id from undo_relation where run_id = :run))
        """;

    private static final String COUNTS = """
        select count(*) filter (where u.fresh), count(*) filter (where not u.fresh and """ + CHANGED + """
            ),
            (select count(*) from undo_price where run_id = :run),
            (select count(*) from undo_barcode where run_id = :run)
                + (select count(*) from undo_interchange where run_id = :run)
                + (select count(*) from undo_fitment where run_id = :run)
                + (select count(*) from undo_relation where run_id = :run)
        from undo_part u
        join part p on p.id = u.part_id
        where u.run_id = :run
        """;

    private static final String GONE_BARCODES_OF_FRESH = """
        delete from part_barcode b
        using undo_part u
        where u.run_id = :run
        and u.fresh
        and b.part_id = u.part_id
        """;

    private static final String GONE_BARCODES = """
        delete from part_barcode b
        using undo_barcode was
        where was.run_id = :run
        and was.part_id = b.part_id
        and was.barcode = b.barcode
        and was.pack is null
        """;

    private static final String BARCODES = """
        insert into part_barcode (part_id, barcode, pack)
        select part_id, barcode, pack
        from undo_barcode
        where run_id = :run
        and pack is not null
        on conflict (part_id, barcode) do update
        set pack = excluded.pack
        """;

    private static final String GONE_INTERCHANGES_OF_FRESH = """
        delete from part_interchange i
        using undo_part u
        where u.run_id = :run
        and u.fresh
        and i.part_id = u.part_id
        """;

    private static final String GONE_INTERCHANGES = """
        delete from part_interchange i
        using undo_interchange was
        where was.run_id = :run
        and was.part_id = i.part_id
        and was.kind = i.kind
        and was.other_brand = i.other_brand
        and was.other_number = i.other_number
        and was.other_normal is null
        """;

    private static final String INTERCHANGES = """
        insert into part_interchange (part_id, kind, other_brand, other_number, other_normal, mirrored)
        select part_id, kind, other_brand, other_number, other_normal, mirrored
        from undo_interchange
        where run_id = :run
        and other_normal is not null
        on conflict (part_id, kind, other_brand, other_number) do update
        set other_normal = excluded.other_normal, mirrored = excluded.mirrored
        """;

    private static final String GONE_FITMENTS_OF_FRESH = """
        delete from fitment f
        using undo_part u
        where u.run_id = :run
        and u.fresh
        and f.part_id = u.part_id
        """;

    private static final String GONE_FITMENTS = """
        delete from fitment f
        using undo_fitment was
        where was.run_id = :run
        and was.part_id = f.part_id
        and was.make = f.make
        and was.model = f.model
        and was.year_from = f.year_from
        and was.year_to = f.year_to
        and was.engine = f.engine
        and was.position = f.position
        and was.notes is null
        """;

    private static final String FITMENTS = """
        insert into fitment (part_id, make, model, year_from, year_to, engine, body, position, notes)
        select part_id, make, model, year_from, year_to, engine, body, position, notes
        from undo_fitment
        where run_id = :run
        and notes is not null
        on conflict (part_id, make, model, year_from, year_to, engine, position) do update
        set notes = excluded.notes, body = excluded.body
        """;

    private static final String PARTS = """
        update part p
        set normal_number = u.normal_number, brand = u.brand, name_es = u.name_es, name_en = u.name_en, category = u.category, unit = u.unit,
            tax_class = u.tax_class, core = u.core, sat_code = u.sat_code, sat_unit = u.sat_unit, tax_object = u.tax_object,
            removed_at = u.removed_at, catalogue_version = :catalogueVersion, category_by_rule = coalesce(u.category_by_rule, false)
        from undo_part u
        where u.run_id = :run
        and u.part_id = p.id
        and not u.fresh
        and """ + CHANGED;

    private static final String FRESH_PARTS = """
        update part p
        set removed_at = :now, catalogue_version = :catalogueVersion
        from undo_part u
        where u.run_id = :run
        and u.part_id = p.id
        and u.fresh
        """;

    private static final String PRICES = """
        update part_price r
        set amount = u.amount, currency = coalesce(u.currency, r.currency), includes_tax = coalesce(u.includes_tax, r.includes_tax),
            prices_version = :pricesVersion
        from undo_price u
        where u.run_id = :run
        and u.part_id = r.part_id
        """;

    private static final String FRESH_PRICES = """
        update part_price r
        set amount = null, prices_version = :pricesVersion
        from undo_part u
        where u.run_id = :run
        and u.part_id = r.part_id
        and u.fresh
        and r.amount is not null
        """;
}
