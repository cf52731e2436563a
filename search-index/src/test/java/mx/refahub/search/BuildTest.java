package mx.refahub.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import mx.refahub.domain.search.IndexManifest;
import mx.refahub.domain.search.IndexedPart;
import mx.refahub.domain.search.PartIndex;
import mx.refahub.domain.search.PartQuery;
import mx.refahub.domain.search.PartSearch.Version;
import mx.refahub.search.snapshot.Snapshot;
import mx.refahub.search.snapshot.Snapshots;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildTest {
    private final Path folder;
    private Shelf hub;

    BuildTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.hub = Shelf.stocked(folder);
    }

    @AfterEach
    void close() throws IOException {
        hub.close();
    }

    private void restart() throws IOException {
        hub.close();
        hub = new Shelf(folder);
    }

    @Test
    void what_is_served_does_not_change_until_a_build_is_published() throws IOException {
        try (PartIndex.Build build = hub.index.update()) {
            build.put(Shelf.part("X", "LATER", "X", "Luego", "Later", ""));
            build.remove(Shelf.sample().getFirst().part().id());
            assertThat(hub.found("LATER")).isEmpty();
            assertThat(hub.found("7974-D1045")).hasSize(2);
            assertThat(build.publish(2).version()).isEqualTo(2);
        }
        assertThat(hub.found("LATER")).containsExactly("X LATER EXACT");
        assertThat(hub.found("7974-D1045")).containsExactly("BRE P85-114 INTERCHANGE");
        assertThat(hub.search.version()).isEqualTo(new Version(2, 2));
    }

    @Test
    void an_unpublished_build_leaves_nothing_behind() throws IOException {
        try (PartIndex.Build build = hub.index.rebuild()) {
            build.put(Shelf.part("X", "NEVER", "X", "Nunca", "Never", ""));
        }
        try (var left = Files.list(folder)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("v1", "CURRENT", "LOCK");
        }
        restart();
        assertThat(hub.found("NEVER")).isEmpty();
        assertThat(hub.search.version()).isEqualTo(new Version(1, 1));
    }

    @Test
    void one_build_at_a_time_and_a_spent_one_is_spent() throws IOException {
        try (PartIndex.Build build = hub.index.rebuild()) {
            assertThatThrownBy(hub.index::update).isInstanceOf(IllegalStateException.class);
            build.publish(2);
            assertThatThrownBy(() -> build.publish(3)).isInstanceOf(IllegalStateException.class);
        }
        hub.index.update().close();
    }

    @Test
    void putting_a_part_twice_keeps_the_last_also_in_a_rebuild() throws IOException {
        hub.rebuild(
                2,
                List.of(
                        Shelf.part("X", "TWICE", "X", "Primero", "First", ""),
                        Shelf.part("X", "TWICE", "X", "Segundo", "Second", "")));
        assertThat(hub.found("TWICE")).containsExactly("X TWICE EXACT");
        assertThat(hub.found("primero")).isEmpty();
        assertThat(hub.found("segundo")).containsExactly("X TWICE WORD");
    }

    @Test
    void an_update_keeps_the_files_there_are_and_adds_its_own() throws IOException {
        IndexManifest before = hub.index.newest().orElseThrow();
        IndexManifest after = hub.update(2, Shelf.part("X", "NEW", "X", "Nuevo", "New", ""));
        List<IndexManifest.File> kept = before.files().stream()
                .filter(file -> !file.name().startsWith("segments"))
                .toList();
        assertThat(kept).isNotEmpty();
        assertThat(after.files()).containsAll(kept).hasSizeGreaterThan(kept.size() + 1);
        assertThat(Files.isSameFile(path(1, kept.getFirst()), path(2, kept.getFirst())))
                .isTrue();
    }

    @Test
    void the_first_catalogue_and_one_that_is_mostly_new_end_as_one_segment_and_a_small_update_beside_it()
            throws IOException {
        List<IndexedPart> parts = IntStream.range(0, 100)
                .mapToObj(i -> Shelf.part("X", "N" + i, "X", "Pieza", "Piece", ""))
                .toList();
        try (Shelf empty = new Shelf(Files.createDirectory(folder.resolve("empty")))) {
            empty.rebuild(1, List.of());
            assertThat(segments(empty.update(2, parts.toArray(IndexedPart[]::new))))
                    .isEqualTo(1);
            assertThat(segments(empty.update(3, parts.get(7)))).isEqualTo(2);
            assertThat(segments(empty.update(4, parts.get(8)))).isEqualTo(3);
            assertThat(segments(empty.update(5, parts.subList(0, 60).toArray(IndexedPart[]::new))))
                    .isEqualTo(1);
            assertThat(empty.found("N7")).hasSize(1);
        }
    }

    private static long segments(IndexManifest manifest) {
        return manifest.files().stream()
                .filter(file -> file.name().endsWith(".si"))
                .count();
    }

    private Path path(long version, IndexManifest.File file) {
        return hub.index.file(version, file.name()).orElseThrow();
    }

    @Test
    void the_newest_three_snapshots_stay_for_download() throws IOException {
        for (int i = 2; i <= 5; i++) hub.rebuild(i, Shelf.sample());
        assertThat(hub.snapshots.published())
                .extracting(snapshot -> snapshot.manifest().version())
                .containsExactly(5L, 4L, 3L);
        IndexManifest.File file = hub.index.newest().orElseThrow().files().getFirst();
        assertThat(hub.index.file(5, file.name()))
                .hasValueSatisfying(path -> assertThat(path).hasSize(file.size()));
        assertThat(hub.index.file(2, file.name())).isEmpty();
        assertThat(hub.index.file(5, "../CURRENT")).isEmpty();
        assertThat(folder.resolve("v2")).doesNotExist();
    }

    @Test
    void a_damaged_newest_snapshot_gives_way_and_its_number_is_not_given_again() throws IOException {
        hub.update(2, Shelf.part("X", "SECOND", "X", "Segundo", "Second", ""));
        Snapshot damaged = hub.snapshots.serving().orElseThrow();
        hub.close();
        IndexManifest.File own = damaged.manifest().files().stream()
                .filter(file -> file.name().startsWith("segments"))
                .findFirst()
                .orElseThrow();
        Files.write(damaged.file(own), new byte[(int) own.size()]);
        hub = new Shelf(folder);
        assertThat(hub.search.version()).isEqualTo(new Version(1, 1));
        assertThat(hub.index.newest().orElseThrow().version()).isEqualTo(1);
        IndexManifest third = hub.update(3, Shelf.part("X", "THIRD", "X", "Tercero", "Third", ""));
        assertThat(third.version()).isEqualTo(3);
        assertThat(hub.found("THIRD")).containsExactly("X THIRD EXACT");
        assertThat(hub.found("SECOND")).isEmpty();
        restart();
        assertThat(hub.search.version()).isEqualTo(new Version(3, 3));
    }

    @Test
    void a_torn_manifest_is_noticed() throws IOException {
        Path manifest = folder.resolve("v1").resolve("MANIFEST");
        hub.close();
        String text = Files.readString(manifest);
        Files.writeString(manifest, text.substring(0, text.length() / 2));
        hub = new Shelf(folder);
        assertThat(hub.search.version()).isEqualTo(Version.NONE);
    }

    @Test
    void a_folder_belongs_to_one_process() {
        assertThatThrownBy(() -> new Snapshots(folder, 3).close())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("refahub.search.directory");
    }

    @Test
    void searches_go_on_while_snapshots_come_and_go() throws Exception {
        AtomicBoolean ended = new AtomicBoolean();
        try (ExecutorService searchers = Executors.newFixedThreadPool(3)) {
            List<Future<Long>> counts = IntStream.range(0, 3)
                    .mapToObj(i -> searchers.submit(() -> {
                        long searches = 0;
                        while (!ended.get()) {
                            assertThat(hub.found("GP-38")).containsExactly("DAI GP-38 EXACT", "GON GP-38 EXACT");
                            searches++;
                        }
                        return searches;
                    }))
                    .toList();
            try {
                for (int version = 2; version <= 12; version++)
                    hub.update(version, Shelf.part("X", "V" + version, "X", "Versión", "Version", ""));
            } finally {
                ended.set(true);
            }
            for (Future<Long> count : counts) assertThat(searchesOf(count)).isPositive();
        }
    }

    private static long searchesOf(Future<Long> count) throws InterruptedException, ExecutionException {
        return count.get();
    }

    @Test
    void who_asks_while_the_index_is_opened_waits_for_it() throws IOException {
        hub.close();
        for (int i = 0; i < 20; i++)
            try (Snapshots kept = new Snapshots(folder, 3);
                    LuceneSearch beside = LuceneSearch.startBeside(kept, Duration.ofSeconds(30), List.of())) {
                assertThat(beside.find(PartQuery.text("balata", 10)).hits()).isNotEmpty();
            }
    }

    /** What is here of a snapshot is known once it was looked through; before, all of it would be fetched again. */
    @Test
    void nothing_is_missing_of_an_index_that_is_being_opened() throws IOException {
        hub.close();
        try (Snapshots kept = new Snapshots(folder, 3);
                LuceneSearch beside = LuceneSearch.startBeside(kept, Duration.ofSeconds(30), List.of())) {
            IndexManifest newest = kept.published().getFirst().manifest();
            assertThat(new ReplicaFiles(kept, beside).missing(newest)).isEmpty();
        }
    }

    @Test
    void a_search_beyond_its_time_ends_with_what_it_has() throws IOException {
        hub.search.close();
        try (LuceneSearch hasty = LuceneSearch.start(hub.snapshots, Duration.ofNanos(1), List.of())) {
            assertThat(hasty.find(PartQuery.text("balata", 10)).hits()).hasSizeLessThanOrEqualTo(3);
        }
    }

    /** As when the machine slept, or the process was stopped for a moment. */
    @Test
    void a_search_whose_time_went_by_while_nothing_ran_is_asked_again() throws IOException {
        hub.search.close();
        AtomicLong sleeps = new AtomicLong();
        AtomicLong now = new AtomicLong();
        LongSupplier nanos = () -> sleeps.decrementAndGet() == 0
                ? now.addAndGet(Duration.ofMinutes(1).toNanos())
                : now.get();
        try (LuceneSearch slept = LuceneSearch.start(hub.snapshots, Duration.ofSeconds(2), List.of(), nanos)) {
            int awake = slept.find(PartQuery.text("balata", 10)).hits().size();
            assertThat(awake).isPositive();
            // At the second look at the clock: the first began the search.
            sleeps.set(2);
            assertThat(slept.find(PartQuery.text("balata", 10)).hits()).hasSize(awake);
            assertThat(now.get()).isPositive();
        }
    }
}
