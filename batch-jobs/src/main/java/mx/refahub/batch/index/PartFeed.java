package mx.refahub.batch.index;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.LongConsumer;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Fitment;
import mx.refahub.domain.part.Interchange;
import mx.refahub.domain.part.LineCode;
import mx.refahub.domain.part.Part;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.PartNumber;
import mx.refahub.domain.search.IndexedPart;
import mx.refahub.domain.search.PartIndex;
import mx.refahub.domain.tax.TaxClass;

/** Parts changed since a version with all that hangs on them: three cursors in the order of the parts, read side by side in bounded memory. */
final class PartFeed implements AutoCloseable {
    private static final int FETCH = 2_000;
    private static final int REPORT = 1_000;

    private final Cursor parts;
    private final Cursor interchanges;
    private final Cursor fitments;

    PartFeed(Connection connection, long since) throws SQLException {
        parts = new Cursor(connection, """
                select id, line_code, part_number, brand, name_es, name_en, category, unit, tax_class, core, sat_code, sat_unit, tax_object,
                       removed_at is not null as removed
                from part
                where catalogue_version > ?
                order by id
                """, since);
        interchanges = new Cursor(connection, """
                select part_id, kind, other_brand, other_number
                from part_interchange
                join part on part.id = part_id and part.catalogue_version > ?
                order by part_id, kind, other_brand, other_number
                """, since);
        fitments = new Cursor(connection, """
                select part_id, make, model, year_from, year_to, engine, position, notes
                from fitment
                join part on part.id = part_id and part.catalogue_version > ?
                order by part_id, make, model, year_from
                """, since);
    }

    /** @param done told how many more parts have been put, from time to time */
    void forEach(PartIndex.Build build, LongConsumer done) throws SQLException, IOException {
        long pending = 0;
        while (parts.hasRow()) {
            ResultSet row = parts.row();
            UUID id = row.getObject(1, UUID.class);
            List<Interchange> numbers = new ArrayList<>();
            while (interchanges.isOf(id)) {
                ResultSet other = interchanges.row();
                numbers.add(new Interchange(
                        Interchange.Kind.valueOf(other.getString(2)),
                        other.getString(3),
                        new PartNumber(other.getString(4))));
                interchanges.advance();
            }
            List<Fitment> vehicles = new ArrayList<>();
            while (fitments.isOf(id)) {
                ResultSet fit = fitments.row();
                vehicles.add(new Fitment(
                        fit.getString(2),
                        fit.getString(3),
                        fit.getInt(4),
                        fit.getInt(5),
                        fit.getString(6),
                        fit.getString(7),
                        fit.getString(8)));
                fitments.advance();
            }
            if (row.getBoolean("removed")) build.remove(new PartId(id));
            else build.put(new IndexedPart(part(row), numbers, vehicles));
            parts.advance();
            if (++pending == REPORT) {
                done.accept(pending);
                pending = 0;
            }
        }
        done.accept(pending);
    }

    private static Part part(ResultSet row) throws SQLException {
        return new Part(
                new PartId(row.getObject(1, UUID.class)),
                new LineCode(row.getString(2)),
                new PartNumber(row.getString(3)),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                TaxClass.valueOf(row.getString(9)),
                Money.mxn(row.getLong(10)),
                row.getString(11),
                row.getString(12),
                row.getString(13),
                List.of());
    }

    @Override
    public void close() throws SQLException {
        fitments.close();
        interchanges.close();
        parts.close();
    }

    /** A result whose first column is the part's id, one row at a time. */
    private static final class Cursor implements AutoCloseable {
        private final PreparedStatement statement;
        private final ResultSet rows;
        private boolean hasRow;

        Cursor(Connection connection, String sql, long since) throws SQLException {
            statement = connection.prepareStatement(sql);
            statement.setFetchSize(FETCH);
            statement.setLong(1, since);
            rows = statement.executeQuery();
            hasRow = rows.next();
        }

        boolean hasRow() {
            return hasRow;
        }

        ResultSet row() {
            return rows;
        }

        void advance() throws SQLException {
            hasRow = rows.next();
        }

        boolean isOf(UUID id) throws SQLException {
            return hasRow && rows.getObject(1, UUID.class).equals(id);
        }

        @Override
        public void close() throws SQLException {
            statement.close();
        }
    }
}
