package mx.refahub.batch.catalogue;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What the catalogue's rows were before each of the newest runs. Publishing writes it in its own transaction, only for what it changed: a row as
 * it was, or that there was none. The first state wins, however often a run changes a row.
 */
final class UndoLog {
    static final List<String> TABLES =
            List.of("undo_part", "undo_price", "undo_barcode", "undo_interchange", "undo_fitment", "undo_relation");

    private final JdbcClient jdbc;

    UndoLog(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Says of the run whether it can be taken back, and forgets the oldest beyond so many. */
    void keep(long run, int runs) {
        jdbc.sql("""
                update job_run
                set undoable = true
                where id = :run
                and exists (
                    select
                    from undo_part
                    where run_id = :run)
                """).param("run", run).update();
        List<Long> old = jdbc.sql("""
                select id
                from job_run
                where undoable
                order by id desc
                offset :runs
                """)
                .param("runs", runs)
                .query((row, n) -> row.getLong(1))
                .list();
        for (long each : old) forget(each);
    }

    void forget(long run) {
        for (String table : TABLES)
            jdbc.sql("delete from " + table + " where run_id = :run")
                    .param("run", run)
                    .update();
        jdbc.sql("""
                update job_run
                set undoable = false
                where id = :run
                """).param("run", run).update();
    }

    static final String FRESH_PARTS = """
        insert into undo_part (run_id, part_id, fresh)
        select :run, id, true
        from fresh_part
        """;

    /** Parts that changed in what hangs on them only: none is left out, so that a later run is seen to have touched the part. */
    static final String TOUCHED_PARTS = """
        insert into undo_part (run_id, part_id, fresh, normal_number, brand, name_es, name_en, category, unit, tax_class, core, sat_code,
            sat_unit, tax_object, removed_at, category_by_rule)
        select :run, p.id, false, p.normal_number, p.brand, p.name_es, p.name_en, p.category, p.unit, p.tax_class, p.core, p.sat_code,
            p.sat_unit, p.tax_object, p.removed_at, p.category_by_rule
        from part p
        where p.id in (
            select part_id
            from touched
            union
            select part_id
            from undo_price
            where run_id = :run
            union
            select part_id
            from undo_interchange
            where run_id = :run)
        on conflict do nothing
        """;
}
