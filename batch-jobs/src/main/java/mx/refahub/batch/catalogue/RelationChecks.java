package mx.refahub.batch.catalogue;

import java.util.List;

/** What can only be seen of relations over all rows: see {@link CheckCatalogue}. */
final class RelationChecks {
    private RelationChecks() {}

    private static final String OF_NO_PART = """
        with gone as (
            delete from staging_relation s
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
        select :run, 'relations', line, 'part_number', part_number, 'No hay una pieza ' || line_code || ' ' || part_number || ' en el catálogo.'
        from gone
        """;

    private static final String TO_NO_PART = """
        with gone as (
            delete from staging_relation s
            where s.run_id = :run
            and not exists (
                select
                from part p
                where p.line_code = s.related_line
                and p.part_number = s.related_number
                and p.removed_at is null)
            and not exists (
                select
                from staging_part p
                where p.run_id = :run
                and p.line_code = s.related_line
                and p.part_number = s.related_number)
            returning s.line, s.related_line, s.related_number)
        insert into job_run_reject (run_id, file, line, column_name, value, reason)
        select :run, 'relations', line, 'related_part_number', related_number,
            'No hay una pieza ' || related_line || ' ' || related_number || ' en el catálogo.'
        from gone
        """;

    private static final String WITH_ITSELF = """
        with gone as (
            delete from staging_relation s
            where s.run_id = :run
            and s.related_line = s.line_code
            and s.related_number = s.part_number
            returning s.line, s.related_number)
        insert into job_run_reject (run_id, file, line, column_name, value, reason)
        select :run, 'relations', line, 'related_part_number', related_number, 'Es la misma pieza; una pieza no se relaciona consigo misma.'
        from gone
        """;

    private static final String TWICE = """
        with twice as (
            select kind, line_code, part_number, related_line, related_number, min(line) as first
            from staging_relation
            where run_id = :run
            group by kind, line_code, part_number, related_line, related_number
            having count(*) > 1),
        gone as (
            delete from staging_relation s
            using twice t
            where s.run_id = :run
            and s.kind = t.kind
            and s.line_code = t.line_code
            and s.part_number = t.part_number
            and s.related_line = t.related_line
            and s.related_number = t.related_number
            and s.line > t.first
            returning s.line, s.related_number, t.first)
        insert into job_run_reject (run_id, file, line, column_name, value, reason)
        select :run, 'relations', line, 'related_part_number', related_number, 'Repite la relación del renglón ' || first || '.'
        from gone
        """;

    /** In this order: what belongs to no part is out before circles are looked for. */
    static final List<String> ONCE = List.of(WITH_ITSELF, OF_NO_PART, TO_NO_PART, TWICE);

    /**
     * A kit that holds itself, in its own components or further down: every row of the file that is on such a circle. Kits that the file does not
     * name count as they stand in the catalogue, and so do the old components of those it only adds to. A line code has no blank, so one
     * text names a part.
     */
    static final String KITS_IN_A_CIRCLE = """
        with recursive told as (
            select line, line_code || ' ' || part_number as kit, related_line || ' ' || related_number as held
            from staging_relation
            where run_id = :run
            and kind = 'COMPONENT'),
        holds as materialized (
            select kit, held
            from told
            union
            select p.line_code || ' ' || p.part_number, h.line_code || ' ' || h.part_number
            from part_relation r
            join part p on p.id = r.part_id
            join part h on h.id = r.related_id
            where r.kind = 'COMPONENT'
            and exists (
                select
                from told)
            and (
                p.line_code || ' ' || p.part_number not in (
                    select kit
                    from told)
                or exists (
                    select
                    from job_run_file f
                    where f.run_id = :run
                    and f.file = 'relations'
                    and f.additive))),
        inside (kit, held) as (
            select kit, held
            from holds
            where kit in (
                select held
                from told)
            union
            select i.kit, h.held
            from inside i
            join holds h on h.kit = i.held),
        gone as (
            delete from staging_relation s
            using told t
            where s.run_id = :run
            and s.line = t.line
            and exists (
                select
                from inside i
                where i.kit = t.held
                and i.held = t.kit)
            returning s.line, s.related_number, t.kit, t.held)
        insert into job_run_reject (run_id, file, line, column_name, value, reason)
        select :run, 'relations', line, 'related_part_number', related_number,
            'El juego ' || kit || ' no puede llevar ' || held || ', que a su vez lo lleva a él.'
        from gone
        """;
}
