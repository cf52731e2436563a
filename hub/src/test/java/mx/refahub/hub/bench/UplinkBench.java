package mx.refahub.hub.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import mx.refahub.domain.delivery.Intake;
import mx.refahub.domain.delivery.Ledgers;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.document.Envelope;
import mx.refahub.domain.document.Frame;
import mx.refahub.hub.TestHub;
import mx.refahub.hub.TestShop;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code ./mvnw -Pbench -Dbench=uplink}: sales landed per second by the intake on the real PostgreSQL with {@code fsync} on, frame by frame, against bare JDBC that inserts
 * the same rows with the same commits and checks nothing, in turns. Also: how fast they are applied.
 */
public final class UplinkBench {
    private static final int ROUNDS = 8;
    private static final int FRAMES = 8;
    private static final int AIM_PER_SECOND = 1_000;

    private UplinkBench() {}

    public static void main(String[] arguments) throws Exception {
        Path out = Path.of(System.getProperty("bench.out", "target/bench"));
        Files.createDirectories(out);
        String fsync = TestHub.sql().sql("show fsync").query(String.class).single();
        if (!fsync.equals("on"))
            throw new IllegalStateException("fsync is " + fsync + ": the figures would mean nothing");
        try {
            measure(out);
        } finally {
            TestHub.close();
        }
    }

    private static void measure(Path out) throws Exception {
        TestShop shop = TestShop.open();
        TestShop reference = TestShop.open();
        Intake intake = TestHub.bean(Intake.class);
        List<Double> ratios = new ArrayList<>();
        List<Double> intakes = new ArrayList<>();
        List<Double> bares = new ArrayList<>();
        round(frames(shop), frame -> intake.land(shop.id, frame));
        try (Connection bare = TestHub.bean(DataSource.class).getConnection()) {
            bare.setAutoCommit(false);
            round(frames(reference), frame -> insert(bare, frame));
            for (int i = 0; i < ROUNDS; i++) {
                double b = round(frames(reference), frame -> insert(bare, frame));
                double l = round(frames(shop), frame -> intake.land(shop.id, frame));
                bares.add(b);
                intakes.add(l);
                ratios.add(l / b);
            }
        }
        double applied = apply();
        report(out, median(intakes), median(bares), median(ratios), ratios, applied);
    }

    private static List<Frame> frames(TestShop shop) {
        List<Frame> frames = new ArrayList<>();
        // As large as the relay makes them: a sale of three lines is near 2.5 kB, a frame holds 256 KiB.
        for (int i = 0; i < FRAMES; i++) frames.add(TestShop.frame(shop.cashSales(100)));
        return frames;
    }

    private interface Land {
        void frame(Frame frame) throws Exception;
    }

    /** @return documents per second */
    private static double round(List<Frame> frames, Land land) throws Exception {
        long documents = 0;
        long start = System.nanoTime();
        for (Frame frame : frames) {
            land.frame(frame);
            documents += frame.documents().size();
        }
        return documents * 1e9 / (System.nanoTime() - start);
    }

    /** The same two tables and one commit per frame, as a batch; no lock, no chain, no signature. */
    private static void insert(Connection connection, Frame frame) throws SQLException {
        try (PreparedStatement document = connection.prepareStatement("""
                        insert into document (
                            store_id, epoch, sequence, id, key, type, schema, occurred_at, after, previous_hash, hash, signature, body,
                            landed_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """);
                PreparedStatement queued = connection.prepareStatement("""
                        insert into document_to_apply (id, store_id, key, epoch, sequence)
                        values (?, ?, ?, ?, ?)
                        """)) {
            Timestamp now = Timestamp.from(TestHub.CLOCK.instant());
            for (Document each : frame.documents()) {
                Envelope envelope = each.envelope();
                document.setObject(1, envelope.store().value());
                document.setInt(2, envelope.epoch());
                document.setLong(3, envelope.sequence());
                document.setObject(4, envelope.id());
                document.setString(5, envelope.key());
                document.setString(6, envelope.type());
                document.setInt(7, envelope.schema());
                document.setTimestamp(8, Timestamp.from(envelope.occurredAt()));
                document.setArray(
                        9, connection.createArrayOf("uuid", envelope.after().toArray(UUID[]::new)));
                document.setBytes(10, envelope.previousHash().bytes());
                document.setBytes(11, each.hash().bytes());
                document.setBytes(12, each.signature());
                document.setBytes(13, each.body());
                document.setTimestamp(14, now);
                document.addBatch();
                queued.setObject(1, envelope.id());
                queued.setObject(2, envelope.store().value());
                queued.setString(3, envelope.key());
                queued.setInt(4, envelope.epoch());
                queued.setLong(5, envelope.sequence());
                queued.addBatch();
            }
            document.executeBatch();
            queued.executeBatch();
        }
        connection.commit();
    }

    private static double apply() {
        Ledgers ledgers = TestHub.bean(Ledgers.class);
        Ledgers.Progress warmUp = ledgers.apply();
        long documents = 0;
        long start = System.nanoTime();
        Ledgers.Progress progress = warmUp;
        while (progress.more() && documents < 5_000) {
            progress = ledgers.apply();
            documents += progress.applied();
        }
        return documents * 1e9 / (System.nanoTime() - start);
    }

    private static void report(Path out, double intake, double bare, double ratio, List<Double> ratios, double applied)
            throws IOException {
        System.out.printf(
                Locale.ROOT,
                "%nuplink: sales of 3 lines in frames of 100, %d frames a round, %d rounds in turns, fsync on%n",
                FRAMES,
                ROUNDS);
        System.out.printf(Locale.ROOT, "%-28s %12s%n", "", "documents/s");
        System.out.printf(Locale.ROOT, "%-28s %,12.0f   (aim %,d)%n", "landed by the intake", intake, AIM_PER_SECOND);
        System.out.printf(Locale.ROOT, "%-28s %,12.0f%n", "bare JDBC, same rows", bare);
        System.out.printf(Locale.ROOT, "%-28s %,12.0f%n", "applied to the ledgers", applied);
        System.out.printf(Locale.ROOT, "intake / bare, median of rounds: %.2f%n", ratio);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("bench", "uplink");
        result.put("landedPerSecond", Math.round(intake));
        result.put("barePerSecond", Math.round(bare));
        result.put("ratio", ratio);
        result.put("ratiosByRound", ratios);
        result.put("appliedPerSecond", Math.round(applied));
        result.put("aimPerSecond", AIM_PER_SECOND);
        result.put("processors", Runtime.getRuntime().availableProcessors());
        Files.writeString(
                out.resolve("uplink.json"),
                JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(result));
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
