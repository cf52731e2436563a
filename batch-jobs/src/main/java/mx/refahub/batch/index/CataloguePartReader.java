package mx.refahub.batch.index;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Barcode;
import mx.refahub.domain.part.Fitment;
import mx.refahub.domain.part.Interchange;
import mx.refahub.domain.part.LineCode;
import mx.refahub.domain.part.Part;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.PartNumber;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.search.IndexedPart;
import mx.refahub.domain.tax.TaxClass;
import org.jspecify.annotations.Nullable;

/**
 * Reads parts with all that hangs on them by four cursors side by side, all ordered by the part's id, in one snapshot of the database and in
 * bounded memory. Holds a connection of its own until closed.
 */
final class CataloguePartReader implements AutoCloseable {
    private static final int FETCH = 1000;

    private final Connection connection;
    private final long catalogueVersion;
    private final @Nullable Instant popularityAt;
    private final long since;
    private final Cursor parts;
    private final Cursor barcodes;
    private final Cursor interchanges;
    private final Cursor fitments;

    /** @param removed it left the catalogue, and the rest still describes it */
    record Entry(IndexedPart part, boolean removed) {}

    /** @param since reads parts that changed after this version of the catalogue, or sell otherwise than the index knows; -1 for all */
    CataloguePartReader(DataSource dataSource, long since) throws SQLException {
        this.since = since;
        connection = dataSource.getConnection();
        try {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            catalogueVersion = single("""
                select version
                from stream_version
                where stream = 'catalogue'
                """);
            popularityAt = lastChange();
            parts = new Cursor("""
                select p.id, p.line_code, p.part_number, p.brand, p.name_es, p.name_en, p.category, p.unit, p.tax_class, p.core, p.sat_code,
                    p.sat_unit, p.tax_object, p.removed_at is not null, coalesce(sales.popularity, 0), coalesce(sales.margin, 0)
                from part p
                left join part_popularity sales on sales.part_id = p.id
                where (p.catalogue_version > ? or sales.changed_at is not null)
                order by p.id
                """);
            barcodes = new Cursor("""
                select b.part_id, b.barcode, b.pack
                from part_barcode b
                join part p on p.id = b.part_id
                where (p.catalogue_version > ? or p.id in (select part_id from part_popularity where changed_at is not null))
                order by b.part_id, b.barcode
                """);
            interchanges = new Cursor("""
                select i.part_id, i.kind, i.other_brand, i.other_number
                from part_interchange i
                join part p on p.id = i.part_id
                where (p.catalogue_version > ? or p.id in (select part_id from part_popularity where changed_at is not null))
                order by i.part_id, i.kind, i.other_brand, i.other_number
                """);
            fitments = new Cursor("""
                select f.part_id, f.make, f.model, f.year_from, f.year_to, f.engine, f.body, f.position, f.notes
                from fitment f
                join part p on p.id = f.part_id
                where (p.catalogue_version > ? or p.id in (select part_id from part_popularity where changed_at is not null))
                order by f.part_id, f.make, f.model, f.year_from, f.engine, f.position
                """);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** The version of the catalogue that is read, whatever is published meanwhile. */
    long catalogueVersion() {
        return catalogueVersion;
    }

    /** When the last of the counts that are read here changed; null if the index knows all. */
    @Nullable
    Instant popularityAt() {
        return popularityAt;
    }

    private @Nullable Instant lastChange() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                    select max(changed_at)
                    from part_popularity
                    """);
                ResultSet row = statement.executeQuery()) {
            row.next();
            OffsetDateTime last = row.getObject(1, OffsetDateTime.class);
            return last == null ? null : last.toInstant();
        }
    }

    long count() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
            select count(*)
            from part p
            where (p.catalogue_version > ? or p.id in (select part_id from part_popularity where changed_at is not null))
            """)) {
            statement.setLong(1, since);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private long single(String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    @Nullable
    Entry next() throws SQLException {
        UUID id = parts.part;
        if (id == null) return null;
        List<Barcode> codes = new ArrayList<>();
        for (; id.equals(barcodes.part); barcodes.advance())
            codes.add(new Barcode(barcodes.rows.getString(2), new Quantity(barcodes.rows.getLong(3))));
        List<Interchange> others = new ArrayList<>();
        for (; id.equals(interchanges.part); interchanges.advance())
            others.add(new Interchange(
                    Interchange.Kind.valueOf(interchanges.rows.getString(2)),
                    interchanges.rows.getString(3),
                    new PartNumber(interchanges.rows.getString(4))));
        List<Fitment> fits = new ArrayList<>();
        for (; id.equals(fitments.part); fitments.advance()) fits.add(fitment(fitments.rows));
        Entry entry = new Entry(
                new IndexedPart(
                        part(id, parts.rows, codes), others, fits, parts.rows.getLong(15), parts.rows.getLong(16)),
                parts.rows.getBoolean(14));
        parts.advance();
        return entry;
    }

    private static Part part(UUID id, ResultSet row, List<Barcode> barcodes) throws SQLException {
        return new Part(
                new PartId(id),
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
                barcodes);
    }

    private static Fitment fitment(ResultSet row) throws SQLException {
        return new Fitment(
                row.getString(2),
                row.getString(3),
                row.getInt(4),
                row.getInt(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getString(9));
    }

    @Override
    public void close() throws SQLException {
        try (connection) {
            connection.rollback();
            connection.setReadOnly(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            connection.setAutoCommit(true);
        }
    }

    private final class Cursor {
        private final ResultSet rows;
        private @Nullable UUID part;

        Cursor(String sql) throws SQLException {
            PreparedStatement statement = connection.prepareStatement(sql);
            statement.setFetchSize(FETCH);
            statement.setLong(1, since);
            rows = statement.executeQuery();
            advance();
        }

        void advance() throws SQLException {
            part = rows.next() ? rows.getObject(1, UUID.class) : null;
        }
    }
}
