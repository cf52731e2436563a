package mx.refahub.batch.catalogue;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Takes indexes and constraints off the catalogue's tables while they are filled for the first time, and puts the same ones back, all in the
 * caller's transaction: building an index over all rows costs a tenth of growing it row by row. What stands there is read from PostgreSQL's
 * own catalogue, so a migration that adds an index needs not know of this.
 *
 * <p>The tables are locked against readers until the commit; as they are empty there is nothing to read.
 */
final class FirstFill {
    private static final Logger LOG = LoggerFactory.getLogger(FirstFill.class);

    private final JdbcClient jdbc;
    private final List<String> putBack = new ArrayList<>();

    private FirstFill(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Does nothing unless the catalogue is empty. */
    static FirstFill begin(JdbcClient jdbc) {
        FirstFill fill = new FirstFill(jdbc);
        if (fill.isEmpty()) fill.takeOff();
        return fill;
    }

    private boolean isEmpty() {
        return jdbc.sql("""
                select not exists (
                    select
                    from part)
                """).query(Boolean.class).single();
    }

    private record Piece(String drop, String create) {}

    private void takeOff() {
        jdbc.sql("lock table part, part_price, part_barcode, part_interchange, fitment")
                .update();
        List<Piece> pieces = new ArrayList<>();
        pieces.addAll(foreignKeys());
        pieces.addAll(indexes());
        pieces.addAll(keys());
        for (Piece piece : pieces) {
            jdbc.sql(piece.drop()).update();
            putBack.addFirst(piece.create());
        }
        LOG.debug("first fill of the catalogue without {} indexes and constraints", pieces.size());
    }

    /** Keys before the indexes beside them, foreign keys last. */
    void end() {
        for (String create : putBack) jdbc.sql(create).update();
    }

    private List<Piece> foreignKeys() {
        return pieces("""
            select format('alter table %s drop constraint %I', conrelid::regclass, conname),
                format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
            from pg_constraint
            where contype = 'f'
            and conparentid = 0
            and confrelid in ('part'::regclass, 'part_price'::regclass, 'part_barcode'::regclass, 'part_interchange'::regclass,
                'fitment'::regclass)
            """);
    }

    private List<Piece> indexes() {
        return pieces("""
            select format('drop index %s', indexrelid::regclass), pg_get_indexdef(indexrelid)
            from pg_index
            where indrelid in ('part'::regclass, 'part_price'::regclass, 'part_barcode'::regclass, 'part_interchange'::regclass,
                'fitment'::regclass)
            and not exists (
                select
                from pg_constraint
                where conindid = indexrelid)
            """);
    }

    private List<Piece> keys() {
        return pieces("""
            select format('alter table %s drop constraint %I', conrelid::regclass, conname),
                format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
            from pg_constraint
            where contype in ('p', 'u')
            and conrelid in ('part'::regclass, 'part_price'::regclass, 'part_barcode'::regclass, 'part_interchange'::regclass,
                'fitment'::regclass)
            """);
    }

    private List<Piece> pieces(String sql) {
        return jdbc.sql(sql)
                // Of a table in parts PostgreSQL tells the index of the table alone; each part shall have its own
                // again.
                .query((row, n) -> new Piece(row.getString(1), row.getString(2).replaceFirst(" ON ONLY ", " ON ")))
                .list();
    }
}
