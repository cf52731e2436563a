package mx.refahub.batch.part;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import mx.refahub.domain.part.LineCode;
import mx.refahub.domain.part.PartNumber;
import mx.refahub.domain.part.PartRelation;
import mx.refahub.domain.part.Quantity;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The parts that belong to one part. */
final class RelationTable {
    private final JdbcClient jdbc;

    RelationTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Also those that have left the catalogue: they are there again when they come back. */
    List<PartRelation> of(UUID part) {
        return jdbc.sql("""
                select r.kind, o.line_code, o.part_number, r.grade, r.quantity, r.position, r.note
                from part_relation r
                join part o on o.id = r.related_id
                where r.part_id = :part
                order by r.kind, o.line_code, o.part_number
                """)
                .param("part", part)
                .query((row, n) -> new PartRelation(
                        PartRelation.Kind.valueOf(row.getString(1)),
                        new LineCode(row.getString(2)),
                        new PartNumber(row.getString(3)),
                        PartRelation.Grade.ofText(row.getString(4)),
                        new Quantity(row.getLong(5)),
                        row.getString(6),
                        row.getString(7)))
                .list();
    }

    /** The first of these parts that there is not; one that has left the catalogue may stay where it stands already. */
    Optional<String> unknown(@Nullable UUID own, List<PartRelation> relations) {
        return jdbc.sql("""
                select t.line || ' ' || t.number
                from unnest(:lines, :numbers) with ordinality as t (line, number, place)
                left join part p on p.line_code = t.line and p.part_number = t.number
                where p.id is null
                or p.removed_at is not null
                and not exists (
                    select
                    from part_relation r
                    where r.part_id = cast(:own as uuid)
                    and r.related_id = p.id)
                order by t.place
                limit 1
                """)
                .param("lines", texts(relations, each -> each.lineCode().value()))
                .param("numbers", texts(relations, each -> each.number().value()))
                .param("own", own)
                .query(String.class)
                .optional();
    }

    /** Whether one of these components holds the kit itself, directly or further down. */
    boolean isCircle(UUID kit, List<PartRelation> relations) {
        List<PartRelation> components = relations.stream()
                .filter(each -> each.kind() == PartRelation.Kind.COMPONENT)
                .toList();
        if (components.isEmpty()) return false;
        return jdbc.sql("""
                with recursive inside (id) as (
                    select p.id
                    from unnest(:lines, :numbers) as t (line, number)
                    join part p on p.line_code = t.line and p.part_number = t.number
                    union
                    select r.related_id
                    from inside i
                    join part_relation r on r.part_id = i.id and r.kind = 'COMPONENT')
                select exists (
                    select
                    from inside
                    where id = :kit)
                """)
                .param("lines", texts(components, each -> each.lineCode().value()))
                .param("numbers", texts(components, each -> each.number().value()))
                .param("kit", kit)
                .query(Boolean.class)
                .single();
    }

    void replace(UUID part, List<PartRelation> relations) {
        jdbc.sql("delete from part_relation where part_id = :part")
                .param("part", part)
                .update();
        if (relations.isEmpty()) return;
        int inserted = jdbc.sql("""
                insert into part_relation (part_id, kind, related_id, grade, quantity, position, note)
                select :part, t.kind, p.id, t.grade, t.quantity, t.place, t.note
                from unnest(:kinds, :lines, :numbers, :grades, :quantities, :positions, :notes)
                    as t (kind, line, number, grade, quantity, place, note)
                join part p on p.line_code = t.line and p.part_number = t.number
                """)
                .param("part", part)
                .param("kinds", texts(relations, each -> each.kind().name()))
                .param("lines", texts(relations, each -> each.lineCode().value()))
                .param("numbers", texts(relations, each -> each.number().value()))
                .param("grades", texts(relations, each -> each.grade().text()))
                .param(
                        "quantities",
                        relations.stream()
                                .map(each -> each.quantity().thousandths())
                                .toArray(Long[]::new))
                .param("positions", texts(relations, PartRelation::position))
                .param("notes", texts(relations, PartRelation::note))
                .update();
        if (inserted != relations.size())
            throw new IllegalStateException(inserted + " relations of " + relations.size() + " for part " + part);
    }

    private static String[] texts(List<PartRelation> of, Function<PartRelation, String> text) {
        return of.stream().map(text).toArray(String[]::new);
    }
}
