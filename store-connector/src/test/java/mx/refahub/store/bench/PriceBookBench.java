package mx.refahub.store.bench;

import static mx.refahub.store.TestStore.C1;
import static mx.refahub.store.TestStore.MARTA;
import static mx.refahub.store.TestStore.done;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.sale.Ticket;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.wire.PriceBookRow;
import mx.refahub.domain.wire.StreamHeader;
import mx.refahub.domain.wire.StreamTrailer;
import mx.refahub.store.TestStore;
import mx.refahub.store.reference.StreamFile;

/**
 * {@code ./mvnw -Pbench -Dbench=price-book}: so many list prices (bench.prices, 1,500,000) at a store, from the downloaded file to the first ticket that charges by them; and what a
 * line changed meanwhile waits.
 */
public final class PriceBookBench {
    private static final int PRICES = Integer.getInteger("bench.prices", 1_500_000);
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 3);

    private PriceBookBench() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("refahub-price-book");
        try (TestStore store = TestStore.open(folder.resolve("store"))) {
            PartId part = store.part("BKR6E-11", 8_900);
            store.openCashSession(C1);
            UUID ticket = done(store.till.inHand(C1, MARTA)).id();
            done(store.till.add(ticket, store.ids.next(), part, Quantity.ONE, MARTA));
            for (int round = 0; round < ROUNDS; round++) run(store, folder, part, ticket, 9_000 + round);
        }
    }

    private static void run(TestStore store, Path folder, PartId part, UUID ticket, long amount) throws Exception {
        Path file = write(store, folder.resolve("book-" + amount + ".gz"), part, amount);
        Waits waits = new Waits(store);
        Thread hands = Thread.ofPlatform().start(waits);
        long start = System.nanoTime();
        StreamFile checked = StreamFile.check(file, Stream.PRICE_BOOK, store.json);
        double check = (System.nanoTime() - start) / 1e9;
        store.tables.apply(Stream.PRICE_BOOK, checked);
        double applied = (System.nanoTime() - start) / 1e9;
        waits.stop = true;
        hands.join();
        long line = System.nanoTime();
        long charged = done(store.till.add(ticket, store.ids.next(), part, Quantity.ONE, MARTA))
                .lines()
                .getFirst()
                .price()
                .amount()
                .minor();
        if (charged != amount) throw new IllegalStateException("the till charges " + charged + ", not " + amount);
        System.out.printf(
                Locale.ROOT,
                "%,d prices, %.0f MB packed: checked %.1f s, in use %.1f s, %,.0f prices/s; first line after it %.1f ms; %d changes of a line meanwhile, p50 %.1f ms, most %.1f ms%n",
                PRICES,
                Files.size(file) / 1e6,
                check,
                applied,
                PRICES / applied,
                (System.nanoTime() - line) / 1e6,
                waits.count,
                waits.at(50),
                waits.at(100));
        Files.delete(file);
    }

    /** Somebody who changes a line every fifth of a second, so that all of the ticket is priced anew. */
    private static final class Waits implements Runnable {
        private final TestStore store;
        private final long[] waits = new long[100_000];
        private int count;
        private volatile boolean stop;

        Waits(TestStore store) {
            this.store = store;
        }

        @Override
        public void run() {
            Ticket ticket = done(store.till.inHand(C1, MARTA));
            while (!stop && count < waits.length) {
                long start = System.nanoTime();
                done(store.till.quantity(
                        ticket.id(), ticket.lines().getFirst().id(), Quantity.of(1 + count % 2), MARTA));
                waits[count++] = System.nanoTime() - start;
                try {
                    Thread.sleep(200);
                } catch (InterruptedException e) {
                    return;
                }
            }
            Arrays.sort(waits, 0, count);
        }

        double at(int percent) {
            return count == 0 ? 0 : waits[Math.min(count - 1, count * percent / 100)] / 1e6;
        }
    }

    private static Path write(TestStore store, Path file, PartId part, long amount)
            throws IOException, java.security.NoSuchAlgorithmException {
        LocalDate today = LocalDate.ofInstant(store.clock.instant(), ZoneOffset.UTC);
        long from = store.streams.version(Stream.PRICE_BOOK);
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file), 1 << 16)) {
            line(
                    out,
                    store.json.writeValueAsBytes(
                            new StreamHeader(Stream.PRICE_BOOK.wireName(), from, from + 1, false)));
            OutputStream rows = new DigestOutputStream(out, digest);
            for (int i = 0; i < PRICES; i++)
                line(
                        rows,
                        store.json.writeValueAsBytes(new PriceBookRow(
                                new UUID(amount << 32 | i, 0x8000000000000000L | i * 0x9E3779B97F4A7C15L >>> 2),
                                from + 1,
                                new PriceBookRow.RuleRow(
                                        "PART",
                                        (i == PRICES / 2 ? part.value() : new UUID(i, i)).toString(),
                                        "PUBLICO",
                                        null,
                                        0,
                                        amount,
                                        true,
                                        null,
                                        today,
                                        null),
                                null)));
            line(
                    out,
                    store.json.writeValueAsBytes(
                            new StreamTrailer(PRICES, HexFormat.of().formatHex(digest.digest()))));
        }
        return file;
    }

    private static void line(OutputStream out, byte[] json) throws IOException {
        out.write(json);
        out.write("\n".getBytes(StandardCharsets.UTF_8));
    }
}
