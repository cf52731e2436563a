package mx.refahub.hub.landing;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.document.Envelope;

/** Documents column by column, as one statement takes them. The ids of {@code after} travel as array literals: arrays in arrays must be of one length. */
record Rows(
        Long[] sequences,
        UUID[] ids,
        String[] keys,
        String[] types,
        Integer[] schemas,
        Instant[] occurredAt,
        String[] after,
        byte[][] previousHashes,
        byte[][] hashes,
        byte[][] signatures,
        byte[][] bodies) {
    static Rows of(List<Document> documents) {
        int n = documents.size();
        Rows rows = new Rows(
                new Long[n],
                new UUID[n],
                new String[n],
                new String[n],
                new Integer[n],
                new Instant[n],
                new String[n],
                new byte[n][],
                new byte[n][],
                new byte[n][],
                new byte[n][]);
        for (int i = 0; i < n; i++) {
            Document document = documents.get(i);
            Envelope envelope = document.envelope();
            rows.sequences[i] = envelope.sequence();
            rows.ids[i] = envelope.id();
            rows.keys[i] = envelope.key();
            rows.types[i] = envelope.type();
            rows.schemas[i] = envelope.schema();
            rows.occurredAt[i] = envelope.occurredAt();
            rows.after[i] = envelope.after().stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}"));
            rows.previousHashes[i] = envelope.previousHash().bytes();
            rows.hashes[i] = document.hash().bytes();
            rows.signatures[i] = document.signature();
            rows.bodies[i] = document.body();
        }
        return rows;
    }
}
