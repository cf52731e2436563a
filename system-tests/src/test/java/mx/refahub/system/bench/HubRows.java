package mx.refahub.system.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import mx.refahub.system.Shop;

/** A look into the hub's own PostgreSQL from beside it. */
final class HubRows implements AutoCloseable {
    private final Connection hub;
    private final Path folder;

    HubRows(Shop shop) throws SQLException, IOException {
        folder = shop.folder().resolve("hub");
        hub = DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + shop.databasePort()
                + "/refahub?user=refahub&password="
                + Files.readString(folder.resolve("postgres.password"), StandardCharsets.US_ASCII)
                        .strip());
    }

    /** Of the server's first process. */
    long server() throws IOException {
        return Long.parseLong(Files.readAllLines(folder.resolve("postgres").resolve("postmaster.pid"))
                .getFirst()
                .strip());
    }

    long landed(UUID store) throws SQLException {
        return number("select landed from landing where store_id = ?", store);
    }

    /** Landed and still to be applied. */
    long waiting(UUID store) throws SQLException {
        return number("select count(*) from document_to_apply where store_id = ?", store);
    }

    long documents() throws SQLException {
        return number("select count(*) from document", null);
    }

    private long number(String sql, @org.jspecify.annotations.Nullable UUID store) throws SQLException {
        try (PreparedStatement asked = hub.prepareStatement(sql)) {
            if (store != null) asked.setObject(1, store);
            try (ResultSet row = asked.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }

    /** Milliseconds from when a sale was written at the till until it was in the ledger, sorted; without the first {@code but}. */
    long[] toLedger(int but) throws SQLException {
        List<Long> millis = new ArrayList<>();
        try (PreparedStatement asked = hub.prepareStatement("""
                select (extract(epoch from a.applied_at - d.occurred_at) * 1000)::bigint
                from document d
                join document_applied a on a.id = d.id
                join store s on s.id = d.store_id
                where d.type = 'sale'
                and s.code = 'CENTRO'
                order by d.sequence
                offset ?
                """)) {
            asked.setInt(1, but);
            try (ResultSet rows = asked.executeQuery()) {
                while (rows.next()) millis.add(rows.getLong(1));
            }
        }
        long[] sorted = millis.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return sorted;
    }

    /** Microseconds of a durable commit of one row of these bytes by bare JDBC, sorted. */
    long[] commits(int count, int bytes) throws SQLException {
        long[] micros = new long[count];
        try (Statement statement = hub.createStatement()) {
            statement.execute("create table if not exists bench_row (id bigserial primary key, body bytea not null)");
        }
        hub.setAutoCommit(false);
        try (PreparedStatement insert = hub.prepareStatement("insert into bench_row (body) values (?)")) {
            for (int i = 0; i < count; i++) {
                long begun = System.nanoTime();
                insert.setBytes(1, new byte[bytes]);
                insert.executeUpdate();
                hub.commit();
                micros[i] = (System.nanoTime() - begun) / 1_000;
            }
        } finally {
            hub.setAutoCommit(true);
            try (Statement statement = hub.createStatement()) {
                statement.execute("drop table bench_row");
            }
        }
        Arrays.sort(micros);
        return micros;
    }

    @Override
    public void close() throws SQLException {
        hub.close();
    }
}
