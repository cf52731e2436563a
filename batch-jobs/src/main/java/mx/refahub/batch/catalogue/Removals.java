package mx.refahub.batch.catalogue;

import java.util.List;

/** The statements by which parts leave the catalogue and applications leave their parts. */
final class Removals {
    private Removals() {}

    private static final String OF_NO_PART = """
        with gone as (
            delete from staging_removal s
            where s.run_id = :run
            and not exists (
                select
                from part p
                where p.line_code = s.line_code
                and p.part_number = s.part_number
                and p.removed_at is null)
            returning s.line, s.line_code, s.part_number)
        insert into job_run_reject (run_id, file, line, column_name, value, reason)
        select :run, 'removals', line, 'part_number', part_number, 'No hay una pieza ' || line_code || ' ' || part_number || ' en el catálogo.'
        from gone
        """;

    private static final String OF_A_PART_THAT_COMES = """
        with gone as (
            delete from staging_removal s
            where s.run_id = :run
            and exists (
                select
                from staging_part p
                where p.run_id = :run
                and p.line_code = s.line_code
                and p.part_number = s.part_number)
            returning s.line, s.part_number)
        insert into job_run_reject (run_id, file, line, column_name, value, reason)
        select :run, 'removals', line, 'part_number', part_number, 'La misma corrida trae la pieza; se queda.'
        from gone
        """;

    private static final String TWICE = """
        with twice as (
            select line_code, part_number, min(line) as first
            from staging_removal
            where run_id = :run
            group by line_code, part_number
            having count(*) > 1),
        gone as (
            delete from staging_removal s
            using twice t
            where s.run_id = :run
            and s.line_code = t.line_code
            and s.part_number = t.part_number
            and s.line > t.first
            returning s.line, s.part_number, t.first)
        insert into job_run_reject (run_id, file, line, column_name, value, reason)
        select :run, 'removals', line, 'part_number', part_number, 'Repite la pieza del renglón ' || first || '.'
        from gone
        """;

    /** Its notes too: an application with others' notes joined to its own cannot be taken out of them. */
    private static final String OF_NO_FITMENT = """
        with gone as (
            delete from staging_fitment_removal s
            where s.run_id = :run
            and not exists (
                select
                from part p
                join fitment f on f.part_id = p.id
                where p.line_code = s.line_code
                and p.part_number = s.part_number
                and f.make = s.make
                and f.model = s.model
                and f.engine = s.engine
                and f.body = s.body
                and f.position = s.position
                and f.notes = s.notes
                and f.year_from <= s.year_to
                and f.year_to >= s.year_from)
            returning s.line, s.model)
        insert into job_run_reject (run_id, file, line, column_name, value, reason)
        select :run, 'fitment-removals', line, 'model', model, 'La pieza no tiene esa aplicación tal cual; no hay nada que quitar.'
        from gone
        """;

    static final List<String> CHECKS = List.of(OF_NO_PART, OF_A_PART_THAT_COMES, TWICE, OF_NO_FITMENT);

    static final String PARTS_PREVIEW = """
        select s.line as thing, s.line_code || ' ' || s.part_number as part, '' as field, p.name_es as before, '' as after
        from staging_removal s
        join part p on p.line_code = s.line_code and p.part_number = s.part_number
        where s.run_id = :run
        """;

    static final String FITMENTS_PREVIEW = """
        union all
        select -s.line as thing, s.line_code || ' ' || s.part_number as part, 'fitment' as field,
            concat_ws(' ', s.make, s.model, s.year_from || '–' || s.year_to, nullif(s.engine, ''), nullif(s.body, ''), nullif(s.position, ''),
                nullif(s.notes, '')) as before, '' as after
        from staging_fitment_removal s
        where s.run_id = :run
        """;

    static final String REMOVED_PARTS = """
        with removed as (
            update part p
            set removed_at = :now, catalogue_version = :catalogueVersion
            from staging_removal s
            where s.run_id = :run
            and p.line_code = s.line_code
            and p.part_number = s.part_number
            and p.removed_at is null
            returning p.id, p.normal_number, p.brand, p.name_es, p.name_en, p.category, p.unit, p.tax_class, p.core, p.sat_code, p.sat_unit,
                p.tax_object, p.category_by_rule)
        insert into undo_part (run_id, part_id, fresh, normal_number, brand, name_es, name_en, category, unit, tax_class, core, sat_code,
            sat_unit, tax_object, removed_at, category_by_rule)
        select :run, id, false, normal_number, brand, name_es, name_en, category, unit, tax_class, core, sat_code, sat_unit, tax_object,
            null, category_by_rule
        from removed
        """;

    static final String NAMED_FITMENTS = """
        create temporary table removed_fitment on commit drop as
        select p.id as part_id, s.make, s.model, s.year_from, s.year_to, s.engine, s.body, s.position, s.notes
        from staging_fitment_removal s
        join part p on p.line_code = s.line_code and p.part_number = s.part_number
        where s.run_id = :run
        """;

    /** Of an application that holds for more years than are taken back the others stay, as one row for each stretch. */
    static final String GONE_FITMENTS = """
        with gone as (
            delete from fitment f
            using removed_fitment n
            where n.part_id = f.part_id
            and n.make = f.make
            and n.model = f.model
            and n.engine = f.engine
            and n.body = f.body
            and n.position = f.position
            and n.notes = f.notes
            and n.year_from <= f.year_to
            and n.year_to >= f.year_from
            returning f.part_id, f.make, f.model, f.year_from, f.year_to, f.engine, f.body, f.position, f.notes),
        left_years as (
            select distinct g.part_id, g.make, g.model, g.engine, g.body, g.position, g.notes, y.year
            from gone g
            cross join lateral generate_series(g.year_from, g.year_to) as y (year)
            where not exists (
                select
                from removed_fitment n
                where n.part_id = g.part_id
                and n.make = g.make
                and n.model = g.model
                and n.engine = g.engine
                and n.body = g.body
                and n.position = g.position
                and n.notes = g.notes
                and y.year between n.year_from and n.year_to)),
        counted as (
            select *, year - row_number() over (partition by part_id, make, model, engine, body, position, notes order by year) as stretch
            from left_years),
        fresh as (
            insert into fitment (part_id, make, model, year_from, year_to, engine, body, position, notes)
            select part_id, make, model, min(year), max(year), engine, body, position, notes
            from counted
            group by part_id, make, model, engine, body, position, notes, stretch
            on conflict do nothing
            returning part_id, make, model, year_from, year_to, engine, position),
        kept as (
            insert into undo_fitment (run_id, part_id, make, model, year_from, year_to, engine, body, position, notes)
            select :run, part_id, make, model, year_from, year_to, engine, body, position, notes
            from gone
            union all
            select :run, part_id, make, model, year_from, year_to, engine, '', position, null
            from fresh
            on conflict do nothing)
        insert into touched (part_id)
        select part_id
        from gone
        """;
}
