package mx.refahub.hub.stream;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.LongFunction;
import mx.refahub.domain.store.StoreId;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.wire.StreamHeader;
import mx.refahub.domain.wire.StreamTrailer;
import org.apache.ibatis.cursor.Cursor;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Writes a stream as header, rows and trailer, a line of JSON each, from one consistent look at the database and without holding its rows in memory. */
public final class StreamWriter {
    private final Publications publications;
    private final StreamTable table;
    private final StreamRows rows;
    private final JsonMapper json;
    private final TransactionTemplate oneLook;
    private final TransactionTemplate apart;

    StreamWriter(
            Publications publications,
            StreamTable table,
            StreamRows rows,
            JsonMapper json,
            PlatformTransactionManager transactions) {
        this.publications = publications;
        this.table = table;
        this.rows = rows;
        this.json = json;
        this.oneLook = new TransactionTemplate(transactions);
        oneLook.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        oneLook.setReadOnly(true);
        this.apart = new TransactionTemplate(transactions);
        apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /** Whether a store at this version lacks anything. A version above ours comes from before the hub was restored: it lacks everything. */
    public boolean hasNews(Stream stream, long since) {
        return present(stream) != since;
    }

    private long present(Stream stream) {
        Long version = publications.current().get(stream);
        if (version == null) throw new IllegalStateException("stream " + stream + " has no counter");
        return version;
    }

    /**
     * @param since version that the store has; 0 for none
     */
    public void write(Stream stream, StoreId store, long since, OutputStream out) {
        oneLook.executeWithoutResult(status -> {
            long to = present(stream);
            // Ledgers commit without waiting for the disk. What this look has seen is made durable before anybody hears
            // of it: else a power cut
            // could take a version back that a store already has, and give its number to other rows.
            apart.executeWithoutResult(mark -> table.mark());
            boolean snapshot = since <= 0 || since > to;
            try {
                write(stream, store, new StreamHeader(stream.wireName(), snapshot ? 0 : since, to, snapshot), out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private void write(Stream stream, StoreId store, StreamHeader header, OutputStream out) throws IOException {
        line(out, json.writeValueAsBytes(header));
        LongFunction<Cursor<String>> query = switch (stream) {
            case CATALOGUE -> since -> rows.parts(since, header.snapshot());
            case PRICES -> rows::prices;
            case STOCK -> rows::stock;
            case USERS -> since -> rows.users(store.value(), since, header.snapshot());
            case LEASES -> since -> rows.leases(store.value(), since, header.snapshot());
            case TRANSFERS -> since -> rows.transfers(store.value(), since, header.snapshot());
            case PRICE_BOOK -> since -> rows.priceBook(since, header.snapshot());
            case ORDERS -> since -> rows.orders(store.value(), since, header.snapshot());
            case RETURNS -> since -> rows.returns(since, header.snapshot());
            case CREDITS -> since -> rows.credits(store.value(), since);
            case SETTINGS -> since -> rows.settings(store.value());
            case CUSTOMERS -> since -> rows.customers(store.value(), since);
            case PROPOSALS -> since -> rows.proposals(store.value(), since);
            case INDEX -> throw new IllegalArgumentException("the index travels as files");
        };
        MessageDigest digest = sha256();
        long count = 0;
        try (Cursor<String> found = query.apply(header.from())) {
            for (String row : found) {
                byte[] bytes = (row + "\n").getBytes(StandardCharsets.UTF_8);
                digest.update(bytes);
                out.write(bytes);
                count++;
            }
        }
        line(out, json.writeValueAsBytes(new StreamTrailer(count, HexFormat.of().formatHex(digest.digest()))));
    }

    private static void line(OutputStream out, byte[] json) throws IOException {
        out.write(json);
        out.write('\n');
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
