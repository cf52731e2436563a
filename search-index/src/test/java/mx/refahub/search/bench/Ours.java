package mx.refahub.search.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import mx.refahub.domain.generator.GeneratedCatalogue;
import mx.refahub.domain.search.IndexManifest;
import mx.refahub.domain.search.IndexedPart;
import mx.refahub.domain.search.PartIndex;
import mx.refahub.domain.search.PartQuery;
import mx.refahub.domain.search.PartSearch;
import mx.refahub.search.HubSearch;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** The index of this module, through the door that the hub takes. */
final class Ours implements Finder {
    private static final int BATCH = 2_000;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final AnnotationConfigApplicationContext hub = new AnnotationConfigApplicationContext();
    private final PartIndex index;
    private final PartSearch search;
    private GeneratedCatalogue catalogue = new GeneratedCatalogue(1, 1);
    private double seconds;
    private double processorSeconds;

    Ours(Path folder) {
        hub.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("bench", Map.of("refahub.search.directory", folder.toString())));
        hub.register(HubSearch.class);
        hub.refresh();
        index = hub.getBean(PartIndex.class);
        search = hub.getBean(PartSearch.class);
    }

    @Override
    public String name() {
        return "RefaHub";
    }

    /** An index that lies there from an earlier run will do. */
    boolean isFilled(GeneratedCatalogue expected) {
        if (search.version().catalogue() != expected.size()) return false;
        catalogue = expected;
        return true;
    }

    @Override
    public void fill(GeneratedCatalogue whole) throws IOException {
        catalogue = whole;
        long processor = PROCESS.getProcessCpuTime();
        long making = 0;
        try (PartIndex.Build build = index.rebuild()) {
            List<IndexedPart> batch = new ArrayList<>(BATCH);
            for (int i = 0; i < whole.size(); i++) {
                long before = THREADS.getCurrentThreadCpuTime();
                batch.add(whole.part(i));
                making += THREADS.getCurrentThreadCpuTime() - before;
                if (batch.size() < BATCH && i < whole.size() - 1) continue;
                long start = System.nanoTime();
                for (IndexedPart part : batch) build.put(part);
                seconds += (System.nanoTime() - start) / 1e9;
                batch.clear();
            }
            long start = System.nanoTime();
            build.publish(whole.size());
            seconds += (System.nanoTime() - start) / 1e9;
        }
        processorSeconds = (PROCESS.getProcessCpuTime() - processor - making) / 1e9;
    }

    /** Of the index alone, without making up the parts. */
    double secondsToFill() {
        return seconds;
    }

    /** All threads of it, also those of the collector and the compiler, which other work on a busy machine does not touch. */
    double processorSecondsToFill() {
        return processorSeconds;
    }

    PartIndex index() {
        return index;
    }

    long segments() {
        return index.newest().orElseThrow().files().stream()
                .filter(file -> file.name().endsWith(".si"))
                .count();
    }

    long bytes() {
        return index.newest().orElseThrow().files().stream()
                .mapToLong(IndexManifest.File::size)
                .sum();
    }

    /** Publishes the next snapshot: some parts anew, as a price list brings them. */
    void swap(int parts) throws IOException {
        try (PartIndex.Build build = index.update()) {
            for (int i = 0; i < parts; i++) build.put(catalogue.part(i * 7 % catalogue.size()));
            build.publish(catalogue.size());
        }
    }

    @Override
    public List<Integer> find(PartQuery query) {
        return search.find(query).hits().stream()
                .map(hit -> catalogue.place(hit.part()))
                .toList();
    }

    @Override
    public Finder another() {
        return new Shared(this);
    }

    @Override
    public void close() {
        hub.close();
    }

    /** One index serves all threads; only who opened it closes it. */
    private record Shared(Ours whole) implements Finder {
        @Override
        public String name() {
            return whole.name();
        }

        @Override
        public void fill(GeneratedCatalogue catalogue) throws IOException {
            whole.fill(catalogue);
        }

        @Override
        public List<Integer> find(PartQuery query) {
            return whole.find(query);
        }

        @Override
        public Finder another() {
            return this;
        }

        @Override
        public void close() {
            // The index stays open for the others.
        }
    }
}
