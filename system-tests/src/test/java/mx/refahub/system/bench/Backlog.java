package mx.refahub.system.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.document.Envelope;
import mx.refahub.system.Shop;
import mx.refahub.system.paper.PaperStore;
import tools.jackson.databind.json.JsonMapper;

/** A store's file with a month of documents in it, and the child process, as it is shipped, that carries them up. */
final class Backlog {
    private static final int PER_TRANSACTION = 5_000;

    private final Shop shop;
    private final PaperStore store;
    private final Path folder;

    Backlog(Shop shop, PaperStore store) throws IOException {
        this.shop = shop;
        this.store = store;
        this.folder = Files.createDirectories(shop.folder().resolve("paper-" + store.slug()));
    }

    /** @return bytes of all bodies */
    long write(int documents) throws SQLException {
        long bytes = 0;
        try (Connection sales = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("sales.db"))) {
            try (Statement statement = sales.createStatement()) {
                statement.execute("pragma journal_mode = wal");
                // The columns of db/store/sales: all that the child reads of a store's file.
                statement.execute("""
                        create table outbox (
                            sequence integer primary key autoincrement,
                            id text not null unique,
                            epoch integer not null,
                            key text not null,
                            type text not null,
                            schema integer not null,
                            occurred_at text not null,
                            after text not null,
                            previous_hash blob not null,
                            hash blob not null,
                            signature blob not null,
                            body blob not null
                        )
                        """);
            }
            sales.setAutoCommit(false);
            try (PreparedStatement insert = sales.prepareStatement("""
                    insert into outbox (sequence, id, epoch, key, type, schema, occurred_at, after, previous_hash, hash, signature, body)
                    values (?, ?, ?, ?, ?, ?, ?, '', ?, ?, ?, ?)
                    """)) {
                for (int i = 1; i <= documents; i++) {
                    Document document = store.sale();
                    Envelope envelope = document.envelope();
                    insert.setLong(1, envelope.sequence());
                    insert.setString(2, envelope.id().toString());
                    insert.setInt(3, envelope.epoch());
                    insert.setString(4, envelope.key());
                    insert.setString(5, envelope.type());
                    insert.setInt(6, envelope.schema());
                    insert.setString(7, envelope.occurredAt().toString());
                    insert.setBytes(8, envelope.previousHash().bytes());
                    insert.setBytes(9, document.hash().bytes());
                    insert.setBytes(10, document.signature());
                    insert.setBytes(11, document.body());
                    insert.addBatch();
                    bytes += document.bodyLength();
                    if (i % PER_TRANSACTION == 0 || i == documents) {
                        insert.executeBatch();
                        sales.commit();
                    }
                }
            }
        }
        return bytes;
    }

    /** The child with the heap that a store gives it. It ends when its input is closed. */
    Process start(Path log) throws IOException {
        Process child = new ProcessBuilder(shop.storeCommand(
                        List.of(
                                "-Xmx256m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-Djdk.serialFilter=!*",
                                "--sun-misc-unsafe-memory-access=allow",
                                "--enable-native-access=ALL-UNNAMED"),
                        "relay"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(log.toFile())
                .start();
        Map<String, Object> start = new TreeMap<>(Map.of(
                "store", store.id().value(),
                "epoch", store.epoch(),
                "slug", store.slug(),
                "hubUrl", store.brokerUrl(),
                "user", store.brokerUser(),
                "password", store.brokerPassword(),
                "folder", folder.toString(),
                "base", 0,
                "hubKey", store.hubKey()));
        OutputStream in = child.getOutputStream();
        in.write((JsonMapper.shared().writeValueAsString(start) + "\n").getBytes(StandardCharsets.UTF_8));
        in.flush();
        return child;
    }
}
