package mx.refahub.store.outbox;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.document.Envelope;
import mx.refahub.domain.document.FrameCodec;
import mx.refahub.domain.document.Outbox;
import mx.refahub.domain.document.Sha256;
import mx.refahub.domain.store.StoreId;
import mx.refahub.store.sqlite.ReadOnlyFile;
import mx.refahub.store.sqlite.Row;

/** The outbox as the relay reads it: through a connection that cannot write. */
public final class SqliteOutbox implements Outbox {
    private static final int PAGE = 100;

    private final ReadOnlyFile sales;
    private final StoreId store;

    public SqliteOutbox(ReadOnlyFile sales, StoreId store) {
        this.sales = sales;
        this.store = store;
    }

    @Override
    public long lastSequence() {
        return sales.read(session -> session.first("""
                select coalesce(max(sequence), 0) as last
                from outbox
                """, row -> row.number("last")))
                .orElse(0L);
    }

    @Override
    public List<Document> after(long sequence, int maxDocuments, int maxBytes) {
        return sales.read(session -> {
            List<Document> taken = new java.util.ArrayList<>();
            long bytes = 0;
            while (taken.size() < maxDocuments) {
                long from = taken.isEmpty() ? sequence : taken.getLast().sequence();
                List<Document> page = session.all(
                        """
                        select sequence, id, epoch, key, type, schema, occurred_at, after, previous_hash, hash, signature, body
                        from outbox
                        where sequence > ?
                        order by sequence
                        limit ?
                        """, row -> document(row, store), from, Math.min(PAGE, maxDocuments - taken.size()));
                for (Document document : page) {
                    bytes += FrameCodec.size(document);
                    if (bytes > maxBytes && !taken.isEmpty()) return List.copyOf(taken);
                    taken.add(document);
                }
                if (page.size() < PAGE) break;
            }
            return List.copyOf(taken);
        });
    }

    @Override
    public Optional<Sha256> hashAt(long sequence) {
        return sales.read(session -> session.first("""
                select hash
                from outbox
                where sequence = ?
                """, row -> Sha256.of(row.bytes("hash")), sequence));
    }

    /**
     * @param row with all columns of the outbox
     * @throws IllegalArgumentException if no document can be made of it any more
     */
    public static Document document(Row row, StoreId store) throws SQLException {
        String after = row.text("after");
        Envelope envelope = new Envelope(
                row.id("id"),
                store,
                row.small("epoch"),
                row.number("sequence"),
                row.text("key"),
                row.text("type"),
                row.small("schema"),
                row.instant("occurred_at"),
                after.isEmpty()
                        ? List.of()
                        : Arrays.stream(after.split(" ")).map(UUID::fromString).toList(),
                Sha256.of(row.bytes("previous_hash")));
        return new Document(envelope, Sha256.of(row.bytes("hash")), row.bytes("signature"), row.bytes("body"));
    }
}
