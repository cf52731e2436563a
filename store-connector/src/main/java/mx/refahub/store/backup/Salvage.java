package mx.refahub.store.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.document.Envelope;
import mx.refahub.domain.document.Sha256;
import mx.refahub.domain.store.StoreId;
import mx.refahub.store.sqlite.InstantText;
import mx.refahub.store.sqlite.LooseFile;
import mx.refahub.store.sqlite.PageCarver;
import mx.refahub.store.sqlite.Row;
import mx.refahub.store.sqlite.Session;
import mx.refahub.store.sqlite.Soundness;
import org.jspecify.annotations.Nullable;

/**
 * Documents read out of a damaged sales.db, in a file of their own. A document proves itself: its hash covers all of it and the store's id, so whatever the pages
 * around it look like, what is in here is as it was written. Whether it was also committed shows in the chain.
 */
public final class Salvage implements AutoCloseable {
    private static final int OUTBOX_COLUMNS = 12;
    private static final int BATCH = 500;

    private final LooseFile file;

    private Salvage(LooseFile file) {
        this.file = file;
    }

    /** Makes the file and fills it; an earlier one of this name is replaced. */
    public static Salvage from(Path damaged, StoreId store, long after, Path to) throws IOException {
        Files.deleteIfExists(to);
        Salvage salvage = new Salvage(LooseFile.open(to));
        try {
            salvage.file.change(session -> session.update("""
                    create table document (
                        sequence integer not null,
                        id text not null,
                        store text not null,
                        epoch integer not null,
                        key text not null,
                        type text not null,
                        schema integer not null,
                        occurred_at text not null,
                        after text not null,
                        previous_hash blob not null,
                        hash blob not null primary key,
                        signature blob not null,
                        body blob not null
                    )
                    """));
            salvage.file.change(session -> session.update("create index document_by_sequence on document (sequence)"));
            salvage.carve(damaged, store, after);
            Soundness.sync(to);
            return salvage;
        } catch (IOException | RuntimeException e) {
            salvage.close();
            throw e;
        }
    }

    /** A file that {@link #from} made, here or on another machine. */
    public static Salvage open(Path path) {
        return new Salvage(LooseFile.open(path));
    }

    private void carve(Path damaged, StoreId store, long after) throws IOException {
        java.util.ArrayList<Document> batch = new java.util.ArrayList<>();
        PageCarver.carve(damaged, OUTBOX_COLUMNS, row -> {
            Optional<Document> document = document(row, store);
            if (document.isEmpty() || document.get().sequence() <= after) return;
            batch.add(document.get());
            if (batch.size() >= BATCH) {
                keep(batch);
                batch.clear();
            }
        });
        keep(batch);
    }

    private void keep(List<Document> documents) {
        file.change(session -> {
            for (Document document : documents) {
                Envelope envelope = document.envelope();
                session.update(
                        """
                        insert or ignore into document (sequence, id, store, epoch, key, type, schema, occurred_at, after, previous_hash, hash,
                                                        signature, body)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """,
                        envelope.sequence(),
                        envelope.id(),
                        envelope.store().value(),
                        envelope.epoch(),
                        envelope.key(),
                        envelope.type(),
                        envelope.schema(),
                        envelope.occurredAt(),
                        String.join(
                                " ",
                                envelope.after().stream().map(UUID::toString).toList()),
                        envelope.previousHash().bytes(),
                        document.hash().bytes(),
                        document.signature(),
                        document.body());
            }
        });
    }

    /** Empty unless it is a document of this store, unchanged. */
    private static Optional<Document> document(PageCarver.Carved row, StoreId store) {
        List<@Nullable Object> v = row.values();
        try {
            if (v.get(1) instanceof String id
                    && v.get(2) instanceof Long epoch
                    && v.get(3) instanceof String key
                    && v.get(4) instanceof String type
                    && v.get(5) instanceof Long schema
                    && v.get(6) instanceof String at
                    && v.get(7) instanceof String after
                    && v.get(8) instanceof byte[] previous
                    && v.get(9) instanceof byte[] hash
                    && v.get(10) instanceof byte[] signature
                    && v.get(11) instanceof byte[] body) {
                Envelope envelope = new Envelope(
                        UUID.fromString(id),
                        store,
                        Math.toIntExact(epoch),
                        row.rowid(),
                        key,
                        type,
                        Math.toIntExact(schema),
                        InstantText.parse(at),
                        ids(after),
                        Sha256.of(previous));
                Document document = new Document(envelope, Sha256.of(hash), signature, body);
                if (envelope.hash(body).equals(document.hash())) return Optional.of(document);
            }
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            // Another table's row, or one that is struck.
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static List<UUID> ids(String after) {
        return after.isEmpty()
                ? List.of()
                : Arrays.stream(after.split(" ")).map(UUID::fromString).toList();
    }

    /** How many documents are in it, linked or not. */
    public long count() {
        return file.write(session -> session.first("select count(*) as n from document", row -> row.number("n")))
                .orElse(0L);
    }

    /** The highest sequence in it; 0 if there is none. */
    public long highest() {
        return file.write(session ->
                        session.first("select coalesce(max(sequence), 0) as n from document", row -> row.number("n")))
                .orElse(0L);
    }

    /** All that is in it, in the order in which it was written. */
    public List<Document> page(int offset, int most) {
        return file.write(session -> session.all("""
                select sequence, id, store, epoch, key, type, schema, occurred_at, after, previous_hash, hash, signature, body
                from document
                order by epoch, sequence, hash
                limit ? offset ?
                """, Salvage::document, most, offset));
    }

    /**
     * The document that continues the chain. Where there are two, one of them was written and rolled back: the one that another document builds on was not.
     *
     * @param hash of the document before; {@link Sha256#NONE} before the first
     */
    public Optional<Document> next(long sequence, Sha256 hash) {
        return file.write(session -> next(session, sequence, hash));
    }

    private Optional<Document> next(Session session, long sequence, Sha256 hash) throws java.sql.SQLException {
        return session.first("""
                select sequence, id, store, epoch, key, type, schema, occurred_at, after, previous_hash, hash, signature, body,
                       exists (select 1 from document later where later.previous_hash = document.hash) as built_on
                from document
                where sequence = ? and previous_hash = ?
                order by built_on desc
                limit 1
                """, Salvage::document, sequence, hash.bytes());
    }

    private static Document document(Row row) throws java.sql.SQLException {
        Envelope envelope = new Envelope(
                row.id("id"),
                new StoreId(row.id("store")),
                row.small("epoch"),
                row.number("sequence"),
                row.text("key"),
                row.text("type"),
                row.small("schema"),
                row.instant("occurred_at"),
                ids(row.text("after")),
                Sha256.of(row.bytes("previous_hash")));
        return new Document(envelope, Sha256.of(row.bytes("hash")), row.bytes("signature"), row.bytes("body"));
    }

    @Override
    public void close() {
        file.close();
    }
}
