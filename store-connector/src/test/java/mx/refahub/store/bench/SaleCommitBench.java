package mx.refahub.store.bench;

import static mx.refahub.store.TestStore.C1;
import static mx.refahub.store.TestStore.MARTA;
import static mx.refahub.store.TestStore.cash;
import static mx.refahub.store.TestStore.done;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.store.RegisterId;
import mx.refahub.store.TestStore;
import mx.refahub.store.identity.Identities;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code ./mvnw -Pbench -Dbench=sale-commit}: charging tickets of so many lines ({@code -Dbench.lines=4,20}) through the till against the bare JDBC
 * transaction with the same statements, rows and pragmas, in turns; and the syncs that one sale costs, counted by strace.
 */
public final class SaleCommitBench {
    /** Of lines, not of tickets: each line typed is a synced commit of its own before the one that is measured. */
    private static final int WARM_UP = 6_000;

    private static final int ROUNDS = 12;
    private static final int BLOCK = 1_000;
    private static final int COUNTED = 200;
    /** The syncs are counted over tickets of so many lines. */
    private static final int LINES_COUNTED = 4;

    private SaleCommitBench() {}

    public static void main(String[] arguments) throws Exception {
        Path out = Path.of(System.getProperty("bench.out", "target/bench"));
        Files.createDirectories(out);
        logTo(out.resolve("sale-commit.log"));
        Path folder = Files.createTempDirectory(out, "sale-commit");
        try {
            if (arguments.length > 0 && arguments[0].equals("count")) chargeBetweenMarks(folder);
            else measure(out, folder);
        } finally {
            delete(folder);
        }
    }

    // --- time

    private static void measure(Path out, Path folder) throws Exception {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("bench", "sale-commit");
        result.put("processors", Runtime.getRuntime().availableProcessors());
        for (String lines : System.getProperty("bench.lines", "4,20").split(","))
            result.put("lines" + lines, measure(folder.resolve(lines), Integer.parseInt(lines)));
        String syncs = countSyncs(out);
        System.out.println("syncs per sale (strace, " + COUNTED + " sales): " + syncs + " (aim 1)");
        result.put("syncsPerSale", syncs);
        Files.writeString(
                out.resolve("sale-commit.json"),
                JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(result));
    }

    private static Map<String, Object> measure(Path folder, int lines) throws Exception {
        List<Double> ratios = new ArrayList<>();
        List<Long> tills = new ArrayList<>();
        List<Long> bares = new ArrayList<>();
        long bytes;
        try (TestStore store = TestStore.open(folder.resolve("till"))) {
            List<PartId> parts = parts(store, lines);
            store.openCashSession(C1);
            till(store, parts);
            bytes = store.sales.read(session -> session.first(
                            "select length(body) as bytes from outbox order by sequence desc limit 1",
                            row -> row.number("bytes"))
                    .orElseThrow());
            try (BareSales bare = new BareSales(folder.resolve("bare"), lines, Math.toIntExact(bytes))) {
                block(() -> till(store, parts), WARM_UP / lines);
                block(bare::sell, WARM_UP / lines);
                for (int round = 0; round < ROUNDS; round++) {
                    long[] b = block(bare::sell, BLOCK / lines);
                    long[] t = block(() -> till(store, parts), BLOCK / lines);
                    ratios.add((double) percentile(t, 50) / percentile(b, 50));
                    Arrays.stream(t).forEach(tills::add);
                    Arrays.stream(b).forEach(bares::add);
                }
            }
        }
        long[] t = sorted(tills);
        long[] b = sorted(bares);
        double ratio = ratios.stream().sorted().toList().get(ratios.size() / 2);
        System.out.printf(
                Locale.ROOT,
                "%nsale-commit: %d sales of %d lines each way (document of %d bytes), %d rounds in turns, microseconds%n",
                t.length,
                lines,
                bytes,
                ROUNDS);
        System.out.printf(Locale.ROOT, "%-12s %8s %8s %8s %8s%n", "", "p50", "p90", "p99", "max");
        row("till", t);
        row("bare JDBC", b);
        System.out.printf(Locale.ROOT, "till / bare at p50, median of rounds: %.2f (aim 1.3)%n", ratio);
        System.out.printf(
                Locale.ROOT,
                "till p99 / p50: %.2f (aim 4), bare p99 / p50: %.2f%n",
                (double) percentile(t, 99) / percentile(t, 50),
                (double) percentile(b, 99) / percentile(b, 50));
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("sales", t.length);
        result.put("documentBytes", bytes);
        result.put("tillMicros", figures(t));
        result.put("bareMicros", figures(b));
        result.put("ratioP50", ratio);
        result.put("ratiosByRound", ratios);
        result.put("tillP99ToP50", (double) percentile(t, 99) / percentile(t, 50));
        return result;
    }

    private interface Once {
        /** @return nanoseconds of the part that counts */
        long run() throws Exception;
    }

    private static long[] block(Once once, int times) throws Exception {
        long[] nanos = new long[times];
        for (int i = 0; i < times; i++) nanos[i] = once.run();
        Arrays.sort(nanos);
        return nanos;
    }

    private static long till(TestStore store, List<PartId> parts) {
        UUID ticket = done(store.till.inHand(C1, MARTA)).id();
        Money total = fill(store, ticket, parts);
        long start = System.nanoTime();
        done(store.till.pay(ticket, total, cash(total.minor() + 1_000), MARTA));
        return System.nanoTime() - start;
    }

    private static Money fill(TestStore store, UUID ticket, List<PartId> parts) {
        Money total = Money.mxn(0);
        for (PartId part : parts)
            total = done(store.till.add(ticket, store.ids.next(), part, Quantity.of(2), MARTA))
                    .totals()
                    .total();
        return total;
    }

    /** One of them with a core deposit, so there is one line more than parts. */
    private static List<PartId> parts(TestStore store, int lines) {
        List<PartId> parts = new ArrayList<>();
        for (int i = 0; i < lines - 2; i++) parts.add(store.part("BKR6E-" + (11 + i), 8_900L + i * 1_000));
        parts.add(store.part("23-11254", 325_000, true, "GENERAL", "02", 60_000));
        return parts;
    }

    // --- syncs

    private static String countSyncs(Path out) throws IOException, InterruptedException {
        Path trace = Files.createTempFile(out, "syncs", ".strace");
        List<String> line =
                new ArrayList<>(List.of("strace", "-f", "-y", "-e", "trace=fsync,fdatasync", "-o", trace.toString()));
        line.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Dbench.out=" + out,
                "-cp",
                System.getProperty("java.class.path"),
                SaleCommitBench.class.getName(),
                "count"));
        try {
            Process process;
            try {
                process = new ProcessBuilder(line).inheritIO().start();
            } catch (IOException e) {
                return "not counted, strace is not installed";
            }
            if (process.waitFor() != 0) return "not counted, strace failed";
            return perSale(Files.readAllLines(trace));
        } finally {
            Files.delete(trace);
        }
    }

    /** Between the two marks, on the thread that made them: what the till itself waits for. */
    private static String perSale(List<String> trace) {
        List<String> marks =
                trace.stream().filter(call -> call.contains("/mark>")).toList();
        if (marks.size() != 2) return "not counted, " + marks.size() + " marks";
        String thread = marks.getFirst().split(" ")[0] + " ";
        long syncs = 0;
        boolean counting = false;
        for (String call : trace) {
            if (!call.startsWith(thread)) continue;
            if (call.contains("/mark>")) counting = !counting;
            else if (counting && !call.contains("resumed")) syncs++;
        }
        return String.format(Locale.ROOT, "%.3f", (double) syncs / COUNTED);
    }

    /** Each ticket waits at a till of its own, so that nothing but charging happens between the marks. */
    private static void chargeBetweenMarks(Path folder) throws IOException {
        try (TestStore store = TestStore.open(folder);
                FileChannel mark =
                        FileChannel.open(folder.resolve("mark"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            List<PartId> parts = parts(store, LINES_COUNTED);
            record Waiting(UUID ticket, Money total) {}
            List<Waiting> tickets = new ArrayList<>();
            for (int i = 0; i < COUNTED; i++) {
                RegisterId register = new RegisterId(store.ids.next());
                store.identities.registersChanged(List.of(new Identities.Register(register, "Caja " + i, "R" + i)));
                store.openCashSession(register);
                UUID ticket = done(store.till.inHand(register, MARTA)).id();
                tickets.add(new Waiting(ticket, fill(store, ticket, parts)));
            }
            mark(mark);
            for (Waiting waiting : tickets)
                done(store.till.pay(
                        waiting.ticket(), waiting.total(), cash(waiting.total().minor()), MARTA));
            mark(mark);
        }
    }

    private static void mark(FileChannel mark) throws IOException {
        mark.write(ByteBuffer.wrap("mark".getBytes(StandardCharsets.US_ASCII)));
        mark.force(true);
    }

    // --- figures

    private static void row(String name, long[] sorted) {
        System.out.printf(
                Locale.ROOT,
                "%-12s %8d %8d %8d %8d%n",
                name,
                percentile(sorted, 50) / 1_000,
                percentile(sorted, 90) / 1_000,
                percentile(sorted, 99) / 1_000,
                sorted[sorted.length - 1] / 1_000);
    }

    private static Map<String, Long> figures(long[] sorted) {
        Map<String, Long> figures = new LinkedHashMap<>();
        for (int p : new int[] {50, 90, 99}) figures.put("p" + p, percentile(sorted, p) / 1_000);
        figures.put("max", sorted[sorted.length - 1] / 1_000);
        return figures;
    }

    private static long[] sorted(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).sorted().toArray();
    }

    private static long percentile(long[] sorted, int p) {
        return sorted[Math.min(sorted.length - 1, sorted.length * p / 100)];
    }

    /** As in service: the lines are written, only not to the screen. */
    private static void logTo(Path file) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        PatternLayoutEncoder pattern = new PatternLayoutEncoder();
        pattern.setContext(context);
        pattern.setPattern("%d %level %logger %msg%n");
        pattern.start();
        FileAppender<ILoggingEvent> appender = new FileAppender<>();
        appender.setContext(context);
        appender.setEncoder(pattern);
        appender.setFile(file.toString());
        appender.setAppend(false);
        appender.start();
        ch.qos.logback.classic.Logger root = context.getLogger(ch.qos.logback.classic.Logger.ROOT_LOGGER_NAME);
        root.setLevel(ch.qos.logback.classic.Level.INFO);
        root.addAppender(appender);
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }
}
