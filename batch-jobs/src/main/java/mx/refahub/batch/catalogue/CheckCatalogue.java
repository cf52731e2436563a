package mx.refahub.batch.catalogue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import mx.refahub.batch.intake.FileChecks;
import mx.refahub.batch.intake.RejectedRows;
import mx.refahub.batch.intake.RowFormat;
import mx.refahub.batch.run.Workshop;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What can only be seen over all rows: repetitions, rows that belong to no part, barcodes that are another part's. */
final class CheckCatalogue implements Tasklet {
    private final Workshop workshop;
    private final RejectedRows rejectedRows;
    private final List<RowFormat> formats;
    private final JdbcClient jdbc;

    CheckCatalogue(Workshop workshop, RejectedRows rejectedRows, List<RowFormat> formats) {
        this.workshop = workshop;
        this.rejectedRows = rejectedRows;
        this.formats = formats;
        jdbc = JdbcClient.create(workshop.dataSource());
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) throws Exception {
        long run = Workshop.run(contribution.getStepExecution());
        // A small sample tells the planner what it needs here: how many rows.
        jdbc.sql("set local default_statistics_target = 10").update();
        jdbc.sql("analyze staging_part, staging_barcode, staging_interchange, staging_relation, staging_fitment")
                .update();
        if (workshop.folders().isTranslated(run, "fitments")) mergeApplications(run);
        FileChecks checks = new FileChecks(jdbc, run);
        checks.reject(PARTS_TWICE);
        checks.reject(NEW_PARTS_WITHOUT_NAME);
        checks.reject(BARCODES_OF_NO_PART);
        checks.reject(INTERCHANGES_OF_NO_PART);
        checks.reject(FITMENTS_OF_NO_PART);
        checks.reject(BARCODES_TWICE);
        checks.reject(INTERCHANGES_TWICE);
        checks.reject(INTERCHANGES_WITH_ITSELF);
        checks.reject(FITMENTS_TWICE);
        joinBodies(run);
        for (String wrong : Removals.CHECKS) checks.reject(wrong);
        // Taking a row out may leave a part without rows, and then its old barcodes stay: so again, until nothing
        // moves.
        while (checks.reject(BARCODES_OF_ANOTHER_PART) > 0) {}
        for (String wrong : RelationChecks.ONCE) checks.reject(wrong);
        // A row taken out may leave what its part had before, and so close another circle.
        while (checks.reject(RelationChecks.KITS_IN_A_CIRCLE) > 0) {}
        contribution.incrementProcessSkipCount(checks.rejected());
        if (checks.rejected() > 0) findOriginals(run);
        return RepeatStatus.FINISHED;
    }

    /**
     * A standard tells one application per year, and one per qualifier: years in a row become one row, and rows that differ in their notes alone
     * become one with all of them, or none if one of them holds without any. So do those that differ in their body alone; where their notes differ too,
     * each says of which body it is.
     */
    private void mergeApplications(long run) {
        jdbc.sql(MERGED_APPLICATIONS).param("run", run).update();
        jdbc.sql("""
                delete from staging_fitment
                where run_id = :run
                """).param("run", run).update();
        jdbc.sql("""
                insert into staging_fitment (run_id, line, line_code, part_number, make, model, year_from, year_to, engine, body, position, notes)
                select :run, line, line_code, part_number, make, model, year_from, year_to, engine, body, position, notes
                from merged_application
                """).param("run", run).update();
    }

    /** A file of ours tells each body in a row of its own, too; seldom, so that the rows are not grouped once more for nothing. */
    private void joinBodies(long run) {
        boolean any = jdbc.sql("""
                select exists (
                    select
                    from staging_fitment
                    where run_id = :run
                    and body <> '')
                """).param("run", run).query(Boolean.class).single();
        if (any) jdbc.sql(BODIES_JOINED).param("run", run).update();
    }

    private static final String ALL_BODIES =
            "case when bool_or(body = '') then '' else string_agg(distinct body, '; ' order by body) end as body";

    private static final String ALL_NOTES = """
        case
            when bool_or(notes = '' and body = '') then ''
            when min(body) = max(body) and bool_or(notes = '') then ''
            when min(body) = max(body) then left(string_agg(distinct notes, ' / ' order by notes), 500)
            when min(notes) = max(notes) then min(notes)
            else left(
                string_agg(distinct concat_ws(': ', nullif(body, ''), nullif(notes, '')), ' / '
                    order by concat_ws(': ', nullif(body, ''), nullif(notes, ''))), 500)
        end as notes""";

    private static final String BODIES_JOINED = """
        with joined as (
            select min(line) as line, line_code, part_number, make, model, year_from, year_to, engine, position, %s,
                %s
            from staging_fitment
            where run_id = :run
            group by line_code, part_number, make, model, year_from, year_to, engine, position
            having count(*) > 1),
        gone as (
            delete from staging_fitment s
            using joined j
            where s.run_id = :run
            and s.line > j.line
            and s.line_code = j.line_code
            and s.part_number = j.part_number
            and s.make = j.make
            and s.model = j.model
            and s.year_from = j.year_from
            and s.year_to = j.year_to
            and s.engine = j.engine
            and s.position = j.position)
        update staging_fitment s
        set body = j.body, notes = j.notes
        from joined j
        where s.run_id = :run
        and s.line = j.line
        """.formatted(ALL_BODIES, ALL_NOTES);

    private static final String MERGED_APPLICATIONS = """
        create temporary table merged_application on commit drop as
        with told as (
            select min(line) as line, line_code, part_number, make, model, year_from, year_to, engine, position, %1$s,
                %2$s,
                case when bool_and(joinable) then 0 else min(line) end as apart
            from staging_fitment
            where run_id = :run
            group by line_code, part_number, make, model, year_from, year_to, engine, position),
        followed as (
            select *, max(year_to) over (
                partition by line_code, part_number, make, model, engine, body, position, notes, apart
                order by year_from, year_to
                rows between unbounded preceding and 1 preceding) as before
            from told),
        counted as (
            select *, count(*) filter (where before is null or year_from > before + 1) over (
                partition by line_code, part_number, make, model, engine, body, position, notes, apart
                order by year_from, year_to) as stretch
            from followed),
        joined as (
            select min(line) as line, line_code, part_number, make, model, min(year_from) as year_from, max(year_to) as year_to, engine,
                body, position, notes
            from counted
            group by line_code, part_number, make, model, engine, body, position, notes, apart, stretch)
        select min(line) as line, line_code, part_number, make, model, year_from, year_to, engine, position, %1$s,
            %2$s
        from joined
        group by line_code, part_number, make, model, year_from, year_to, engine, position
        """.formatted(ALL_BODIES, ALL_NOTES);

    static final String NEW_PARTS_WITHOUT_NAME = """
        with gone as (
            delete from staging_part s
            where s.run_id = :run
            and s.name_es is null
            and s.name_en is null
            and not exists (
                select
                from part p
                where p.line_code = s.line_code
                and p.part_number = s.part_number)
            returning s.line)
        insert into job_run_reject (run_id, file, line, column_name, value, reason)
        select :run, 'parts', line, 'name_es', '', 'Está vacío, y una pieza nueva necesita un nombre.'
        from gone
        """;

    private void findOriginals(long run) throws IOException {
        for (RowFormat format : formats) {
            Optional<Path> file = workshop.folders().file(run, format.file());
            if (file.isPresent()) rejectedRows.findOriginals(run, format.in(run, workshop.folders()), file.get());
        }
    }

    static final String PARTS_TWICE = """
        with twice as (
            select line_code, part_number, min(line) as first
            from staging_part
            where run_id = :run
            group by line_code, part_number
            having count(*) > 1),
        gone as (
            delete from staging_part s
            using twice t
            where s.run_id = :run
            and s.line_code = t.line_code
            and s.part_number = t.part_number
            and s.line > t.first
            returning s.line, s.part_number, t.first)
        insert into job_run_reject (run_id, file, line, column_name, value, reason)
        select :run, 'parts', line, 'part_number', part_number, 'Repite la pieza del renglón ' || first || '.'
        from gone
        """;

    static final String BARCODES_OF_NO_PART = """
        with gone as (
            delete from staging_barcode s
            where s.run_id = :run
            and not exists (
                select
                from part p
                where p.line_code = s.line_code
                and p.part_number = s.part_number
                and p.removed_at is null)
            and not exists (
                select
                from staging_part p
                where p.run_id = :run
                and p.line_code = s.line_code
                and p.part_number = s.part_number)
            returning s.line, s.line_code, s.part_number)
        insert into job_run_reject (run_id, file, line, column_name, value, reason)
        select :run, 'barcodes', line, 'part_number', part_number, 'No hay una pieza ' || line_code || ' ' || part_number || ' en el catálogo.'
        from gone
        """;

    static final String INTERCHANGES_OF_NO_PART = """
        with gone as (
            delete from staging_interchange s
            where s.run_id = :run
            and not exists (
                select
                from part p
                where p.line_code = s.line_code
                and p.part_number = s.part_number
                and p.removed_at is null)
            and not exists (
                select
                from staging_part p
                where p.run_id = :run
                and p.line_code = s.line_code
                and p.part_number = s.part_number)
            returning s.line, s.line_code, s.part_number)
        insert into job_run_reject (run_id, file, line, column_name, value, reason)
        select :run, 'interchange', line, 'part_number', part_number, 'No hay una pieza ' || line_code || ' ' || part_number || ' en el catálogo.'
        from gone
        """;

    static final String FITMENTS_OF_NO_PART = """
        with gone as (
            delete from staging_fitment s
            where s.run_id = :run
            and not exists (
                select
                from part p
                where p.line_code = s.line_code
                and p.part_number = s.part_number
                and p.removed_at is null)
            and not exists (
                select
                from staging_part p
                where p.run_id = :run
                and p.line_code = s.line_code
                and p.part_number = s.part_number)
            returning s.line, s.line_code, s.part_number)
        insert into job_run_reject (run_id, file, line, column_name, value, reason)
        select :run, 'fitments', line, 'part_number', part_number, 'No hay una pieza ' || line_code || ' ' || part_number || ' en el catálogo.'
        from gone
        """;

    static final String BARCODES_TWICE = """
        with twice as (
            select barcode, min(line) as first
            from staging_barcode
            where run_id = :run
            group by barcode
            having count(*) > 1),
        gone as (
            delete from staging_barcode s
            using twice t
            where s.run_id = :run
            and s.barcode = t.barcode
            and s.line > t.first
            returning s.line, s.barcode, t.first)
        insert into job_run_reject (run_id, file, line, column_name, value, reason)
        select :run, 'barcodes', line, 'barcode', barcode, 'Repite el código del renglón ' || first || '.'
        from gone
        """;

    /** A barcode may change hands only if its present part is named in the file too, and so gives it up, or is out of the catalogue. */
    static final String BARCODES_OF_ANOTHER_PART = """
        with gone as (
            delete from staging_barcode s
            using part_barcode b
            join part p on p.id = b.part_id
            where s.run_id = :run
            and b.barcode = s.barcode
            and (p.line_code, p.part_number) <> (s.line_code, s.part_number)
            and not (
                (
                    p.removed_at is not null
                    or exists (
                        select
                        from staging_removal r
                        where r.run_id = :run
                        and r.line_code = p.line_code
                        and r.part_number = p.part_number))
                and not exists (
                    select
                    from staging_part c
                    where c.run_id = :run
                    and c.line_code = p.line_code
                    and c.part_number = p.part_number))
            and (
                not exists (
                    select
                    from staging_barcode n
                    where n.run_id = :run
                    and n.line_code = p.line_code
                    and n.part_number = p.part_number)
                or exists (
                    select
                    from job_run_file f
                    where f.run_id = :run
                    and f.file = 'barcodes'
                    and f.additive))
            returning s.line, s.barcode, p.line_code, p.part_number)
        insert into job_run_reject (run_id, file, line, column_name, value, reason)
        select :run, 'barcodes', line, 'barcode', barcode, 'Ya es el código de la pieza ' || line_code || ' ' || part_number || '.'
        from gone
        """;

    static final String INTERCHANGES_TWICE = """
        with twice as (
            select line_code, part_number, kind, other_brand, other_number, min(line) as first
            from staging_interchange
            where run_id = :run
            group by line_code, part_number, kind, other_brand, other_number
            having count(*) > 1),
        gone as (
            delete from staging_interchange s
            using twice t
            where s.run_id = :run
            and s.line_code = t.line_code
            and s.part_number = t.part_number
            and s.kind = t.kind
            and s.other_brand = t.other_brand
            and s.other_number = t.other_number
            and s.line > t.first
            returning s.line, s.other_number, t.first)
        insert into job_run_reject (run_id, file, line, column_name, value, reason)
        select :run, 'interchange', line, 'other_number', other_number, 'Repite el intercambio del renglón ' || first || '.'
        from gone
        """;

    static final String INTERCHANGES_WITH_ITSELF = """
        with own as (
            select s.line, s.other_number
            from staging_interchange s
            left join staging_part n on n.run_id = :run and n.line_code = s.line_code and n.part_number = s.part_number
            left join part p on p.line_code = s.line_code and p.part_number = s.part_number
            where s.run_id = :run
            and s.kind <> 'OEM'
            and s.other_number = s.part_number
            and (upper(s.other_brand) = s.line_code or lower(s.other_brand) = lower(coalesce(n.brand, p.brand)))),
        gone as (
            delete from staging_interchange s
            using own
            where s.run_id = :run
            and s.line = own.line
            returning own.line, own.other_number)
        insert into job_run_reject (run_id, file, line, column_name, value, reason)
        select :run, 'interchange', line, 'other_number', other_number, 'Es la misma pieza; una pieza no se intercambia consigo misma.'
        from gone
        """;

    static final String FITMENTS_TWICE = """
        with twice as (
            select line_code, part_number, make, model, year_from, year_to, engine, body, position, min(line) as first
            from staging_fitment
            where run_id = :run
            group by line_code, part_number, make, model, year_from, year_to, engine, body, position
            having count(*) > 1),
        gone as (
            delete from staging_fitment s
            using twice t
            where s.run_id = :run
            and s.line_code = t.line_code
            and s.part_number = t.part_number
            and s.make = t.make
            and s.model = t.model
            and s.year_from = t.year_from
            and s.year_to = t.year_to
            and s.engine = t.engine
            and s.body = t.body
            and s.position = t.position
            and s.line > t.first
            returning s.line, s.model, t.first)
        insert into job_run_reject (run_id, file, line, column_name, value, reason)
        select :run, 'fitments', line, 'model', model, 'Repite la aplicación del renglón ' || first || '.'
        from gone
        """;
}
