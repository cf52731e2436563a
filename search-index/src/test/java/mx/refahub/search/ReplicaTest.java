package mx.refahub.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import mx.refahub.domain.Failpoint;
import mx.refahub.domain.search.IndexManifest;
import mx.refahub.domain.search.IndexReplica;
import mx.refahub.domain.search.IndexedPart;
import mx.refahub.domain.search.PartQuery;
import mx.refahub.domain.search.PartSearch.Version;
import mx.refahub.search.snapshot.Snapshot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplicaTest {
    private static final IndexedPart SHOCK =
            Shelf.part("KYB", "343412", "KYB", "Amortiguador trasero", "Rear shock", "Suspensión/Amortiguadores");

    private final Path hubFolder;
    private final Path storeFolder;
    private Shelf hub;
    private Shelf store;
    private ReplicaFiles replica;

    ReplicaTest(@TempDir Path folder) throws IOException {
        hubFolder = folder.resolve("hub");
        storeFolder = folder.resolve("store");
        hub = Shelf.stocked(hubFolder);
        store = new Shelf(storeFolder);
        replica = new ReplicaFiles(store.snapshots, store.search);
    }

    @AfterEach
    void close() throws IOException {
        hub.close();
        store.close();
    }

    private void restartStore() throws IOException {
        store.close();
        store = new Shelf(storeFolder);
        replica = new ReplicaFiles(store.snapshots, store.search);
    }

    @Test
    void a_store_answers_as_the_hub_does_in_the_same_order_also_after_a_restart() throws IOException {
        fetch(newest());
        hub.update(2, SHOCK);
        fetch(newest());
        assertSameAnswers();
        restartStore();
        assertSameAnswers();
        assertThat(store.search.version()).isEqualTo(new Version(2, 2));
    }

    private void assertSameAnswers() {
        List<PartQuery> queries = new ArrayList<>();
        for (String text : List.of("balata", "GP-38", "jetta", "7974", "delantera 2015", "trasero", "baltaa"))
            queries.add(PartQuery.text(text, 50));
        queries.add(new PartQuery("", "Volkswagen", "", 0, "", "", 50, 0));
        queries.add(new PartQuery("", "", "", 2015, "", "Frenos", 50, 0));
        for (PartQuery query : queries) {
            assertThat(store.search.find(query).hits())
                    .as(query.toString())
                    .isNotEmpty()
                    .isEqualTo(hub.search.find(query).hits());
            assertThat(store.search.choices(query)).isEqualTo(hub.search.choices(query));
        }
    }

    @Test
    void only_new_files_travel_after_a_change() throws IOException {
        fetch(newest());
        IndexManifest changed = hub.update(2, SHOCK);
        List<IndexReplica.Missing> missing = replica.missing(changed);
        List<IndexManifest.File> old = hub.index.newest().stream()
                .flatMap(manifest -> manifest.files().stream())
                .filter(file -> missing.stream().noneMatch(each -> each.file().equals(file)))
                .toList();
        assertThat(missing).isNotEmpty();
        assertThat(old).isNotEmpty();
        fetch(changed);
        assertThat(store.found("amortiguador")).containsExactly("KYB 343412 WORD");
        assertThat(store.search.version().catalogue()).isEqualTo(2);
    }

    @Test
    void a_store_that_was_away_for_many_versions_catches_up_in_one_step_and_its_disk_stays_bounded()
            throws IOException {
        fetch(newest());
        for (int i = 2; i <= 40; i++)
            hub.update(i, Shelf.part("AWY", "N-" + i, "Away", "Pieza " + i, "Piece " + i, "Varios"));
        IndexManifest now = newest();
        assertThat(now.version()).isEqualTo(40);

        fetch(now);

        assertThat(store.search.version()).isEqualTo(new Version(40, 40));
        assertThat(store.search.find(PartQuery.text("pieza", 50)).total()).isEqualTo(39);
        assertSameAnswers();
        for (int i = 41; i <= 46; i++) {
            hub.update(i, Shelf.part("AWY", "N-" + i, "Away", "Pieza " + i, "Piece " + i, "Varios"));
            fetch(newest());
        }
        assertThat(store.snapshots.published()).hasSize(3);
        try (Stream<Path> all = Files.list(storeFolder)) {
            assertThat(all.filter(each -> each.getFileName().toString().matches("v[0-9]+")))
                    .hasSize(3);
        }
        try (Stream<Path> incoming = Files.walk(storeFolder.resolve("incoming"))) {
            assertThat(incoming.filter(Files::isRegularFile))
                    .as("nothing is kept of what is in its place")
                    .isEmpty();
        }
    }

    @Test
    void whoever_asks_without_a_pause_while_indexes_are_swapped_always_gets_the_part() throws Exception {
        fetch(newest());
        List<String> known = store.found("GP-38");
        assertThat(known).isNotEmpty();
        AtomicBoolean swapping = new AtomicBoolean(true);
        Queue<String> wrong = new ConcurrentLinkedQueue<>();
        LongAdder answers = new LongAdder();
        List<Thread> clerks = Stream.generate(() -> Thread.ofPlatform().unstarted(() -> {
                    while (swapping.get()) {
                        try {
                            List<String> found = store.found("GP-38");
                            if (!found.equals(known)) wrong.add(found.toString());
                        } catch (RuntimeException refused) {
                            wrong.add(refused.toString());
                        }
                        answers.increment();
                    }
                }))
                .limit(3)
                .toList();
        clerks.forEach(Thread::start);
        try {
            for (int i = 2; i <= 12; i++) {
                long before = answers.sum();
                fetch(hub.update(i, Shelf.part("SWP", "N-" + i, "Swap", "Pieza " + i, "Piece " + i, "Varios")));
                while (answers.sum() < before + 20 && wrong.isEmpty()) Thread.onSpinWait();
            }
        } finally {
            swapping.set(false);
            for (Thread clerk : clerks) clerk.join();
        }
        assertThat(wrong).isEmpty();
        assertThat(store.search.version()).isEqualTo(new Version(12, 12));
        assertThat(store.found("N-12")).isNotEmpty();
    }

    @Test
    void a_download_cut_anywhere_goes_on_where_it_stopped() throws IOException {
        IndexManifest manifest = newest();
        IndexManifest.File file = largest(manifest);
        byte[] bytes = bytes(manifest, file);
        int half = bytes.length / 2;
        assertThatThrownBy(() -> replica.receive(
                        manifest, file, new SequenceInputStream(new ByteArrayInputStream(bytes, 0, half), broken())))
                .hasMessage("connection reset");
        restartStore();
        assertThat(replica.missing(manifest)).contains(new IndexReplica.Missing(file, half));
        replica.receive(manifest, file, new ByteArrayInputStream(bytes, half, 1));
        assertThat(replica.missing(manifest)).contains(new IndexReplica.Missing(file, half + 1));
        replica.receive(manifest, file, new ByteArrayInputStream(bytes, half + 1, bytes.length - half - 1));
        assertThat(replica.missing(manifest))
                .extracting(IndexReplica.Missing::file)
                .doesNotContain(file);
    }

    private static InputStream broken() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }
        };
    }

    @Test
    void a_download_of_an_older_version_goes_on_for_a_newer_one_that_still_has_the_file() throws IOException {
        IndexManifest first = newest();
        IndexManifest.File file = largest(first);
        replica.receive(first, file, new ByteArrayInputStream(bytes(first, file), 0, 10));
        IndexManifest second = hub.update(2, SHOCK);
        assertThat(second.files()).contains(file);
        assertThat(replica.missing(second)).contains(new IndexReplica.Missing(file, 10));
        fetch(second);
        assertThat(store.found("amortiguador")).containsExactly("KYB 343412 WORD");
    }

    @Test
    void a_damaged_download_is_dropped_and_asked_for_again() throws IOException {
        IndexManifest manifest = newest();
        IndexManifest.File file = largest(manifest);
        byte[] flipped = bytes(manifest, file);
        flipped[flipped.length / 2] ^= 1;
        assertThatThrownBy(() -> replica.receive(manifest, file, new ByteArrayInputStream(flipped)))
                .hasMessageContaining("damaged");
        assertThat(replica.missing(manifest)).contains(new IndexReplica.Missing(file, 0));
        byte[] longer = Arrays.copyOf(bytes(manifest, file), (int) file.size() + 1);
        assertThatThrownBy(() -> replica.receive(manifest, file, new ByteArrayInputStream(longer)))
                .hasMessageContaining("damaged");
        assertThat(replica.missing(manifest)).contains(new IndexReplica.Missing(file, 0));
        fetch(manifest);
        assertThat(store.found("GON GP-38")).containsExactly("GON GP-38 EXACT");
    }

    @Test
    void an_incomplete_snapshot_is_not_swapped_in() throws IOException {
        fetch(newest());
        IndexManifest next = hub.rebuild(2, Shelf.sample().subList(0, 2));
        assertThatThrownBy(() -> replica.swap(next)).hasMessageContaining("is not complete");
        assertThat(store.found("GON GP-38")).containsExactly("GON GP-38 EXACT");
        assertThat(store.search.version().index()).isEqualTo(1);
    }

    @Test
    void a_store_that_dies_before_the_pointer_moves_serves_the_old_snapshot_and_fetches_nothing_twice()
            throws IOException, InterruptedException {
        fetch(newest());
        hub.update(2, SHOCK);
        store.close();
        hub.close();
        assertThat(fetchInAProcessOfItsOwn(Failpoint.INDEX_FETCHED_NOT_SWAPPED + "=1"))
                .isEqualTo(Failpoint.EXIT_STATUS);
        hub = new Shelf(hubFolder);
        restartStore();
        assertThat(store.search.version()).isEqualTo(new Version(1, 1));
        assertThat(store.found("amortiguador")).isEmpty();
        assertThat(replica.missing(newest())).isEmpty();
        replica.swap(newest());
        assertThat(store.found("amortiguador")).containsExactly("KYB 343412 WORD");
        restartStore();
        assertThat(store.search.version()).isEqualTo(new Version(2, 2));
    }

    private int fetchInAProcessOfItsOwn(String failpoints) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Crash.class.getName(),
                        hubFolder.toString(),
                        storeFolder.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("REFAHUB_FAILPOINTS", failpoints);
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    @Test
    void a_hub_restored_from_a_backup_may_count_from_a_lower_number_again() throws IOException {
        hub.rebuild(2, Shelf.sample());
        hub.rebuild(3, Shelf.sample());
        fetch(newest());
        try (Shelf restored = new Shelf(hubFolder.resolveSibling("restored"))) {
            for (int version = 1; version <= 3; version++) {
                IndexManifest again = restored.rebuild(version, List.of(SHOCK));
                for (IndexReplica.Missing missing : replica.missing(again))
                    replica.receive(
                            again,
                            missing.file(),
                            Files.newInputStream(restored.index
                                    .file(version, missing.file().name())
                                    .orElseThrow()));
                replica.swap(again);
                assertThat(store.search.version()).isEqualTo(new Version(version, version));
                assertThat(store.found("amortiguador")).containsExactly("KYB 343412 WORD");
            }
        }
        restartStore();
        assertThat(store.search.version()).isEqualTo(new Version(3, 3));
        assertThat(store.found("amortiguador")).containsExactly("KYB 343412 WORD");
    }

    @Test
    void one_flipped_byte_at_rest_and_the_snapshot_before_serves_until_the_next_is_fetched_whole() throws IOException {
        fetch(newest());
        fetch(hub.rebuild(2, Shelf.sample().subList(0, 2)));
        Snapshot damaged = store.snapshots.serving().orElseThrow();
        store.close();
        flip(damaged.file(largest(damaged.manifest())));
        restartStore();
        assertThat(store.search.version()).isEqualTo(new Version(1, 1));
        assertThat(store.found("GON GP-38")).containsExactly("GON GP-38 EXACT");
        assertThat(replica.missing(newest()))
                .as("what is damaged is fetched anew")
                .extracting(IndexReplica.Missing::file)
                .contains(largest(damaged.manifest()));
        fetch(newest());
        restartStore();
        assertThat(store.search.version()).isEqualTo(new Version(2, 2));
        assertThat(damaged.folder()).doesNotExist();
    }

    @Test
    void with_every_snapshot_damaged_the_store_starts_empty_and_recovers() throws IOException {
        fetch(newest());
        Snapshot only = store.snapshots.serving().orElseThrow();
        store.close();
        Path file = only.file(largest(only.manifest()));
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 3));
        restartStore();
        assertThat(store.search.version()).isEqualTo(Version.NONE);
        assertThat(store.found("GON GP-38")).isEmpty();
        fetch(newest());
        assertThat(store.found("GON GP-38")).containsExactly("GON GP-38 EXACT");
    }

    @Test
    void an_unreadable_pointer_costs_nothing_but_a_look_around() throws IOException {
        fetch(newest());
        fetch(hub.update(2, SHOCK));
        store.close();
        Files.write(storeFolder.resolve("CURRENT"), new byte[] {0, 0, 0});
        restartStore();
        assertThat(store.search.version()).isEqualTo(new Version(2, 2));
    }

    @Test
    void what_a_crash_left_unfinished_is_swept_and_the_newest_still_serves() throws IOException {
        fetch(newest());
        store.close();
        Files.createDirectories(storeFolder.resolve("v2"));
        Files.writeString(storeFolder.resolve("v2/_0.cfs"), "half");
        Files.createDirectories(storeFolder.resolve("build-1"));
        Files.writeString(storeFolder.resolve("CURRENT.new"), "v2");
        restartStore();
        try (Stream<Path> left = Files.list(storeFolder)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("v1", "CURRENT", "LOCK", "incoming");
        }
        assertThat(store.search.version().index()).isEqualTo(1);
    }

    private IndexManifest newest() {
        return hub.index.newest().orElseThrow();
    }

    private static IndexManifest.File largest(IndexManifest manifest) {
        return manifest.files().stream()
                .max((a, b) -> Long.compare(a.size(), b.size()))
                .orElseThrow();
    }

    private static void flip(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }

    private void fetch(IndexManifest manifest) throws IOException {
        for (IndexReplica.Missing missing : replica.missing(manifest)) {
            byte[] bytes = bytes(manifest, missing.file());
            int have = (int) missing.have();
            replica.receive(manifest, missing.file(), new ByteArrayInputStream(bytes, have, bytes.length - have));
        }
        replica.swap(manifest);
    }

    private byte[] bytes(IndexManifest manifest, IndexManifest.File file) throws IOException {
        return Files.readAllBytes(
                hub.index.file(manifest.version(), file.name()).orElseThrow());
    }
}
