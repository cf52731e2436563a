package mx.refahub.batch.part;

import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Keeps the other half of equivalences for some parts, by the rule of the imports (mx.refahub.batch.catalogue): a part that is told to equal
 * another is equalled by it, unless that one tells so itself.
 */
final class Mirrors {
    private final JdbcClient jdbc;

    Mirrors(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Parts whose rows change get this version of the catalogue. */
    void of(Set<UUID> parts, long version) {
        UUID[] targets = parts.toArray(UUID[]::new);
        // What went, what came, and the version: one statement, over what stood there before it.
        jdbc.sql("""
                with mirror as (
                    select distinct t.id as part_id, a.brand as other_brand, a.part_number as other_number, a.normal_number as other_normal
                    from part t
                    join part_interchange i on i.other_normal = t.normal_number and i.kind = 'EQUIVALENT' and not i.mirrored
                        and (lower(t.brand) = lower(i.other_brand) or t.line_code = upper(i.other_brand))
                    join part a on a.id = i.part_id
                    where t.id = any(:targets)
                    and a.id <> t.id
                    and not exists (
                        select
                        from part_interchange own
                        where own.part_id = t.id
                        and own.kind = 'EQUIVALENT'
                        and not own.mirrored
                        and own.other_normal = a.normal_number
                        and (lower(own.other_brand) = lower(a.brand) or upper(own.other_brand) = a.line_code))),
                gone as (
                    delete from part_interchange i
                    where i.part_id = any(:targets)
                    and i.mirrored
                    and not exists (
                        select
                        from mirror m
                        where m.part_id = i.part_id
                        and m.other_brand = i.other_brand
                        and m.other_number = i.other_number)
                    returning i.part_id),
                come as (
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
                    returning part_id)
                update part p
                set catalogue_version = :version
                where p.id in (
                    select part_id
                    from gone
                    union
                    select part_id
                    from come)
                and p.catalogue_version <> :version
                """).param("targets", targets).param("version", version).update();
    }
}
