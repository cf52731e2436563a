package mx.refahub.batch.catalogue;

/**
 * The statements that bring staged relations into the catalogue. What the file tells of a part takes the place of what it had of the same kind: a
 * supplier who tells what his kits hold does not take their accessories away.
 */
final class RelationStatements {
    private RelationStatements() {}

    static final String NAMED = """
        create temporary table named_relation on commit drop as
        select p.id as part_id, s.kind, r.id as related_id, s.grade, s.quantity, s.position, s.note
        from staging_relation s
        join part p on p.line_code = s.line_code and p.part_number = s.part_number
        join part r on r.line_code = s.related_line and r.part_number = s.related_number
        where s.run_id = :run
        """;

    static final String GONE = """
        with gone as (
            delete from part_relation r
            where (r.part_id, r.kind) in (
                select part_id, kind
                from named_relation)
            and not exists (
                select
                from named_relation n
                where n.part_id = r.part_id
                and n.kind = r.kind
                and n.related_id = r.related_id)
            returning r.part_id, r.kind, r.related_id, r.grade, r.quantity, r.position, r.note),
        kept as (
            insert into undo_relation (run_id, part_id, kind, related_id, grade, quantity, position, note)
            select :run, part_id, kind, related_id, grade, quantity, position, note
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

    static final String CHANGED = """
        with changed as (
            update part_relation r
            set grade = coalesce(n.grade, r.grade), quantity = n.quantity, position = coalesce(n.position, r.position),
                note = coalesce(n.note, r.note)
            from named_relation n
            where n.part_id = r.part_id
            and n.kind = r.kind
            and n.related_id = r.related_id
            and (coalesce(n.grade, r.grade), n.quantity, coalesce(n.position, r.position), coalesce(n.note, r.note))
                <> (r.grade, r.quantity, r.position, r.note)
            returning r.part_id, r.kind, r.related_id, old.grade, old.quantity, old.position, old.note),
        kept as (
            insert into undo_relation (run_id, part_id, kind, related_id, grade, quantity, position, note)
            select :run, part_id, kind, related_id, grade, quantity, position, note
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

    static final String FRESH = """
        with fresh as (
            insert into part_relation (part_id, kind, related_id, grade, quantity, position, note)
            select n.part_id, n.kind, n.related_id, coalesce(n.grade, ''), n.quantity, coalesce(n.position, ''), coalesce(n.note, '')
            from named_relation n
            where not exists (
                select
                from part_relation r
                where r.part_id = n.part_id
                and r.kind = n.kind
                and r.related_id = n.related_id)
            order by n.part_id
            returning part_id, kind, related_id),
        kept as (
            insert into undo_relation (run_id, part_id, kind, related_id, quantity)
            select :run, part_id, kind, related_id, null
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

    /** Taking a run back: what it brought goes, what it took or changed is there again. */
    static final String UNDO_OF_FRESH = """
        delete from part_relation r
        using undo_part u
        where u.run_id = :run
        and u.fresh
        and r.part_id = u.part_id
        """;

    static final String UNDO_FRESH = """
        delete from part_relation r
        using undo_relation was
        where was.run_id = :run
        and was.part_id = r.part_id
        and was.kind = r.kind
        and was.related_id = r.related_id
        and was.quantity is null
        """;

    static final String UNDO_GONE = """
        insert into part_relation (part_id, kind, related_id, grade, quantity, position, note)
        select part_id, kind, related_id, grade, quantity, position, note
        from undo_relation
        where run_id = :run
        and quantity is not null
        on conflict (part_id, kind, related_id) do update
        set grade = excluded.grade, quantity = excluded.quantity, position = excluded.position, note = excluded.note
        """;
}
