package mx.refahub.batch.part;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import mx.refahub.domain.part.PartChange;
import mx.refahub.domain.part.PartField;
import mx.refahub.domain.store.Person;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What was changed by hand, value by value. */
final class PartHistory {
    private final JdbcClient jdbc;

    PartHistory(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void write(
            UUID change,
            UUID part,
            OffsetDateTime at,
            Person by,
            PartChange.Kind kind,
            List<PartChange.Difference> differences,
            @Nullable UUID undoes) {
        jdbc.sql("""
                insert into part_change (id, part_id, at, who, who_name, kind, undoes)
                values (:id, :part, :at, :who, :name, :kind, cast(:undoes as uuid))
                """)
                .param("id", change)
                .param("part", part)
                .param("at", at)
                .param("who", by.id().value())
                .param("name", by.name())
                .param("kind", kind.name())
                .param("undoes", undoes)
                .update();
        jdbc.sql("""
                insert into part_change_value (change_id, number, field, old_value, new_value)
                select :change, number, field, old_value, new_value
                from unnest(:numbers, :fields, :before, :after) as t (number, field, old_value, new_value)
                """)
                .param("change", change)
                .param(
                        "numbers",
                        IntStream.rangeClosed(1, differences.size()).boxed().toArray(Integer[]::new))
                .param(
                        "fields",
                        differences.stream().map(each -> each.field().name()).toArray(String[]::new))
                .param(
                        "before",
                        differences.stream().map(PartChange.Difference::before).toArray(String[]::new))
                .param(
                        "after",
                        differences.stream().map(PartChange.Difference::after).toArray(String[]::new))
                .update();
    }

    List<PartChange> of(UUID part, int limit) {
        return read(part, null, limit);
    }

    Optional<PartChange> one(UUID part, UUID change) {
        return read(part, change, 1).stream().findFirst();
    }

    private List<PartChange> read(UUID part, @Nullable UUID only, int limit) {
        Map<UUID, PartChange> heads = new LinkedHashMap<>();
        Map<UUID, List<PartChange.Difference>> differences = new LinkedHashMap<>();
        jdbc.sql("""
                select c.id, c.at, c.who_name, c.kind, c.undoes, u.id is not null, v.field, v.old_value, v.new_value
                from (
                    select id, at, who_name, kind, undoes
                    from part_change
                    where part_id = :part
                    and (cast(:only as uuid) is null or id = cast(:only as uuid))
                    order by id desc
                    limit :limit) c
                left join part_change u on u.undoes = c.id
                join part_change_value v on v.change_id = c.id
                order by c.id desc, v.number
                """)
                .param("part", part)
                .param("only", only)
                .param("limit", limit)
                .query(row -> {
                    UUID id = row.getObject(1, UUID.class);
                    heads.putIfAbsent(
                            id,
                            new PartChange(
                                    id,
                                    row.getObject(2, OffsetDateTime.class).toInstant(),
                                    row.getString(3),
                                    PartChange.Kind.valueOf(row.getString(4)),
                                    List.of(),
                                    row.getObject(5, UUID.class),
                                    row.getBoolean(6)));
                    differences
                            .computeIfAbsent(id, each -> new ArrayList<>())
                            .add(new PartChange.Difference(
                                    PartField.valueOf(row.getString(7)), row.getString(8), row.getString(9)));
                });
        return heads.values().stream()
                .map(head -> new PartChange(
                        head.id(),
                        head.at(),
                        head.who(),
                        head.kind(),
                        differences.getOrDefault(head.id(), List.of()),
                        head.undoes(),
                        head.undone()))
                .toList();
    }
}
