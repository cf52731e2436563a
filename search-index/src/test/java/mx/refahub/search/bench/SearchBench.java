package mx.refahub.search.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mx.refahub.domain.generator.CatalogueFiles;
import mx.refahub.domain.generator.CounterQuestion;
import mx.refahub.domain.generator.CounterQuestion.Kind;
import mx.refahub.domain.generator.CounterQuestions;
import mx.refahub.domain.generator.GeneratedCatalogue;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/**
 * Search over a generated catalogue: how fast it is built, how large it gets, how long a question takes and how often the right part comes first;
 * then the same questions to SQLite FTS5 and PostgreSQL over the same parts.
 *
 * <p>Settings: {@code bench.parts}, {@code bench.questions}, {@code bench.rivals} (questions put to the databases, 0 for none), {@code bench.seed},
 * {@code bench.warmUp} (questions before the clock starts), {@code bench.only} (one kind of questions), {@code bench.index} (a folder to keep the index in, for another run), {@code bench.misses} (prints so many questions of each kind whose first hit is wrong).
 */
public final class SearchBench {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int AFTER_SWAP = 500;
    private static final int CHANGED = 200;
    private static final int TURNS = 3;

    private final int parts = Integer.getInteger("bench.parts", 200_000);
    private final int count = Integer.getInteger("bench.questions", 5_000);
    private final int rivals = Integer.getInteger("bench.rivals", 1_000);
    private final int warmUp = Integer.getInteger("bench.warmUp", 6_000);
    private final long seed = Long.getLong("bench.seed", 1);
    private final String only = System.getProperty("bench.only", "");
    private final int misses = Integer.getInteger("bench.misses", 0);
    private final GeneratedCatalogue catalogue = new GeneratedCatalogue(seed, parts);
    private final Map<String, String> json = new LinkedHashMap<>();
    private final List<Aim> aims = new ArrayList<>();
    private final Path folder;

    private record Aim(String what, double measured, String comparison, double aim) {
        boolean held() {
            return comparison.equals("<") ? measured < aim : measured >= aim;
        }
    }

    private SearchBench(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] arguments) throws Exception {
        LoggingSystem.get(SearchBench.class.getClassLoader()).setLogLevel("ROOT", LogLevel.WARN);
        Path folder = Files.createTempDirectory("refahub-bench");
        try {
            new SearchBench(folder).run();
        } finally {
            delete(folder);
        }
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(each);
        }
    }

    private void run() throws Exception {
        List<CounterQuestion> questions = asked(1, count);
        List<CounterQuestion> others = asked(2, warmUp);
        say(
                "search, %,d parts, %,d questions, heap %,d MB, %d cores%n",
                parts,
                count,
                Runtime.getRuntime().maxMemory() >> 20,
                Runtime.getRuntime().availableProcessors());
        String kept = System.getProperty("bench.index", "");
        try (Ours ours = new Ours(kept.isEmpty() ? folder.resolve("index") : Path.of(kept))) {
            build(ours);
            Times cold = timed(ours, others.subList(0, Math.min(AFTER_SWAP, others.size())));
            timed(ours, others);
            Times warm = timed(ours, questions);
            warm.report("one thread, warm");
            number("coldP99Micros", cold.at(null, 0.99));
            number("p99Micros", warm.at(null, 0.99));
            number("p99MicrosOfProcessor", warm.ofProcessor(null, 0.99));
            aims.add(new Aim("p99, all kinds, ms", warm.at(null, 0.99) / 1_000, "<", 4));
            double ofNumbers = warm.at(Kind.NUMBER, 0.99);
            for (Kind kind : List.of(Kind.NUMBER_BARE, Kind.INTERCHANGE, Kind.SUPERSEDED))
                ofNumbers = Math.max(ofNumbers, warm.at(kind, 0.99));
            aims.add(new Aim("p99 of whole numbers, ms", ofNumbers / 1_000, "<", 1));
            double perSecond = together(ours, questions);
            number("questionsPerSecond", perSecond);
            long start = System.nanoTime();
            ours.swap(CHANGED);
            say("%nswap: %,d parts changed, published in %.2f s%n", CHANGED, (System.nanoTime() - start) / 1e9);
            Times swapped = timed(ours, questions.subList(0, Math.min(AFTER_SWAP, questions.size())));
            say(
                    "right after it, %,d questions: p50 %,.0f  p95 %,.0f  p99 %,.0f µs%n",
                    AFTER_SWAP, swapped.at(null, 0.5), swapped.at(null, 0.95), swapped.at(null, 0.99));
            number("afterSwapP99Micros", swapped.at(null, 0.99));
            Quality quality = quality(ours, questions);
            quality.report(ours.name());
            number("first", quality.first(null));
            number("firstTen", quality.ten(null));
            aims.add(new Aim("right part first, %", 100 * quality.first(null), ">=", 96));
            aims.add(new Aim("right part among ten, %", 100 * quality.ten(null), ">=", 98.5));
            aims.add(new Aim(
                    "vehicle: first, %",
                    100 * Math.min(quality.first(Kind.VEHICLE), quality.first(Kind.PART_AND_VEHICLE)), ">=", 95));
            aims.add(new Aim("misspelt: first, %", 100 * quality.first(Kind.MISSPELT), ">=", 93));
            shipped(ours);
            if (rivals > 0) {
                List<CounterQuestion> fewer = questions.subList(0, Math.min(rivals, questions.size()));
                Times ourTimes = timed(ours, fewer);
                try (Finder fts5 = new Fts5(folder)) {
                    against(ours, fts5, fewer, ourTimes);
                }
                try (Finder trigrams = new Trigrams()) {
                    against(ours, trigrams, fewer, ourTimes);
                }
            }
        }
        verdict();
    }

    private List<CounterQuestion> asked(long which, int howMany) {
        return CounterQuestions.asked(catalogue, which, howMany).stream()
                .filter(question ->
                        only.isEmpty() || only.equals(question.kind().name()))
                .toList();
    }

    private void build(Ours ours) throws Exception {
        if (ours.isFilled(catalogue)) {
            say("index kept from an earlier run, %,d bytes%n", ours.bytes());
            return;
        }
        CatalogueFiles.Written csv = CatalogueFiles.write(catalogue, folder.resolve("csv"));
        delete(folder.resolve("csv"));
        ours.fill(catalogue);
        double perSecond = parts / ours.secondsToFill();
        double size = ours.bytes() / (double) csv.bytes();
        say(
                "built in %.1f s: %,.0f parts/s; %.1f s of processor: %,.0f parts/s a core%n",
                ours.secondsToFill(), perSecond, ours.processorSecondsToFill(), parts / ours.processorSecondsToFill());
        say("index %,d bytes in %d segments, CSV %,d bytes: %.2f%n", ours.bytes(), ours.segments(), csv.bytes(), size);
        number("partsPerSecondOfOneCore", parts / ours.processorSecondsToFill());
        number("segments", ours.segments());
        number("partsPerSecond", perSecond);
        number("indexBytes", ours.bytes());
        number("csvBytes", csv.bytes());
        aims.add(new Aim("built, parts/s", perSecond, ">=", 25_000));
        aims.add(new Aim("index against CSV", size, "<", 1));
    }

    /** Microseconds of each question: by the clock, and of the processor, which others' work on a busy machine does not touch. */
    private static final class Times {
        private final Map<Kind, List<Double>> byKind = new EnumMap<>(Kind.class);
        private final Map<Kind, List<Double>> processor = new EnumMap<>(Kind.class);

        void add(Kind kind, double micros, double ofProcessor) {
            byKind.computeIfAbsent(kind, each -> new ArrayList<>()).add(micros);
            processor.computeIfAbsent(kind, each -> new ArrayList<>()).add(ofProcessor);
        }

        void add(Times others) {
            others.byKind.forEach((kind, times) -> {
                for (int i = 0; i < times.size(); i++)
                    add(kind, times.get(i), others.processor.get(kind).get(i));
            });
        }

        int count() {
            return byKind.values().stream().mapToInt(List::size).sum();
        }

        double at(@Nullable Kind kind, double part) {
            return at(byKind, kind, part);
        }

        double ofProcessor(@Nullable Kind kind, double part) {
            return at(processor, kind, part);
        }

        /** @param kind null for all */
        private static double at(Map<Kind, List<Double>> times, @Nullable Kind kind, double part) {
            double[] sorted = times.entrySet().stream()
                    .filter(each -> kind == null || each.getKey() == kind)
                    .flatMap(each -> each.getValue().stream())
                    .mapToDouble(Double::doubleValue)
                    .sorted()
                    .toArray();
            return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1, Math.ceil(part * sorted.length))];
        }

        void report(String what) {
            say("%n%-22s %8s %8s %8s %8s %12s  µs%n", what, "p50", "p95", "p99", "max", "p99 cpu");
            for (Kind kind : byKind.keySet()) line(kind.name(), kind);
            line("all", null);
        }

        private void line(String name, @Nullable Kind kind) {
            say(
                    "  %-20s %,8.0f %,8.0f %,8.0f %,8.0f %,12.0f%n",
                    name, at(kind, 0.5), at(kind, 0.95), at(kind, 0.99), at(kind, 1), ofProcessor(kind, 0.99));
        }
    }

    private static Times timed(Finder finder, List<CounterQuestion> questions) throws Exception {
        Times times = new Times();
        for (CounterQuestion question : questions) {
            long processor = THREADS.getCurrentThreadCpuTime();
            long start = System.nanoTime();
            finder.find(question.query());
            double micros = (System.nanoTime() - start) / 1e3;
            times.add(question.kind(), micros, (THREADS.getCurrentThreadCpuTime() - processor) / 1e3);
        }
        return times;
    }

    /**
     * As many threads as cores, each with its own way in, opened and warmed with a tenth of the questions before the clock starts.
     *
     * @return questions a second of all threads together
     */
    private double together(Finder finder, List<CounterQuestion> questions) throws Exception {
        int threads = Runtime.getRuntime().availableProcessors();
        Times all = new Times();
        List<Finder> finders = new ArrayList<>();
        double seconds;
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Callable<Times>> warming = new ArrayList<>();
            List<Callable<Times>> asking = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                Finder another = finder.another();
                finders.add(another);
                int first = i * questions.size() / threads;
                warming.add(() -> timed(another, questions.subList(0, questions.size() / 10)));
                asking.add(() -> {
                    Times own = new Times();
                    for (int round = 0; round < threads; round++)
                        own.add(timed(another, round(questions, first, threads, round)));
                    return own;
                });
            }
            for (Future<Times> one : pool.invokeAll(warming)) one.get();
            long start = System.nanoTime();
            for (Future<Times> one : pool.invokeAll(asking)) all.add(one.get());
            seconds = (System.nanoTime() - start) / 1e9;
        } finally {
            for (Finder another : finders) another.close();
        }
        double perSecond = all.count() / seconds;
        say(
                "%n%s, %d threads: %,.0f questions/s; p50 %,.0f  p95 %,.0f  p99 %,.0f µs%n",
                finder.name(), threads, perSecond, all.at(null, 0.5), all.at(null, 0.95), all.at(null, 0.99));
        number(key(finder) + "QuestionsPerSecond", perSecond);
        number(key(finder) + "TogetherP99Micros", all.at(null, 0.99));
        return perSecond;
    }

    private static String key(Finder finder) {
        return finder.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    /** All questions in slices, each thread beginning with another. */
    private static List<CounterQuestion> round(List<CounterQuestion> questions, int first, int slices, int round) {
        int size = questions.size() / slices;
        int from = (first + round * size) % (size * slices);
        return questions.subList(from, Math.min(questions.size(), from + size));
    }

    private static final class Quality {
        private final Map<Kind, int[]> byKind = new EnumMap<>(Kind.class);

        void add(Kind kind, int place) {
            int[] counts = byKind.computeIfAbsent(kind, each -> new int[3]);
            counts[0]++;
            if (place == 0) counts[1]++;
            if (place >= 0) counts[2]++;
        }

        double first(@Nullable Kind kind) {
            return share(kind, 1);
        }

        double ten(@Nullable Kind kind) {
            return share(kind, 2);
        }

        private double share(@Nullable Kind kind, int which) {
            double asked = 0;
            double right = 0;
            for (Map.Entry<Kind, int[]> each : byKind.entrySet()) {
                if (kind != null && each.getKey() != kind) continue;
                asked += each.getValue()[0];
                right += each.getValue()[which];
            }
            return asked == 0 ? 0 : right / asked;
        }

        void report(String who) {
            say("%n%-22s %8s %8s %8s%n", "right part, " + who, "asked", "first", "in ten");
            for (Map.Entry<Kind, int[]> each : byKind.entrySet())
                say(
                        "  %-20s %,8d %7.1f%% %7.1f%%%n",
                        each.getKey(), each.getValue()[0], 100 * first(each.getKey()), 100 * ten(each.getKey()));
            say("  %-20s %8s %7.1f%% %7.1f%%%n", "all", "", 100 * first(null), 100 * ten(null));
        }
    }

    private Quality quality(Finder finder, List<CounterQuestion> questions) throws Exception {
        Quality quality = new Quality();
        Map<Kind, Integer> shown = new EnumMap<>(Kind.class);
        for (CounterQuestion question : questions) {
            List<Integer> found = finder.find(question.query());
            int place = -1;
            for (int i = 0; i < found.size() && place < 0; i++)
                if (question.right().test(catalogue.part(found.get(i)))) place = i;
            quality.add(question.kind(), place);
            if (place != 0 && shown.merge(question.kind(), 1, Integer::sum) <= misses)
                say(
                        "    %s '%s': %s%n",
                        question.kind(),
                        Finder.text(question.query()),
                        found.isEmpty()
                                ? "nothing"
                                : place + ", first "
                                        + catalogue
                                                .part(found.getFirst())
                                                .part()
                                                .nameEs());
        }
        return quality;
    }

    private void shipped(Ours ours) throws Exception {
        try (Shipping shipping = new Shipping(ours.index())) {
            Shipping.Seconds seconds = shipping.rounds(3, folder.resolve("shipping"));
            say(
                    "%nwhole snapshot over HTTP: fetched and checked in %.2f s (%,.0f MB/s), serving warm after %.2f s; bare download of its files %.2f s; ratio %.2f%n",
                    Shipping.Seconds.middle(seconds.fetched()),
                    ours.bytes() / 1e6 / Shipping.Seconds.middle(seconds.fetched()),
                    Shipping.Seconds.middle(seconds.shipped()),
                    Shipping.Seconds.middle(seconds.bare()),
                    seconds.ratio());
            number("shippedSeconds", Shipping.Seconds.middle(seconds.shipped()));
            number("fetchedOverBareDownload", seconds.ratio());
        }
    }

    /**
     * All cores ask the one, then the other, some rounds long, so that other work on the machine meets both.
     *
     * @return the middle of the rounds' ratios, their questions a second over ours
     */
    private double inTurns(Ours ours, Finder rival, List<CounterQuestion> questions) throws Exception {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < TURNS; round++)
            ratios.add(1 / together(ours, questions) * together(rival, questions));
        ratios.sort(null);
        double middle = ratios.get(TURNS / 2);
        say("questions/s of all cores in turns: RefaHub %.2f times %s%n", 1 / middle, rival.name());
        return middle;
    }

    private void against(Ours ours, Finder rival, List<CounterQuestion> questions, Times ourTimes) throws Exception {
        long start = System.nanoTime();
        rival.fill(catalogue);
        say("%n%s filled in %.1f s (with making up the parts)%n", rival.name(), (System.nanoTime() - start) / 1e9);
        timed(rival, questions.subList(0, questions.size() / 10));
        Times times = timed(rival, questions);
        times.report(rival.name());
        say(
                "  times ours: p50 %.1f  p95 %.1f  p99 %.1f%n",
                times.at(null, 0.5) / ourTimes.at(null, 0.5),
                times.at(null, 0.95) / ourTimes.at(null, 0.95),
                times.at(null, 0.99) / ourTimes.at(null, 0.99));
        Quality quality = quality(rival, questions);
        quality.report(rival.name());
        String key = key(rival);
        number(key + "SpeedOverOursTogether", inTurns(ours, rival, questions));
        number(key + "P99Micros", times.at(null, 0.99));
        number(key + "TimesOursP50", times.at(null, 0.5) / ourTimes.at(null, 0.5));
        number(key + "TimesOursP99", times.at(null, 0.99) / ourTimes.at(null, 0.99));
        number(key + "First", quality.first(null));
        number(key + "FirstTen", quality.ten(null));
    }

    private void verdict() throws IOException {
        say("%n%-28s %10s %10s%n", "aims", "measured", "aim");
        for (Aim aim : aims) {
            say(
                    "  %-26s %,10.2f %3s %,6.1f  %s%n",
                    aim.what, aim.measured, aim.comparison, aim.aim, aim.held() ? "holds" : "MISSED");
            json.put(
                    aim.what,
                    String.format(
                            Locale.ROOT,
                            "{\"measured\":%.4f,\"aim\":%.4f,\"holds\":%b}",
                            aim.measured,
                            aim.aim,
                            aim.held()));
        }
        Path output = Path.of(System.getProperty("bench.out", "target/bench"));
        Files.createDirectories(output);
        Path file = output.resolve("search.json");
        Files.writeString(
                file,
                "{\"bench\":\"search\",\"parts\":" + parts + ",\"questions\":" + count + ','
                        + json.entrySet().stream()
                                .map(each -> '"' + each.getKey() + "\":" + each.getValue())
                                .collect(Collectors.joining(","))
                        + "}\n");
        say("written %s%n", file.toAbsolutePath());
    }

    private void number(String key, double value) {
        json.put(key, String.format(Locale.ROOT, "%.4f", value));
    }

    private static void say(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
        System.out.flush();
    }
}
