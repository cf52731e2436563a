package mx.refahub.batch.catalogue;

import mx.refahub.batch.run.Approval;
import mx.refahub.batch.run.Workshop;
import mx.refahub.domain.job.Jobs.Change.Kind;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Counts what publishing would change, with a few examples of each kind, before anybody is asked. The same comparisons as publishing makes, over all
 * staged rows at once; nothing of the catalogue is locked or written.
 */
final class PreviewCatalogue implements Tasklet {
    static final int EXAMPLES = 20;

    private final JdbcClient jdbc;

    PreviewCatalogue(Workshop workshop) {
        jdbc = JdbcClient.create(workshop.dataSource());
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
        StepExecution step = contribution.getStepExecution();
        if (!Approval.isAsked(step)) return RepeatStatus.FINISHED;
        long run = Workshop.run(step);
        jdbc.sql("set local work_mem = '64MB'").update();
        jdbc.sql("""
                delete from job_run_preview
                where run_id = :run
                """).param("run", run).update();
        jdbc.sql("""
                delete from job_run_preview_example
                where run_id = :run
                """).param("run", run).update();
        jdbc.sql(PART_DIFFERENCES).param("run", run).update();
        jdbc.sql(PRICE_DIFFERENCES).param("run", run).update();
        note(run, Kind.PART_NEW, PARTS_NEW);
        note(run, Kind.PART_RESTORED, PARTS_RESTORED);
        note(run, Kind.PART_CHANGED, PARTS_CHANGED);
        note(run, Kind.PART_REMOVED, Removals.PARTS_PREVIEW);
        note(run, Kind.PRICE_NEW, PRICES_NEW);
        note(run, Kind.PRICE_CHANGED, PRICES_CHANGED);
        note(run, Kind.PRICE_REMOVED, PRICES_REMOVED);
        note(run, Kind.BARCODE_ADDED, BARCODES_ADDED);
        note(run, Kind.BARCODE_CHANGED, BARCODES_CHANGED);
        note(run, Kind.BARCODE_REMOVED, BARCODES_REMOVED);
        note(run, Kind.INTERCHANGE_ADDED, INTERCHANGES_ADDED);
        note(run, Kind.INTERCHANGE_REMOVED, INTERCHANGES_REMOVED);
        note(run, Kind.RELATION_ADDED, RELATIONS_ADDED);
        note(run, Kind.RELATION_CHANGED, RELATIONS_CHANGED);
        note(run, Kind.RELATION_REMOVED, RELATIONS_REMOVED);
        note(run, Kind.FITMENT_ADDED, FITMENTS_ADDED);
        note(run, Kind.FITMENT_CHANGED, FITMENTS_CHANGED);
        note(run, Kind.FITMENT_REMOVED, FITMENTS_REMOVED + Removals.FITMENTS_PREVIEW);
        return RepeatStatus.FINISHED;
    }

    /** @param found rows {@code (thing, part, field, before, after)}; several rows of one thing count once and stay together */
    private void note(long run, Kind kind, String found) {
        String sql = "with found as materialized (\n" + found + """
            ),
            counted as (
                insert into job_run_preview (run_id, kind, rows)
                select :run, :kind, count(distinct thing)
                from found)
            insert into job_run_preview_example (run_id, kind, place, part, field, before, after)
            select :run, :kind, row_number() over (order by nth, field), part, field, before, after
            from (
                select dense_rank() over (order by thing) as nth, part, field, before, after
                from found)
            where nth <= :examples
            """;
        jdbc.sql(sql)
                .param("run", run)
                .param("kind", kind.name())
                .param("examples", EXAMPLES)
                .update();
    }

    private static final String PART_DIFFERENCES = """
        create temporary table part_difference on commit drop as
        select s.line, s.line_code || ' ' || s.part_number as part, p.removed_at is not null as gone, d.field, d.before, d.after
        from staging_part s
        join part p on p.line_code = s.line_code and p.part_number = s.part_number
        cross join lateral (
            values
                ('', '', case when p.removed_at is null then '' else '+' end),
                ('brand', p.brand, s.brand),
                ('name_es', p.name_es, coalesce(s.name_es, p.name_es)),
                ('name_en', p.name_en, coalesce(s.name_en, p.name_en)),
                ('category', p.category, coalesce(s.category, p.category)),
                ('unit', p.unit, coalesce(s.unit, p.unit)),
                ('tax_class', lower(p.tax_class), lower(coalesce(s.tax_class, p.tax_class))),
                ('core_amount', round(p.core / 100.0, 2)::text, round(coalesce(s.core, p.core) / 100.0, 2)::text),
                ('sat_code', p.sat_code, coalesce(s.sat_code, p.sat_code)),
                ('sat_unit', p.sat_unit, coalesce(s.sat_unit, p.sat_unit)),
                ('tax_object', p.tax_object, coalesce(s.tax_object, p.tax_object))) as d (field, before, after)
        where s.run_id = :run
        and d.before <> d.after
        """;

    private static final String PRICE_DIFFERENCES = """
        create temporary table price_difference on commit drop as
        select s.line as thing, s.line_code || ' ' || s.part_number as part, 'list_price' as field,
            case when r.amount is null then ''
                else to_char(r.amount / 100.0, 'FM$999,999,999,990.00') || case when r.includes_tax then ' con IVA' else ' sin IVA' end end as before,
            case when s.price is null then ''
                else to_char(s.price / 100.0, 'FM$999,999,999,990.00')
                    || case when coalesce(s.price_includes_tax, r.includes_tax, false) then ' con IVA' else ' sin IVA' end end as after
        from staging_part s
        left join part p on p.line_code = s.line_code and p.part_number = s.part_number
        left join part_price r on r.part_id = p.id
        where s.run_id = :run
        and not s.price_kept
        and (r.amount, r.amount is null or r.includes_tax) is distinct from
            (s.price, s.price is null or coalesce(s.price_includes_tax, r.includes_tax, false))
        """;

    private static final String PARTS_NEW = """
        select s.line as thing, s.line_code || ' ' || s.part_number as part, '' as field, '' as before,
            coalesce(s.name_es, s.name_en, '') as after
        from staging_part s
        where s.run_id = :run
        and not exists (
            select
            from part p
            where p.line_code = s.line_code
            and p.part_number = s.part_number)
        """;

    private static final String PARTS_RESTORED = """
        select line as thing, part, field, before, after
        from part_difference
        where gone
        """;

    private static final String PARTS_CHANGED = """
        select line as thing, part, field, before, after
        from part_difference
        where not gone
        """;

    private static final String PRICES_NEW = """
        select thing, part, field, before, after
        from price_difference
        where before = ''
        """;

    private static final String PRICES_CHANGED = """
        select thing, part, field, before, after
        from price_difference
        where before <> ''
        and after <> ''
        """;

    private static final String PRICES_REMOVED = """
        select thing, part, field, before, after
        from price_difference
        where after = ''
        """;

    private static final String BARCODES_ADDED = """
        select s.line as thing, s.line_code || ' ' || s.part_number as part, 'barcode' as field, '' as before,
            s.barcode || ' × ' || trim_scale(s.pack / 1000.0) as after
        from staging_barcode s
        left join part p on p.line_code = s.line_code and p.part_number = s.part_number
        where s.run_id = :run
        and not exists (
            select
            from part_barcode b
            where b.part_id = p.id
            and b.barcode = s.barcode)
        """;

    private static final String BARCODES_CHANGED = """
        select s.line as thing, s.line_code || ' ' || s.part_number as part, 'pack_quantity' as field,
            s.barcode || ' × ' || trim_scale(b.pack / 1000.0) as before, s.barcode || ' × ' || trim_scale(s.pack / 1000.0) as after
        from staging_barcode s
        join part p on p.line_code = s.line_code and p.part_number = s.part_number
        join part_barcode b on b.part_id = p.id and b.barcode = s.barcode
        where s.run_id = :run
        and b.pack <> s.pack
        """;

    private static final String BARCODES_REMOVED = """
        select row_number() over (order by p.line_code, p.part_number, b.barcode) as thing, p.line_code || ' ' || p.part_number as part,
            'barcode' as field, b.barcode || ' × ' || trim_scale(b.pack / 1000.0) as before, '' as after
        from part_barcode b
        join part p on p.id = b.part_id
        where (
            not exists (
                select
                from job_run_file f
                where f.run_id = :run
                and f.file = 'barcodes'
                and f.additive)
            and exists (
                select
                from staging_barcode s
                where s.run_id = :run
                and s.line_code = p.line_code
                and s.part_number = p.part_number)
            or (
                p.removed_at is not null
                or exists (
                    select
                    from staging_removal r
                    where r.run_id = :run
                    and r.line_code = p.line_code
                    and r.part_number = p.part_number))
            and exists (
                select
                from staging_barcode s
                where s.run_id = :run
                and s.barcode = b.barcode))
        and not exists (
            select
            from staging_barcode s
            where s.run_id = :run
            and s.line_code = p.line_code
            and s.part_number = p.part_number
            and s.barcode = b.barcode)
        """;

    private static final String INTERCHANGES_ADDED = """
        select s.line as thing, s.line_code || ' ' || s.part_number as part, lower(s.kind) as field, '' as before,
            trim(s.other_brand || ' ' || s.other_number) as after
        from staging_interchange s
        left join part p on p.line_code = s.line_code and p.part_number = s.part_number
        where s.run_id = :run
        and not exists (
            select
            from part_interchange i
            where i.part_id = p.id
            and i.kind = s.kind
            and i.other_brand = s.other_brand
            and i.other_number = s.other_number)
        """;

    private static final String INTERCHANGES_REMOVED = """
        select row_number() over (order by p.line_code, p.part_number, i.kind, i.other_brand, i.other_number) as thing,
            p.line_code || ' ' || p.part_number as part, lower(i.kind) as field, trim(i.other_brand || ' ' || i.other_number) as before,
            '' as after
        from part_interchange i
        join part p on p.id = i.part_id
        where not i.mirrored
        and not exists (
            select
            from job_run_file f
            where f.run_id = :run
            and f.file = 'interchange'
            and f.additive)
        and exists (
            select
            from staging_interchange s
            where s.run_id = :run
            and s.line_code = p.line_code
            and s.part_number = p.part_number)
        and not exists (
            select
            from staging_interchange s
            where s.run_id = :run
            and s.line_code = p.line_code
            and s.part_number = p.part_number
            and s.kind = i.kind
            and s.other_brand = i.other_brand
            and s.other_number = i.other_number)
        """;

    private static final String RELATIONS_ADDED = """
        select s.line as thing, s.line_code || ' ' || s.part_number as part, lower(s.kind) as field, '' as before,
            concat_ws(' ', s.related_line, s.related_number, '× ' || trim_scale(s.quantity / 1000.0), nullif(lower(s.grade), ''),
                nullif(s.position, ''), nullif(s.note, '')) as after
        from staging_relation s
        left join part p on p.line_code = s.line_code and p.part_number = s.part_number
        left join part o on o.line_code = s.related_line and o.part_number = s.related_number
        where s.run_id = :run
        and not exists (
            select
            from part_relation r
            where r.part_id = p.id
            and r.kind = s.kind
            and r.related_id = o.id)
        """;

    private static final String RELATIONS_CHANGED = """
        select s.line as thing, s.line_code || ' ' || s.part_number as part, lower(s.kind) as field,
            concat_ws(' ', o.line_code, o.part_number, '× ' || trim_scale(r.quantity / 1000.0), nullif(lower(r.grade), ''),
                nullif(r.position, ''), nullif(r.note, '')) as before,
            concat_ws(' ', o.line_code, o.part_number, '× ' || trim_scale(s.quantity / 1000.0),
                nullif(lower(coalesce(s.grade, r.grade)), ''), nullif(coalesce(s.position, r.position), ''),
                nullif(coalesce(s.note, r.note), '')) as after
        from staging_relation s
        join part p on p.line_code = s.line_code and p.part_number = s.part_number
        join part o on o.line_code = s.related_line and o.part_number = s.related_number
        join part_relation r on r.part_id = p.id and r.kind = s.kind and r.related_id = o.id
        where s.run_id = :run
        and (coalesce(s.grade, r.grade), s.quantity, coalesce(s.position, r.position), coalesce(s.note, r.note))
            <> (r.grade, r.quantity, r.position, r.note)
        """;

    private static final String RELATIONS_REMOVED = """
        select row_number() over (order by p.line_code, p.part_number, r.kind, o.line_code, o.part_number) as thing,
            p.line_code || ' ' || p.part_number as part, lower(r.kind) as field,
            concat_ws(' ', o.line_code, o.part_number, '× ' || trim_scale(r.quantity / 1000.0)) as before, '' as after
        from part_relation r
        join part p on p.id = r.part_id
        join part o on o.id = r.related_id
        where not exists (
            select
            from job_run_file f
            where f.run_id = :run
            and f.file = 'relations'
            and f.additive)
        and exists (
            select
            from staging_relation s
            where s.run_id = :run
            and s.kind = r.kind
            and s.line_code = p.line_code
            and s.part_number = p.part_number)
        and not exists (
            select
            from staging_relation s
            where s.run_id = :run
            and s.kind = r.kind
            and s.line_code = p.line_code
            and s.part_number = p.part_number
            and s.related_line = o.line_code
            and s.related_number = o.part_number)
        """;

    private static final String FITMENTS_ADDED = """
        select s.line as thing, s.line_code || ' ' || s.part_number as part, 'fitment' as field, '' as before,
            concat_ws(' ', s.make, s.model, s.year_from || '–' || s.year_to, nullif(s.engine, ''), nullif(s.body, ''), nullif(s.position, ''),
                nullif(s.notes, '')) as after
        from staging_fitment s
        left join part p on p.line_code = s.line_code and p.part_number = s.part_number
        where s.run_id = :run
        and not exists (
            select
            from fitment f
            where f.part_id = p.id
            and f.make = s.make
            and f.model = s.model
            and f.year_from = s.year_from
            and f.year_to = s.year_to
            and f.engine = s.engine
            and f.position = s.position)
        """;

    private static final String FITMENTS_CHANGED = """
        select s.line as thing, s.line_code || ' ' || s.part_number as part, d.field, d.before, d.after
        from staging_fitment s
        join part p on p.line_code = s.line_code and p.part_number = s.part_number
        join fitment f on f.part_id = p.id and f.make = s.make and f.model = s.model and f.year_from = s.year_from
            and f.year_to = s.year_to and f.engine = s.engine and f.position = s.position
        cross join lateral (values ('body', f.body, s.body), ('notes', f.notes, s.notes)) as d (field, before, after)
        where s.run_id = :run
        and (f.notes <> s.notes or f.body <> s.body)
        and d.before <> d.after
        """;

    private static final String FITMENTS_REMOVED = """
        select row_number() over (order by p.line_code, p.part_number, f.make, f.model, f.year_from) as thing,
            p.line_code || ' ' || p.part_number as part, 'fitment' as field,
            concat_ws(' ', f.make, f.model, f.year_from || '–' || f.year_to, nullif(f.engine, ''), nullif(f.body, ''), nullif(f.position, ''),
                nullif(f.notes, '')) as before, '' as after
        from fitment f
        join part p on p.id = f.part_id
        where not exists (
            select
            from job_run_file j
            where j.run_id = :run
            and j.file = 'fitments'
            and j.additive)
        and exists (
            select
            from staging_fitment s
            where s.run_id = :run
            and s.line_code = p.line_code
            and s.part_number = p.part_number)
        and not exists (
            select
            from staging_fitment s
            where s.run_id = :run
            and s.line_code = p.line_code
            and s.part_number = p.part_number
            and s.make = f.make
            and s.model = f.model
            and s.year_from = f.year_from
            and s.year_to = f.year_to
            and s.engine = f.engine
            and s.position = f.position)
        """;
}
